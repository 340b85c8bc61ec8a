//! Compiles crates of generated code, as the benchmarks of compile time do.
//!
//! The compiler is started without cargo: the crates that generated code needs are those that this build has compiled
//! already, and cargo would add a third of a second of its own, wait for every other build in the same target folder
//! and keep that folder locked while a benchmark runs. What is timed is one process of the compiler without
//! optimisation and debugging information, from source to machine code; linking is no matter of macros.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Instant, SystemTime};

use forgebench_generated_code::{COMPILER, CRATES, HOST_CRATES, TRIPLE};
use forgebench_measure::Failure;
use tempfile::TempDir;

/// The crate behind which all others are that generated code needs.
const DOOR: &str = "forgebench_generated_code";
/// What every compiled crate begins with. The derive ignores values that must be used, and generates unused functions.
const HEAD: &str = "#![allow(unused_must_use, dead_code)]
use forgebench_generated_code::{async_trait, mf_core, mf_derive, mf_macro, mf_model, mf_state, mf_transform, serde_json};
";
/// What stands for the number of an item in its source and in the names of its functions.
const NUMBER: &str = "NUMBER";
/// How often the empty crate is compiled, whose time is taken off that of the others.
const EMPTY: usize = 2;

/// A crate of `items` items that is compiled again and again.
pub struct Generated {
    items: usize,
    compiler: Compiler,
    source: PathBuf,
    /// Milliseconds of each compilation so far.
    times: Vec<f64>,
}

impl Generated {
    /// A crate in which `item`, with its number for each `NUMBER` in it, stands `items` times.
    pub fn new(item: &str, items: usize) -> Result<Self, Failure> {
        let compiler = Compiler::new()?;
        let mut text = HEAD.to_string();
        for number in 0..items {
            writeln!(text, "{}", item.replace(NUMBER, &numbered(number))).map_err(Failure::setup)?;
        }
        let source = compiler.write("items.rs", &text)?;
        Ok(Self { items, compiler, source, times: vec![] })
    }

    /// Compiles the crate once; panics with what the compiler said where it refuses.
    pub fn compile(&mut self) {
        let start = Instant::now();
        if let Err(failure) = self.compiler.compile(&self.source) {
            panic!("{failure}");
        }
        self.times.push(milliseconds(start));
    }

    /// The compiled crate has machine code for the function of this name of each item, and of none beyond them.
    pub fn holds(&self, name: &str) -> Result<(), Failure> {
        let bytes = fs::read(self.compiler.output()).map_err(Failure::setup)?;
        let found = numbers_in(&bytes, name);
        Failure::unless_equal("functions in the compiled crate", found.len(), self.items)?;
        Failure::unless_equal("number of the last", found.last().copied(), self.items.checked_sub(1))
    }

    /// Milliseconds that each item adds to a crate without items.
    pub fn per_item(&mut self) -> Result<f64, Failure> {
        let empty = self.compiler.write("empty.rs", HEAD)?;
        let times: Result<Vec<f64>, Failure> = (0..EMPTY)
            .map(|_| {
                let start = Instant::now();
                self.compiler.compile(&empty)?;
                Ok(milliseconds(start))
            })
            .collect();
        Ok((median(&mut self.times) - median(&mut times?)) / self.items as f64)
    }
}

/// How many of these lines, each of which stands for itself, the compiler refuses.
///
/// What fails to expand hides what is wrong in others, so the rest is compiled again until nothing is refused.
pub fn lines_refused(mut lines: Vec<String>) -> Result<usize, Failure> {
    let (compiler, all) = (Compiler::new()?, lines.len());
    let first = HEAD.lines().count() + 1;
    while !lines.is_empty() {
        let source = compiler.write("lines.rs", &format!("{HEAD}{}\n", lines.join("\n")))?;
        let output = compiler.start(&source, &["--error-format=short"])?;
        if output.status.success() {
            break;
        }
        let said = String::from_utf8_lossy(&output.stderr);
        let refused: BTreeSet<usize> = said.lines().filter_map(line_of_error).collect();
        let before = lines.len();
        let mut number = first..;
        lines.retain(|_| !refused.contains(&number.next().unwrap_or_default()));
        if lines.len() == before {
            return Err(refused_because(&output));
        }
    }
    Ok(all - lines.len())
}

