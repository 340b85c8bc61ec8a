//! Snapshots from anybody: an error or a comparison, never a panic.

mod heaps;

use forgebench_heap::compare_snapshots;
use heaps::{Heap, text_of, written};
use proptest::prelude::*;

fn small_heap() -> String {
    let mut heap = Heap::new();
    let list = heap.node("object", "Array", 16);
    heap.edge(0, "property", "list", list);
    for _ in 0..3 {
        let entry = heap.node("object", "Entry", 40);
        let text = heap.node("string", "some text", 24);
        heap.element(list, entry);
        heap.edge(entry, "internal", "text", text);
        heap.edge(text, "weak", "back", list);
    }
    text_of(&heap)
}

/// Places of all numbers in a text.
fn numbers(text: &str) -> Vec<(usize, usize)> {
    let mut places: Vec<(usize, usize)> = Vec::new();
    for (at, byte) in text.bytes().enumerate() {
        match places.last_mut() {
            _ if !byte.is_ascii_digit() => {}
            Some((_, end)) if *end == at => *end += 1,
            _ => places.push((at, at + 1)),
        }
    }
    places
}

fn compared(text: String) {
    let (_folder, files) = written(&[small_heap(), text]);
    let _ = compare_snapshots(&files);
}

#[test]
fn sizes_that_no_memory_has_are_refused() {
    for size in [1_u64 << 63, u64::MAX] {
        let text = small_heap().replacen(",16,", &format!(",{size},"), 1);
        let (_folder, files) = written(&[small_heap(), text]);
        let message = compare_snapshots(&files).unwrap_err().to_string();
        assert!(message.contains(" bytes, which no memory has"), "{message}");
    }
}

#[test]
fn promises_beyond_all_numbers_are_refused() {
    for promised in [1_u64 << 63, u64::MAX] {
        let text = small_heap().replace("\"node_count\":8", &format!("\"node_count\":{promised}"));
        let (_folder, files) = written(&[small_heap(), text]);
        let message = compare_snapshots(&files).unwrap_err().to_string();
        assert!(message.contains(&format!("promises {promised} nodes")), "{message}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_numbers_are_an_error_or_a_comparison(
        changes in prop::collection::vec(
            (
                any::<prop::sample::Index>(),
                prop_oneof![
                    4 => (0..60_u64).prop_map(|number| number.to_string()),
                    2 => prop::sample::select(vec![u64::MAX, 1 << 53, 1 << 32, (1 << 32) - 1, 1 << 63]).prop_map(|n| n.to_string()),
                    1 => prop::sample::select(vec!["-1", "1e30", "0.5", "null", "\"\"", "[]", "36893488147419103232"]).prop_map(str::to_owned),
                ],
            ),
            1..5,
        ),
    ) {
        let mut text = small_heap();
        for (at, number) in changes {
            let places = numbers(&text);
            let (start, end) = places[at.index(places.len())];
            text.replace_range(start..end, &number);
        }
        compared(text);
    }

    #[test]
    fn any_bytes_are_an_error_or_a_comparison(
        changes in prop::collection::vec((any::<prop::sample::Index>(), 32..127_u8), 1..4),
    ) {
        let mut text = small_heap().into_bytes();
        for (at, byte) in changes {
            let at = at.index(text.len());
            text[at] = byte;
        }
        compared(String::from_utf8(text).expect("all of it is ASCII"));
    }
}
