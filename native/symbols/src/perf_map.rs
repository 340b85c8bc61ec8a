//! The map of compiled code that V8 writes with `--perf-basic-prof`.

use crate::jit_name::{JitName, clean_jit_name};
use std::collections::BTreeMap;

/// Code ranges with their names.
///
/// The file grows while the program runs and has no times: where a range was used twice, the last
/// name wins, as in perf itself.
#[derive(Debug, Default, Clone)]
pub struct PerfMap {
    /// Start to end (exclusive) and index into `names`; the ranges never overlap.
    ranges: BTreeMap<u64, (u64, usize)>,
    names: Vec<String>,
}

impl PerfMap {
    /// Reads lines `start size name` with hexadecimal numbers; lines of any other form are skipped,
    /// because the last one is cut when the program is killed.
    ///
    /// ```
    /// let map = forgebench_symbols::PerfMap::parse(b"1000 20 JS:~run file:///a.js:4:1\n");
    /// assert_eq!(map.find(0x101f).unwrap().name, "run");
    /// assert!(map.find(0x1020).is_none());
    /// ```
    pub fn parse(text: &[u8]) -> Self {
        let mut map = Self::default();
        for line in text.split(|&byte| byte == b'\n') {
            let line = String::from_utf8_lossy(line);
            let mut parts = line.splitn(3, ' ');
            let (Some(start), Some(size), Some(name)) = (parts.next(), parts.next(), parts.next()) else {
                continue;
            };
            let start = u64::from_str_radix(start.trim_start_matches("0x"), 16);
            let size = u64::from_str_radix(size.trim_start_matches("0x"), 16);
            if let (Ok(start), Ok(size)) = (start, size) {
                map.insert(start, start.saturating_add(size), name);
            }
        }
        map
    }

    /// The parts of the name of the code at `address`.
    pub fn find(&self, address: u64) -> Option<JitName> {
        self.raw_name(address).map(clean_jit_name)
    }

    /// The name of the code at `address` as V8 wrote it.
    pub(crate) fn raw_name(&self, address: u64) -> Option<&str> {
        let (_, &(end, name)) = self.ranges.range(..=address).next_back()?;
        (address < end).then(|| self.names[name].as_str())
    }

    /// True once it knows any code.
    pub(crate) fn has_names(&self) -> bool {
        !self.ranges.is_empty()
    }

    fn insert(&mut self, start: u64, end: u64, name: &str) {
        if start >= end {
            return;
        }
        self.clear(start, end);
        self.ranges.insert(start, (end, self.names.len()));
        self.names.push(name.to_owned());
    }

    /// Cuts everything known between `start` and `end` out, keeping what reaches beyond.
    fn clear(&mut self, start: u64, end: u64) {
        while let Some((&old_start, &(old_end, name))) = self.ranges.range(..end).next_back() {
            if old_end <= start {
                break;
            }
            self.ranges.remove(&old_start);
            if old_end > end {
                self.ranges.insert(end, (old_end, name));
            }
            if old_start < start {
                self.ranges.insert(old_start, (start, name));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(map: &PerfMap, address: u64) -> &str {
        map.raw_name(address).unwrap_or("-")
    }

    #[test]
    fn the_last_name_of_a_range_wins_and_the_rest_of_the_old_one_stays() {
        let map = PerfMap::parse(b"100 100 JS:~old a:1:1\n140 40 JS:*new a:1:1\n");
        assert_eq!(raw(&map, 0x13f), "JS:~old a:1:1");
        assert_eq!(raw(&map, 0x140), "JS:*new a:1:1");
        assert_eq!(raw(&map, 0x17f), "JS:*new a:1:1");
        assert_eq!(raw(&map, 0x180), "JS:~old a:1:1");
        assert_eq!(raw(&map, 0x200), "-");
    }

    #[test]
    fn a_range_over_several_others_replaces_them() {
        let map = PerfMap::parse(b"100 10 a\n120 10 b\n140 10 c\n108 40 d\n");
        let seen = [0x107, 0x108, 0x124, 0x147, 0x148].map(|address| raw(&map, address));
        assert_eq!(seen, ["a", "d", "d", "d", "c"]);
    }

    #[test]
    fn cut_and_foreign_lines_are_skipped() {
        let map = PerfMap::parse(b"zz 10 a\n100\n100 10\n\xff\xfe 1 b\nffffffffffffffff 10 c\n200 10 d");
        assert_eq!(raw(&map, 0x100), "-");
        assert_eq!(raw(&map, 0x200), "d");
    }

    /// What a lookup must answer, computed the slow way: the last line that covers the address.
    #[test]
    fn lookups_agree_with_a_search_through_all_lines() {
        let mut state = 7_u64;
        let mut random = |limit: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) % limit
        };
        for _ in 0..200 {
            let lines: Vec<_> = (0..12).map(|i| (random(64), random(16), i)).collect();
            let text: Vec<String> =
                lines.iter().map(|(start, size, name)| format!("{start:x} {size:x} n{name}")).collect();
            let text = text.join("\n");
            let map = PerfMap::parse(text.as_bytes());
            for address in 0..96 {
                let expected = lines
                    .iter()
                    .rev()
                    .find(|(start, size, _)| (*start..start + size).contains(&address))
                    .map(|(_, _, name)| format!("n{name}"));
                assert_eq!(map.raw_name(address), expected.as_deref(), "{address} in {text}");
            }
        }
    }
}
