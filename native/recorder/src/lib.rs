//! Records what crates emit through the facade [`metrics`], for a profiler that asks for it.
//!
//! Nothing is recorded before [`install`]; without a recorder the facade's macros do nothing, which is how launches are
//! timed. The number of series is bounded, and those beyond it are counted.
//!
//! ```
//! forgebench_recorder::install().unwrap();
//! metrics::counter!("documents_saved_total", "format" => "json").increment(2);
//! let emitted = forgebench_recorder::emitted().unwrap();
//! assert_eq!(emitted.series[0].name, "documents_saved_total");
//! ```

mod distribution;
mod installed;
mod recorder;

pub use distribution::Distribution;
pub use installed::{InstallError, emitted, install};
pub use recorder::{Emitted, MOST_LEFT_OUT, MetricsRecorder, Series, Value};
