//! Equal frames stored once, each with the line where most samples were.

use crate::profile::{Frame, Origin};
use std::collections::HashMap;

/// What makes two frames the same function: everything but the line of a native frame, which is
/// only where in the function the sample was. A JavaScript function is told by where it is defined.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    name: String,
    origin: Origin,
    file: Option<String>,
    defined: Option<(u32, u32)>,
    tier: Option<String>,
    inlined: bool,
}

/// Frames by index.
#[derive(Debug, Default)]
pub(crate) struct FrameTable {
    indices: HashMap<Key, u32>,
    frames: Vec<Frame>,
    lines: Vec<HashMap<u32, u64>>,
}

impl FrameTable {
    /// The index of the frame that is equal but for its line.
    pub fn intern(&mut self, frame: &Frame) -> u32 {
        let key = Key {
            name: frame.name.clone(),
            origin: frame.origin,
            file: frame.file.clone(),
            defined: frame.line.zip(frame.column),
            tier: frame.tier.clone(),
            inlined: frame.inlined,
        };
        *self.indices.entry(key).or_insert_with(|| {
            self.frames.push(frame.clone());
            self.lines.push(HashMap::new());
            self.frames.len() as u32 - 1
        })
    }

    /// The frame with this index.
    pub fn get(&self, index: u32) -> &Frame {
        &self.frames[index as usize]
    }

    /// Counts samples in `frame` at `line`.
    pub fn count_line(&mut self, frame: u32, line: u32, samples: u64) {
        *self.lines[frame as usize].entry(line).or_default() += samples;
    }

    /// The frames, each with its most frequent line (the lowest one of equals).
    pub fn into_frames(self) -> Vec<Frame> {
        let mut frames = self.frames;
        for (frame, lines) in frames.iter_mut().zip(self.lines) {
            frame.line =
                lines.into_iter().max_by_key(|&(line, count)| (count, std::cmp::Reverse(line))).map(|(line, _)| line);
        }
        frames
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_do_not_split_a_function_and_the_most_frequent_one_stays() {
        let frame = Frame {
            name: "a::b".into(),
            origin: Origin::Rust,
            file: Some("a.rs".into()),
            line: Some(1),
            column: None,
            tier: None,
            inlined: false,
        };
        let mut table = FrameTable::default();
        let first = table.intern(&frame);
        assert_eq!(first, table.intern(&Frame { line: Some(9), ..frame.clone() }));
        assert_ne!(first, table.intern(&Frame { inlined: true, ..frame.clone() }));
        for line in [5, 9, 9, 5, 7] {
            table.count_line(first, line, 1);
        }
        assert_eq!(table.into_frames()[0].line, Some(5));
    }

    #[test]
    fn functions_without_a_name_are_told_apart_by_where_they_are_defined() {
        let frame = Frame {
            name: "(anonymous)".into(),
            origin: Origin::User,
            file: Some("a.js".into()),
            line: Some(1),
            column: Some(5),
            tier: Some("optimised".into()),
            inlined: false,
        };
        let mut table = FrameTable::default();
        let first = table.intern(&frame);
        assert_eq!(first, table.intern(&frame.clone()));
        assert_ne!(first, table.intern(&Frame { column: Some(9), ..frame.clone() }));
        assert_ne!(first, table.intern(&Frame { line: Some(2), ..frame }));
    }
}
