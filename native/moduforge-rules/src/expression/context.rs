//! `expression/context`: JSON to the variable that expressions are evaluated over.

use forgebench_measure::{Failure, Workload};
use mf_expression::Variable;
use serde::Deserialize;
use serde_json::{Value, json};

use super::source::whole_number;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    keys: usize,
}

/// The workload.
pub struct Context {
    keys: usize,
    json: Value,
}

impl Workload for Context {
    const ID: &'static str = "expression/context";
    const HELD: usize = 8;
    type Params = Params;
    type Input = Value;
    type Output = Variable;

    fn new(Params { keys }: Params) -> Result<Self, Failure> {
        let json = Value::Object((0..keys).map(|k| (format!("key{k}"), member(k))).collect());
        Ok(Self { keys, json })
    }

    fn input(&mut self) -> Value {
        self.json.clone()
    }

    fn run(&mut self, json: Value) -> Variable {
        json.into()
    }

    fn verify(&mut self, context: Variable) -> Result<(), Failure> {
        let object = context.as_object().ok_or_else(|| Failure::WrongAnswer("the context is no object".into()))?;
        let object = object.borrow();
        Failure::unless_equal("number of keys", object.len(), self.keys)?;
        for k in 0..self.keys {
            let key = format!("key{k}");
            let seen = object.get(key.as_str());
            let same = if k.is_multiple_of(2) {
                seen.and_then(whole_number) == Some(k as i64)
            } else {
                seen.and_then(Variable::as_str) == Some(format!("text {k}").as_str())
            };
            Failure::unless_equal(&format!("whether {key} has its value"), same, true)?;
        }
        Ok(())
    }
}

/// Numbers and texts in turn.
fn member(k: usize) -> Value {
    if k.is_multiple_of(2) { json!(k) } else { json!(format!("text {k}")) }
}
