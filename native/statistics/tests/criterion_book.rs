//! The raw samples of Criterion's book, with the numbers that Criterion itself printed for them.
//!
//! The samples of `Fibonacci/Iterative/new` stand here; those of `Recursive` are read from the folder that
//! `FORGEBENCH_DATA` names. Licence of the data: Apache-2.0 or MIT, the Criterion.rs developers.

use std::path::PathBuf;

use forgebench_statistics::{Sample, tukey};

/// Time of the k-th batch in µs; it has `ITERATIONS` times k iterations, k from 1.
const TIMES_US: [u32; 100] = [
    1_128, 1_853, 2_976, 3_908, 4_938, 5_885, 7_324, 8_286, 8_765, 10_310, 10_857, 11_678, 12_549, 13_873, 14_675,
    16_283, 20_063, 17_803, 20_195, 20_436, 21_179, 22_198, 22_829, 23_683, 24_281, 25_393, 26_687, 27_278, 28_180,
    29_413, 30_601, 31_213, 32_171, 33_550, 34_156, 35_158, 36_981, 36_258, 37_167, 37_987, 39_330, 40_601, 41_696,
    42_520, 43_247, 45_455, 45_675, 49_040, 47_454, 50_823, 50_484, 49_703, 52_361, 54_400, 52_225, 53_356, 60_309,
    57_057, 57_279, 58_295, 58_897, 59_319, 60_526, 61_972, 63_944, 70_640, 68_548, 66_929, 66_643, 70_034, 68_525,
    69_591, 71_544, 72_586, 71_582, 74_696, 75_331, 75_553, 76_436, 87_243, 80_738, 79_838, 80_746, 81_994, 83_289,
    84_138, 91_807, 84_584, 85_760, 87_469, 89_370, 96_233, 94_821, 98_666, 95_124, 92_061, 93_890, 96_042, 96_633,
    94_869,
];
const ITERATIONS: f64 = 209_454.0;

fn iterative() -> Sample {
    let batches = TIMES_US.iter().zip(1..);
    let times_ns = batches.map(|(&time, batch)| f64::from(time) * 1000.0 / (ITERATIONS * f64::from(batch)));
    Sample::new(times_ns.collect()).unwrap()
}

fn assert_near(seen: f64, expected: f64, relative: f64) {
    assert!((seen - expected).abs() <= relative * expected.abs(), "{seen}, expected {expected}");
}

#[test]
fn mean_median_and_deviation_are_those_of_criterion() {
    let sample = iterative();
    assert_near(sample.mean(), 4.723_173_110_355_467, 1e-12);
    assert_near(sample.median(), 4.670_911_442_470_985, 1e-12);
    assert_near(sample.standard_deviation(), 0.180_289_461_750_547_9, 1e-12);
    // Criterion rounds the factor 1.4826 to 32 bits.
    assert_near(sample.mad(), 0.082_994_381_652_471_79, 2e-8);
}

#[test]
fn fences_and_their_twelve_outliers_are_those_of_criterion() {
    let fences = tukey(&iterative());
    let expected = [4.258_834_069_176_943_5, 4.440_709_516_666_814, 4.925_710_709_973_135, 5.107_586_157_463_005];
    for (seen, expected) in fences.fences.into_iter().zip(expected) {
        assert_near(seen, expected, 1e-12);
    }
    assert_eq!(fences.outliers(), 12);
}

#[test]
fn the_recursive_example_has_the_fences_and_the_mean_of_criterion() {
    let Some(data) = std::env::var_os("FORGEBENCH_DATA") else {
        eprintln!("skipped: the recursive example needs FORGEBENCH_DATA, the folder that holds criterion_book/");
        return;
    };
    let file = PathBuf::from(data).join("criterion_book/Fibonacci/Recursive/new/sample.json");
    let [iterations, times]: [Vec<f64>; 2] = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let times_ns = times.iter().zip(&iterations).map(|(time, iterations)| time / iterations);
    let sample = Sample::new(times_ns.collect()).unwrap();
    assert_near(sample.mean(), 19_284.216_737_810_45, 1e-12);
    let expected = [17_650.693_357_726_508, 18_316.233_971_190_15, 20_091.008_940_426_538, 20_756.549_553_890_185];
    for (seen, expected) in tukey(&sample).fences.into_iter().zip(expected) {
        assert_near(seen, expected, 1e-12);
    }
}
