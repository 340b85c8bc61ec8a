//! The list of workloads of one addon.

use serde_json::Value;

use crate::{Case, Failure, Workload, bench};

/// A workload as the addon lists it: its id, its parameters' names, and how a case of it is made.
pub struct Registration {
    /// `suite/name`.
    pub id: &'static str,
    /// Names of the parameters in the order of the struct's fields.
    pub parameters: &'static [&'static str],
    make: fn(Value) -> Result<Box<dyn Case>, Failure>,
}

impl Registration {
    /// Registers the workload `W`.
    #[must_use]
    pub fn of<W: Workload>() -> Self {
        Self { id: W::ID, parameters: serde_aux::serde_introspection::serde_introspect::<W::Params>(), make: make::<W> }
    }

    /// Sets up the case with these parameters, a JSON object with exactly the fields of `W::Params`.
    pub fn case(&self, parameters: Value) -> Result<Box<dyn Case>, Failure> {
        (self.make)(parameters)
    }
}

/// The registration with this id.
pub fn find<'a>(registrations: &'a [Registration], id: &str) -> Result<&'a Registration, Failure> {
    registrations.iter().find(|r| r.id == id).ok_or_else(|| Failure::UnknownWorkload(id.to_owned()))
}

fn make<W: Workload>(parameters: Value) -> Result<Box<dyn Case>, Failure> {
    let parameters =
        serde_json::from_value(parameters).map_err(|e| Failure::Parameters { id: W::ID, reason: e.to_string() })?;
    Ok(Box::new(bench(W::new(parameters)?)))
}
