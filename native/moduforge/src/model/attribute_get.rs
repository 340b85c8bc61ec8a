//! `model/attribute-get`: attributes of a node by name.

use std::hint::black_box;

use forgebench_measure::{Failure, Workload};
use mf_model::Attrs;
use serde::Deserialize;
use serde_json::json;

/// Lookups of an iteration: so many that a call of the body costs nothing beside them.
const LOOKUPS: usize = 256;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    attributes: usize,
}

/// The workload.
pub struct AttributeGet {
    attrs: Attrs,
    names: Vec<String>,
    sum: u64,
}

impl Workload for AttributeGet {
    const ID: &'static str = "model/attribute-get";
    type Params = Params;
    type Input = ();
    type Output = u64;

    fn new(params: Params) -> Result<Self, Failure> {
        let mut attrs = Attrs::default();
        for k in 0..params.attributes {
            attrs.insert_mut(format!("attribute{k}"), json!(k));
        }
        // A stride that shares no factor with the sizes visits names out of order.
        let order: Vec<usize> = (0..LOOKUPS).map(|k| k * 7919 % params.attributes).collect();
        let names = order.iter().map(|k| format!("attribute{k}")).collect();
        Ok(Self { attrs, names, sum: order.iter().map(|&k| k as u64).sum() })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> u64 {
        let value = |name: &String| black_box(&self.attrs).get_safe(name).and_then(serde_json::Value::as_u64);
        self.names.iter().filter_map(value).sum()
    }

    fn verify(&mut self, sum: u64) -> Result<(), Failure> {
        Failure::unless_equal("sum of the values", sum, self.sum)?;
        Failure::unless_equal("value of a name that is absent", self.attrs.get_safe("absent"), None)
    }

    fn operations(&self) -> u64 {
        LOOKUPS as u64
    }
}
