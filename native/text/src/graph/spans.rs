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

    /// The last cut at or before an event, in the history as it was before `end`.
    pub fn cut_before(&self, event: u32, end: u32) -> u32 {
        let mut limit = end;
        for run in (0..=self.run_of(end.saturating_sub(1))).rev() {
            let start = self.runs[run].event;
            let cut = event.min(limit).min(self.end(run));
            limit = limit.min(self.last_cut_before(run));
            if cut >= start && limit >= start {
                return cut;
            }
        }
        0
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Graph;

    /// Runs of events, each after some of the heads or after an earlier event.
    fn graph_of(runs: &[(u32, u32, bool)]) -> Graph {
        let mut graph = Graph::default();
        for &(len, pick, merges) in runs {
            let heads = graph.frontier().to_vec();
            let parents = match graph.len() {
                0 => Vec::new(),
                _ if merges => heads[pick as usize % heads.len()..].to_vec(),
                events => Vec::from_iter(pick.checked_sub(1).map(|pick| pick % events)),
            };
            graph.push(&parents, len);
        }
        graph
    }

    /// For each event whether it knew of each event before.
    fn known(graph: &Graph) -> Vec<Vec<bool>> {
        let mut known: Vec<Vec<bool>> = Vec::new();
        for event in 0..graph.len() {
            let mut before = vec![false; event as usize];
            for &parent in graph.parents_of(event).as_slice() {
                before[parent as usize] = true;
                known[parent as usize].iter().zip(&mut before).for_each(|(more, before)| *before |= more);
            }
            known.push(before);
        }
        known
    }

    proptest! {
        #[test]
        fn the_last_cut_is_the_last_place_after_which_all_events_knew_of_all_before(
            runs in prop::collection::vec((1..4_u32, 0..30_u32, any::<bool>()), 1..10),
        ) {
            let graph = graph_of(&runs);
            let known = known(&graph);
            for end in 1..=graph.len() {
                let is_cut = |cut: u32| (cut..end).all(|event| (0..cut).all(|before| known[event as usize][before as usize]));
                for event in 0..end {
                    let last = (0..=event).rev().find(|&cut| is_cut(cut));
                    prop_assert_eq!(Some(graph.cut_before(event, end)), last, "{} of {}", event, end);
                }
            }
        }
    }
}
