//! Names that V8 gives to compiled code, taken apart.
//!
//! V8 writes `JS:*parse file:///app/parser.js:12:3`: kind, tier, function, file, line and column in
//! one string. Left together they make equal functions look different as soon as a line moves or
//! the optimiser steps in.

/// A V8 code name in its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JitName {
    /// Function name; `(anonymous)` or `(module)` where the source gives none.
    pub name: String,
    /// Path or `node:` name of the script.
    pub file: Option<String>,
    /// Line of the function's definition, from 1.
    pub line: Option<u32>,
    /// Column of the definition in that line, from 1.
    pub column: Option<u32>,
    /// `interpreted`, `baseline`, `maglev` or `optimised`; `None` for code that is V8's own.
    pub tier: Option<&'static str>,
}

/// Takes a code name from a perf map apart.
///
/// ```
/// use forgebench_symbols::clean_jit_name;
///
/// let name = clean_jit_name("JS:*parse file:///app/parser.js:12:3");
/// assert_eq!(name.name, "parse");
/// assert_eq!(name.file.as_deref(), Some("/app/parser.js"));
/// assert_eq!((name.line, name.column, name.tier), (Some(12), Some(3), Some("optimised")));
/// ```
pub fn clean_jit_name(raw: &str) -> JitName {
    let Some((kind, rest)) = raw.split_once(':') else {
        return internal(raw);
    };
    match kind {
        "JS" | "LazyCompile" | "Function" | "Script" | "Eval" => javascript(rest),
        "Builtin" | "BytecodeHandler" | "Stub" | "Handler" => internal(rest),
        _ => internal(raw),
    }
}

fn internal(name: &str) -> JitName {
    JitName { name: name.to_owned(), file: None, line: None, column: None, tier: None }
}

fn javascript(marked: &str) -> JitName {
    let (tier, rest) = split_tier(marked);
    let (name, script, position) = split_position(rest);
    let name = match (name, position) {
        ("", Some((1, 1))) => "(module)",
        ("", _) => "(anonymous)",
        (name, _) => name,
    };
    JitName {
        name: name.to_owned(),
        file: script.map(plain_path),
        line: position.map(|(line, _)| line),
        column: position.map(|(_, column)| column),
        tier: Some(tier),
    }
}

/// V8 marks the tier with one sign, and code entered in mid-loop with a letter or a quote beside it.
fn split_tier(marked: &str) -> (&'static str, &str) {
    const MARKS: [(&str, &str); 8] = [
        ("~", "interpreted"),
        ("^", "baseline"),
        ("+'", "maglev"),
        ("o+", "maglev"),
        ("+", "maglev"),
        ("*'", "optimised"),
        ("o*", "optimised"),
        ("*", "optimised"),
    ];
    for (mark, tier) in MARKS {
        if let Some(rest) = marked.strip_prefix(mark) {
            return (tier, rest);
        }
    }
    // Older V8 leaves the sign away for code of its first compiler.
    ("baseline", marked)
}

/// Splits `name script:line:column`; the name may be empty and the script may hold blanks.
fn split_position(text: &str) -> (&str, Option<&str>, Option<(u32, u32)>) {
    let Some((before, column)) = text.rsplit_once(':') else {
        return (text.trim(), None, None);
    };
    let Some((before, line)) = before.rsplit_once(':') else {
        return (text.trim(), None, None);
    };
    let (Ok(line), Ok(column)) = (line.parse(), column.parse()) else {
        return (text.trim(), None, None);
    };
    let start = [" file://", " node:", " /", " data:", " wasm://"]
        .iter()
        .filter_map(|mark| before.find(mark))
        .min()
        .or_else(|| before.rfind(' '));
    match start {
        Some(start) => (
            before[..start].trim(),
            Some(before[start + 1..].trim()).filter(|script| !script.is_empty()),
            Some((line, column)),
        ),
        None => (before.trim(), None, Some((line, column))),
    }
}

/// A `file:` address as a path; anything else stays.
fn plain_path(script: &str) -> String {
    let Some(path) = script.strip_prefix("file://") else {
        return script.to_owned();
    };
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        let decoded = match (first, tail) {
            (b'%', [high, low, ..]) => hex(*high).zip(hex(*low)).map(|(h, l)| h * 16 + l),
            _ => None,
        };
        if decoded.is_some() {
            rest = &tail[2..];
        }
        bytes.push(decoded.unwrap_or(*first));
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(raw: &str) -> (String, Option<String>, Option<u32>, Option<&'static str>) {
        let JitName { name, file, line, tier, .. } = clean_jit_name(raw);
        (name, file, line, tier)
    }

    #[test]
    fn every_tier_has_its_word_and_leaves_the_name() {
        for (mark, tier) in [
            ("~", "interpreted"),
            ("^", "baseline"),
            ("+", "maglev"),
            ("*", "optimised"),
            ("o*", "optimised"),
            ("", "baseline"),
        ] {
            assert_eq!(
                parts(&format!("JS:{mark}run file:///a/b.mjs:4:27")),
                ("run".into(), Some("/a/b.mjs".into()), Some(4), Some(tier)),
                "mark {mark:?}"
            );
        }
    }

    #[test]
    fn old_and_new_kinds_mean_the_same() {
        assert_eq!(clean_jit_name("LazyCompile:*run /a/b.js:4:27"), clean_jit_name("JS:*run /a/b.js:4:27"));
    }

    #[test]
    fn a_nameless_function_is_anonymous_and_a_script_is_a_module() {
        assert_eq!(parts("JS:~ node:path:1208:10").0, "(anonymous)");
        assert_eq!(parts("Script:~ file:///a.mjs:1:1").0, "(module)");
        assert_eq!(parts("Eval:~ node:os:1:1").1.as_deref(), Some("node:os"));
    }

    #[test]
    fn names_and_paths_may_hold_blanks() {
        assert_eq!(
            parts("JS:^get size file:///my%20dir/a.js:3:9"),
            ("get size".into(), Some("/my dir/a.js".into()), Some(3), Some("baseline"))
        );
        assert_eq!(parts("JS:^f /my dir/a.js:3:9").1.as_deref(), Some("/my dir/a.js"));
    }

    #[test]
    fn code_of_v8_itself_has_no_tier() {
        assert_eq!(parts("Builtin:ArrayMap"), ("ArrayMap".into(), None, None, None));
        assert_eq!(parts("RegExp:a:b"), ("RegExp:a:b".into(), None, None, None));
    }

    #[test]
    fn odd_text_stays_readable() {
        for odd in ["", ":", "JS:", "JS:*", "JS:~ :1:1", "JS:~é file://%zz%e:1:x"] {
            let _ = clean_jit_name(odd);
        }
        assert_eq!(parts("JS:*").0, "(anonymous)");
    }
}
