//! `expression/custom-function`: a call of a registered function against a call of a built-in one.

use std::sync::Arc;

use forgebench_measure::{Failure, Workload};
use mf_expression::expression::Standard;
use mf_expression::functions::arguments::Arguments;
use mf_expression::functions::mf_function::MfFunctionHelper;
use mf_expression::variable::VariableType;
use mf_expression::vm::VM;
use mf_expression::{Expression, MfFunctionRegistry, StateGuard, Variable, compile_expression};
use serde::Deserialize;
use serde_json::{Map, json};

use super::source::whole_number;

const NAME: &str = "sumOfAmounts";

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    function: Function,
    /// Exactly 1 for the built-in one.
    arguments: usize,
}

#[derive(Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Function {
    /// `abs`, which does what the custom one does with one argument.
    BuiltIn,
    Custom,
    /// The custom one, with a state that it reads.
    CustomWithState,
}

/// What the custom function can see of its caller.
struct Account {
    in_debit: bool,
}

/// The workload.
pub struct CustomFunction {
    params: Params,
    account: Arc<Account>,
    context: Variable,
    expression: Expression<Standard>,
    machine: VM,
}

impl CustomFunction {
    fn evaluate(&mut self) -> Variable {
        let result = self.expression.evaluate_with(self.context.clone(), &mut self.machine);
        result.expect("the function is registered on this thread")
    }
}

impl Workload for CustomFunction {
    const ID: &'static str = "expression/custom-function";
    type Params = Params;
    type Input = ();
    type Output = Variable;

    fn new(params: Params) -> Result<Self, Failure> {
        if params.function == Function::BuiltIn && params.arguments != 1 {
            return Err(Failure::Setup("the built-in function takes 1 argument".into()));
        }
        register(params.arguments)?;
        let names: Vec<String> = (0..params.arguments).map(|k| format!("amount{k}")).collect();
        let name = if params.function == Function::BuiltIn { "abs" } else { NAME };
        // The name is looked up while this is compiled, so the function is registered before.
        let expression = compile_expression(&format!("{name}({})", names.join(", "))).map_err(Failure::setup)?;
        let context: Map<_, _> = names.into_iter().enumerate().map(|(k, name)| (name, json!(amount(k)))).collect();
        let context = serde_json::Value::Object(context).into();
        let account = Arc::new(Account { in_debit: true });
        Ok(Self { params, account, context, expression, machine: VM::new() })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Variable {
        let _state = (self.params.function == Function::CustomWithState).then(|| StateGuard::new(self.account.clone()));
        self.evaluate()
    }

    fn verify(&mut self, value: Variable) -> Result<(), Failure> {
        let sum: i64 = (0..self.params.arguments).map(|k| amount(k).abs()).sum();
        let expected = if self.params.function == Function::CustomWithState { -sum } else { sum };
        Failure::unless_equal("value", whole_number(&value), Some(expected))
    }
}

fn amount(position: usize) -> i64 {
    -1 - position as i64
}

/// The registry belongs to the thread, and a name that is in it already is refused.
fn register(arguments: usize) -> Result<(), Failure> {
    MfFunctionRegistry::clear();
    let body = |arguments: &Arguments, account: Option<&Account>| {
        let mut sum = arguments.number(0)?.abs();
        for position in 1..arguments.len() {
            sum += arguments.number(position)?.abs();
        }
        Ok(Variable::Number(if account.is_some_and(|account| account.in_debit) { -sum } else { sum }))
    };
    MfFunctionHelper::<Account>::new()
        .register_function(NAME.into(), vec![VariableType::Number; arguments], VariableType::Number, Box::new(body))
        .map_err(Failure::Setup)
}
