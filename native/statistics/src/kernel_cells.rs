//! Gaussian kernels that are merged in cells: one series of Hermite polynomials for all values of a cell.

/// Kernels of values are merged in cells of at most this share of the bandwidth.
pub(crate) const CELL: f64 = 0.25;
/// Terms of the series for kernels within a cell.
const TERMS: usize = 6;
/// Bandwidths beyond which a kernel is nothing.
const REACH: f64 = 6.5;

/// How points and cells lie to each other: one is a whole number of the other, so that points share tables.
pub(crate) struct Grid {
    /// From point to point, in bandwidths.
    pub step: f64,
    /// From cell to cell, in bandwidths.
    pub cell: f64,
    pub points_per_cell: usize,
    cells_per_point: usize,
}

impl Grid {
    /// Of points that are so many bandwidths apart.
    pub fn new(step: f64) -> Self {
        let cells_per_point = (step / CELL).ceil().max(1.0);
        let points_per_cell = (CELL / step).floor().max(1.0);
        Self {
            step,
            cell: step * points_per_cell / cells_per_point,
            points_per_cell: points_per_cell as usize,
            cells_per_point: cells_per_point as usize,
        }
    }

    /// The cell whose centre is at a point or the last one before it, and how many points it is before.
    pub fn place(&self, point: usize) -> (usize, usize) {
        (point * self.cells_per_point / self.points_per_cell, point % self.points_per_cell)
    }
}

/// The cells in which kernels are merged; the first has its centre at `start`.
#[derive(Clone, Copy)]
pub(crate) struct Cells {
    pub start: f64,
    pub cell: f64,
    pub bandwidth: f64,
    pub count: usize,
}

/// For each cell the sums of powers of the distances of its values from its centre, in bandwidths.
pub(crate) fn moments(values: &[f64], Cells { start, cell, bandwidth, count }: Cells) -> Vec<[f64; TERMS]> {
    let mut moments = vec![[0.0; TERMS]; count];
    let (per_cell, bandwidths) = (1.0 / cell, cell / bandwidth);
    for value in values {
        let position = (value - start) * per_cell;
        let index = ((position + 0.5) as usize).min(count - 1);
        let distance = (position - index as f64) * bandwidths;
        let mut power = 1.0;
        for moment in &mut moments[index] {
            *moment += power;
            power *= distance;
        }
    }
    moments
}

/// φ(u) · Heₖ(u) / k! for each cell within reach of a point, u being the distance from the cell to the point, which is that
/// of a cell in the middle and `phase`.
pub(crate) fn kernels(cell: f64, phase: f64) -> Vec<[f64; TERMS]> {
    let reach = (REACH / cell).ceil() as i32 + 1;
    let kernel = |offset: i32| {
        // Cells ascend, so that the first lies furthest below the point.
        let u = phase - f64::from(offset) * cell;
        let mut hermite = [1.0; TERMS];
        hermite[1] = u;
        for k in 2..TERMS {
            hermite[k] = u * hermite[k - 1] - (k - 1) as f64 * hermite[k - 2];
        }
        let mut scale = (-0.5 * u * u).exp() / (2.0 * std::f64::consts::PI).sqrt();
        for (k, value) in hermite.iter_mut().enumerate() {
            scale /= k.max(1) as f64;
            *value *= scale;
        }
        hermite
    };
    (-reach..=reach).map(kernel).collect()
}

pub(crate) fn dot(a: &[f64; TERMS], b: &[f64; TERMS]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
