//! Workloads as a plain program, for tools that watch a process: callgrind, massif, perf, hyperfine, gdb.

use std::io::{self, Write};
use std::process::ExitCode;

use serde_json::json;

use crate::{Failure, MeasureOptions, Registration, count_instructions, find, guarded, measure};

const USAGE: &str = "usage: runner list
       runner verify       ID PARAMETERS
       runner iterate      ID PARAMETERS COUNT
       runner time         ID PARAMETERS
       runner instructions ID PARAMETERS [COUNT]

PARAMETERS is a JSON object with exactly the parameters of the workload, such as '{\"nodes\":1000}'.
iterate sets the case up, runs COUNT iterations and prints nothing; time prints nanoseconds per operation. Under
\"valgrind --tool=callgrind --instr-atstart=no\", instructions lets the timed part of some iterations be counted, and prints
how many of them, COUNT or as many as there is time for, and how many operations each, as JSON. FORGEBENCH_SEED in the
environment makes what is random the same in every process. A COUNT of 0 is none.";

/// The `main` of a runner: does what the arguments of the process say. Exit codes: 0 well, 2 wrong usage, 3 the
/// workload failed.
///
/// ```no_run
/// # fn workloads() -> Vec<forgebench_measure::Registration> { Vec::new() }
/// fn main() -> std::process::ExitCode {
///     forgebench_measure::run_program(&workloads())
/// }
/// ```
pub fn run_program(workloads: &[Registration]) -> ExitCode {
    refuse_backtraces();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words[..] {
        ["list"] => Ok(list(workloads)),
        ["verify", id, parameters] => verify(workloads, id, parameters),
        ["iterate", id, parameters, count] => iterate(workloads, (id, parameters), count),
        ["time", id, parameters] => time(workloads, id, parameters),
        ["instructions", id, parameters, ref count @ ..] if count.len() < 2 => {
            return instructions(workloads, (id, parameters), count.first().copied());
        }
        _ => return complain(USAGE, 2),
    };
    match result {
        Ok(text) => print(&text),
        Err(failure) => complain(&failure.to_string(), 3),
    }
}

/// An error that the code under test makes would capture a backtrace wherever the environment asks for one, which is
/// 20 times slower (METHODOLOGY.md); launches do without, so the runner does too.
fn refuse_backtraces() {
    for variable in ["RUST_BACKTRACE", "RUST_LIB_BACKTRACE"] {
        // SAFETY: this is the first thing that `main` does: there is no other thread that reads the environment.
        unsafe { std::env::set_var(variable, "0") };
    }
}

fn list(workloads: &[Registration]) -> String {
    let lines: Vec<String> = workloads.iter().map(|w| format!("{} [{}]\n", w.id, w.parameters.join(", "))).collect();
    lines.concat()
}

fn verify(workloads: &[Registration], id: &str, parameters: &str) -> Result<String, Failure> {
    guarded(|| open(workloads, id, parameters)?.verify().map(drop))?;
    Ok(format!("{id} {parameters}: the answer is right\n"))
}

fn iterate(workloads: &[Registration], (id, parameters): (&str, &str), count: &str) -> Result<String, Failure> {
    let count = read_count(count)?;
    guarded(|| {
        open(workloads, id, parameters)?.iterate(count);
        Ok(String::new())
    })
}

fn time(workloads: &[Registration], id: &str, parameters: &str) -> Result<String, Failure> {
    let options = MeasureOptions { warm_up_ns: 300_000_000, measure_ns: 1_000_000_000, samples: 50, count_ns: 0 };
    let measured = guarded(|| measure(open(workloads, id, parameters)?.as_mut(), &options))?;
    let mut samples = measured.samples_ns;
    samples.sort_by(f64::total_cmp);
    let (low, middle, high) = (samples[0], samples[samples.len() / 2], samples[samples.len() - 1]);
    Ok(format!("{id} {parameters}: median {middle:.2} ns per operation, samples from {low:.2} to {high:.2}\n"))
}

/// A program reads the answer, so a failure is one too.
fn instructions(workloads: &[Registration], (id, parameters): (&str, &str), count: Option<&str>) -> ExitCode {
    let counted = guarded(|| {
        let wanted = count.map(read_count).transpose()?.filter(|&count| count > 0);
        count_instructions(open(workloads, id, parameters)?.as_mut(), wanted)
    });
    let answer = match &counted {
        Ok(counted) => json!({ "iterations": counted.iterations, "operations": counted.operations }),
        Err(failure) => json!({ "failure": { "reason": failure.kind(), "message": failure.to_string() } }),
    };
    // A workload may have printed something and not ended its line.
    print(&format!("\n{answer}\n"));
    ExitCode::from(if counted.is_ok() { 0 } else { 3 })
}

fn read_count(text: &str) -> Result<u64, Failure> {
    text.parse().map_err(|e| Failure::Setup(format!("COUNT \"{text}\" is no whole number: {e}")))
}

fn open(workloads: &[Registration], id: &str, parameters: &str) -> Result<Box<dyn crate::Case>, Failure> {
    let registration = find(workloads, id)?;
    let value = serde_json::from_str(parameters)
        .map_err(|e| Failure::Parameters { id: registration.id, reason: e.to_string() })?;
    registration.case(value)
}

fn print(text: &str) -> ExitCode {
    // A reader that has gone away, as `head` does, is no failure of the workload.
    let _ = io::stdout().write_all(text.as_bytes());
    ExitCode::SUCCESS
}

fn complain(text: &str, code: u8) -> ExitCode {
    let _ = writeln!(io::stderr(), "{text}");
    ExitCode::from(code)
}
