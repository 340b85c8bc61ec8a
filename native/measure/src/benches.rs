//! The `main` of a `cargo bench` target: cases of a list that a filter names, each timed in a process of its own.

use std::io::{self, Write};
use std::process::{Command, ExitCode};

use serde::Deserialize;
use serde_json::Value;

use crate::{Registration, run_program};

#[derive(Deserialize)]
struct ListedCase {
    id: String,
    workload: String,
    parameters: Value,
}

const USAGE: &str = "usage: cargo bench -- [FILTER…] [--list]

A case is timed where one of the filters is a part of its id; all cases where there is none. Each is one launch:
\"forgebench run\" makes several and gives intervals.";

/// Times the cases of `list`, a JSON array of objects with `id`, `workload` and `parameters`, that the arguments name.
/// Every case runs in a process of its own, as launches do, so that no case warms up or wears out another.
///
/// ```no_run
/// # fn workloads() -> Vec<forgebench_measure::Registration> { Vec::new() }
/// fn main() -> std::process::ExitCode {
///     forgebench_measure::run_benches(&workloads(), r#"[{"id":"a/b[n=1]","workload":"a/b","parameters":{"n":1}}]"#)
/// }
/// ```
pub fn run_benches(workloads: &[Registration], list: &str) -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.first().is_some_and(|first| first == "time") {
        return run_program(workloads);
    }
    // Cargo adds `--bench` to whatever else it was told.
    let (flags, filters): (Vec<&str>, Vec<&str>) =
        arguments.iter().map(String::as_str).filter(|each| *each != "--bench").partition(|each| each.starts_with('-'));
    if flags.iter().any(|flag| *flag != "--list") {
        return end(USAGE, 2);
    }
    let cases = match serde_json::from_str::<Vec<ListedCase>>(list) {
        Ok(cases) => cases,
        Err(error) => return end(&format!("Cannot read the list of cases: {error}; run \"npm run setup\""), 2),
    };
    let chosen: Vec<&ListedCase> = cases.iter().filter(|case| names(&filters, &case.id)).collect();
    if chosen.is_empty() {
        return end(&format!("Cannot time \"{}\": no case has that in its id; use --list", filters.join(" ")), 2);
    }
    if flags.contains(&"--list") {
        let lines: Vec<String> = chosen.iter().map(|case| format!("{}: benchmark\n", case.id)).collect();
        return say(&lines.concat());
    }
    let failed = chosen.iter().filter(|case| !time(case)).count();
    if failed == 0 { ExitCode::SUCCESS } else { end(&format!("{failed} of {} cases failed", chosen.len()), 3) }
}

fn names(filters: &[&str], id: &str) -> bool {
    filters.is_empty() || filters.iter().any(|filter| id.contains(filter))
}

/// Whether the launch came to a figure; what it says goes to the terminal as it is.
fn time(case: &ListedCase) -> bool {
    let program = std::env::current_exe();
    let status = program.and_then(|program| {
        Command::new(program).args(["time", &case.workload, &case.parameters.to_string()]).status()
    });
    match status {
        Ok(status) => status.success(),
        Err(error) => {
            let _ = writeln!(io::stderr(), "Cannot start a process for {}: {error}", case.id);
            false
        }
    }
}

fn say(text: &str) -> ExitCode {
    // A reader that has gone away, as `head` does, is no failure.
    let _ = io::stdout().write_all(text.as_bytes());
    ExitCode::SUCCESS
}

fn end(text: &str, code: u8) -> ExitCode {
    let _ = writeln!(io::stderr(), "{text}");
    ExitCode::from(code)
}
