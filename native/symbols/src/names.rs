//! Readable names: symbols demangled, sources shortened, origins told apart.

use crate::profile::Origin;
use cpp_demangle::DemangleOptions;

/// A symbol in readable form, and whether it is Rust's.
pub(crate) fn demangle(symbol: &str) -> (String, bool) {
    // Old Rust symbols (_ZN…17h<hash>E) are valid C++ ones too, so Rust is asked first.
    if let Ok(name) = rustc_demangle::try_demangle(symbol) {
        return (format!("{name:#}"), true);
    }
    if let Some(builtin) = symbol.strip_prefix("Builtins_") {
        return (builtin.to_owned(), false);
    }
    let plain = symbol.split('@').next().unwrap_or(symbol);
    if plain.starts_with("_Z") {
        let options = DemangleOptions::new().no_params().no_return_type();
        let name = cpp_demangle::Symbol::new(plain).ok().and_then(|symbol| symbol.demangle_with_options(&options).ok());
        if let Some(name) = name {
            return (name, false);
        }
    }
    (plain.to_owned(), false)
}

/// What is known of the place of an inlined function beside its source.
#[derive(Default)]
pub(crate) struct InlinedAt<'a> {
    /// The crate of its package.
    pub crate_name: Option<&'a str>,
    /// The function around a closure, which has no name of its own.
    pub function: Option<&'a str>,
}

/// The full name of an inlined Rust function.
///
/// Line tables keep only its last part with all type arguments, `from_iter<…>`. The modules are
/// read off the source path, which Rust ties to them; the type arguments go, as they do in symbols.
/// Where nothing tells the crate, it is called as its package is.
pub(crate) fn inlined_rust_name(name: &str, source: &str, at: &InlinedAt) -> String {
    // What is dropped is the whole point of a destructor's name.
    let last = if name.starts_with("drop_in_place<") { name.to_owned() } else { without_type_arguments(name) };
    if without_type_arguments(name).contains("::") {
        return name.to_owned();
    }
    let path = short_source(source);
    let Some((package, inside)) = path.split_once("/src/") else {
        return last;
    };
    let mut parts = vec![at.crate_name.map_or_else(|| crate_of_package(package), str::to_owned)];
    let inside = inside.strip_suffix(".rs").unwrap_or(inside);
    parts.extend(inside.split('/').map(str::to_owned));
    if matches!(parts.last().map(String::as_str), Some("mod" | "lib" | "main")) {
        parts.pop();
    }
    parts.extend(at.function.map(str::to_owned));
    parts.push(last);
    parts.join("::")
}

/// What the crate of a package is called unless its manifest says otherwise; from the package's path.
fn crate_of_package(path: &str) -> String {
    let package = path.rsplit('/').next().unwrap_or(path);
    // `rpds-1.2.0` in the registry; a name part never begins with a digit.
    let name = match package.rsplit_once('-') {
        Some((stem, version)) if version.starts_with(|first: char| first.is_ascii_digit()) => stem,
        _ => package,
    };
    name.replace('-', "_")
}

/// Cuts `<…>` after a word; `<T as Trait>` at the start of a path is part of the name.
fn without_type_arguments(name: &str) -> String {
    let mut depth = 0_usize;
    let mut previous = ' ';
    let mut kept = String::with_capacity(name.len());
    for character in name.chars() {
        match character {
            '<' if depth > 0 || previous.is_alphanumeric() || "_}".contains(previous) => depth += 1,
            // The arrow of a function type closes nothing.
            '>' if depth > 0 => depth -= usize::from(previous != '-'),
            _ if depth == 0 => kept.push(character),
            _ => {}
        }
        previous = character;
    }
    kept
}

/// What a file that was mapped for execution is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Library {
    Node,
    Libc,
    Other,
}

