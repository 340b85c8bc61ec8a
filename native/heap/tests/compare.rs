//! Comparisons of small heaps whose truth is known.

mod heaps;

use forgebench_heap::{ClassKind, ClassSeries, Comparison, compare_snapshots};
use heaps::{Heap, text_of, written};
use proptest::prelude::*;

fn compare(heaps: &[Heap]) -> Comparison {
    let texts: Vec<String> = heaps.iter().map(text_of).collect();
    let (_folder, files) = written(&texts);
    compare_snapshots(&files).unwrap()
}

fn class<'a>(comparison: &'a Comparison, name: &str) -> &'a ClassSeries {
    comparison.classes.iter().find(|class| class.name == name).unwrap()
}

/// A cache that `module` holds, with so many entries; of each the text is an object of its own.
fn cache(entries: u32) -> Heap {
    let mut heap = Heap::new();
    let module = heap.node("object", "Module", 8);
    heap.edge(0, "property", "module", module);
    let cache = heap.node("object", "Map", 16);
    heap.edge(module, "property", "cache", cache);
    for _ in 0..entries {
        let entry = heap.node("object", "Entry", 40);
        let text = heap.node("string", "some text", 24);
        heap.element(cache, entry);
        heap.edge(entry, "property", "text", text);
    }
    heap
}

#[test]
fn growth_is_counted_by_constructor_and_named_with_what_holds_it() {
    let comparison = compare(&[cache(10), cache(20), cache(30)]);
    let entry = class(&comparison, "Entry");
    assert_eq!((entry.kind, &entry.counts[..]), (ClassKind::Object, &[10, 20, 30][..]));
    assert_eq!(entry.self_bytes, [400, 800, 1200]);
    assert_eq!(entry.retained_bytes, [640, 1280, 1920]);
    assert_eq!((entry.added, &entry.holders[0].born[..]), (20, &[10, 10][..]));
    assert_eq!(entry.holders[0].self_bytes, 800);
    let way: Vec<_> =
        entry.holders[0].steps.iter().map(|step| (step.edge.as_deref(), step.name.as_str(), step.is_new)).collect();
    assert_eq!(way, [(Some("module"), "Module", false), (Some("cache"), "Map", false), (None, "Entry", true)]);
}

#[test]
fn what_grew_once_is_told_from_what_grows_each_time() {
    let comparison = compare(&[cache(10), cache(50), cache(50)]);
    assert_eq!(class(&comparison, "Entry").holders[0].born, [40, 0]);
}

#[test]
fn classes_that_did_not_change_are_left_out() {
    let comparison = compare(&[cache(10), cache(10)]);
    assert!(comparison.classes.is_empty());
}

#[test]
fn a_list_of_any_length_has_one_holder() {
    let list = |length: u32| {
        let mut heap = Heap::new();
        let mut last = heap.node("object", "Owner", 8);
        heap.edge(0, "property", "owner", last);
        for _ in 0..length {
            let next = heap.node("object", "Link", 8);
            heap.edge(last, "property", "next", next);
            last = next;
        }
        heap
    };
    let comparison = compare(&[list(0), list(500)]);
    let holders = &class(&comparison, "Link").holders;
    assert_eq!(holders.iter().map(|holder| holder.born[0]).sum::<u64>(), 500);
    assert_eq!(holders[0].born, [499]);
    assert_eq!(holders[0].steps[0].edge.as_deref(), Some("owner"));
}

#[test]
fn a_holder_of_the_source_explains_more_than_what_v8_holds_for_a_moment() {
    let held = |entries: u32| {
        let mut heap = cache(entries);
        let roots = heap.node("synthetic", "(Strong roots)", 0);
        heap.element(0, roots);
        for entry in 0..entries {
            heap.edge(roots, "internal", "1", 3 + 2 * entry);
        }
        heap
    };
    let comparison = compare(&[held(10), held(20)]);
    let steps = class(&comparison, "Entry").holders[0].steps.iter();
    assert_eq!(steps.map(|step| step.name.as_str()).collect::<Vec<_>>(), ["Module", "Map", "Entry"]);
}

