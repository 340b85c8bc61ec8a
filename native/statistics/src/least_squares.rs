//! A straight line through points by ordinary least squares.

/// `y = intercept + slope · x`, and what is left over.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    pub(crate) slope: f64,
    pub(crate) intercept: f64,
    /// Sum of the squared distances of `x` from their mean; above 0.
    pub(crate) spread_of_x: f64,
    /// Sum of the squared distances of the points from the line.
    pub(crate) residual: f64,
}

/// The line with the smallest sum of squared distances in `y`; `None` without two different `x`.
///
/// Both are centred first, so that large values with small differences (bytes of a process) keep their digits.
/// Source: Legendre, "Nouvelles méthodes" (1805); any textbook.
pub(crate) fn fit(xs: &[f64], ys: &[f64]) -> Option<Line> {
    debug_assert_eq!(xs.len(), ys.len());
    let count = xs.len() as f64;
    let (mean_x, mean_y) = (xs.iter().sum::<f64>() / count, ys.iter().sum::<f64>() / count);
    let centred = || xs.iter().zip(ys).map(|(x, y)| (x - mean_x, y - mean_y));
    let spread_of_x: f64 = centred().map(|(x, _)| x * x).sum();
    // Equal `x` need not be exactly their rounded mean, so the ends are compared as well.
    let ends = xs.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &x| (x.min(low), x.max(high)));
    if ends.0 >= ends.1 || spread_of_x <= 0.0 {
        return None;
    }
    let slope = centred().map(|(x, y)| x * y).sum::<f64>() / spread_of_x;
    let residual = centred().map(|(x, y)| (y - slope * x).powi(2)).sum();
    Some(Line { slope, intercept: mean_y - slope * mean_x, spread_of_x, residual })
}
