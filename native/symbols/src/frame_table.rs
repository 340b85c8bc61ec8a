//! Equal frames stored once, each with the line where most samples were.

use crate::profile::{Frame, Origin};
use std::collections::HashMap;

/// What makes two frames the same function: everything but the line of a native frame, which is
/// only where in the function the sample was.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    name: String,
    origin: Origin,
    file: Option<String>,
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
            tier: frame.tier.clone(),
            inlined: frame.inlined,
        };
        *self.indices.entry(key).or_insert_with(|| {
            self.frames.push(frame.clone());
            self.lines.push(HashMap::new());
            self.frames.len() as u32 - 1
        })
    }

    /// Counts a sample in `frame` at `line`.
    pub fn count_line(&mut self, frame: u32, line: u32) {
        *self.lines[frame as usize].entry(line).or_default() += 1;
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
            tier: None,
            inlined: false,
        };
        let mut table = FrameTable::default();
        let first = table.intern(&frame);
        assert_eq!(first, table.intern(&Frame { line: Some(9), ..frame.clone() }));
        assert_ne!(first, table.intern(&Frame { inlined: true, ..frame.clone() }));
        for line in [5, 9, 9, 5, 7] {
            table.count_line(first, line);
        }
        assert_eq!(table.into_frames()[0].line, Some(5));
    }
}