/// The line that a short message such as `lines.rs:4:1: error: …` is about.
fn line_of_error(message: &str) -> Option<usize> {
    let (place, _) = message.split_once(": error")?;
    place.split_once(".rs:")?.1.split(':').next()?.parse().ok()
}

/// All numbers have the same width, so that no item is a prefix of another.
fn numbered(number: usize) -> String {
    format!("{number:04}")
}

fn milliseconds(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1e3
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The numbers that stand for `NUMBER` where `name` occurs among the bytes.
fn numbers_in(bytes: &[u8], name: &str) -> BTreeSet<usize> {
    let (before, after) = name.split_once(NUMBER).unwrap_or((name, ""));
    let width = numbered(0).len();
    let whole = before.len() + width + after.len();
    let number = |found: &[u8]| {
        let digits = found.strip_prefix(before.as_bytes())?.strip_suffix(after.as_bytes())?;
        std::str::from_utf8(digits).ok()?.parse().ok()
    };
    bytes.windows(whole).filter(|window| window[0] == before.as_bytes()[0]).filter_map(number).collect()
}

/// The compiler that this build was made with, and the folder that it works in.
struct Compiler {
    door: PathBuf,
    folder: TempDir,
}

impl Compiler {
    fn new() -> Result<Self, Failure> {
        if !Path::new(COMPILER).is_file() {
            return Err(absent(&format!("{COMPILER} is absent")));
        }
        Ok(Self { door: door()?, folder: tempfile::tempdir().map_err(Failure::setup)? })
    }

    fn write(&self, name: &str, text: &str) -> Result<PathBuf, Failure> {
        let path = self.folder.path().join(name);
        fs::write(&path, text).map_err(Failure::setup)?;
        Ok(path)
    }

    fn output(&self) -> PathBuf {
        self.folder.path().join("libgenerated.rlib")
    }

    fn compile(&self, source: &Path) -> Result<(), Failure> {
        let output = self.start(source, &[])?;
        if output.status.success() { Ok(()) } else { Err(refused_because(&output)) }
    }

    fn start(&self, source: &Path, options: &[&str]) -> Result<Output, Failure> {
        Command::new(COMPILER)
            .args(["--crate-name=generated", "--crate-type=rlib", "--edition=2024", "--emit=link"])
            .args(["-Copt-level=0", "-Cdebuginfo=0", "--target", TRIPLE, "-L"])
            .arg(format!("dependency={CRATES}"))
            .args(["-L", &format!("dependency={HOST_CRATES}"), "--extern"])
            .arg(format!("{DOOR}={}", self.door.display()))
            .arg("-o")
            .arg(self.output())
            .args(options)
            .arg(source)
            // A build that this process is part of would lend the compiler its slots.
            .env_remove("MAKEFLAGS")
            .env_remove("CARGO_MAKEFLAGS")
            .output()
            .map_err(|error| Failure::Error(format!("{COMPILER} does not start: {error}")))
    }
}

fn refused_because(output: &Output) -> Failure {
    let text = String::from_utf8_lossy(&output.stderr);
    let first = text.lines().find(|line| line.starts_with("error")).unwrap_or("nothing was said");
    Failure::Error(format!("the compiler refuses the generated code: {first}"))
}

/// The newest compiled form of the crate behind which all others are.
fn door() -> Result<PathBuf, Failure> {
    let files = fs::read_dir(CRATES).map_err(|error| absent(&format!("{CRATES} cannot be read ({error})")))?;
    let changed =
        |path: &PathBuf| fs::metadata(path).and_then(|data| data.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
    files
        .filter_map(|file| Some(file.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "rlib"))
        .filter(|path| path.to_string_lossy().contains(&format!("lib{DOOR}-")))
        .max_by_key(changed)
        .ok_or_else(|| absent(&format!("there is no {DOOR} in {CRATES}")))
}

fn absent(what: &str) -> Failure {
    Failure::Setup(format!(
        "compile time needs the Rust compiler and the target folder that this build was made with, and {what}; \
         run \"npm run setup\" here and keep its target folder"
    ))
}
