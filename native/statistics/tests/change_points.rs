//! Change points of public series, as the programs that are known for them find them.
//!
//! The series are read from the folder that `FORGEBENCH_DATA` names: `otava/` (Apache-2.0, Apache Otava), with
//! the change points that Otava's tests expect; `mongodb_series/` (Apache-2.0, `MongoDB`) with their numbers; `tcpd/` (MIT,
//! the Turing Change Point Dataset).

use std::num::NonZero;
use std::path::PathBuf;

use forgebench_statistics::change_points::{
    EDivisive, Hunter, SecondPart, e_divisive, hunter, pelt, potts_by_criterion,
};
use serde_json::Value;

fn read(file: &str) -> Option<Value> {
    let Some(data) = std::env::var_os("FORGEBENCH_DATA") else {
        eprintln!("skipped: {file} needs FORGEBENCH_DATA, the folder that holds it");
        return None;
    };
    Some(serde_json::from_str(&std::fs::read_to_string(PathBuf::from(data).join(file)).unwrap()).unwrap())
}

fn numbers(values: &Value) -> Vec<f64> {
    values.as_array().unwrap().iter().map(|value| value.as_f64().unwrap()).collect()
}

fn mongodb(name: &str) -> Option<(Vec<f64>, usize)> {
    let data = read(&format!("mongodb_series/{name}.json"))?;
    Some((numbers(&data["series"]), data["expected"].as_u64().unwrap() as usize))
}

#[test]
fn hunter_finds_in_tigerbeetle_what_otava_expects() {
    let Some(data) = read("otava/tigerbeetle.json") else { return };
    let series = numbers(&data["series"]);
    let cases = data["otava_expected"].as_array().unwrap();
    assert_eq!(cases.len(), 9);
    for case in cases {
        let options = Hunter {
            window: case["window_len"].as_u64().unwrap() as usize,
            significance: case["max_pvalue"].as_f64().unwrap(),
            least_magnitude: case["min_magnitude"].as_f64().unwrap(),
        };
        let found: Vec<f64> = hunter(&series, &options).unwrap().into_iter().map(|index| index as f64).collect();
        assert_eq!(found, numbers(&case["indexes"]), "{}", case["test"]);
    }
}

#[test]
fn e_divisive_with_whole_rests_finds_as_many_changes_as_mongodb_expects() {
    for (name, beyond) in [("short", 0), ("small", 0), ("medium", 0), ("large", 0), ("very_large", 1)] {
        let Some((series, expected)) = mongodb(name) else { return };
        let permutations = NonZero::new(100).unwrap();
        let options = EDivisive { second_part: SecondPart::Rest, permutations, ..EDivisive::default() };
        // One more candidate of the longest series, point 64, has p 0.033 in 600 permutations of MongoDB's own program, so that
        // chance decides it among 100; MongoDB's tests expect it not to pass.
        let found = e_divisive(&series, &options).unwrap();
        assert!((expected..=expected + beyond).contains(&found.len()), "{name}: {} of {expected}", found.len());
        assert!(found.len() == expected || found.contains(&64), "{name}");
    }
}

#[test]
fn e_divisive_as_published_finds_in_tigerbeetle_what_otava_finds_by_permutations() {
    let Some(data) = read("otava/tigerbeetle.json") else { return };
    // apache-otava 0.8.0: compute_change_points_orig(series, 0.05, seed=1).
    let permutations = NonZero::new(100).unwrap();
    let found = e_divisive(&numbers(&data["series"]), &EDivisive { permutations, ..EDivisive::default() }).unwrap();
    assert_eq!(found, [15, 71, 95, 131, 192]);
}

#[test]
fn pelt_finds_in_oil_prices_and_a_well_what_ruptures_finds() {
    let (Some(oil), Some(well)) = (read("tcpd/brent_spot.json"), read("tcpd/well_log.json")) else { return };
    // ruptures 1.1.10: KernelCPD("linear", min_size=1).fit(series).predict(pen=…).
    let oil = numbers(&oil["series"][0]["raw"]);
    assert_eq!(pelt(&oil, 20_000.0, 1).unwrap(), [140, 280, 377]);
    assert_eq!(pelt(&oil, 5000.0, 1).unwrap(), [132, 201, 225, 240, 280, 378, 453]);
    let well = numbers(&well["series"][0]["raw"]);
    let expected = [179, 202, 204, 255, 281, 311, 343, 402, 412, 462, 464, 658, 661];
    assert_eq!(pelt(&well, 1e9, 1).unwrap(), expected);
}

#[test]
fn potts_finds_in_a_benchmark_what_asv_finds_and_in_wandering_prices_nothing() {
    // asv 0.6.4: [step[0] for step in detect_steps(series)[1:]].
    let (Some(benchmark), Some(oil)) = (read("otava/tigerbeetle.json"), read("tcpd/brent_spot.json")) else { return };
    assert_eq!(potts_by_criterion(&numbers(&benchmark["series"])).unwrap(), [15, 71, 95, 131, 194]);
    assert!(potts_by_criterion(&numbers(&oil["series"][0]["raw"])).unwrap().is_empty());
}
