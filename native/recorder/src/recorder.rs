//! The recorder: a bounded number of series.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use metrics::atomics::AtomicU64;
use metrics::{Counter, Gauge, Histogram, Key, KeyName, Metadata, Recorder, SharedString, Unit};

use crate::distribution::{Distribution, Sketch};

/// Series beyond the bound that are told apart; there may be any number.
pub const MOST_LEFT_OUT: usize = 10_000;

/// What was emitted so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Emitted {
    /// By name, then labels.
    pub series: Vec<Series>,
    /// Series beyond the bound, of which nothing is known; at most [`MOST_LEFT_OUT`].
    pub left_out: usize,
}

/// A metric with one set of labels.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// As the crate wrote it: any text.
    pub name: String,
    /// Keys and values in the order in which the crate wrote them: any texts.
    pub labels: Vec<(String, String)>,
    /// Its kind, and what it says.
    pub value: Value,
}

/// What a series says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// Never falls.
    Counter(u64),
    /// The latest value.
    Gauge(f64),
    /// A distribution.
    Histogram(Distribution),
}

/// Keeps the first series that it hears of, up to a bound. Clones are the same recorder: the facade takes one for good.
#[derive(Clone)]
pub struct MetricsRecorder(Arc<Mutex<Kept>>);

struct Kept {
    counters: HashMap<Key, Arc<AtomicU64>>,
    gauges: HashMap<Key, Arc<AtomicU64>>,
    histograms: HashMap<Key, Arc<Sketch>>,
    room: Room,
}

/// Room for further series, and those that found none.
struct Room {
    free: usize,
    left_out: HashSet<(Kind, u64)>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Counter,
    Gauge,
    Histogram,
}

impl MetricsRecorder {
    /// A recorder of at most so many series.
    pub fn new(most_series: usize) -> Self {
        let room = Room { free: most_series, left_out: HashSet::new() };
        let [counters, gauges] = [HashMap::new(), HashMap::new()];
        Self(Arc::new(Mutex::new(Kept { counters, gauges, histograms: HashMap::new(), room })))
    }

    /// What was emitted so far. Quantiles are of what came since the call before.
    pub fn emitted(&self) -> Emitted {
        let kept = self.kept();
        let counters = kept.counters.iter().map(|(key, count)| (key, Value::Counter(count.load(Ordering::Acquire))));
        let gauges =
            kept.gauges.iter().map(|(key, bits)| (key, Value::Gauge(f64::from_bits(bits.load(Ordering::Acquire)))));
        let histograms = kept.histograms.iter().map(|(key, sketch)| (key, Value::Histogram(sketch.read())));
        let mut found: Vec<_> = counters.chain(gauges).chain(histograms).collect();
        found.sort_by_key(|&(key, _)| key);
        let series = found.into_iter().map(|(key, value)| series(key, value)).collect();
        Emitted { series, left_out: kept.room.left_out.len() }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Room {
    /// The series of this key, made where it is new and there is room for it.
    #[allow(
        clippy::mutable_key_type,
        reason = "a key of the facade remembers its hash, which is no part of what it is"
    )]
    fn admit<H>(
        &mut self,
        (kind, key): (Kind, &Key),
        kept: &mut HashMap<Key, Arc<H>>,
        make: fn() -> H,
    ) -> Option<Arc<H>> {
        if let Some(known) = kept.get(key) {
            return Some(Arc::clone(known));
        }
        if self.free == 0 {
            if self.left_out.len() < MOST_LEFT_OUT {
                self.left_out.insert((kind, key.get_hash()));
            }
            return None;
        }
        self.free -= 1;
        Some(Arc::clone(kept.entry(key.clone()).or_insert_with(|| Arc::new(make()))))
    }
}

fn series(key: &Key, value: Value) -> Series {
    let labels = key.labels().map(|label| (label.key().to_owned(), label.value().to_owned())).collect();
    Series { name: key.name().to_owned(), labels, value }
}

impl Recorder for MetricsRecorder {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        let Kept { counters, room, .. } = &mut *self.kept();
        room.admit((Kind::Counter, key), counters, AtomicU64::default).map_or_else(Counter::noop, Counter::from_arc)
    }

    fn register_gauge(&self, key: &Key, _: &Metadata<'_>) -> Gauge {
        let Kept { gauges, room, .. } = &mut *self.kept();
        room.admit((Kind::Gauge, key), gauges, AtomicU64::default).map_or_else(Gauge::noop, Gauge::from_arc)
    }

    fn register_histogram(&self, key: &Key, _: &Metadata<'_>) -> Histogram {
        let Kept { histograms, room, .. } = &mut *self.kept();
        room.admit((Kind::Histogram, key), histograms, Sketch::new).map_or_else(Histogram::noop, Histogram::from_arc)
    }
}
