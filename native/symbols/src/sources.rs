//! Functions around closures, read off the source.
//!
//! Line tables call a closure that was inlined `{closure#0}`, and an asynchronous function `{async_fn#0}`, without the function
//! that it stands in; debugging information that says so is several times as large. Where the source is at hand, its lines tell.

use std::collections::HashMap;
use std::fs;

/// Sources are no larger than this; what debugging information names may be anything.
const MOST_BYTES: u64 = 4_000_000;

/// Sources by their path, each read once.
#[derive(Default)]
pub(crate) struct Sources(HashMap<String, Option<Source>>);

impl Sources {
    /// The function that a line stands in; `None` where the source is not at hand, or no function is around the line.
    pub fn function_around(&mut self, path: &str, line: u32) -> Option<&str> {
        if !self.0.contains_key(path) {
            self.0.insert(path.to_owned(), read(path).as_deref().map(Source::of));
        }
        self.0.get(path)?.as_ref()?.function_around(line)
    }
}

fn read(path: &str) -> Option<String> {
    let facts = fs::metadata(path).ok()?;
    (facts.is_file() && facts.len() <= MOST_BYTES).then(|| fs::read_to_string(path).ok())?
}

struct Source {
    /// How far each line is indented.
    indents: Vec<usize>,
    /// Lines that begin a function, counted from 0, and its name.
    functions: Vec<(usize, String)>,
}

impl Source {
    fn of(text: &str) -> Self {
        let indents = text.lines().map(|line| line.len() - line.trim_start().len()).collect();
        let functions =
            text.lines().enumerate().filter_map(|(line, text)| Some((line, function_name(text)?.to_owned()))).collect();
        Self { indents, functions }
    }

    /// The last function that begins before the line, or in it, and is indented no further, as formatted sources have it.
    fn function_around(&self, line: u32) -> Option<&str> {
        let line = (line as usize).checked_sub(1)?;
        let own = *self.indents.get(line)?;
        let before = &self.functions[..self.functions.partition_point(|(begin, _)| *begin <= line)];
        before.iter().rev().find(|(begin, _)| self.indents[*begin] <= own).map(|(_, name)| name.as_str())
    }
}

/// The name in the first line of a function.
fn function_name(line: &str) -> Option<&str> {
    let (before, after) = line.split_once("fn ")?;
    let is_qualifier = |word: &str| {
        matches!(word, "pub" | "async" | "const" | "unsafe" | "extern" | "default")
            || word.starts_with("pub(")
            || word.ends_with([')', '"'])
    };
    let end = after.find(|letter: char| !letter.is_alphanumeric() && letter != '_')?;
    (end > 0 && before.split_whitespace().all(is_qualifier)).then(|| &after[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_of_a_function_names_it() {
        assert_eq!(function_name("fn main() {"), Some("main"));
        assert_eq!(function_name("    pub(in crate::a) async unsafe fn load<T>("), Some("load"));
        assert_eq!(function_name("    extern \"C\" fn callback(x: u8) {"), Some("callback"));
        assert_eq!(function_name("    // The fn main() is elsewhere"), None);
        assert_eq!(function_name("    let f: fn (u8) = g;"), None);
    }

    #[test]
    fn a_line_belongs_to_the_function_around_it() {
        let source = Source::of(
            "impl State {\n    pub async fn load(\n        &self,\n    ) -> u8 {\n        work(|| {\n            1\n        })\n    }\n\n    fn next() {}\n}\n",
        );
        let around: Vec<_> = (0..13).map(|line| source.function_around(line)).collect();
        assert_eq!(around[..2], [None, None]);
        assert!(around[2..=8].iter().all(|name| *name == Some("load")));
        assert_eq!((around[10], around[12]), (Some("next"), None));
    }

    #[test]
    fn what_is_no_source_has_no_functions() {
        let mut sources = Sources::default();
        assert_eq!(sources.function_around("/nowhere/lib.rs", 3), None);
        assert_eq!(sources.function_around("/dev/zero", 3), None);
        assert_eq!(
            sources.function_around(concat!(env!("CARGO_MANIFEST_DIR"), "/src/sources.rs"), 20),
            Some("function_around")
        );
    }
}
