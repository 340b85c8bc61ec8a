//! Orders at random, the same for the same seed.

use crate::resampling::{Random, below, generator};

/// A generator of orders.
pub(super) struct Shuffle(Random);

impl Shuffle {
    /// Numbers below the same seed have nothing in common.
    pub fn new(seed: u64, number: u64) -> Self {
        Self(generator(seed, number))
    }

    /// All places below `count`, each order as probable as any other.
    ///
    /// Source: Durstenfeld, "Algorithm 235: Random Permutation", Commun. ACM 7 (1964).
    pub fn order(&mut self, count: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..count).collect();
        for last in (1..count).rev() {
            order.swap(last, below(&mut self.0, last + 1));
        }
        order
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_order_of_three_comes_up_as_often_as_any_other() {
        let mut shuffle = Shuffle::new(1, 0);
        let mut counts = std::collections::BTreeMap::new();
        for _ in 0..6000 {
            *counts.entry(shuffle.order(3)).or_insert(0) += 1;
        }
        assert_eq!(counts.len(), 6);
        // Four deviations of a binomial count around 1000.
        assert!(counts.values().all(|&count: &i32| (count - 1000).abs() < 116), "{counts:?}");
    }

    #[test]
    fn a_seed_decides_and_neighbours_differ() {
        assert_eq!(Shuffle::new(7, 3).order(50), Shuffle::new(7, 3).order(50));
        assert_ne!(Shuffle::new(7, 3).order(50), Shuffle::new(7, 4).order(50));
        assert_ne!(Shuffle::new(7, 3).order(50), Shuffle::new(8, 3).order(50));
        assert_eq!(Shuffle::new(7, 3).order(0), [] as [usize; 0]);
    }
}
