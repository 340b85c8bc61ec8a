//! What is known of one process while its samples pass by: mapped files, threads, compiled code.

use crate::elf::{ElfFile, FileSource, Section};
use crate::perf_map::PerfMap;
use crate::registers::Registers;
use framehop::{CacheNative, MayAllocateDuringUnwind, Module, Unwinder, UnwinderNative};
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

/// Deeper stacks are endless recursion or a broken chain of frame pointers.
const MAXIMUM_DEPTH: usize = 2048;
/// Room that interpreter and builtins take below the frame of a function before they return.
const LEAF_WORDS: u64 = 64;

/// A file mapped for execution.
struct Mapping {
    range: Range<u64>,
    bias: u64,
    file: Rc<ElfFile>,
}

/// Files by the path that a recording names, read once.
pub(crate) struct Files<'a> {
    sources: &'a HashMap<String, FileSource>,
    /// `None` for one that cannot be read.
    read: HashMap<String, Option<Rc<ElfFile>>>,
}

impl<'a> Files<'a> {
    pub fn new(sources: &'a HashMap<String, FileSource>) -> Self {
        Self { sources, read: HashMap::new() }
    }

    fn open(&mut self, path: &str) -> Option<Rc<ElfFile>> {
        let sources = self.sources;
        let open = || ElfFile::open(path, sources.get(path)).map(Rc::new);
        self.read.entry(path.to_owned()).or_insert_with(open).clone()
    }
}

/// An executable mapping as perf reports it.
pub(crate) struct NewMapping<'a> {
    pub range: Range<u64>,
    pub offset: u64,
    pub path: &'a str,
}

/// A frame of a resolved address: its index and the line of the sample.
pub(crate) type Resolved = (u32, Option<u32>);

/// The state of one process at the time of the current record.
#[derive(Default)]
pub(crate) struct Process {
    mappings: Vec<Mapping>,
    pub rules: Rules,
    /// Names of compiled JavaScript.
    pub jit: Rc<PerfMap>,
    /// Frames of each address seen, outermost first; valid until a mapping changes.
    pub resolved: HashMap<u64, Rc<[Resolved]>>,
}

/// One sampled stack: return addresses from the leaf on, and whether the root was reached.
#[derive(Debug, Default, Clone, PartialEq, Eq, Hash)]
pub struct Unwound {
    /// Addresses to look up, leaf first; those of callers already lie inside the call.
    pub addresses: Vec<u64>,
    /// False if the dump ended or the chain broke before the root.
    pub complete: bool,
}

/// Rules for unwinding the code of all mapped files.
pub(crate) type Rules = UnwinderNative<Section, MayAllocateDuringUnwind>;

impl Process {
    /// A process of which only the names of its compiled code are known.
    pub fn new(jit: Rc<PerfMap>) -> Self {
        Self { jit, ..Self::default() }
    }

    /// A copy for a forked child, which compiles code of its own.
    pub fn fork(&self, jit: Rc<PerfMap>) -> Self {
        let mappings = self
            .mappings
            .iter()
            .map(|mapping| Mapping { range: mapping.range.clone(), bias: mapping.bias, file: Rc::clone(&mapping.file) })
            .collect();
        Self { mappings, rules: self.rules.clone(), ..Self::new(jit) }
    }

    /// Takes note of a mapping if it is of a file.
    pub fn map_file(&mut self, new: NewMapping, files: &mut Files) {
        // Anonymous memory (`//anon`) holds compiled JavaScript, which the perf map names.
        if (new.path.starts_with('/') && !new.path.starts_with("//")) || new.path == "[vdso]" {
            self.map(new, files);
        }
    }

    /// Takes note of a mapping, which replaces what it overlaps.
    pub fn map(&mut self, new: NewMapping, files: &mut Files) {
        let file = files.open(new.path);
        self.resolved.clear();
        let overlaps = |old: &Mapping| old.range.start < new.range.end && new.range.start < old.range.end;
        for gone in self.mappings.extract_if(.., |old| overlaps(old)) {
            self.rules.remove_module(gone.range.start);
        }
        let Some(file) = file else { return };
        let Some(bias) = file.bias(new.range.start, new.offset) else { return };
        self.rules.add_module(Module::new(new.path.to_owned(), new.range.clone(), bias, file.unwind_sections()));
        self.mappings.push(Mapping { range: new.range, bias, file });
    }

    /// The mapped file at an address, and the address inside that file.
    pub fn file_at(&self, address: u64) -> Option<(&ElfFile, u64)> {
        let mapping = self.mappings.iter().find(|mapping| mapping.range.contains(&address))?;
        Some((&mapping.file, address.wrapping_sub(mapping.bias)))
    }

    /// Unwinds one sample from its registers and the copy of its stack.
    pub fn unwind(&self, start: &Registers, stack: &[u8], cache: &mut CacheNative<MayAllocateDuringUnwind>) -> Unwound {
        let mut unwound = unwind(&self.rules, start, stack, cache);
        if let (false, Some(skipped)) = (unwound.addresses.is_empty(), self.caller_of_frameless(start, stack)) {
            unwound.addresses.insert(1, skipped);
        }
        unwound
    }

    /// The caller that frame pointers miss when the sample is in V8 code without a frame of its own.
    ///
    /// Handlers of the interpreter and small builtins run on the frame of the JavaScript function
    /// that called them, so that following the frame pointer skips that function. Its return address
    /// lies between stack pointer and frame pointer: the first word that points into compiled code.
    fn caller_of_frameless(&self, start: &Registers, stack: &[u8]) -> Option<u64> {
        let name = self.jit.raw_name(start.ip)?;
        if !name.starts_with("BytecodeHandler:") && !name.starts_with("Builtin:") {
            return None;
        }
        let end = start.fp.min(start.sp.saturating_add(LEAF_WORDS * 8));
        let mut at = start.sp;
        while at < end {
            let lookup = word(stack, start.sp, at)?.wrapping_sub(1);
            let name = self.jit.raw_name(lookup);
            if name.is_some_and(|name| !name.starts_with("Builtin:") && !name.starts_with("Bytecode")) {
                return Some(lookup);
            }
            at += 8;
        }
        None
    }
}

/// Follows a stack from its leaf to its root.
pub(crate) fn unwind(
    rules: &Rules,
    start: &Registers,
    stack: &[u8],
    cache: &mut CacheNative<MayAllocateDuringUnwind>,
) -> Unwound {
    let sp = start.sp;
    let mut read = |address: u64| word(stack, sp, address).ok_or(());
    let mut addresses = Vec::with_capacity(64);
    let mut frames = rules.iter_frames(start.ip, start.for_framehop(), cache, &mut read);
    loop {
        match frames.next() {
            Ok(Some(frame)) if addresses.len() < MAXIMUM_DEPTH => addresses.push(frame.address_for_lookup()),
            Ok(None) => return Unwound { addresses, complete: true },
            Ok(Some(_)) | Err(_) => return Unwound { addresses, complete: false },
        }
    }
}

fn word(stack: &[u8], sp: u64, address: u64) -> Option<u64> {
    let at = usize::try_from(address.checked_sub(sp)?).ok()?;
    let bytes = stack.get(at..at.checked_add(8)?)?;
    Some(u64::from_le_bytes(bytes.try_into().ok()?))
}
