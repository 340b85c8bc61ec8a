//! Processes: commands as workloads, and workers that must not outlive their parent.

use std::collections::HashMap;

use forgebench_border::measure::{CommandLine, Execution, die_with_parent, execute};
use napi::bindgen_prelude::AsyncTask;
use napi::{Env, Error, Task};
use napi_derive::napi;

/// What to execute.
#[napi(object)]
pub struct BindingCommandLine {
    /// Program and arguments; at least one.
    pub arguments: Vec<String>,
    /// Working folder.
    pub folder: String,
    /// Variables added to the environment.
    pub environment: HashMap<String, String>,
}

/// What one execution used.
#[napi(object)]
pub struct BindingExecution {
    /// Wall time, nanoseconds.
    pub wall_ns: f64,
    /// CPU time in user space, nanoseconds.
    pub user_ns: f64,
    /// CPU time in the kernel, nanoseconds.
    pub system_ns: f64,
    /// Highest resident set, bytes.
    pub max_rss_bytes: f64,
    /// Exit code, or minus the number of the signal that ended it.
    pub exit_code: i32,
}

/// A command under way.
pub struct ExecuteTask(CommandLine);

impl Task for ExecuteTask {
    type Output = Execution;
    type JsValue = BindingExecution;

    fn compute(&mut self) -> napi::Result<Execution> {
        execute(&self.0).map_err(|e| {
            Error::from_reason(format!("Cannot start \"{}\": {e}; check its name and PATH", self.0.arguments[0]))
        })
    }

    fn resolve(&mut self, _env: Env, execution: Execution) -> napi::Result<BindingExecution> {
        Ok(BindingExecution {
            wall_ns: execution.wall_ns as f64,
            user_ns: execution.user_ns as f64,
            system_ns: execution.system_ns as f64,
            max_rss_bytes: execution.max_rss_bytes as f64,
            exit_code: execution.exit_code,
        })
    }
}

/// Executes a command once without input and throws its output away. It dies with this process.
#[napi(ts_return_type = "Promise<BindingExecution>")]
pub fn execute_command(line: BindingCommandLine) -> AsyncTask<ExecuteTask> {
    let BindingCommandLine { arguments, folder, environment } = line;
    AsyncTask::new(ExecuteTask(CommandLine { arguments, folder: folder.into(), environment }))
}

/// Asks the kernel to kill this process when its parent ends; throws where `parent` is gone already.
#[napi(js_name = "dieWithParent")]
pub fn die_with(parent: u32) -> napi::Result<()> {
    die_with_parent(parent).map_err(|e| Error::from_reason(e.to_string()))
}
