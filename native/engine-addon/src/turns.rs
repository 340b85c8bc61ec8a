//! Turns of two launches, for what is timed in JavaScript.

use forgebench_border::BindingTurns;
use forgebench_border::measure::Turns;
use forgebench_border_attribute::napi;

/// This launch's part in a duet: one has the turn, the other waits.
#[napi(js_name = "Turns")]
pub struct TurnsInJavaScript {
    inner: Turns,
}

#[napi]
impl TurnsInJavaScript {
    /// Takes over the ends of both pipes; a launch on its own has none, and never waits.
    #[napi(constructor)]
    #[must_use]
    pub fn new(turns: Option<BindingTurns>) -> Self {
        Self { inner: turns.map_or_else(Turns::alone, Turns::from) }
    }

    /// Says of how many iterations this launch would make its turns, and tells how many to make them of: as many as the other
    /// does, as soon as the turn has come back for the first time.
    #[napi]
    pub fn agree(&mut self, iterations: f64) -> f64 {
        self.inner.agree(iterations as u64) as f64
    }

    /// Whether these samples, which took so many nanoseconds in all, are too few to compare with the other's; to be asked
    /// before the turn is given away.
    #[napi]
    #[must_use]
    pub fn want_more(&mut self, samples: &[f64], measured_ns: f64) -> bool {
        self.inner.want_more(samples, measured_ns as u64)
    }

    /// Waits for the turn; the thread stands still meanwhile.
    #[napi]
    pub fn take(&mut self) {
        self.inner.take();
    }

    /// From now on this thread takes its turns on the core of the other's; for work of one thread only.
    #[napi]
    pub fn follow(&mut self) {
        self.inner.follow();
    }

    /// Gives the turn to the other.
    #[napi]
    pub fn pass(&mut self) {
        self.inner.pass();
    }

    /// Leaves the duet: the other has every turn from now on.
    #[napi]
    pub fn end(&mut self) {
        self.inner = Turns::alone();
    }
}
