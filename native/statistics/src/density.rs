//! The density of a sample as a smooth curve, and its modes.

use crate::SampleError;
use crate::kernel_cells::{Cells, Grid, dot, kernels, moments};
use crate::spread::Spread;

/// Why there is no curve.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum DensityError {
    /// The values are no sample.
    #[error("Cannot draw a density: {0}")]
    Sample(#[from] SampleError),
    /// A curve needs points. Cure: ask for 512.
    #[error("Cannot draw a density through {0} points: at least 2 are needed; use 512")]
    TooFewPoints(usize),
    /// The values span more than a number can hold. Cure: leave out what was not measured.
    #[error("Cannot draw a density: the values span from {least} to {most}, which is too far apart")]
    TooWide {
        /// Least value.
        least: f64,
        /// Greatest value.
        most: f64,
    },
}

/// A density at equidistant points.
#[derive(Debug, Clone, PartialEq)]
pub struct Density {
    /// The points, ascending, in the unit of the values.
    pub xs: Vec<f64>,
    /// The density at each, per unit of the values.
    pub ys: Vec<f64>,
    /// Standard deviation of the kernel, in the unit of the values.
    pub bandwidth: f64,
}

/// A place where a density is highest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mode {
    /// The point, in the unit of the values.
    pub x: f64,
    /// The density there.
    pub y: f64,
    /// How far one has to descend to reach a higher point, as a share of the highest; 1 for the highest itself, nearly.
    pub prominence: f64,
}

/// The Gaussian kernel density estimate of `values` at `points` equidistant points, from 3 bandwidths below the least value
/// to 3 above the greatest.
///
/// The bandwidth is Silverman's, σ · (4 / 3n)^(1/5), as in Criterion; that of equal values is 1 % of their magnitude (0.01
/// where that is 0). The time is that of two passes over the values and 52 cells for each point.
///
/// Kernels of the values in a cell of h/4 become one series of Hermite polynomials around its centre, cut off after 6
/// terms. With t ≤ 1/8 the distance of a value from the centre in bandwidths, a kernel is wrong by t⁶/720 · |He₆ φ| at most.
/// At each distance |He₆ φ| stays below a sum of Gaussians that are one bandwidth apart and weigh 66 together, none of which
/// can add up to more than the peak; so the curve is wrong by 66/720 · 8⁻⁶ < 4e-7 of its peak, and less than 1e-8 of it
/// lies beyond 6.5 bandwidths, where kernels are cut off. Promised and tested: 1e-6 of the peak.
///
/// Sources: Silverman, "Density Estimation for Statistics and Data Analysis" (1986), equation 3.28; Greengard & Strain, "The
/// Fast Gauss Transform", SIAM J. Sci. Stat. Comput. 12 (1991).
///
/// ```
/// let curve = forgebench_statistics::density(&[9.0, 10.0, 10.5, 11.0, 29.0, 30.0, 31.0], 512)?;
/// let step = curve.xs[1] - curve.xs[0];
/// assert!((curve.ys.iter().sum::<f64>() * step - 1.0).abs() < 0.01);
/// assert_eq!(curve.modes(0.05).len(), 2);
/// # Ok::<(), forgebench_statistics::DensityError>(())
/// ```
pub fn density(values: &[f64], points: usize) -> Result<Density, DensityError> {
    if points < 2 {
        return Err(DensityError::TooFewPoints(points));
    }
    let spread = Spread::of(values)?;
    let bandwidth = spread.bandwidth(values.len());
    let start = spread.least - 3.0 * bandwidth;
    let step = (spread.most + 3.0 * bandwidth - start) / (points - 1) as f64;
    let grid = Grid::new(step / bandwidth);
    let cells = Cells { start, cell: grid.cell * bandwidth, bandwidth, count: grid.place(points - 1).0 + 2 };
    let moments = moments(values, cells);
    let tables: Vec<_> = (0..grid.points_per_cell).map(|phase| kernels(grid.cell, phase as f64 * grid.step)).collect();
    let height = 1.0 / (bandwidth * values.len() as f64);
    let at = |point: usize| {
        let (centre, phase) = grid.place(point);
        let table = &tables[phase];
        let reach = table.len() / 2;
        let moments = &moments[centre.saturating_sub(reach)..(centre + reach + 1).min(moments.len())];
        let kernels = &table[reach.saturating_sub(centre)..];
        moments.iter().zip(kernels).map(|(moments, kernels)| dot(moments, kernels)).sum::<f64>().max(0.0) * height
    };
    Ok(Density {
        xs: (0..points).map(|point| start + point as f64 * step).collect(),
        ys: (0..points).map(at).collect(),
        bandwidth,
    })
}

impl Density {
    /// The local maxima that stand out by at least `least_prominence` of the highest point, in ascending order. 0.05 leaves
    /// out single outliers and ripples; 0 gives all. A level stretch counts at its middle.
    pub fn modes(&self, least_prominence: f64) -> Vec<Mode> {
        let peak = self.ys.iter().copied().fold(0.0, f64::max);
        let mut modes = Vec::new();
        let mut start = 0;
        while start < self.ys.len() {
            let y = self.ys[start];
            let end = start + self.ys[start..].iter().take_while(|other| other.to_bits() == y.to_bits()).count();
            let rises = self.ys[..start].last().is_none_or(|before| *before < y);
            let falls = self.ys.get(end).is_none_or(|after| *after < y);
            if rises && falls && y > 0.0 {
                let before = lowest_on_the_way_up(self.ys[..start].iter().rev(), y);
                let after = lowest_on_the_way_up(self.ys[end..].iter(), y);
                let prominence = (y - before.max(after)) / peak;
                modes.push(Mode { x: self.xs[usize::midpoint(start, end - 1)], y, prominence });
            }
            start = end;
        }
        modes.retain(|mode| mode.prominence >= least_prominence);
        modes
    }
}

