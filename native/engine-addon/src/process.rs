//! Processes: workers must not outlive their parent.

use forgebench_border::measure::die_with_parent;
use napi::{Error, Result};
use napi_derive::napi;

/// Asks the kernel to kill this process when its parent ends; throws where `parent` is gone already.
#[napi(js_name = "dieWithParent")]
pub fn die_with(parent: u32) -> Result<()> {
    die_with_parent(parent).map_err(|e| Error::from_reason(e.to_string()))
}
