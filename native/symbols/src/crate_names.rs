//! What crates are called, where only the folders of their packages are known.
//!
//! Line tables name an inlined function by its last part, and its source path tells the package. But the package
//! `moduforge-model` is the crate `mf_model` in code. rustc names its compile units
//! `<package>/src/lib.rs/@/<crate>.<hash>-cgu.<n>`, which tells both.

use addr2line::gimli::{Dwarf, EndianSlice, RunTimeEndian, SectionId};
use object::{Object, ObjectSection};
use std::borrow::Cow;
use std::collections::HashMap;

/// Crates by the folder of their package.
#[derive(Debug, Default)]
pub(crate) struct CrateNames(HashMap<String, String>);

impl CrateNames {
    /// Those of all compile units of a file; none where it has no debugging information, or damaged one.
    pub fn of(file: &object::File) -> Self {
        Self(units(file).into_iter().filter_map(|unit| package_and_crate(&unit)).collect())
    }

    /// The crate of the package that a source file belongs to.
    pub fn find(&self, source: &str) -> Option<&str> {
        self.0.get(package_folder(source)?).map(String::as_str)
    }
}

/// Paths of compile units, absolute where they are known to be.
fn units(file: &object::File) -> Vec<String> {
    let section = |id: SectionId| -> Result<Cow<[u8]>, object::Error> {
        file.section_by_name(id.name()).map_or(Ok(Cow::Borrowed(&[])), |section| section.uncompressed_data())
    };
    let Ok(sections) = addr2line::gimli::DwarfSections::load(section) else {
        return Vec::new();
    };
    let endian = if file.is_little_endian() { RunTimeEndian::Little } else { RunTimeEndian::Big };
    let dwarf = sections.borrow(|section| EndianSlice::new(section, endian));
    paths(&dwarf)
}

fn paths(dwarf: &Dwarf<EndianSlice<RunTimeEndian>>) -> Vec<String> {
    let mut found = Vec::new();
    let mut headers = dwarf.units();
    while let Ok(Some(header)) = headers.next() {
        let Ok(unit) = dwarf.unit(header) else { continue };
        let Some(name) = unit.name.map(|name| name.to_string_lossy()) else { continue };
        match unit.comp_dir.map(|folder| folder.to_string_lossy()) {
            Some(folder) if !name.starts_with('/') => found.push(format!("{}/{name}", folder.trim_end_matches('/'))),
            _ => found.push(name.into_owned()),
        }
    }
    found
}

fn package_and_crate(unit: &str) -> Option<(String, String)> {
    let (root, unit) = unit.split_once("/@/")?;
    let (name, _hash) = unit.split_once('.')?;
    Some((package_folder(root)?.to_owned(), name.to_owned()))
}

/// The path up to the sources.
fn package_folder(source: &str) -> Option<&str> {
    source.rsplit_once("/src/").map(|(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_compile_unit_tells_the_crate_of_its_package() {
        assert_eq!(
            package_and_crate("/r/moduforge-model-0.7.0/src/lib.rs/@/mf_model.39e5b9c98ffd3c26-cgu.07"),
            Some(("/r/moduforge-model-0.7.0".into(), "mf_model".into()))
        );
        assert_eq!(package_and_crate("../csu/init.c"), None);
    }

    #[test]
    fn this_program_tells_its_own_crate() {
        let bytes = std::fs::read(std::env::current_exe().unwrap()).unwrap();
        let names = CrateNames::of(&object::File::parse(&*bytes).unwrap());
        let here = format!("{}/src/names.rs", env!("CARGO_MANIFEST_DIR"));
        assert_eq!(names.find(&here), Some("forgebench_symbols"));
    }

    #[test]
    fn a_file_without_debugging_information_tells_nothing() {
        assert_eq!(CrateNames::default().find("/r/moduforge-model-0.7.0/src/node.rs"), None);
    }
}
