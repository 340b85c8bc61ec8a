//! One kind of task for all asynchronous functions: do a piece of work, guarded.

use std::marker::PhantomData;

use forgebench_measure::{Case, Failure, guarded};
use napi::bindgen_prelude::{AsyncTask, ToNapiValue, TypeName};
use napi::{Env, Task};

use crate::make_case;

type Work<T> = Box<dyn FnMut() -> Result<T, Failure> + Send>;

/// Work off the JavaScript thread; `T` is what it returns, `Wire` its form in JavaScript.
pub struct WorkTask<T, Wire> {
    work: Work<T>,
    wire: PhantomData<fn() -> Wire>,
}

/// A task that does `work`.
pub fn work_task<T, Wire>(work: impl FnMut() -> Result<T, Failure> + Send + 'static) -> AsyncTask<WorkTask<T, Wire>>
where
    WorkTask<T, Wire>: Task,
{
    AsyncTask::new(WorkTask { work: Box::new(work), wire: PhantomData })
}

/// A task that calls `work` with the case of this id and these parameters.
pub fn case_task<T, Wire>(
    id: String,
    parameters: String,
    mut work: impl FnMut(&mut dyn Case) -> Result<T, Failure> + Send + 'static,
) -> AsyncTask<WorkTask<T, Wire>>
where
    WorkTask<T, Wire>: Task,
{
    work_task(move || {
        let mut case = make_case(&id, &parameters)?;
        work(case.as_mut())
    })
}

impl<T, Wire> Task for WorkTask<T, Wire>
where
    T: Send + 'static,
    Wire: From<Result<T, Failure>> + ToNapiValue + TypeName + 'static,
{
    type Output = Result<T, Failure>;
    type JsValue = Wire;

    fn compute(&mut self) -> napi::Result<Self::Output> {
        Ok(guarded(|| (self.work)()))
    }

    fn resolve(&mut self, _env: Env, result: Self::Output) -> napi::Result<Wire> {
        Ok(result.into())
    }
}
