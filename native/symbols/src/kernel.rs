//! Names of kernel functions, where the system shows them.

use std::fs;
use std::sync::OnceLock;

/// Function starts from `/proc/kallsyms`; empty where the kernel hides its addresses.
#[derive(Debug, Default)]
pub(crate) struct KernelSymbols(Vec<(u64, String)>);

impl KernelSymbols {
    /// Those of the running kernel, read once: they are a hundred thousand, and none moves.
    pub fn running() -> &'static Self {
        static RUNNING: OnceLock<KernelSymbols> = OnceLock::new();
        RUNNING.get_or_init(|| Self::parse(&fs::read_to_string("/proc/kallsyms").unwrap_or_default()))
    }

    fn parse(text: &str) -> Self {
        let mut symbols: Vec<_> = text
            .lines()
            .filter_map(|line| {
                let mut parts = line.split_whitespace();
                let address = u64::from_str_radix(parts.next()?, 16).ok()?;
                let kind = parts.next()?;
                let name = parts.next()?;
                // Without the right to see them, all addresses read as zero.
                (address != 0 && matches!(kind, "t" | "T" | "w" | "W")).then(|| (address, name.to_owned()))
            })
            .collect();
        symbols.sort();
        Self(symbols)
    }

    /// The function at `address`.
    pub fn find(&self, address: u64) -> Option<&str> {
        let after = self.0.partition_point(|(start, _)| *start <= address);
        Some(&self.0[after.checked_sub(1)?].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_function_that_starts_before_the_address_is_found_and_hidden_ones_are_not() {
        let symbols = KernelSymbols::parse("ff10 T clear_page\nff30 t do_fault\nff20 d data\n0 T hidden\n");
        assert_eq!(symbols.find(0xff2f), Some("clear_page"));
        assert_eq!(symbols.find(0xff40), Some("do_fault"));
        assert_eq!(symbols.find(0x1), None);
    }
}
