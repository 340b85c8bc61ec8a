//! Folds a recording and prints what share of the samples shows its JavaScript caller.
//!
//! `cargo run --release --example fold -- perf.data [START END] [--json]`

use forgebench_symbols::{FoldOptions, read_perf};
use std::io::Write;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let json = arguments.iter().position(|argument| argument == "--json");
    let json = json.map(|at| arguments.remove(at)).is_some();
    let path = arguments.first().ok_or("name a recording")?;
    let window = match &arguments[1..] {
        [start, end] => Some((start.parse()?, end.parse()?)),
        _ => None,
    };
    let profile = read_perf(path.as_ref(), &FoldOptions { window, ..FoldOptions::default() })?;
    let mut out = std::io::stdout().lock();
    if json {
        serde_json::to_writer(&mut out, &profile)?;
    } else {
        let samples: u64 = profile.threads.iter().flat_map(|thread| &thread.stacks).map(|stack| stack.samples).sum();
        writeln!(
            out,
            "{samples} samples, {} lost, {} frames, JavaScript caller in {:?}",
            profile.lost,
            profile.frames.len(),
            profile.javascript_caller_share()
        )?;
    }
    Ok(())
}
