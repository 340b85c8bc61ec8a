//! Finds the source of Criterion that cargo has fetched, and makes its statistics a module of this program.

use std::path::PathBuf;
use std::process::Command;

fn main() {
    let cargo = std::env::var_os("CARGO").expect("cargo sets CARGO");
    let command = ["metadata", "--format-version", "1", "--locked"];
    let output = Command::new(cargo).args(command).output().expect("cargo starts");
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("cargo writes JSON");
    let mut packages = metadata["packages"].as_array().expect("cargo lists packages").iter();
    let criterion = packages.find(|package| package["name"] == "criterion").expect("criterion is a dependency");
    let manifest = PathBuf::from(criterion["manifest_path"].as_str().expect("a package has a manifest"));
    let statistics = manifest.with_file_name("src").join("stats/mod.rs");
    let module = format!("#[allow(warnings)]\n#[path = {statistics:?}]\nmod stats;\n");
    let file = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR")).join("stats.rs");
    std::fs::write(file, module).expect("the folder for output takes files");
}
