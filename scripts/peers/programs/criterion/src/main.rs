//! Criterion's `Sample::bootstrap`, without rayon: lines of JSON in and out, as serve.mjs does.

use std::io::{BufRead, Write};

use serde_json::{Value, json};
use stats::univariate::Sample;

include!(concat!(env!("OUT_DIR"), "/stats.rs"));

/// The 95 % interval, or another, of a mean.
struct Bootstrap {
    values: Vec<f64>,
    resamples: usize,
    confidence: f64,
}

impl Bootstrap {
    fn new(input: &Value) -> Option<Self> {
        let values = input["values"].as_array()?.iter().filter_map(Value::as_f64).collect();
        let resamples = input["resamples"].as_u64()? as usize;
        Some(Self { values, resamples, confidence: input["confidence"].as_f64()? })
    }

    fn run(&self) -> (f64, f64) {
        let (means,) = Sample::new(&self.values).bootstrap(self.resamples, |resample| (resample.mean(),));
        means.confidence_interval(self.confidence)
    }
}

fn main() -> std::io::Result<()> {
    let mut bootstrap = None;
    for line in std::io::stdin().lock().lines() {
        let request: Value = serde_json::from_str(&line?)?;
        if request["do"] == "prepare" {
            bootstrap = Bootstrap::new(&request["input"]);
        }
        let answer = bootstrap.as_ref().map_or_else(
            || json!({ "error": "the input is not that of a bootstrap" }),
            |bootstrap| measure(bootstrap, request["runs"].as_u64().unwrap_or(1)),
        );
        let mut output = std::io::stdout().lock();
        writeln!(output, "{answer}")?;
        output.flush()?;
    }
    Ok(())
}

fn measure(bootstrap: &Bootstrap, runs: u64) -> Value {
    let before = cpu_ns();
    let mut interval = (f64::NAN, f64::NAN);
    for _ in 0..runs {
        interval = std::hint::black_box(bootstrap.run());
    }
    json!({ "output": [interval.0, interval.1], "cpuNs": cpu_ns() - before })
}

/// CPU time of this process.
fn cpu_ns() -> i64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the clock exists on Linux, and `time` is ours to be written.
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &raw mut time) };
    time.tv_sec * 1_000_000_000 + time.tv_nsec
}
