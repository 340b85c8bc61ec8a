//! One mapped ELF file: its segments, unwinding rules, symbols and lines.

use crate::crate_names::CrateNames;
use crate::names::Library;
use addr2line::Loader;
use framehop::ExplicitModuleSectionInfo;
use object::{Object, ObjectSection, ObjectSegment, ObjectSymbol, SegmentFlags, SymbolKind};
use std::cell::OnceCell;
use std::fmt::Write;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Bytes of a section, shared between the mappings of one file, and with whoever unwinds on other threads.
pub(crate) type Section = Arc<[u8]>;

/// Where a mapped file lies now.
#[derive(Debug, Clone)]
pub struct FileSource {
    /// The file itself, or a copy of it: its segments and its rules for unwinding.
    pub binary: PathBuf,
    /// The file with its symbols and line tables; `None` where the binary has them, if anything has.
    pub symbols: Option<PathBuf>,
}

struct Symbol {
    address: u64,
    end: u64,
    name: Box<str>,
}

/// An ELF file, read once however often it is mapped.
pub(crate) struct ElfFile {
    pub path: String,
    /// Where symbols and lines are read.
    symbol_file: PathBuf,
    pub library: Library,
    /// File offset range and address of each segment that holds code.
    segments: Vec<(Range<u64>, u64)>,
    sections: ExplicitModuleSectionInfo<Section>,
    symbols: Vec<Symbol>,
    has_lines: bool,
    loader: OnceCell<Option<Loader>>,
    crates: OnceCell<CrateNames>,
}

/// One function at an address, the innermost inlined one first.
pub(crate) struct NativeFunction {
    /// Mangled name.
    pub symbol: Option<String>,
    pub file: Option<String>,
    pub line: Option<u32>,
    pub inlined: bool,
}

impl ElfFile {
    /// Reads a file; `None` if it is gone or no ELF file, and then its frames stay without names.
    pub fn open(path: &str, source: Option<&FileSource>) -> Option<Self> {
        let binary = source.map_or(Path::new(path), |source| &source.binary);
        let bytes = if path == "[vdso]" { own_vdso()? } else { read(binary)? };
        let file = object::File::parse(&*bytes).ok()?;
        let symbol_file = source.and_then(|source| source.symbols.as_deref()).unwrap_or(binary);
        let apart = if symbol_file == binary { None } else { read(symbol_file) };
        let named = apart.as_deref().and_then(|bytes| object::File::parse(bytes).ok());
        let named = named.as_ref().unwrap_or(&file);
        // Only code is looked up, and a page at a border belongs to two segments.
        let segments = file
            .segments()
            .filter(is_executable)
            .map(|segment| {
                let (start, size) = segment.file_range();
                (start..start.saturating_add(size), segment.address())
            })
            .collect();
        Some(Self {
            path: path.to_owned(),
            library: Library::of(path),
            segments,
            sections: unwind_sections(&file),
            symbols: symbols(named),
            has_lines: named.section_by_name(".debug_line").is_some(),
            symbol_file: symbol_file.to_owned(),
            loader: OnceCell::new(),
            crates: OnceCell::new(),
        })
    }

    /// What must be added to addresses in the file when `offset` of it is mapped at `start`.
    pub fn bias(&self, start: u64, offset: u64) -> Option<u64> {
        let page = |address: u64| address & !0xfff;
        let (range, address) =
            self.segments.iter().find(|(range, _)| (page(range.start)..range.end).contains(&offset))?;
        Some(start.wrapping_sub(address.wrapping_add(offset).wrapping_sub(range.start)))
    }

    /// What `framehop` needs.
    pub fn unwind_sections(&self) -> ExplicitModuleSectionInfo<Section> {
        self.sections.clone()
    }

    /// The name of the last part of the path.
    pub fn short_name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// Functions at an address of the file, inlined ones first; never empty.
    pub fn functions(&self, address: u64) -> Vec<NativeFunction> {
        let symbol = self.symbol(address).map(str::to_owned);
        let mut functions = self.functions_by_lines(address).unwrap_or_default();
        match functions.last_mut() {
            // Line tables know inlined functions, but only the symbol has the full name.
            Some(outermost) => outermost.symbol = symbol.or(outermost.symbol.take()),
            None => functions.push(NativeFunction { symbol, file: None, line: None, inlined: false }),
        }
        functions
    }

    /// The crate that a source file belongs to, where compile units tell it. They are read at the first question.
    pub fn crate_of(&self, source: &str) -> Option<&str> {
        self.crates.get_or_init(|| self.read_crates().unwrap_or_default()).find(source)
    }