/// The lowest of `ys` before one is higher than `y`.
fn lowest_on_the_way_up<'a>(ys: impl Iterator<Item = &'a f64>, y: f64) -> f64 {
    ys.take_while(|other| **other <= y).copied().fold(y, f64::min)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel_cells::CELL;
    use proptest::prelude::*;
    use rand::{Rng, SeedableRng, rngs::StdRng};
    use rand_distr::{Exp1, StandardNormal};

    fn direct(values: &[f64], x: f64, bandwidth: f64) -> f64 {
        let kernel = |value: &f64| (-0.5 * ((x - value) / bandwidth).powi(2)).exp();
        let height = 1.0 / (bandwidth * (2.0 * std::f64::consts::PI).sqrt() * values.len() as f64);
        values.iter().map(kernel).sum::<f64>() * height
    }

    fn worst_error(values: &[f64], points: usize) -> f64 {
        let curve = density(values, points).unwrap();
        let exact: Vec<f64> = curve.xs.iter().map(|x| direct(values, *x, curve.bandwidth)).collect();
        let peak = exact.iter().copied().fold(0.0, f64::max);
        curve.ys.iter().zip(&exact).map(|(seen, exact)| (seen - exact).abs()).fold(0.0, f64::max) / peak
    }

    #[test]
    fn the_curve_is_that_of_all_kernels() {
        let mut random = StdRng::seed_from_u64(3);
        let normal: Vec<f64> = (0..3000).map(|_| random.sample(StandardNormal)).collect();
        let skewed: Vec<f64> = (0..3000).map(|_| 1e9 + 1e3 * random.sample::<f64, _>(Exp1)).collect();
        let whole: Vec<f64> = (0..3000).map(|k| f64::from(k % 7)).collect();
        let outlier: Vec<f64> = normal.iter().copied().chain([1e5]).collect();
        for values in [&normal, &skewed, &whole, &outlier] {
            for points in [2, 100, 512, 5000] {
                let error = worst_error(values, points);
                assert!(error < 4e-7, "{points}: {error}");
            }
        }
    }

    #[test]
    fn the_bound_on_the_sixth_polynomial_is_66_gaussians() {
        // Of each unit of distance the highest |He₆ φ|, over the lowest that a Gaussian at its middle has there.
        let phi = |u: f64| (-0.5 * u * u).exp();
        let he = |u: f64| (u.powi(6) - 15.0 * u.powi(4) + 45.0 * u * u - 15.0).abs() * phi(u);
        let highest =
            |middle: i32| (-500..=500).map(|step| he(f64::from(middle) + f64::from(step) / 1000.0)).fold(0.0, f64::max);
        let weight: f64 = (-12..=12).map(|middle| highest(middle) / phi(0.5)).sum();
        assert!(weight < 66.0, "{weight}");
        assert!(weight / 720.0 * (CELL / 2.0).powi(6) < 4e-7);
    }

    #[test]
    fn equal_values_have_one_mode_one_hundredth_wide() {
        for (value, bandwidth) in [(5.0, 0.05), (-5.0, 0.05), (0.0, 0.01), (1e300, 1e298)] {
            let curve = density(&[value; 9], 513).unwrap();
            assert!((curve.bandwidth / bandwidth - 1.0).abs() < 1e-12);
            let [mode] = curve.modes(0.0)[..] else { panic!("{:?}", curve.modes(0.0)) };
            assert!((mode.x - value).abs() <= curve.bandwidth * 1e-9 && mode.prominence > 0.98);
        }
    }

    #[test]
    fn modes_stand_out_and_ripples_do_not() {
        let mut random = StdRng::seed_from_u64(5);
        let mut draw = |level: f64, count: usize| {
            (0..count).map(|_| level + random.sample::<f64, _>(StandardNormal)).collect::<Vec<_>>()
        };
        let values = [draw(0.0, 600), draw(30.0, 300), draw(60.0, 1)].concat();
        let curve = density(&values, 512).unwrap();
        let modes = curve.modes(0.05);
        assert_eq!(modes.len(), 2, "{modes:?}");
        assert!(modes[0].x.abs() < 1.0 && (modes[1].x - 30.0).abs() < 1.0 && modes[0].prominence > modes[1].prominence);
        assert_eq!(curve.modes(0.0).len(), 3);
    }

    #[test]
    fn what_has_no_density_is_named() {
        assert_eq!(density(&[1.0], 1), Err(DensityError::TooFewPoints(1)));
        assert_eq!(density(&[], 9), Err(DensityError::Sample(SampleError::Empty)));
        assert!(matches!(
            density(&[1.0, f64::NAN], 9),
            Err(DensityError::Sample(SampleError::NotFinite { index: 1, .. }))
        ));
        assert_eq!(density(&[-1e308, 1e308], 9), Err(DensityError::TooWide { least: -1e308, most: 1e308 }));
    }

    proptest! {
        #[test]
        fn the_curve_stays_within_its_bound_and_has_an_area_of_one(
            values in prop::collection::vec(prop_oneof![-1e3..1e3_f64, Just(7.0), 0.0..1e-3_f64], 1..60),
        ) {
            prop_assert!(worst_error(&values, 200) < 1e-6);
            let curve = density(&values, 20_001).unwrap();
            let area = curve.ys.iter().sum::<f64>() * (curve.xs[1] - curve.xs[0]);
            // What lies beyond 3 bandwidths of the extremes is left out: 0.27 % at most.
            prop_assert!(area > 0.997 && area < 1.0001, "{}", area);
        }
    }
}
