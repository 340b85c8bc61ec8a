//! Where a history is one line, and where it is several at once.
//!
//! A place between two events is a *cut* where everything after it knew of everything before. Between cuts there is
//! concurrency, and what lies before a cut never matters again; eg-walker calls such versions critical (Gentle and
//! Kleppmann, `EuroSys` 2025, 3.5).

use std::ops::Range;

use super::Graph;

/// Events of one run that are to be replayed together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The events.
    pub events: Range<u32>,
    /// There is a cut before each of them and after the last: each happened after all before it.
    pub alone: bool,
    /// There is a cut before the first of them.
    pub after_cut: bool,
}

impl Graph {
    /// The spans from the last cut at or before `from` up to the end, in order.
    pub fn spans(&self, from: u32) -> Vec<Span> {
        let mut spans = Vec::new();
        // Cuts above this are none, because a later event did not know of what lies before them.
        let mut limit = self.len;
        for run in (0..self.runs.len()).rev() {
            let (start, end) = (self.runs[run].event, self.end(run));
            let line_end = if self.others(run).is_empty() { end.min(limit).max(start) } else { start };
            limit = limit.min(self.last_cut_before(run));
            let after_cut = limit >= start;
            push(&mut spans, Span { events: line_end..end, alone: false, after_cut: line_end > start || after_cut });
            push(&mut spans, Span { events: start.max(from.min(line_end))..line_end, alone: true, after_cut: true });
            if after_cut && start <= from {
                break;
            }
        }
        spans.reverse();
        spans
    }

    /// The last cut that the first event of a run allows, as far as it lies before the run.
    fn last_cut_before(&self, run: usize) -> u32 {
        let Some((&last, rest)) = self.parents(run).split_last() else { return 0 };
        // The heads right behind `last` are itself and those beside its run; the cut there takes exactly these as parents.
        if self.others(self.run_of(last)) == rest { last + 1 } else { last }
    }
}

fn push(spans: &mut Vec<Span>, span: Span) {
    if !span.events.is_empty() {
        spans.push(span);
    }
}