    fn read_crates(&self) -> Option<CrateNames> {
        let bytes = read(&self.symbol_file)?;
        Some(CrateNames::of(&object::File::parse(&*bytes).ok()?))
    }

    fn functions_by_lines(&self, address: u64) -> Option<Vec<NativeFunction>> {
        if !self.has_lines {
            return None;
        }
        let loader = self.loader.get_or_init(|| Loader::new(&self.symbol_file).ok()).as_ref()?;
        let mut frames = loader.find_frames(address).ok()?;
        let mut functions = Vec::new();
        while let Ok(Some(frame)) = frames.next() {
            let location = frame.location.as_ref();
            functions.push(NativeFunction {
                symbol: frame
                    .function
                    .as_ref()
                    .and_then(|function| function.raw_name().ok())
                    .map(std::borrow::Cow::into_owned),
                file: location.and_then(|location| location.file).map(str::to_owned),
                line: location.and_then(|location| location.line),
                inlined: true,
            });
        }
        functions.last_mut()?.inlined = false;
        Some(functions)
    }

    fn symbol(&self, address: u64) -> Option<&str> {
        let after = self.symbols.partition_point(|symbol| symbol.address <= address);
        let symbol = &self.symbols[after.checked_sub(1)?];
        (address < symbol.end).then_some(&*symbol.name)
    }
}

/// The build id of an ELF file, in hexadecimal; `None` where it has none, or is no such file.
pub fn build_id(path: &Path) -> Option<String> {
    let bytes = read(path)?;
    let file = object::File::parse(&*bytes).ok()?;
    let mut text = String::new();
    for byte in file.build_id().ok()?? {
        let _ = write!(text, "{byte:02x}");
    }
    Some(text)
}

fn is_executable(segment: &object::Segment) -> bool {
    matches!(segment.flags(), SegmentFlags::Elf { p_flags, .. } if p_flags.contains(object::elf::PF_X))
}

/// The bytes of a regular file; a damaged recording may name a device, which never ends.
fn read(path: &Path) -> Option<Vec<u8>> {
    fs::metadata(path).ok()?.is_file().then(|| fs::read(path).ok())?
}

/// The kernel's own library is no file, but this process has the same one.
fn own_vdso() -> Option<Vec<u8>> {
    use std::os::unix::fs::FileExt;
    let maps = fs::read_to_string("/proc/self/maps").ok()?;
    let line = maps.lines().find(|line| line.ends_with("[vdso]"))?;
    let (start, end) = line.split_once(' ')?.0.split_once('-')?;
    let start = u64::from_str_radix(start, 16).ok()?;
    let end = u64::from_str_radix(end, 16).ok()?;
    let mut bytes = vec![0; usize::try_from(end.checked_sub(start)?).ok()?];
    fs::File::open("/proc/self/mem").ok()?.read_exact_at(&mut bytes, start).ok()?;
    Some(bytes)
}

fn unwind_sections(file: &object::File) -> ExplicitModuleSectionInfo<Section> {
    let range = |name: &str| {
        file.section_by_name(name).map(|section| section.address()..section.address().saturating_add(section.size()))
    };
    let data = |name: &str| {
        file.section_by_name(name)
            .and_then(|section| section.data().ok())
            .filter(|data| !data.is_empty())
            .map(Arc::from)
    };
    ExplicitModuleSectionInfo {
        base_svma: 0,
        text_svma: range(".text"),
        got_svma: range(".got"),
        eh_frame_svma: range(".eh_frame"),
        eh_frame: data(".eh_frame"),
        eh_frame_hdr_svma: range(".eh_frame_hdr"),
        eh_frame_hdr: data(".eh_frame_hdr"),
        ..Default::default()
    }
}

/// Functions of both symbol tables by address; where two share one, the longer one stays.
fn symbols(file: &object::File) -> Vec<Symbol> {
    let mut symbols: Vec<Symbol> = file
        .symbols()
        .chain(file.dynamic_symbols())
        .filter(|symbol| symbol.is_definition() && symbol.kind() == SymbolKind::Text)
        .filter_map(|symbol| {
            let name = symbol.name().ok().filter(|name| !name.is_empty())?;
            let end = symbol.address().saturating_add(symbol.size());
            Some(Symbol { address: symbol.address(), end, name: name.into() })
        })
        .collect();
    symbols.sort_by_key(|symbol| (symbol.address, std::cmp::Reverse(symbol.end)));
    symbols.dedup_by_key(|symbol| symbol.address);
    for index in 0..symbols.len() {
        // Hand-written assembly often states no size: such a symbol reaches to the next one.
        if symbols[index].end == symbols[index].address {
            symbols[index].end = symbols.get(index + 1).map_or(u64::MAX, |next| next.address);
        }
    }
    symbols
}
