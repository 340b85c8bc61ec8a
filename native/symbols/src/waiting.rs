//! Threads that have left their core, until they run again.

use crate::fold::Fold;
use crate::raw_sample::RawSample;
use std::borrow::Cow;
use std::collections::HashMap;

/// Where each waiting thread has left its core.
#[derive(Default)]
pub(crate) struct Waiting {
    threads: HashMap<i32, RawSample<'static>>,
}

impl Waiting {
    /// A thread leaves its core here.
    pub fn leaves(&mut self, sample: Option<RawSample>) {
        if let Some(RawSample { pid, tid, time, kernel, registers, stack, .. }) = sample {
            let stack = Cow::Owned(stack.into_owned());
            self.threads.insert(tid, RawSample { pid, tid, time, weight: 0, kernel, registers, stack });
        }
    }

    /// A thread runs again: what it waited is the weight of where it left.
    pub fn returns(&mut self, fold: &mut Fold, tid: Option<i32>, time: Option<u64>) {
        if let (Some(tid), Some(time)) = (tid, time)
            && let Some(sample) = self.threads.remove(&tid)
        {
            fold.wait(sample, time);
        }
    }

    /// The recording is over: who has not come back has waited until the end of the window.
    pub fn end(self, fold: &mut Fold, window: Option<(u64, u64)>) {
        let Some((_, end)) = window else { return };
        for sample in self.threads.into_values() {
            fold.wait(sample, end);
        }
    }
}
