//! Orders at random, the same for the same seed.

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{RngCore, SeedableRng};

/// A generator of orders.
pub(super) struct Shuffle(Xoshiro256PlusPlus);

impl Shuffle {
    /// Seeds have nothing in common, also where they follow each other.
    pub fn new(seed: u64) -> Self {
        Self(Xoshiro256PlusPlus::seed_from_u64(seed))
    }

    /// All places below `count`, each order as probable as any other.
    ///
    /// Source: Durstenfeld, "Algorithm 235: Random Permutation", Commun. ACM 7 (1964).
    pub fn order(&mut self, count: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..count).collect();
        for last in (1..count).rev() {
            // Uniform but for a share of `count` in 2⁶⁴.
            let place = (u128::from(self.0.next_u64()) * (last + 1) as u128) >> 64;
            order.swap(last, place as usize);
        }
        order
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_order_of_three_comes_up_as_often_as_any_other() {
        let mut shuffle = Shuffle::new(1);
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
        assert_eq!(Shuffle::new(7).order(50), Shuffle::new(7).order(50));
        assert_ne!(Shuffle::new(7).order(50), Shuffle::new(8).order(50));
        assert_eq!(Shuffle::new(7).order(0), [] as [usize; 0]);
    }
}