impl Library {
    /// From the path of the file.
    pub fn of(path: &str) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        let stem = name.split(".so").next().unwrap_or(name);
        // Before 2.34 the files of glibc had its version in their names, such as libc-2.31.so.
        let stem = stem.rsplit_once('-').map_or(stem, |(name, version)| {
            if version.starts_with(|letter: char| letter.is_ascii_digit()) { name } else { stem }
        });
        match stem {
            "node" | "nodejs" | "libnode" => Self::Node,
            "libc" | "ld" | "ld-linux-x86-64" | "ld-linux-aarch64" | "ld-musl-x86_64" | "ld-musl-aarch64" | "libm"
            | "libpthread" | "libdl" | "librt" | "[vdso]" => Self::Libc,
            _ => Self::Other,
        }
    }
}

/// The origin of a native function.
pub(crate) fn native_origin(library: Library, symbol: Option<&str>, name: &str, rust: bool) -> Origin {
    match library {
        Library::Libc => Origin::Libc,
        _ if rust => Origin::Rust,
        Library::Other => Origin::Native,
        Library::Node if symbol.is_some_and(|symbol| symbol.starts_with("Builtins_")) => Origin::V8,
        Library::Node if is_collector(name) => Origin::Gc,
        Library::Node if name.contains("v8::") || name.contains("heap::base::") => Origin::V8,
        Library::Node => Origin::Node,
    }
}

/// Parts of V8's class names that only its garbage collectors have.
fn is_collector(name: &str) -> bool {
    const MARKS: [&str; 14] = [
        "Scaveng",
        "MarkCompact",
        "Marking",
        "Sweep",
        "Evacuat",
        "GarbageCollect",
        "CollectGarbage",
        "GCTracer",
        "YoungGen",
        "Compactor",
        "ConcurrentMark",
        "cppgc::internal",
        "heap::base::",
        "EphemeronTable",
    ];
    MARKS.iter().any(|mark| name.contains(mark))
}

/// The origin of JavaScript, from its file; `own` are folders of forgebench's worker.
pub(crate) fn javascript_origin(file: Option<&str>, own: &[String]) -> Origin {
    match file {
        Some(file) if file.starts_with("node:") => Origin::Node,
        Some(file) if own.iter().any(|folder| is_below(file, folder)) => Origin::Forgebench,
        Some(file) if file.contains("/node_modules/") => Origin::NodeModules,
        _ => Origin::User,
    }
}

fn is_below(file: &str, folder: &str) -> bool {
    file.strip_prefix(folder.trim_end_matches('/')).is_some_and(|rest| rest.starts_with('/'))
}

