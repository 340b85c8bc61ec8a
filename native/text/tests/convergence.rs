//! Replicas that learn of each other's edits in any order come to the same text, and to that of a simple model.

mod model;

use forgebench_text::TextDocument;
use model::Model;
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};

const AGENTS: [&str; 4] = ["ada", "bob", "cyd", "dan"];

struct Replica {
    agent: usize,
    document: TextDocument,
    model: Model,
}

impl Replica {
    fn new(agent: usize) -> Self {
        Self { agent, document: TextDocument::new(AGENTS[agent]), model: Model::default() }
    }

    /// Edits near the begin, so that insertions meet at the same place.
    fn edit(&mut self, random: &mut SmallRng) {
        let length = self.document.length() as usize;
        let position = random.random_range(0..=length.min(8));
        let deleted = if random.random_bool(0.4) { random.random_range(0..=(length - position).min(4)) } else { 0 };
        let count = if deleted == 0 || random.random_bool(0.3) { random.random_range(0..4) } else { 0 };
        let inserted: Vec<u16> = (0..count).map(|_| random.random_range(97..123)).collect();
        self.document.edit(position as u32, deleted as u32, &inserted).expect("the edit lies inside the text");
        self.model.edit(self.agent, position, deleted, &inserted);
        assert_eq!(self.document.length() as usize, self.model.text().len());
    }

    fn merge(&mut self, other: &Self) {
        let changes = other.document.changes_since(&self.document.version());
        self.document.merge(&changes).expect("the changes are whole");
        self.model.merge(&other.model);
        assert_eq!(self.document.text(), self.model.text());
    }
}

fn replay(seed: u64, rounds: usize) {
    let mut random = SmallRng::seed_from_u64(seed);
    let mut replicas: Vec<Replica> = (0..AGENTS.len()).map(Replica::new).collect();
    for _ in 0..rounds {
        let chosen = random.random_range(0..replicas.len());
        for _ in 0..random.random_range(1..4) {
            replicas[chosen].edit(&mut random);
        }
        if random.random_bool(0.5) {
            let other = (chosen + random.random_range(1..replicas.len())) % replicas.len();
            let [reader, writer] = replicas.get_disjoint_mut([other, chosen]).expect("the two differ");
            reader.merge(writer);
        }
    }
    let mut all = replicas.pop().expect("there are replicas");
    for replica in &replicas {
        all.merge(replica);
    }
    for mut replica in replicas {
        replica.merge(&all);
        assert_eq!(replica.document.text(), all.document.text(), "seed {seed}");
        assert_eq!(replica.document.version(), all.document.version());
    }
}

#[test]
fn replicas_come_to_the_text_of_the_model() {
    for seed in 0..400 {
        replay(seed, 12);
    }
}

#[test]
fn long_histories_come_to_the_text_of_the_model() {
    for seed in 1000..1010 {
        replay(seed, 150);
    }
}
