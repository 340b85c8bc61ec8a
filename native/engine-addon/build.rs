//! Lets the linker leave Node's own symbols open, and writes down which compiler it was.

use std::env;
use std::process::Command;

fn main() {
    napi_build::setup();
    println!("cargo:rustc-env=FORGEBENCH_COMPILER={}", compiler_version().unwrap_or_default());
}

/// Such as `1.95.0 (59807616e 2026-04-14)`.
fn compiler_version() -> Option<String> {
    let output = Command::new(env::var_os("RUSTC")?).arg("--version").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    Some(text.trim().trim_start_matches("rustc ").to_owned())
}
