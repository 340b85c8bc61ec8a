//! One kind of task for all asynchronous functions: make the case, do a piece of work on it, guarded.

use std::marker::PhantomData;

use forgebench_measure::{Case, Failure, guarded};
use napi::bindgen_prelude::{AsyncTask, ToNapiValue, TypeName};
use napi::{Env, Task};

use crate::make_case;

type Work<T> = Box<dyn FnMut(&mut dyn Case) -> Result<T, Failure> + Send>;

/// Work on a case, off the JavaScript thread; `T` is what the work returns, `Wire` its form in JavaScript.
pub struct CaseTask<T, Wire> {
    id: String,
    parameters: String,
    work: Work<T>,
    wire: PhantomData<fn() -> Wire>,
}

/// A task that calls `work` with the case of this id and these parameters.
pub fn case_task<T, Wire>(
    id: String,
    parameters: String,
    work: impl FnMut(&mut dyn Case) -> Result<T, Failure> + Send + 'static,
) -> AsyncTask<CaseTask<T, Wire>>
where
    CaseTask<T, Wire>: Task,
{
    AsyncTask::new(CaseTask { id, parameters, work: Box::new(work), wire: PhantomData })
}

impl<T, Wire> Task for CaseTask<T, Wire>
where
    T: Send + 'static,
    Wire: From<Result<T, Failure>> + ToNapiValue + TypeName + 'static,
{
    type Output = Result<T, Failure>;
    type JsValue = Wire;

    fn compute(&mut self) -> napi::Result<Self::Output> {
        Ok(guarded(|| {
            let mut case = make_case(&self.id, &self.parameters)?;
            (self.work)(case.as_mut())
        }))
    }

    fn resolve(&mut self, _env: Env, result: Self::Output) -> napi::Result<Wire> {
        Ok(result.into())
    }
}
