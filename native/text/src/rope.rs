//! A long sequence in chunks: edits that lie near each other cost no search, others a walk over lengths.

/// A chunk is never longer, so that an insertion moves a few kilobytes at most.
const LONGEST: usize = 1024;

/// Length of the pieces of a chunk that became too long. They have no room: typing goes on in one of them, which makes room for as much
/// again when it needs it, and the others mostly stay as they are.
const FILLED: usize = LONGEST / 2;

/// A sequence of elements in which insertion and removal anywhere are cheap.
///
/// Two levels are enough: a document of 10 million units has 10,000 to 20,000 chunks, and the walk begins at the last edit.
#[derive(Clone, Debug)]
pub struct Rope<T> {
    /// None is empty, but for the one chunk of an empty rope.
    chunks: Vec<Vec<T>>,
    len: usize,
    /// The chunk of the last edit, and how many elements lie before it.
    near: usize,
    before: usize,
}

impl<T: Copy> Rope<T> {
    /// An empty sequence.
    pub fn new() -> Self {
        Self { chunks: vec![Vec::new()], len: 0, near: 0, before: 0 }
    }

    /// A sequence with these elements.
    pub fn from_slice(elements: &[T]) -> Self {
        let mut chunks: Vec<Vec<T>> = elements.chunks(FILLED).map(<[T]>::to_vec).collect();
        if chunks.is_empty() {
            chunks.push(Vec::new());
        }
        Self { chunks, len: elements.len(), near: 0, before: 0 }
    }

    /// Number of elements.
    pub fn len(&self) -> usize {
        self.len
    }

    /// All elements in order.
    pub fn to_vec(&self) -> Vec<T> {
        self.chunks.concat()
    }

    /// Bytes of memory that the sequence holds.
    pub fn bytes(&self) -> usize {
        let elements: usize = self.chunks.iter().map(Vec::capacity).sum();
        elements * size_of::<T>() + self.chunks.capacity() * size_of::<Vec<T>>()
    }

    /// Inserts elements before the one at `at`, which is in [0, len].
    pub fn insert(&mut self, at: usize, elements: &[T]) {
        debug_assert!(at <= self.len);
        let offset = self.seek(at);
        self.len += elements.len();
        let chunk = &mut self.chunks[self.near];
        let (old, added) = (chunk.len(), elements.len());
        if old + added > LONGEST {
            self.insert_long(offset, elements);
            return;
        }
        chunk.extend_from_slice(elements);
        chunk.copy_within(offset..old, offset + added);
        chunk[offset..offset + added].copy_from_slice(elements);
    }

    /// Replaces the near chunk by as many as it takes.
    fn insert_long(&mut self, offset: usize, elements: &[T]) {
        let chunk = &self.chunks[self.near];
        let whole = [&chunk[..offset], elements, &chunk[offset..]].concat();
        let pieces = whole.len().div_ceil(FILLED);
        let each = whole.len().div_ceil(pieces);
        self.chunks.splice(self.near..=self.near, whole.chunks(each).map(<[T]>::to_vec));
    }

    /// Removes `count` elements from `at` on; `at + count` is in [0, len].
    pub fn remove(&mut self, at: usize, count: usize) {
        debug_assert!(at + count <= self.len);
        let offset = self.seek(at);
        self.len -= count;
        let first = self.near;
        let in_first = count.min(self.chunks[first].len() - offset);
        self.chunks[first].drain(offset..offset + in_first);
        let (mut left, mut end) = (count - in_first, first + 1);
        while left > 0 && left >= self.chunks[end].len() {
            left -= self.chunks[end].len();
            end += 1;
        }
        if left > 0 {
            self.chunks[end].drain(..left);
        }
        self.chunks.drain(first + 1..end);
        self.close_gap();
    }

    /// Joins the near chunk with the next where both are short, and drops it where it is empty.
    fn close_gap(&mut self) {
        let near = self.near;
        if near + 1 < self.chunks.len() && self.chunks[near].len() + self.chunks[near + 1].len() <= FILLED {
            let next = self.chunks.remove(near + 1);
            self.chunks[near].extend_from_slice(&next);
        }
        if self.chunks[near].is_empty() && near > 0 {
            self.chunks.remove(near);
            self.near -= 1;
            self.before -= self.chunks[near - 1].len();
        }
    }

    /// Makes the chunk that holds `at`, or ends there, the near one; gives the offset in it.
    fn seek(&mut self, at: usize) -> usize {
        if at < self.before / 2 {
            (self.near, self.before) = (0, 0);
        }
        while at < self.before {
            self.near -= 1;
            self.before -= self.chunks[self.near].len();
        }
        while at - self.before > self.chunks[self.near].len() {
            self.before += self.chunks[self.near].len();
            self.near += 1;
        }
        at - self.before
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Rope;

    proptest! {
        #[test]
        fn edits_do_what_they_do_to_a_vector(edits in prop::collection::vec((any::<u16>(), 0..1500_usize, 0..1500_usize), 0..60)) {
            let (mut rope, mut known) = (Rope::new(), Vec::new());
            for (round, &(at, removed, added)) in edits.iter().enumerate() {
                let at = usize::from(at) % (known.len() + 1);
                let removed = removed.min(known.len() - at);
                rope.remove(at, removed);
                known.drain(at..at + removed);
                let elements: Vec<u32> = (0..added as u32).map(|index| index + 10_000 * round as u32).collect();
                rope.insert(at, &elements);
                known.splice(at..at, elements);
                prop_assert_eq!(rope.len(), known.len());
            }
            prop_assert_eq!(rope.to_vec(), known);
        }
    }

    #[test]
    fn all_can_be_removed_at_once() {
        let mut rope = Rope::from_slice(&vec![7_u16; 100_000]);
        rope.remove(0, 100_000);
        assert_eq!(rope.len(), 0);
        rope.insert(0, &[1, 2]);
        assert_eq!(rope.to_vec(), [1, 2]);
    }
}