#[test]
fn objects_of_cpp_that_only_have_new_ids_hold_and_do_not_grow() {
    let held = |before: u32, entries: u32| {
        let mut heap = Heap::new();
        for _ in 0..before {
            let unrelated = heap.node("object", "Unrelated", 8);
            heap.element(0, unrelated);
        }
        let realm = heap.node("native", "Realm", 8);
        heap.edge(0, "property", "realm", realm);
        for _ in 0..entries {
            let entry = heap.node("object", "Entry", 40);
            heap.element(realm, entry);
        }
        heap
    };
    let comparison = compare(&[held(1, 2), held(2, 9)]);
    let steps = &class(&comparison, "Entry").holders[0].steps;
    assert_eq!(steps.iter().map(|step| step.is_new).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn weak_references_keep_nothing_alive() {
    let mut heap = Heap::new();
    let holder = heap.node("object", "WeakRef", 8);
    let target = heap.node("object", "Target", 1000);
    heap.edge(0, "property", "ref", holder);
    heap.edge(holder, "weak", "target", target);
    let comparison = compare(&[Heap::new(), heap]);
    assert_eq!(class(&comparison, "WeakRef").retained_bytes, [0, 8]);
    assert_eq!(class(&comparison, "Target").retained_bytes, [0, 0]);
}

#[test]
fn a_name_that_was_cut_within_a_character_can_be_read() {
    let text = text_of(&cache(1)).replace("some text", "half \\ud83d");
    let (_folder, files) = written(&[text_of(&cache(1)), text]);
    assert!(compare_snapshots(&files).is_ok());
}

#[test]
fn a_file_that_is_cut_off_is_named() {
    let whole = text_of(&cache(10));
    for length in (0..whole.len()).step_by(61) {
        let (_folder, files) = written(&[whole.clone(), whole[..length].to_owned()]);
        let message = compare_snapshots(&files).unwrap_err().to_string();
        assert!(message.starts_with("Cannot read the heap snapshot \""), "{message}");
        assert!(
            message.contains("1.heapsnapshot\": ") && message.contains("it is cut off or no snapshot"),
            "{message}"
        );
    }
}

#[test]
fn numbers_that_lead_nowhere_are_refused() {
    let mut heap = cache(1);
    heap.edge(0, "property", "nowhere", 999);
    for (text, reason) in [
        (text_of(&heap), "leads to no node"),
        (text_of(&cache(1)).replace("\"node_count\":5", "\"node_count\":6"), "promises 6 nodes"),
        (text_of(&cache(1)).replace("\"self_size\"", "\"size\""), "has no field \"self_size\""),
        ("{}".into(), "missing field `snapshot`"),
    ] {
        let (_folder, files) = written(&[text, text_of(&cache(1))]);
        let message = compare_snapshots(&files).unwrap_err().to_string();
        assert!(message.contains(reason), "{message}");
    }
}

#[test]
fn a_file_that_is_not_there_and_a_single_one_are_refused() {
    let missing = compare_snapshots(&["/nowhere/a".into(), "/nowhere/b".into()]).unwrap_err().to_string();
    assert!(missing.starts_with("Cannot read the heap snapshot \"/nowhere/a\": No such file"), "{missing}");
    let single = compare_snapshots(&["/nowhere/a".into()]).unwrap_err().to_string();
    assert_eq!(single, "Cannot compare 1 heap snapshots: name two or more");
}

proptest! {
    /// What a node retains is what the root no longer reaches without it.
    #[test]
    fn retained_bytes_are_those_that_removing_a_node_would_free(
        sizes in prop::collection::vec(1..100_u64, 1..12),
        edges in prop::collection::vec((0..12_u32, 0..12_u32), 0..40),
    ) {
        let mut heap = Heap::new();
        for (at, &size) in sizes.iter().enumerate() {
            heap.node("object", &format!("Node{}", at + 1), size);
        }
        let nodes = sizes.len() as u32 + 1;
        let edges: Vec<(u32, u32)> = edges.into_iter().map(|(from, to)| (from % nodes, to % nodes)).collect();
        for &(from, to) in &edges {
            heap.element(from, to);
        }
        let comparison = compare(&[Heap::new(), heap]);
        let all = reached(&edges, None);
        for (at, _) in sizes.iter().enumerate() {
            let node = at as u32 + 1;
            let kept = reached(&edges, Some(node));
            let freed: u64 = (1..nodes)
                .filter(|other| all.contains(other) && !kept.contains(other))
                .map(|other| sizes[other as usize - 1])
                .sum();
            prop_assert_eq!(class(&comparison, &format!("Node{node}")).retained_bytes[1], freed);
        }
    }
}

/// Nodes that the root reaches without `removed`.
fn reached(edges: &[(u32, u32)], removed: Option<u32>) -> Vec<u32> {
    let mut seen = vec![0];
    let mut at = 0;
    while at < seen.len() {
        for &(from, to) in edges {
            if from == seen[at] && Some(to) != removed && !seen.contains(&to) {
                seen.push(to);
            }
        }
        at += 1;
    }
    seen
}
