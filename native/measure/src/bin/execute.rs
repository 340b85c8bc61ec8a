//! `forgebench-execute`: executes one command and says what it used. A program of its own because it is small: Linux
//! books the resident set of whoever forks to the command, and a worker of Node.js has 40 MB.
//!
//! Standard input is a `CommandLine` as JSON, the argument the process that has to be its parent. Standard output is an
//! `Execution` as JSON. Exit codes: 0 the command ran, whatever it answered; 1 it could not be started.

use std::io::{self, Read, Write};
use std::process::ExitCode;

use forgebench_measure::{Execution, die_with_parent, execute};

fn main() -> ExitCode {
    match run() {
        Ok(execution) => {
            // A reader that has gone away has no use for the answer.
            let _ = serde_json::to_writer(io::stdout(), &execution);
            ExitCode::SUCCESS
        }
        Err(message) => {
            let _ = writeln!(io::stderr(), "{message}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<Execution, String> {
    let parent = std::env::args().nth(1).and_then(|argument| argument.parse().ok());
    let parent = parent.ok_or("usage: forgebench-execute PARENT <COMMAND.json")?;
    die_with_parent(parent).map_err(|e| format!("Cannot execute a command: {e}"))?;
    let mut text = String::new();
    io::stdin().read_to_string(&mut text).map_err(|e| format!("Cannot read the command: {e}"))?;
    let line: forgebench_measure::CommandLine =
        serde_json::from_str(&text).map_err(|e| format!("Cannot read the command: {e}"))?;
    let program = line.arguments.first().ok_or("Cannot execute a command without a program")?;
    execute(&line).map_err(|e| format!("Cannot start \"{program}\": {e}; check its name, its folder and PATH"))
}
