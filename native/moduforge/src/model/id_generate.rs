//! `model/id-generate`: one random id.

use std::collections::HashSet;

use forgebench_measure::{Failure, NoParams, Workload};
use mf_model::IdGenerator;
use mf_model::types::NodeId;

/// Ids of a verification that must all differ.
const IDS_COMPARED: usize = 10_000;
/// 62 to the power of 22 is the first that holds 128 bits.
const LONGEST_ID: usize = 22;

/// The workload.
pub struct IdGenerate;

impl Workload for IdGenerate {
    const ID: &'static str = "model/id-generate";
    type Params = NoParams;
    type Input = ();
    type Output = NodeId;

    fn new(_: NoParams) -> Result<Self, Failure> {
        Ok(Self)
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> NodeId {
        IdGenerator::get_id()
    }

    fn verify(&mut self, id: NodeId) -> Result<(), Failure> {
        let mut seen = HashSet::from([id]);
        seen.extend((1..IDS_COMPARED).map(|_| IdGenerator::get_id()));
        Failure::unless_equal("number of different ids", seen.len(), IDS_COMPARED)?;
        let odd = seen
            .iter()
            .find(|id| id.is_empty() || id.len() > LONGEST_ID || !id.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        Failure::unless_equal("an id that is not base 62", odd, None)
    }
}
