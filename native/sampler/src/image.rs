//! The last stack that was logged, so that the next one is logged only as far as it differs.
//!
//! A stack of node is some 30 KiB deep, nearly all of it callers that stay the same from sample to sample. Copying it
//! whole would fill the log with 30 MB a second, and the first touch of so many pages takes longer than the rest of the
//! handler.

use std::ptr;
use std::sync::atomic::{AtomicU64, Ordering};

const WORD: usize = size_of::<u64>();

/// The end of one thread's stack as the last logged sample had it; zeros where no sample has been.
#[derive(Debug)]
pub(crate) struct StackImage {
    /// The word at the end of the stack first.
    words: Box<[AtomicU64]>,
    end: usize,
}

impl StackImage {
    /// An image of up to `bytes` below `end`, the address where the stack ends.
    pub fn new(end: usize, bytes: usize) -> Self {
        Self { words: (0..bytes / WORD).map(|_| AtomicU64::new(0)).collect(), end }
    }

    /// The most that it can hold.
    pub fn bytes(&self) -> usize {
        self.words.len().wrapping_mul(WORD)
    }

    /// How many bytes at the end of the stack are as the image has them; `None` for a stack that it cannot hold.
    /// Async-signal-safe: it only reads.
    ///
    /// # Safety
    ///
    /// All from `sp` to the end of the stack is readable and holds still.
    pub unsafe fn shared_bytes(&self, sp: usize) -> Option<usize> {
        let depth = self.end.checked_sub(sp)?;
        if depth > self.bytes() || !sp.is_multiple_of(WORD) || !self.end.is_multiple_of(WORD) {
            return None;
        }
        let words = self.words.iter().take(depth / WORD).zip(1..);
        let same = |&(image, number): &(&AtomicU64, usize)| {
            // SAFETY: the word lies between `sp` and the end.
            image.load(Ordering::Relaxed) == unsafe { word(self.end, number) }
        };
        Some(words.take_while(same).count().wrapping_mul(WORD))
    }

    /// Takes over the stack, whose last `shared` bytes it has already. Async-signal-safe: it stores to atomics only.
    ///
    /// # Safety
    ///
    /// As for [`Self::shared_bytes`], which has returned `Some`.
    pub unsafe fn remember(&self, sp: usize, shared: usize) {
        let depth = self.end.wrapping_sub(sp);
        for (image, number) in self.words.iter().take(depth / WORD).zip(1..).skip(shared / WORD) {
            // SAFETY: the word lies between `sp` and the end.
            image.store(unsafe { word(self.end, number) }, Ordering::Relaxed);
        }
    }
}

/// The word that lies `number` words before `end`.
///
/// # Safety
///
/// It is readable, and `end` is aligned for it.
unsafe fn word(end: usize, number: usize) -> u64 {
    // SAFETY: the caller vouches for it. Volatile, because the compiler knows nothing of this memory.
    unsafe { ptr::with_exposed_provenance::<u64>(end.wrapping_sub(number.wrapping_mul(WORD))).read_volatile() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes that `stack` shares with the image, which then remembers it from word `from` on.
    fn shared(image: &StackImage, stack: &[u64], from: usize) -> Option<usize> {
        let sp = stack[from..].as_ptr().expose_provenance();
        // SAFETY: the image was made for the end of this slice.
        unsafe {
            let shared = image.shared_bytes(sp)?;
            image.remember(sp, shared);
            Some(shared)
        }
    }

    #[test]
    fn only_the_unbroken_end_of_equal_words_is_shared() {
        let mut stack = [1_u64, 2, 3, 4, 5, 6];
        let image = StackImage::new(stack.as_ptr_range().end.expose_provenance(), 48);
        assert_eq!(shared(&image, &stack, 2), Some(0));
        assert_eq!(shared(&image, &stack, 2), Some(32));
        assert_eq!(shared(&image, &stack, 4), Some(16), "a shallower stack is shared whole");
        stack[3] = 9;
        assert_eq!(shared(&image, &stack, 0), Some(16), "a change hides what is equal above it");
        assert_eq!(shared(&image, &stack, 0), Some(48));
    }

    #[test]
    fn a_stack_that_is_too_deep_or_not_aligned_has_no_image() {
        let stack = [0_u64; 4];
        let range = stack.as_ptr_range();
        let image = StackImage::new(range.end.expose_provenance(), 16);
        let start = range.start.expose_provenance();
        // SAFETY: the image was made for the end of this array.
        let seen = unsafe { [8, 17, 16].map(|offset| image.shared_bytes(start + offset)) };
        assert_eq!(seen, [None, None, Some(16)]);
    }
}
