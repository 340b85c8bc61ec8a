//! Why a series cannot be searched.

/// Why a detector has no answer.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum DetectorError {
    /// A value is NaN or infinite. Cure: leave out what was not measured.
    #[error("Cannot search the series: value {value} at index {index} is not finite; leave out what was not measured")]
    NotFinite {
        /// Where the value stands.
        index: usize,
        /// NaN or an infinity.
        value: f64,
    },
    /// Changes that cost nothing are everywhere. Cure: pass the penalty of one change.
    #[error(
        "Cannot search the series with penalty {0}: it must be positive and finite; 2 σ² ln n suits noise of deviation σ"
    )]
    Penalty(f64),
    /// A part needs a point. Cure: pass 1 or more.
    #[error("Cannot search the series for parts of 0 points: use 1 or more")]
    NoPoints,
    /// The level of significance is no share. Cure: pass 0.05.
    #[error("Cannot search the series at significance {0}: it must lie between 0 and 1; use 0.05")]
    Significance(f64),
    /// A window must hold two points to have a change. Cure: pass 50.
    #[error("Cannot search the series in windows of {0} points: they need 2 or more; use 50")]
    Window(usize),
}

/// Refuses what is not finite.
pub(super) fn check_series(series: &[f64]) -> Result<(), DetectorError> {
    series
        .iter()
        .position(|value| !value.is_finite())
        .map_or(Ok(()), |index| Err(DetectorError::NotFinite { index, value: series[index] }))
}
