//! Addresses to frames, each address once.

use crate::elf::{ElfFile, NativeFunction};
use crate::frame_table::FrameTable;
use crate::kernel::KernelSymbols;
use crate::names::{InlinedAt, demangle, inlined_rust_name, javascript_origin, native_origin, short_source};
use crate::process::{Process, Resolved};
use crate::profile::{Frame, Origin};
use crate::sources::Sources;
use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::Path;
use std::rc::Rc;

/// Names addresses and keeps the frames.
pub(crate) struct Symboliser {
    pub frames: FrameTable,
    /// Folders of forgebench's own JavaScript.
    own: Vec<String>,
    kernel_frames: HashMap<u64, u32>,
    sources: Sources,
}

impl Symboliser {
    pub fn new(own: Vec<String>) -> Self {
        Self { frames: FrameTable::default(), own, kernel_frames: HashMap::new(), sources: Sources::default() }
    }

    /// The frames at an address of a process, outermost first; more than one where code was inlined.
    pub fn resolve(&mut self, process: &mut Process, address: u64) -> Rc<[Resolved]> {
        if let Some(known) = process.resolved.get(&address) {
            return Rc::clone(known);
        }
        let named: Vec<Frame> = match process.file_at(address) {
            Some((file, inside)) => {
                let functions = file.functions(inside).into_iter().rev();
                functions.map(|function| native_frame(file, &function, &mut self.sources)).collect()
            }
            None => vec![self.compiled_frame(process, address)],
        };
        let resolved: Rc<[Resolved]> = named.iter().map(|frame| (self.frames.intern(frame), frame.line)).collect();
        process.resolved.insert(address, Rc::clone(&resolved));
        resolved
    }

    /// The frame of a kernel address.
    pub fn resolve_kernel(&mut self, address: u64) -> u32 {
        let frames = &mut self.frames;
        *self.kernel_frames.entry(address).or_insert_with(|| {
            let name = KernelSymbols::running().find(address).unwrap_or("[kernel]");
            frames.intern(&plain(name, Origin::Kernel))
        })
    }

    /// The frame that stands for the callers that a cut stack lost.
    pub fn lost_callers(&mut self) -> u32 {
        self.frames.intern(&plain("[callers not recorded]", Origin::Unknown))
    }

    fn compiled_frame(&self, process: &Process, address: u64) -> Frame {
        let Some(name) = process.jit.find(address) else {
            return plain("[unknown]", Origin::Unknown);
        };
        let origin = match name.tier {
            Some(_) => javascript_origin(name.file.as_deref(), &self.own),
            None => Origin::V8,
        };
        Frame {
            name: name.name,
            origin,
            file: name.file,
            line: name.line,
            column: name.column,
            tier: name.tier.map(str::to_owned),
            inlined: false,
        }
    }
}

fn native_frame(file: &ElfFile, function: &NativeFunction, sources: &mut Sources) -> Frame {
    let (name, rust) = match &function.symbol {
        Some(symbol) => demangle(symbol),
        None => (format!("[{}]", file.short_name()), false),
    };
    let rust =
        rust || function.file.as_deref().is_some_and(|path| Path::new(path).extension() == Some(OsStr::new("rs")));
    let name = match &function.file {
        Some(source) if rust && function.inlined => {
            let line = function.line.filter(|_| name.starts_with('{'));
            let around = line.and_then(|line| sources.function_around(source, line));
            inlined_rust_name(&name, source, &InlinedAt { crate_name: file.crate_of(source), function: around })
        }
        _ => name,
    };
    let origin = native_origin(file.library, function.symbol.as_deref(), &name, rust);
    let source = function.file.as_deref().map(short_source);
    Frame {
        name,
        origin,
        file: Some(source.unwrap_or_else(|| file.short_name()).to_owned()),
        line: function.line,
        column: None,
        tier: None,
        inlined: function.inlined,
    }
}

fn plain(name: &str, origin: Origin) -> Frame {
    Frame { name: name.to_owned(), origin, file: None, line: None, column: None, tier: None, inlined: false }
}
