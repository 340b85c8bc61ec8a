//! The mix of operations that a desk works through.

/// What a desk does.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A node with an id of its own.
    Node,
    /// A paragraph gets another number: a transaction, an entry of the history, an event.
    Write,
    /// A paragraph with an id that was never used before, added or removed.
    Paragraph,
    /// An edit is taken back, and made again.
    UndoRedo,
    /// All nodes of the document are visited.
    Traverse,
    /// The steps of a transaction as compressed bytes, and back.
    Frames,
    /// An entry of a shared document, merged into that of a room.
    Merge,
    /// The documents with a word.
    Query,
    /// A document of the index gets another text.
    Index,
    /// Ten events stored in one transaction and loaded again, and all of them replaced by a snapshot.
    Store,
}

/// How often in five hundred operations. What waits for the disk is rare, as all threads wait then.
const MIX: [(Kind, usize); 10] = [
    (Kind::Node, 100),
    (Kind::Write, 120),
    (Kind::Paragraph, 50),
    (Kind::UndoRedo, 30),
    (Kind::Traverse, 50),
    (Kind::Frames, 40),
    (Kind::Merge, 84),
    (Kind::Query, 24),
    (Kind::Index, 1),
    (Kind::Store, 1),
];

/// All kinds in an order in which none comes twice in a row where that can be helped.
pub fn schedule() -> Vec<Kind> {
    let mut slots: Vec<(f64, Kind)> = Vec::new();
    for (kind, times) in MIX {
        slots.extend((0..times).map(|k| ((k as f64 + 0.5) / times as f64, kind)));
    }
    slots.sort_by(|a, b| a.0.total_cmp(&b.0));
    slots.into_iter().map(|(_, kind)| kind).collect()
}
