//! Writes down which compiler this was and where it puts what it compiles.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let [out, target, compiler] = ["OUT_DIR", "TARGET", "RUSTC"].map(|name| env::var(name).unwrap_or_default());
    // OUT_DIR is TARGET_FOLDER/TRIPLE/PROFILE/build/PACKAGE/out; without --target there is no TRIPLE in it.
    let profile = Path::new(&out).ancestors().nth(3).map(PathBuf::from).unwrap_or_default();
    let host = host_profile(&profile, &target).unwrap_or_else(|| profile.clone());
    println!("cargo:rustc-env=FORGEBENCH_RUSTC={}", itself(&compiler).display());
    println!("cargo:rustc-env=FORGEBENCH_TRIPLE={target}");
    println!("cargo:rustc-env=FORGEBENCH_CRATES={}", profile.join("deps").display());
    println!("cargo:rustc-env=FORGEBENCH_HOST_CRATES={}", host.join("deps").display());
}

/// Where procedural macros lie, which run inside the compiler, where that is a folder of their own.
fn host_profile(profile: &Path, target: &str) -> Option<PathBuf> {
    let parent = profile.parent()?;
    parent.ends_with(target).then(|| parent.with_file_name(profile.file_name().unwrap_or_default()))
}

/// The compiler itself: RUSTC may be a program that looks for it, for which a benchmark has neither time nor PATH.
fn itself(compiler: &str) -> PathBuf {
    let output = Command::new(compiler).args(["--print", "sysroot"]).output().map(|output| output.stdout);
    let root = String::from_utf8(output.unwrap_or_default()).unwrap_or_default();
    Path::new(root.trim()).join("bin/rustc")
}
