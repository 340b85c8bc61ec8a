//! Which children of a node may stay where they are when their order changes.

/// Marks the members of a longest increasing subsequence, by the method of Schensted, 1961: those of a new order that
/// need not move, given where each of them stood. O(n log n).
pub(crate) fn longest_increasing(places: &[usize]) -> Vec<bool> {
    // `ends[n]` is where the subsequence of n + 1 members with the smallest end does end.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(places.len());
    for (at, place) in places.iter().enumerate() {
        let length = ends.partition_point(|&end| places[end] < *place);
        before.push(length.checked_sub(1).map(|last| ends[last]));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut stays = vec![false; places.len()];
    let mut at = ends.last().copied();
    while let Some(member) = at {
        stays[member] = true;
        at = before[member];
    }
    stays
}

#[cfg(test)]
mod tests {
    use super::longest_increasing;

    #[test]
    fn an_order_that_did_not_change_stays_whole() {
        assert_eq!(longest_increasing(&[0, 1, 2, 3]), [true; 4]);
    }

    #[test]
    fn one_child_that_went_to_the_front_is_the_only_one_that_moves() {
        assert_eq!(longest_increasing(&[3, 0, 1, 2]), [false, true, true, true]);
    }

    #[test]
    fn an_order_turned_round_keeps_one() {
        assert_eq!(longest_increasing(&[2, 1, 0]).iter().filter(|&&stays| stays).count(), 1);
    }

    #[test]
    fn no_children_are_no_order() {
        assert!(longest_increasing(&[]).is_empty());
    }
}
