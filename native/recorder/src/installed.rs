//! The one recorder of this copy of the facade.

use std::sync::OnceLock;

use crate::recorder::{Emitted, MetricsRecorder};

/// Series that are kept; an addon whose labels name documents or users emits any number.
const MOST_SERIES: usize = 500;

/// Why nothing is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InstallError {
    /// The facade has one recorder for good.
    #[error("the code under test has installed a recorder of its own; leave that out where forgebench measures")]
    Taken,
}

static INSTALLED: OnceLock<Result<MetricsRecorder, InstallError>> = OnceLock::new();

/// Records from now on, until the process ends. A second call changes nothing.
pub fn install() -> Result<(), InstallError> {
    let installed = INSTALLED.get_or_init(|| {
        let recorder = MetricsRecorder::new(MOST_SERIES);
        metrics::set_global_recorder(recorder.clone()).map_err(|_| InstallError::Taken)?;
        Ok(recorder)
    });
    installed.as_ref().map(|_| ()).map_err(|&error| error)
}

/// What was emitted since [`install`]; absent where nothing is recorded.
pub fn emitted() -> Option<Emitted> {
    Some(INSTALLED.get()?.as_ref().ok()?.emitted())
}
