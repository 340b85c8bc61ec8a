//! Searching in order near where the last search ended: histories are read run by run, mostly.

/// The last of `len` places, in order, of which `begun` holds, found from `near` outwards; the first where it holds of none.
#[inline]
pub fn last_begun(len: usize, near: usize, begun: impl Fn(usize) -> bool) -> usize {
    let near = near.min(len.saturating_sub(1));
    let (mut low, mut high, mut step) = (near, near, 1);
    if len > 0 && begun(near) {
        loop {
            high = (low + step).min(len);
            if high == len || !begun(high) {
                break;
            }
            (low, step) = (high, 2 * step);
        }
    } else {
        loop {
            low = high.saturating_sub(step);
            if low == 0 || begun(low) {
                break;
            }
            (high, step) = (low, 2 * step);
        }
    }
    while low + 1 < high {
        let middle = usize::midpoint(low, high);
        if begun(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::last_begun;

    #[test]
    fn it_finds_what_a_search_from_the_begin_finds() {
        for len in 1..40 {
            for count in 1..=len {
                for near in 0..len + 3 {
                    assert_eq!(last_begun(len, near, |place| place < count), count - 1, "{len} {count} {near}");
                }
            }
        }
        assert_eq!(last_begun(5, 3, |_| false), 0);
        assert_eq!(last_begun(0, 3, |_| false), 0);
    }
}