/// A source path of Rust without the parts that only one machine has.
///
/// ```
/// use forgebench_symbols::short_source;
///
/// assert_eq!(
///     short_source("/home/me/.cargo/registry/src/index.crates.io-1949/rpds-1.2.0/src/map.rs"),
///     "rpds-1.2.0/src/map.rs"
/// );
/// assert_eq!(short_source("/rustc/4a0bf3/library/alloc/src/vec/mod.rs"), "alloc/src/vec/mod.rs");
/// ```
pub fn short_source(path: &str) -> &str {
    let after = |mark: &str| path.split_once(mark).map(|(_, rest)| rest);
    if let Some(rest) = after("/registry/src/").or_else(|| after("/git/checkouts/")) {
        return rest.split_once('/').map_or(rest, |(_, below)| below);
    }
    if let Some(rest) = after("/rustc/").or_else(|| after("/rustlib/src/")) {
        return rest.split_once("/library/").map_or(rest, |(_, below)| below);
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rust_names_lose_their_hash_and_are_known_as_rust() {
        assert_eq!(
            demangle("_ZN8mf_model4node4Node3new17h0123456789abcdefE"),
            ("mf_model::node::Node::new".into(), true)
        );
        assert_eq!(demangle("_RNvC6_123foo3bar"), ("123foo::bar".into(), true));
    }

    #[test]
    fn inlined_rust_names_get_their_modules_from_the_path() {
        let unknown = InlinedAt::default();
        let crate_name = InlinedAt { crate_name: Some("mf_state"), function: None };
        let load = InlinedAt { function: Some("load"), crate_name: Some("mf_state") };
        let closure = inlined_rust_name("{async_fn#0}", "/w/moduforge-state-0.7.0/src/state.rs", &load);
        assert_eq!(closure, "mf_state::state::load::{async_fn#0}");
        let source = "/home/me/.cargo/registry/src/index.crates.io-1949/rpds-1.2.0/src/map/hash_trie_map/mod.rs";
        assert_eq!(inlined_rust_name("insert<K, fn(V) -> bool>", source, &unknown), "rpds::map::hash_trie_map::insert");
        assert_eq!(
            inlined_rust_name("from_iter<T>", "/rustc/4a/library/alloc/src/vec/mod.rs", &unknown),
            "alloc::vec::from_iter"
        );
        assert_eq!(inlined_rust_name("{closure#0}", "/w/my-addon/src/lib.rs", &unknown), "my_addon::{closure#0}");
        assert_eq!(
            inlined_rust_name("drop_in_place<my::Tree>", "/rustc/4a/library/core/src/ptr/mod.rs", &unknown),
            "core::ptr::drop_in_place<my::Tree>"
        );
        assert_eq!(inlined_rust_name("helper", "/w/build.rs", &unknown), "helper");
        assert_eq!(inlined_rust_name("<impl>", "/w/build.rs", &unknown), "<impl>");
        assert_eq!(
            inlined_rust_name("doc", "/w/moduforge-state-0.7.0/src/state.rs", &crate_name),
            "mf_state::state::doc"
        );
        let full = "<str as alloc::string::ToString>::to_string";
        assert_eq!(inlined_rust_name(full, "/rustc/4a/library/alloc/src/string.rs", &unknown), full);
    }

    #[test]
    fn cpp_names_lose_their_parameters() {
        let (name, rust) = demangle("_ZN2v88internal4Heap14CollectGarbageENS0_15AllocationSpaceE");
        assert_eq!((name.as_str(), rust), ("v8::internal::Heap::CollectGarbage", false));
        assert_eq!(demangle("malloc@@GLIBC_2.2.5").0, "malloc");
        assert_eq!(demangle("_Z broken").0, "_Z broken");
    }

    #[test]
    fn native_code_is_told_apart_by_library_and_name() {
        let origin = |path: &str, symbol: &str| {
            let (name, rust) = demangle(symbol);
            native_origin(Library::of(path), Some(symbol), &name, rust)
        };
        assert_eq!(origin("/usr/lib/libc.so.6", "malloc"), Origin::Libc);
        assert_eq!(origin("/usr/lib/libm-2.31.so", "sin"), Origin::Libc);
        assert_eq!(origin("/usr/lib/ld-2.31.so", "_dl_start"), Origin::Libc);
        assert_eq!(origin("/usr/lib/libcrypto.so.3", "SHA256_Update"), Origin::Native);
        assert_eq!(origin("[vdso]", "__vdso_clock_gettime"), Origin::Libc);
        assert_eq!(origin("/usr/bin/node", "Builtins_ArrayMap"), Origin::V8);
        assert_eq!(origin("/usr/bin/node", "_ZN2v88internal4Heap14CollectGarbageENS0_15AllocationSpaceE"), Origin::Gc);
        assert_eq!(origin("/usr/bin/node", "uv_run"), Origin::Node);
        assert_eq!(origin("/x/addon.node", "sqlite3_step"), Origin::Native);
        assert_eq!(origin("/x/addon.node", "_ZN8mf_model4node4Node3new17h0123456789abcdefE"), Origin::Rust);
    }

    #[test]
    fn javascript_is_told_apart_by_its_file() {
        let own = ["/app/node_modules/forgebench/dist".to_owned()];
        let origin = |file: &str| javascript_origin(Some(file), &own);
        assert_eq!(origin("node:internal/fs"), Origin::Node);
        assert_eq!(origin("/app/node_modules/forgebench/dist/worker/x.js"), Origin::Forgebench);
        assert_eq!(origin("/app/node_modules/forgebench/distant.js"), Origin::NodeModules);
        assert_eq!(origin("/app/src/a.ts"), Origin::User);
        assert_eq!(javascript_origin(None, &own), Origin::User);
    }
}
