//! Recorded histories for engines that only know documents: each agent edits one, which learns what its transactions know.

use std::collections::{BTreeMap, BTreeSet};

use crate::engines::{Edit, Engine, Transaction};

/// An engine whose documents tell each other what they did.
pub trait Replica: Engine {
    /// Edits, and gives what others lack; nothing where nothing was done.
    fn tell(&mut self, edits: &[Edit]) -> Vec<u8>;
    fn learn(&mut self, update: &[u8]);
}

/// Puts all together in a document of its own.
pub fn replay<R: Replica>(transactions: &[Transaction]) -> R {
    let mut replicas: BTreeMap<&str, (R, BTreeSet<usize>)> = BTreeMap::new();
    let mut updates: Vec<Vec<u8>> = Vec::new();
    let mut all = R::new(0);
    for (number, Transaction { agent, parents, patches }) in transactions.iter().enumerate() {
        let named = || agent.parse::<u64>().expect("agents are numbers") + 1;
        let (document, known) = replicas.entry(agent).or_insert_with(|| (R::new(named()), BTreeSet::new()));
        for missing in ancestors(transactions, parents, known) {
            document.learn(&updates[missing]);
        }
        let update = document.tell(patches);
        known.insert(number);
        all.learn(&update);
        updates.push(update);
    }
    all
}

/// Those that are not known yet, which they are from now on, in their order.
fn ancestors(transactions: &[Transaction], heads: &[usize], known: &mut BTreeSet<usize>) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut waiting = heads.to_vec();
    while let Some(next) = waiting.pop() {
        if known.insert(next) {
            found.insert(next);
            waiting.extend(&transactions[next].parents);
        }
    }
    found
}
