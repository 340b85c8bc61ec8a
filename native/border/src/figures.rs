//! Figures that a workload knows of itself.

use forgebench_border_attribute::napi;
use forgebench_measure::FigureValue;

/// A figure of the workload's own; its definition says the unit.
#[napi(object)]
pub struct BindingFigure {
    /// The name under which the definition declares it.
    pub name: String,
    /// Its value.
    pub value: f64,
}

impl From<FigureValue> for BindingFigure {
    fn from(figure: FigureValue) -> Self {
        Self { name: figure.name.to_owned(), value: figure.value }
    }
}
