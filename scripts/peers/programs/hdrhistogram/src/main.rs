//! The crate hdrhistogram: lines of JSON in and out, as serve.mjs does.

use std::hint::black_box;
use std::io::{BufRead, Write};

use hdrhistogram::Histogram;
use serde_json::{Value, json};

/// One workload: what a run does, and what came of it.
trait Workload {
    fn run(&mut self);
    /// Asked for once, and never timed.
    fn output(&self) -> Value;
}

struct Record {
    values: Vec<u64>,
    histogram: Histogram<u64>,
}

impl Workload for Record {
    fn run(&mut self) {
        for &value in &self.values {
            self.histogram.record(value).expect("values are below the highest");
        }
    }
    fn output(&self) -> Value {
        summary(&self.histogram)
    }
}

struct Percentiles(Histogram<u64>, Vec<u64>);

impl Workload for Percentiles {
    fn run(&mut self) {
        self.1.clear();
        self.1.extend(self.0.value_at_quantiles([0.5, 0.9, 0.99, 0.999]));
        black_box(&self.1);
    }
    fn output(&self) -> Value {
        json!(self.1)
    }
}

struct Add {
    target: Histogram<u64>,
    source: Histogram<u64>,
}

impl Workload for Add {
    fn run(&mut self) {
        self.target.add(&self.source).expect("both have one layout");
    }
    fn output(&self) -> Value {
        summary(&self.target)
    }
}

fn summary(histogram: &Histogram<u64>) -> Value {
    let at = |percentile| histogram.value_at_percentile(percentile);
    json!([histogram.len(), at(50.0), at(90.0), at(99.0)])
}

fn prepare(request: &Value) -> Option<Box<dyn Workload>> {
    let input = &request["input"];
    let values = |name: &str| -> Option<Vec<u64>> {
        input[name].as_array()?.iter().map(|value| value.as_f64().map(|value| value as u64)).collect()
    };
    let empty = Histogram::new_with_bounds(1, input["highest"].as_f64()? as u64, 3).ok()?;
    let recorded = |values: Vec<u64>| -> Option<Histogram<u64>> {
        let mut histogram = empty.clone();
        values.into_iter().try_for_each(|value| histogram.record(value)).ok()?;
        Some(histogram)
    };
    Some(match request["workload"].as_str()? {
        "record" => Box::new(Record { values: values("first")?, histogram: empty }),
        "percentiles-warm" => Box::new(Percentiles(recorded(values("first")?)?, Vec::new())),
        "add" => Box::new(Add { target: recorded(values("first")?)?, source: recorded(values("second")?)? }),
        _ => return None,
    })
}

fn main() -> std::io::Result<()> {
    let mut workload = None;
    for line in std::io::stdin().lock().lines() {
        let request: Value = serde_json::from_str(&line?)?;
        let preparing = request["do"] == "prepare";
        if preparing {
            workload = prepare(&request);
        }
        let answer = workload.as_mut().map_or_else(
            || json!({ "error": "there is no such workload, or the input is not its own" }),
            |workload| measure(workload.as_mut(), request["runs"].as_u64().unwrap_or(1), preparing),
        );
        let mut output = std::io::stdout().lock();
        writeln!(output, "{answer}")?;
        output.flush()?;
    }
    Ok(())
}

fn measure(workload: &mut dyn Workload, runs: u64, with_output: bool) -> Value {
    let before = cpu_ns();
    for _ in 0..runs {
        workload.run();
    }
    let cpu_ns = cpu_ns() - before;
    let output = if with_output { workload.output() } else { Value::Null };
    json!({ "output": output, "cpuNs": cpu_ns })
}

/// CPU time of this process.
fn cpu_ns() -> i64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the clock exists on Linux, and `time` is ours to be written.
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &raw mut time) };
    time.tv_sec * 1_000_000_000 + time.tv_nsec
}
