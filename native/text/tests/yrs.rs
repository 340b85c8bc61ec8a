//! The same edits in documents of yrs, where nobody inserts at the same place at once and both engines have to agree.

use forgebench_text::TextDocument;
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use yrs::updates::decoder::Decode;
use yrs::{Doc, GetString, OffsetKind, Options, ReadTxn, StateVector, Text, Transact, Update};

/// Authors; each types in a line of its own, and deletes anywhere.
const AUTHORS: usize = 3;

struct Author {
    ours: TextDocument,
    theirs: Doc,
}

impl Author {
    fn new(number: usize) -> Self {
        let options = Options { offset_kind: OffsetKind::Utf16, ..Options::with_client_id(number as u64 + 1) };
        Self { ours: TextDocument::new(&format!("author {number}")), theirs: Doc::with_options(options) }
    }

    fn text(&self) -> String {
        let text = self.theirs.get_or_insert_text("text");
        let transaction = self.theirs.transact();
        text.get_string(&transaction)
    }

    fn edit(&mut self, position: u32, deleted: u32, inserted: &str) {
        let units: Vec<u16> = inserted.encode_utf16().collect();
        self.ours.edit(position, deleted, &units).expect("the edit lies inside the text");
        let text = self.theirs.get_or_insert_text("text");
        let mut transaction = self.theirs.transact_mut();
        text.remove_range(&mut transaction, position, deleted);
        text.insert(&mut transaction, position, inserted);
    }

    /// Types behind the sign of the author's line, which is never deleted.
    fn type_at_own_sign(&mut self, number: usize, random: &mut SmallRng) {
        let text = self.text();
        let sign = char::from(b'A' + number as u8);
        let behind = text.find(sign).expect("signs stay") as u32 + 1;
        let word: String = (0..random.random_range(1..5)).map(|_| random.random_range('a'..='z')).collect();
        self.edit(behind, 0, &word);
    }

    fn delete_anywhere(&mut self, random: &mut SmallRng) {
        let text = self.text();
        let letters: Vec<usize> = text.match_indices(|letter: char| letter.is_lowercase()).map(|(at, _)| at).collect();
        if !letters.is_empty() {
            self.edit(letters[random.random_range(0..letters.len())] as u32, 1, "");
        }
    }

    fn merge(&mut self, other: &Self) {
        self.ours.merge(&other.ours.changes_since(&self.ours.version())).expect("the changes are whole");
        let update = other.theirs.transact().encode_state_as_update_v1(&StateVector::default());
        self.theirs.transact_mut().apply_update(Update::decode_v1(&update).expect("yrs reads what it wrote"));
        assert_eq!(String::from_utf16_lossy(&self.ours.text()), self.text());
    }
}

#[test]
fn both_come_to_the_same_text_where_nobody_inserts_at_the_same_place() {
    for seed in 0..60 {
        let mut random = SmallRng::seed_from_u64(seed);
        let mut authors: Vec<Author> = (0..AUTHORS).map(Author::new).collect();
        authors[0].edit(0, 0, "A\nB\nC\n");
        for number in 1..AUTHORS {
            let [first, other] = authors.get_disjoint_mut([0, number]).expect("the two differ");
            other.merge(first);
        }
        for _ in 0..60 {
            let number = random.random_range(0..AUTHORS);
            match random.random_range(0..4) {
                0 | 1 => authors[number].type_at_own_sign(number, &mut random),
                2 => authors[number].delete_anywhere(&mut random),
                _ => {
                    let other = (number + random.random_range(1..AUTHORS)) % AUTHORS;
                    let [reader, writer] = authors.get_disjoint_mut([number, other]).expect("the two differ");
                    reader.merge(writer);
                }
            }
        }
    }
}
