//! Engines of collaborative texts: lines of JSON in and out, as serve.mjs does.

mod engines;
mod replicas;

use std::any::Any;
use std::hint::black_box;
use std::io::{BufRead, Write};

use diamond_types::list::ListCRDT;
use engines::{Edit, Engine, Transaction};
use serde::Deserialize;
use serde_json::{Value, json};

/// One workload: what a run makes, and what is told of it.
struct Job {
    run: Box<dyn Fn() -> (String, Box<dyn Any>)>,
    /// Length of what is loaded.
    bytes: Option<usize>,
}

fn prepare(request: &Value) -> Option<Job> {
    let (engine, workload) = request["workload"].as_str()?.split_once('-')?;
    let input = &request["input"];
    match engine {
        "automerge" => job::<engines::automerge::Document>(workload, input),
        "diamond" => job::<ListCRDT>(workload, input),
        "loro" => job::<loro::LoroDoc>(workload, input),
        "yrs" => job::<yrs::Doc>(workload, input),
        _ => None,
    }
}

fn job<E: Engine + 'static>(workload: &str, input: &Value) -> Option<Job> {
    let edits = || Vec::<Edit>::deserialize(&input["edits"]).ok();
    match workload {
        "edits" => edits().map(|edits| Job { run: Box::new(move || kept(written::<E>(&edits))), bytes: None }),
        "load" => edits().map(|edits| {
            let bytes = written::<E>(&edits).save();
            Job { bytes: Some(bytes.len()), ..reads(bytes, E::load) }
        }),
        // Of yrs there may be a recording, which is state and changes at once.
        "merge" | "replay" if input["update"].is_string() => {
            Some(reads(std::fs::read(input["update"].as_str()?).ok()?, E::load))
        }
        "merge" => replayed::<E>(input).map(|mut document| reads(document.save(), E::load)),
        "replay" => replayed::<E>(input).map(|mut document| reads(document.changes(), E::take_in)),
        _ => None,
    }
}

fn reads<E: Engine + 'static>(bytes: Vec<u8>, read: fn(&[u8]) -> E) -> Job {
    Job { run: Box::new(move || kept(read(&bytes))), bytes: None }
}

fn replayed<E: Engine>(input: &Value) -> Option<E> {
    let transactions = Vec::<Transaction>::deserialize(&input["transactions"]).ok()?;
    Some(E::replay(&transactions))
}

fn written<E: Engine>(edits: &[Edit]) -> E {
    let mut document = E::new(1);
    document.edit(edits);
    document
}

fn kept<E: Engine + 'static>(document: E) -> (String, Box<dyn Any>) {
    (document.text(), Box::new(document))
}

fn main() -> std::io::Result<()> {
    let mut job = None;
    for line in std::io::stdin().lock().lines() {
        let request: Value = serde_json::from_str(&line?)?;
        if request["do"] == "prepare" {
            job = prepare(&request);
        }
        let answer = match &job {
            None => json!({ "error": "there is no such workload, or the input is not its own" }),
            Some(job) if request["do"] == "hold" => json!({ "bytes": bytes_held(job) }),
            Some(job) => measure(job, request["runs"].as_u64().unwrap_or(1), request["do"] == "prepare"),
        };
        let mut output = std::io::stdout().lock();
        writeln!(output, "{answer}")?;
        output.flush()?;
    }
    Ok(())
}

fn measure(job: &Job, runs: u64, with_output: bool) -> Value {
    let before = cpu_ns();
    let mut text = String::new();
    for _ in 0..runs {
        text = black_box((job.run)().0);
    }
    let cpu_ns = cpu_ns() - before;
    let output = match (with_output, job.bytes) {
        (false, _) => Value::Null,
        (true, None) => json!(text),
        (true, Some(bytes)) => json!({ "text": text, "bytes": bytes }),
    };
    json!({ "output": output, "cpuNs": cpu_ns })
}

/// Bytes of the C heap that a document holds after its text was read, counted as for ours.
fn bytes_held(job: &Job) -> usize {
    let before = c_heap_bytes();
    let (text, document) = (job.run)();
    drop(text);
    let after = c_heap_bytes();
    drop(document);
    after - before
}

fn c_heap_bytes() -> usize {
    // SAFETY: mallinfo2 takes nothing, and locks each arena while it counts.
    let info = unsafe { libc::mallinfo2() };
    info.uordblks + info.hblkhd
}

/// CPU time of this process.
fn cpu_ns() -> i64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the clock exists on Linux, and `time` is ours to be written.
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &raw mut time) };
    time.tv_sec * 1_000_000_000 + time.tv_nsec
}
