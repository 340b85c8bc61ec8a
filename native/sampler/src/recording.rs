//! What a sampler saw.

use std::borrow::Cow;

use forgebench_symbols::{FoldError, FoldOptions, Profile, RawSample, fold_own_process};

use crate::log::Log;

/// Samples of one thread, not yet unwound. It may move to another thread to be folded there.
#[derive(Debug)]
pub struct Recording {
    pub(crate) log: Log,
    /// Size of the image that the log's stacks were compared with.
    pub(crate) image_bytes: usize,
    pub(crate) thread: i32,
}

impl Recording {
    /// The samples, oldest first.
    pub fn samples(&self) -> impl Iterator<Item = RawSample<'_>> {
        let (pid, tid) = (std::process::id().cast_signed(), self.thread);
        let mut image = vec![0; self.image_bytes];
        self.log.entries().map(move |(entry, stack)| RawSample {
            pid,
            tid,
            time: entry.time,
            weight: entry.weight,
            kernel: Vec::new(),
            registers: Some(entry.registers),
            stack: match entry.shared_bytes {
                Some(shared) => Cow::Owned(completed(&mut image, stack, shared)),
                None => Cow::Borrowed(stack),
            },
        })
    }

    /// Samples that found no room.
    #[must_use]
    pub fn lost(&self) -> u64 {
        self.log.lost()
    }

    /// Unwinds and names all samples of the window. The process must be the one that was sampled.
    ///
    /// # Errors
    ///
    /// [`FoldError`] if the map of JavaScript names or of this process cannot be read.
    pub fn fold(&self, options: &FoldOptions) -> Result<Profile, FoldError> {
        fold_own_process(self.samples(), self.lost(), options)
    }
}

/// A stack whose last `shared` bytes are those of the image, which then takes over the rest.
fn completed(image: &mut [u8], stack: &[u8], shared: usize) -> Vec<u8> {
    let at = image.len() - shared - stack.len();
    image[at..at + stack.len()].copy_from_slice(stack);
    image[at..].to_vec()
}
