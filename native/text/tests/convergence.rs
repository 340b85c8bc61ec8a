//! Replicas that learn of each other's edits in any order come to the same text, and to that of a simple model.

mod model;
mod patched;

use forgebench_text::{TextDocument, Version};
use model::Model;
use patched::patched;
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};

const AGENTS: [&str; 4] = ["ada", "bob", "cyd", "dan"];

struct Replica {
    agent: usize,
    document: TextDocument,
    model: Model,
    /// Versions that it had, with their texts.
    past: Vec<(Version, Vec<u16>)>,
}

impl Replica {
    fn new(agent: usize) -> Self {
        let document = TextDocument::new(AGENTS[agent]);
        Self { agent, document, model: Model::default(), past: vec![(Version::default(), Vec::new())] }
    }

    fn remember(&mut self) {
        self.past.push((self.document.version(), self.model.text()));
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
        let (before, text) = (self.document.version(), self.document.text());
        let changes = other.document.changes_since(&before);
        self.document.merge(&changes).expect("the changes are whole");
        self.model.merge(&other.model);
        assert_eq!(self.document.text(), self.model.text());
        let patches = self.document.patches(&before, None).expect("the version is known");
        assert_eq!(patched(&text, &patches), self.model.text());
    }
}

/// Any version becomes any other by patches, whoever had it.
fn compare(past: &[(Version, Vec<u16>)], document: &TextDocument, random: &mut SmallRng) {
    for (from, before) in past {
        for _ in 0..8 {
            let (to, after) = &past[random.random_range(0..past.len())];
            let patches = document.patches(from, Some(to)).expect("the versions are known");
            assert_eq!(&patched(before, &patches), after);
        }
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
        replicas[chosen].remember();
        if random.random_bool(0.5) {
            let other = (chosen + random.random_range(1..replicas.len())) % replicas.len();
            let [reader, writer] = replicas.get_disjoint_mut([other, chosen]).expect("the two differ");
            reader.merge(writer);
            reader.remember();
        }
    }
    let mut all = replicas.pop().expect("there are replicas");
    for replica in &replicas {
        all.merge(replica);
    }
    let past: Vec<_> = replicas.iter().chain([&all]).flat_map(|replica| replica.past.clone()).collect();
    compare(&past, &all.document, &mut random);
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
