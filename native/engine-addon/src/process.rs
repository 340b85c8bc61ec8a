//! Processes: workers must not outlive their parent.

use std::os::fd::IntoRawFd;

use forgebench_border::measure::die_with_parent;
use forgebench_border_attribute::napi;
use napi::{Error, Result};

/// Asks the kernel to kill this process when its parent ends; throws where `parent` is gone already.
#[napi(js_name = "dieWithParent")]
pub fn die_with(parent: u32) -> Result<()> {
    die_with_parent(parent).map_err(|e| Error::from_reason(e.to_string()))
}

/// Both ends of a pipe, as descriptors that whoever gets them closes.
#[napi(object)]
pub struct BindingPipe {
    /// What is written comes out here.
    pub read: i32,
    /// What is written goes in here.
    pub write: i32,
}

/// Opens a pipe that no process inherits unless it is told to.
#[napi(js_name = "openPipe")]
pub fn open_pipe() -> Result<BindingPipe> {
    let (read, write) = std::io::pipe().map_err(|e| Error::from_reason(e.to_string()))?;
    Ok(BindingPipe { read: read.into_raw_fd(), write: write.into_raw_fd() })
}

/// The version of the Rust compiler that built this addon, such as `1.95.0 (59807616e 2026-04-14)`; empty where it
/// would not say.
#[napi(js_name = "compilerVersion")]
pub fn compiler_version() -> String {
    env!("FORGEBENCH_COMPILER").to_owned()
}

/// Does nothing: what calling it costs is the price of one crossing from JavaScript into an addon and back.
#[napi]
pub fn cross() {}
