//! One kind of task for all asynchronous doors: the same function off the JavaScript thread.

use forgebench_border::caught;
use napi::bindgen_prelude::{AsyncTask, ToNapiValue, TypeName};
use napi::{Env, Error, Result, Task};

type Work<T> = Box<dyn FnOnce() -> Result<T> + Send>;

/// A call that is made on another thread.
pub struct WorkTask<T> {
    work: Option<Work<T>>,
}

/// A task that does `work` once; a panic rejects the promise.
pub(crate) fn work_task<T>(work: impl FnOnce() -> Result<T> + Send + 'static) -> AsyncTask<WorkTask<T>>
where
    WorkTask<T>: Task,
{
    AsyncTask::new(WorkTask { work: Some(Box::new(|| caught(work).unwrap_or_else(|panic| Err(reason(panic))))) })
}

/// An error of the engine as one of JavaScript.
pub(crate) fn reason(error: impl std::fmt::Display) -> Error {
    Error::from_reason(error.to_string())
}

impl<T: Send + ToNapiValue + TypeName + 'static> Task for WorkTask<T> {
    type Output = T;
    type JsValue = T;

    fn compute(&mut self) -> Result<T> {
        let work = self.work.take().ok_or_else(|| Error::from_reason("Cannot do the work of a task twice"))?;
        work()
    }

    fn resolve(&mut self, _env: Env, output: T) -> Result<T> {
        Ok(output)
    }
}
