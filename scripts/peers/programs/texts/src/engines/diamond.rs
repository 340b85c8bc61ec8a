//! diamond-types: all edits in one call, and recorded histories by their parents.

use diamond_types::list::encoding::EncodeOptions;
use diamond_types::list::operation::Operation;
use diamond_types::list::{ListCRDT, OpLog};

use super::{Edit, Engine, Transaction};

impl Engine for ListCRDT {
    fn new(_agent: u64) -> Self {
        ListCRDT::new()
    }
    fn edit(&mut self, edits: &[Edit]) {
        let agent = self.get_or_create_agent_id("writer");
        // Half as quick with a branch that goes along.
        self.oplog.add_operations(agent, &operations(edits));
        self.branch = self.oplog.checkout_tip();
    }
    fn text(&self) -> String {
        self.branch.content().to_string()
    }
    fn save(&mut self) -> Vec<u8> {
        self.oplog.encode(EncodeOptions::default())
    }
    fn load(bytes: &[u8]) -> Self {
        ListCRDT::load_from(bytes).expect("the document is its own")
    }
    // What it stores is changes; their text is made anew.
    fn changes(&mut self) -> Vec<u8> {
        self.save()
    }
    fn take_in(changes: &[u8]) -> Self {
        <Self as Engine>::load(changes)
    }
    fn replay(transactions: &[Transaction]) -> Self {
        let mut oplog = OpLog::new();
        // The version after each transaction.
        let mut versions: Vec<Vec<usize>> = Vec::new();
        for Transaction { agent, parents, patches } in transactions {
            let agent = oplog.get_or_create_agent_id(agent);
            let known = parents
                .iter()
                .fold(Vec::new(), |known, &parent| oplog.version_union(&known, &versions[parent]).to_vec());
            let operations = operations(patches);
            versions.push(match operations.is_empty() {
                true => known,
                false => vec![oplog.add_operations_at(agent, &known, &operations)],
            });
        }
        let branch = oplog.checkout_tip();
        Self { oplog, branch }
    }
}

fn operations(edits: &[Edit]) -> Vec<Operation> {
    let mut operations = Vec::with_capacity(edits.len());
    for Edit(position, deleted, inserted) in edits {
        if *deleted > 0 {
            operations.push(Operation::new_delete(*position..position + deleted));
        }
        if !inserted.is_empty() {
            operations.push(Operation::new_insert(*position, inserted));
        }
    }
    operations
}
