//! Why a thread cannot be sampled.

/// Why [`Sampler::start`](crate::Sampler::start) failed.
#[derive(Debug, thiserror::Error)]
pub enum SamplerError {
    /// One sampler serves the whole process.
    #[error("Cannot start the sampler: it is running already; stop it first")]
    Running,
    /// The handler would take more time than it leaves.
    #[error("Cannot sample every {interval_ns} ns: that leaves the program no time; take at least {minimum_ns} ns")]
    Interval {
        /// What was asked for.
        interval_ns: u64,
        /// The shortest interval.
        minimum_ns: u64,
    },
    /// Each sample takes some microseconds.
    #[error(
        "Cannot sample an allocation every {interval} bytes: that leaves the program no time; take at least {minimum}"
    )]
    AllocationInterval {
        /// What was asked for, bytes.
        interval: u64,
        /// The shortest interval, bytes.
        minimum: u64,
    },
    /// The system does not say what is mapped.
    #[error(transparent)]
    Fold(#[from] forgebench_symbols::FoldError),
    /// Other code handles every signal that would do.
    #[error("Cannot start the sampler: no signal is free; profile without the other signal users")]
    NoSignal,
    /// The system refused a part that sampling needs.
    #[error("Cannot start the sampler: the system refused {part}: {source}; record with perf instead")]
    System {
        /// The part.
        part: &'static str,
        /// What the system said.
        source: std::io::Error,
    },
}

impl SamplerError {
    /// The last error of the system, for a part that was refused.
    pub(crate) fn last(part: &'static str) -> Self {
        Self::System { part, source: std::io::Error::last_os_error() }
    }
}
