//! `expression/variable`: a value at the end of a path, in objects with few and many keys.

use forgebench_measure::{Failure, Workload};
use mf_expression::expression::Standard;
use mf_expression::vm::VM;
use mf_expression::{Expression, Variable, compile_expression};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::source::whole_number;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Names in the path; at least 1.
    depth: usize,
    /// Keys of each object on it; at least 2.
    width: usize,
}

/// The workload.
pub struct Resolve {
    depth: usize,
    context: Variable,
    expression: Expression<Standard>,
    machine: VM,
}

impl Workload for Resolve {
    const ID: &'static str = "expression/variable";
    type Params = Params;
    type Input = ();
    type Output = Variable;

    fn new(Params { depth, width }: Params) -> Result<Self, Failure> {
        let mut object = level(depth, width, None);
        for height in (1..depth).rev() {
            object = level(height, width, Some(object));
        }
        let path = format!("{}leaf", "inner.".repeat(depth - 1));
        let expression = compile_expression(&path).map_err(Failure::setup)?;
        Ok(Self { depth, context: object.into(), expression, machine: VM::new() })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Variable {
        let context = self.context.clone();
        self.expression.evaluate_with(context, &mut self.machine).expect("the path exists")
    }

    fn verify(&mut self, value: Variable) -> Result<(), Failure> {
        Failure::unless_equal("value", whole_number(&value), Some(self.depth as i64))
    }
}

/// An object of `width` keys whose `leaf` is its depth, so that a value of another level is seen.
fn level(depth: usize, width: usize, inner: Option<Value>) -> Value {
    let mut keys = Map::new();
    keys.insert("leaf".into(), json!(depth));
    keys.extend(inner.map(|inner| ("inner".to_string(), inner)));
    let others = width - keys.len();
    keys.extend((0..others).map(|k| (format!("other{k}"), json!(k))));
    Value::Object(keys)
}
