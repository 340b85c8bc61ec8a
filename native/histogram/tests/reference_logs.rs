//! Files that other implementations of `HdrHistogram` wrote; `FORGEBENCH_DATA` names the folder that holds `hdr/`.

use std::io::Read;
use std::path::PathBuf;

use base64::Engine;
use forgebench_histogram::{Histogram, shared};
use hdrhistogram::serialization::Deserializer;

/// The folder of the reference files, or `None` after saying that `test` is skipped.
fn reference_folder(test: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("FORGEBENCH_DATA").map(|data| PathBuf::from(data).join("hdr"));
    if folder.is_none() {
        eprintln!("skipped: {test} needs FORGEBENCH_DATA, the folder that holds hdr/");
    }
    folder
}

/// Undoes the outer frame: a cookie, a length, zlib.
fn inflate(compressed: &[u8]) -> Vec<u8> {
    assert_eq!(compressed[..3], [0x1c, 0x84, 0x93]);
    let mut bytes = Vec::new();
    flate2::read::ZlibDecoder::new(&compressed[8..]).read_to_end(&mut bytes).unwrap();
    bytes
}

fn from_base64(text: &str) -> Vec<u8> {
    base64::engine::general_purpose::STANDARD.decode(text).unwrap()
}

/// Decodes, and checks that encoding gives back the same bytes.
fn assert_round_trip(bytes: &[u8]) -> Histogram {
    let ours = Histogram::decode_v2(bytes).unwrap();
    assert_eq!(ours.encode_v2(), bytes);
    ours
}

/// The last fields of a log's lines.
fn histograms(log: &str) -> impl Iterator<Item = &str> {
    log.lines().filter_map(|line| line.rsplit(',').next()).filter(|field| field.starts_with("HIST"))
}

#[test]
fn the_sequence_of_numbers_decodes_to_its_text() {
    let Some(folder) = reference_folder("the_sequence_of_numbers_decodes_to_its_text") else { return };
    let mut expected = Histogram::with_digits(3).unwrap();
    for line in std::fs::read_to_string(folder.join("seq-nums.txt")).unwrap().lines() {
        expected.record(line.parse().unwrap());
    }
    assert_eq!(assert_round_trip(&std::fs::read(folder.join("seq-nums.hist")).unwrap()), expected);
    assert_eq!(assert_round_trip(&inflate(&std::fs::read(folder.join("seq-nums.histz")).unwrap())), expected);
}

#[test]
fn every_line_of_the_java_logs_decodes_as_in_the_reference_and_encodes_to_the_same_bytes() {
    let Some(folder) = reference_folder("every_line_of_the_java_logs_decodes_as_in_the_reference") else { return };
    for log in ["jHiccup-2.0.7S.logV2.hlog", "jHiccup-2.0.7S.logV3.hlog", "tagged-Log.logV2.hlog"] {
        let text = std::fs::read_to_string(folder.join(log)).unwrap();
        let (mut lines, mut length, mut our_length) = (0, 0, 0);
        for field in histograms(&text) {
            let compressed = from_base64(field);
            let bytes = inflate(&compressed);
            let ours = assert_round_trip(&bytes);
            let oracle: hdrhistogram::Histogram<u64> = Deserializer::new().deserialize(&mut &compressed[..]).unwrap();
            assert_eq!((ours.len(), ours.min(), ours.max()), (oracle.len(), oracle.min(), oracle.max()));
            for quantile in [0.0, 0.5, 0.9, 0.99, 0.999, 1.0] {
                assert_eq!(ours.value_at_quantile(quantile), oracle.value_at_quantile(quantile));
            }
            let shared = shared::decode(field).unwrap();
            let again = shared::encode(shared.layout, shared.stated_max, &shared.counts);
            assert_eq!(inflate(&from_base64(&again)), bytes);
            length += field.len();
            our_length += again.len();
            lines += 1;
        }
        assert!(lines > 20, "{log} has {lines} histograms");
        assert!(our_length * 100 <= length * 102, "{log} takes {our_length} characters, {length} in the reference");
    }
}

#[test]
fn every_line_of_a_log_of_the_first_format_counts_what_its_header_says() {
    let Some(folder) = reference_folder("every_line_of_a_log_of_the_first_format") else { return };
    let text = std::fs::read_to_string(folder.join("hiccup.140623.1028.10646.hlog")).unwrap();
    let mut lines = 0;
    for field in histograms(&text) {
        let bytes = inflate(&from_base64(field));
        let total = bytes[24..32].iter().fold(0, |number, &byte| number << 8 | u64::from(byte));
        let ours = Histogram::decode_v2(&bytes).unwrap();
        assert_eq!(ours.len(), total);
        let shared = shared::decode(field).unwrap();
        let again = shared::encode(shared.layout, shared.stated_max, &shared.counts);
        assert_eq!(Histogram::decode_v2(&inflate(&from_base64(&again))), Ok(ours));
        lines += 1;
    }
    assert!(lines > 10, "{lines} histograms");
}
