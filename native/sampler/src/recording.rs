//! What a sampler saw.

use forgebench_symbols::{FoldError, FoldOptions, Profile, RawSample, fold_own_process};

use crate::log::Log;

/// Samples of one thread, not yet unwound. It may move to another thread to be folded there.
#[derive(Debug)]
pub struct Recording {
    pub(crate) log: Log,
    pub(crate) thread: i32,
}

impl Recording {
    /// The samples, oldest first.
    pub fn samples(&self) -> impl Iterator<Item = RawSample<'_>> {
        let (pid, tid) = (std::process::id().cast_signed(), self.thread);
        self.log.entries().map(move |(entry, stack)| RawSample {
            pid,
            tid,
            time: entry.time,
            weight: entry.weight,
            kernel: Vec::new(),
            registers: Some(entry.registers),
            stack,
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
