//! What an addon offers.

use forgebench_border_attribute::napi;
use forgebench_measure::Registration;

use crate::registrations;

/// A workload that this addon can run.
#[napi(object)]
pub struct BindingWorkload {
    /// `suite/name`.
    pub id: String,
    /// Names of its parameters in the order of its struct.
    pub parameters: Vec<String>,
}

impl From<Registration> for BindingWorkload {
    fn from(registration: Registration) -> Self {
        Self {
            id: registration.id.to_owned(),
            parameters: registration.parameters.iter().map(|&p| p.to_owned()).collect(),
        }
    }
}

/// All workloads of this addon.
#[napi]
pub fn list() -> Vec<BindingWorkload> {
    registrations().into_iter().map(Into::into).collect()
}
