//! Names of crates where only the names of their packages are known.
//!
//! Line tables name an inlined function by its last part, and [`inlined_rust_name`] adds the package
//! from the source path. But `moduforge-model` is called `mf_model` in code. Functions that were not
//! inlined have their full symbol, which tells the crate of everything in the same package.
//!
//! [`inlined_rust_name`]: crate::names::inlined_rust_name

use crate::names::crate_of_package;
use crate::profile::{Frame, Origin};
use std::collections::HashMap;

/// Replaces the package at the start of inlined names by the crate, where symbols tell it.
pub(crate) fn correct_crate_names(frames: &mut [Frame]) {
    let crates = crates_by_package(frames);
    for frame in frames.iter_mut().filter(|frame| frame.inlined) {
        let Some(package) = package_of(frame) else { continue };
        let Some(name) = crates.get(package) else { continue };
        if let Some(rest) = frame.name.strip_prefix(&crate_of_package(package))
            && rest.starts_with("::")
        {
            frame.name = format!("{name}{rest}");
        }
    }
}

/// The crate that most symbols of each package begin with (the first by name of equals).
fn crates_by_package(frames: &[Frame]) -> HashMap<String, String> {
    let mut votes: HashMap<&str, HashMap<&str, u32>> = HashMap::new();
    for frame in frames.iter().filter(|frame| !frame.inlined && frame.origin == Origin::Rust) {
        let first = frame.name.split_once("::").map(|(first, _)| first);
        // `<T as Trait>::method` begins with a type, which may be of any crate.
        let word = first.filter(|first| first.chars().all(|c| c.is_alphanumeric() || c == '_'));
        if let (Some(package), Some(name)) = (package_of(frame), word) {
            *votes.entry(package).or_default().entry(name).or_default() += 1;
        }
    }
    let most = |names: HashMap<&str, u32>| {
        names.into_iter().min_by_key(|&(name, count)| (std::cmp::Reverse(count), name)).map(|(name, _)| name.to_owned())
    };
    votes.into_iter().filter_map(|(package, names)| Some((package.to_owned(), most(names)?))).collect()
}

/// The path up to the sources.
fn package_of(frame: &Frame) -> Option<&str> {
    frame.file.as_deref()?.split_once("/src/").map(|(package, _)| package)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(name: &str, file: &str, inlined: bool) -> Frame {
        Frame { name: name.into(), origin: Origin::Rust, file: Some(file.into()), line: None, tier: None, inlined }
    }

    #[test]
    fn inlined_functions_get_the_crate_that_the_symbols_of_their_package_have() {
        let mut frames = [
            frame("moduforge_model::schema::{closure#0}", "moduforge-model-0.7.0/src/schema.rs", true),
            frame("mf_model::tree::Tree::from", "moduforge-model-0.7.0/src/tree.rs", false),
            frame("mf_model::tree::Tree::add", "moduforge-model-0.7.0/src/tree.rs", false),
            frame("core::ptr::drop_in_place<mf_model::Tree>", "moduforge-model-0.7.0/src/tree.rs", false),
            frame("rpds::map::get", "rpds-1.2.0/src/map.rs", true),
            frame("<str as Display>::fmt", "moduforge-model-0.7.0/src/mark.rs", true),
        ];
        correct_crate_names(&mut frames);
        assert_eq!(frames[0].name, "mf_model::schema::{closure#0}");
        assert_eq!(frames[4].name, "rpds::map::get");
        assert_eq!(frames[5].name, "<str as Display>::fmt");
    }
}
