//! Sums of distances between values whose ranks are known.

/// Values with their ranks, so that the same values in another order need no sorting.
pub(super) struct Ranked {
    values: Vec<f64>,
    /// Of each value, its place in ascending order, from 1.
    ranks: Vec<usize>,
    to_all: Vec<f64>,
}

/// How many values, and their sum.
type CountAndSum = [f64; 2];

impl Ranked {
    pub fn new(series: &[f64]) -> Self {
        let mean = series.iter().sum::<f64>() / series.len() as f64;
        // Around their mean, the values keep more digits in the sums.
        let values: Vec<f64> = series.iter().map(|value| value - mean).collect();
        let mut ascending: Vec<usize> = (0..values.len()).collect();
        ascending.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
        let mut ranks = vec![0; values.len()];
        let mut to_all = vec![0.0; values.len()];
        let total: f64 = values.iter().sum();
        let mut below = 0.0;
        for (rank, &index) in ascending.iter().enumerate() {
            ranks[index] = rank + 1;
            to_all[index] = distances(values[index], [rank as f64, below], [values.len() as f64, total]);
            below += values[index];
        }
        Self { values, ranks, to_all }
    }

    /// The sum of the distances from a value to all.
    pub fn distances_to_all(&self, index: usize) -> f64 {
        self.to_all[index]
    }

    /// For each value in the order given, the sum of the distances to those before it.
    ///
    /// Source: Fenwick, "A New Data Structure for Cumulative Frequency Tables", Softw. Pract. Exp. 24 (1994).
    pub fn distances_to_earlier(&self, order: &[usize]) -> Vec<f64> {
        let mut tree = vec![[0.0; 2]; self.values.len() + 1];
        let mut all: CountAndSum = [0.0; 2];
        order
            .iter()
            .map(|&index| {
                let value = self.values[index];
                let sum = distances(value, below(&tree, self.ranks[index]), all);
                let one = [1.0, value];
                insert(&mut tree, self.ranks[index], one);
                all = add(all, one);
                sum
            })
            .collect()
    }
}

/// The sum of distances from `value` to those below it and to the others of all.
fn distances(value: f64, below: CountAndSum, all: CountAndSum) -> f64 {
    value * (2.0 * below[0] - all[0]) + all[1] - 2.0 * below[1]
}

fn below(tree: &[CountAndSum], rank: usize) -> CountAndSum {
    let mut sum = [0.0; 2];
    let mut place = rank;
    while place > 0 {
        sum = add(sum, tree[place]);
        place &= place - 1;
    }
    sum
}

fn insert(tree: &mut [CountAndSum], rank: usize, one: CountAndSum) {
    let mut place = rank;
    while let Some(entry) = tree.get_mut(place) {
        *entry = add(*entry, one);
        place += place & place.wrapping_neg();
    }
}

fn add(a: CountAndSum, b: CountAndSum) -> CountAndSum {
    [a[0] + b[0], a[1] + b[1]]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sums_of_distances_are_those_of_the_definition(
            (series, order) in prop::collection::vec((-50..50_i32).prop_map(f64::from), 1..50)
                .prop_flat_map(|series| {
                    let order: Vec<usize> = (0..series.len()).collect();
                    (Just(series), Just(order).prop_shuffle())
                }),
        ) {
            let ranked = Ranked::new(&series);
            let earlier = ranked.distances_to_earlier(&order);
            for (place, &index) in order.iter().enumerate() {
                let to = |others: &[usize]| others.iter().map(|&other| (series[index] - series[other]).abs()).sum::<f64>();
                prop_assert!((earlier[place] - to(&order[..place])).abs() < 1e-9);
                prop_assert!((ranked.distances_to_all(index) - to(&order)).abs() < 1e-9);
            }
        }
    }
}
