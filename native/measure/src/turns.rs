//! Turns of two launches that are made at one time: while one takes a sample, the other waits.

use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::os::fd::{AsRawFd, OwnedFd};

use crate::core_pin::{CorePin, current_core};
use crate::pairs_needed::pairs_needed;

/// The core in a message where it is not known.
const ANYWHERE: u8 = u8::MAX;
/// A turn of one launch has at most so many times the iterations that it would have on its own.
const MOST_STRETCHED: u64 = 4;
/// A duet goes on beyond its time while it needs more pairs of samples, but for no longer than this, nanoseconds.
const LONGEST_NS: u64 = 1_000_000_000;

/// What goes from one launch to the other with the turn: the core that it comes from, and the iterations of its sender's
/// turns, little end first, 0 before they are known.
type Message = [u8; 9];

/// This launch's part in a duet: the turn comes over one pipe and leaves over another. A launch on its own, and one whose
/// partner has ended or does not answer, always has the turn.
///
/// A processor that others share changes its pace by tens of percent within seconds. Samples that stand beside each other
/// in time meet the same pace, so that their ratio has little of it. After Bulej et al., "Duet Benchmarking: Improving
/// Measurement Accuracy in the Cloud", ICPE 2020, which lets both run at once on two cores; here one runs at a time, because
/// two cores of a rented machine are often two threads of one.
///
/// ```
/// use forgebench_measure::Turns;
/// use std::thread;
///
/// let [(to_a, from_b), (to_b, from_a)] = [std::io::pipe()?, std::io::pipe()?];
/// let mut a = Turns::of(to_a.into(), from_a.into(), 1_000);
/// let mut b = Turns::of(to_b.into(), from_b.into(), 1_000);
/// let partner = thread::spawn(move || { b.take(); b.pass() });
/// a.pass(); // `a` began with the turn.
/// a.take();
/// partner.join().unwrap();
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct Turns {
    partner: Option<Partner>,
    /// Where this launch runs on the core of its partner: the pin, once there is one.
    follows: Option<CorePin>,
    /// Iterations of a turn: this launch's and its partner's, 0 before they are known.
    lengths: [u64; 2],
    /// Pairs of samples that seemed enough when they were last looked at.
    needed: usize,
}

#[derive(Debug)]
struct Partner {
    wait: File,
    pass: File,
    patience_ms: i32,
}

impl Turns {
    /// The turns of a launch on its own: it never waits.
    #[must_use]
    pub fn alone() -> Self {
        Self::default()
    }

    /// Turns that come over `wait` and leave over `pass`, ends of two pipes. A partner that keeps the turn for longer than
    /// the patience, milliseconds, is waited for no more.
    #[must_use]
    pub fn of(wait: OwnedFd, pass: OwnedFd, patience_ms: u32) -> Self {
        let patience_ms = i32::try_from(patience_ms).unwrap_or(i32::MAX);
        Self { partner: Some(Partner { wait: wait.into(), pass: pass.into(), patience_ms }), ..Self::default() }
    }

    /// From now on this thread runs on the core that its partner's last turn was on, until the duet ends: two cores of one
    /// machine may differ in pace for as long as a launch lasts. For work of one thread only.
    pub fn follow(&mut self) {
        if self.partner.is_some() {
            self.follows = Some(CorePin::default());
        }
    }

    /// Says of how many iterations this launch would make its turns; tells how many to make them of. Both launches come to the
    /// same number, the larger, where neither has to go beyond four times its own. The first iterations of a turn find the
    /// caches full of what the partner had in them, and whoever has fewer iterations pays more of that for each.
    pub fn agree(&mut self, iterations: u64) -> u64 {
        self.lengths[0] = iterations;
        iterations.max(self.lengths[1].min(iterations.saturating_mul(MOST_STRETCHED)))
    }

    /// Whether these samples, which took so many nanoseconds in all, are too few to compare with the partner's; to be asked before
    /// the turn is given away. A launch on its own has enough with its first.
    #[must_use]
    pub fn want_more(&mut self, samples: &[f64], measured_ns: u64) -> bool {
        if samples.is_empty() || self.partner.is_none() || measured_ns >= LONGEST_NS {
            return samples.is_empty();
        }
        // Looked at again only when the pairs are there that seemed enough: that takes time, and is not to grow with each.
        if samples.len() >= self.needed {
            self.needed = pairs_needed(samples);
        }
        samples.len() < self.needed
    }

    /// Waits for the turn.
    pub fn take(&mut self) {
        let Some(partner) = &mut self.partner else { return };
        let Some([core, length @ ..]) = partner.answer() else {
            self.sing_alone();
            return;
        };
        self.lengths[1] = u64::from_le_bytes(length);
        if let Some(pin) = self.follows.as_mut().filter(|_| core != ANYWHERE) {
            pin.to(usize::from(core));
        }
    }

    /// Gives the turn to the partner.
    pub fn pass(&mut self) {
        let mut message: Message = [ANYWHERE; 9];
        if let Some(core) = current_core().and_then(|core| u8::try_from(core).ok()) {
            message[0] = core;
        }
        message[1..].copy_from_slice(&self.lengths[0].to_le_bytes());
        if self.partner.as_mut().is_some_and(|partner| partner.pass.write_all(&message).is_err()) {
            self.sing_alone(); // It has ended.
        }
    }

    /// Without a partner the turns stay as long as they are.
    fn sing_alone(&mut self) {
        (self.partner, self.follows) = (None, None);
    }
}

impl Partner {
    /// What came with the turn; nothing where there is no partner any more.
    fn answer(&mut self) -> Option<Message> {
        let mut message = [0; 9];
        // What is that short comes out of a pipe in one piece.
        (self.is_ready() && matches!(self.wait.read(&mut message), Ok(9))).then_some(message)
    }

    /// Whether there is something to read, a token or the end, before the patience is over.
    fn is_ready(&self) -> bool {
        let mut polled = libc::pollfd { fd: self.wait.as_raw_fd(), events: libc::POLLIN, revents: 0 };
        loop {
            // SAFETY: the pointer is to one valid `pollfd`, which lives through the call, and the count says one.
            let ready = unsafe { libc::poll(&raw mut polled, 1, self.patience_ms) };
            if ready >= 0 || std::io::Error::last_os_error().kind() != ErrorKind::Interrupted {
                return ready > 0;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pairs_needed::FEWEST_PAIRS;
    use std::io::pipe;
    use std::sync::{Arc, Mutex};
    use std::thread;

    fn duet(patience_ms: u32) -> [Turns; 2] {
        let ((to_first, from_second), (to_second, from_first)) = (pipe().unwrap(), pipe().unwrap());
        [
            Turns::of(to_first.into(), from_first.into(), patience_ms),
            Turns::of(to_second.into(), from_second.into(), patience_ms),
        ]
    }

    #[test]
    fn samples_of_two_launches_alternate() {
        let [mut first, mut second] = duet(5_000);
        let seen = Arc::new(Mutex::new(String::new()));
        let sing = |mut turns: Turns, name: char, seen: Arc<Mutex<String>>| {
            thread::spawn(move || {
                for _ in 0..100 {
                    turns.take();
                    seen.lock().unwrap().push(name);
                    turns.pass();
                }
            })
        };
        second.pass(); // The first begins.
        first.take();
        first.pass();
        second.take();
        second.pass();
        let voices = [sing(first, 'a', seen.clone()), sing(second, 'b', seen.clone())];
        for voice in voices {
            voice.join().unwrap();
        }
        assert_eq!(*seen.lock().unwrap(), "ab".repeat(100));
    }

    #[test]
    fn both_launches_make_their_turns_of_as_many_iterations() {
        let [mut first, mut second] = duet(5_000);
        second.pass();
        first.take();
        assert_eq!(first.agree(100), 100, "the partner's are not known yet");
        first.pass();
        second.take();
        assert_eq!(second.agree(250), 250);
        second.pass();
        first.take();
        assert_eq!(first.agree(100), 250);
        drop(second);
        first.pass();
        first.take();
        assert_eq!(first.agree(100), 250, "turns stay as they are when the partner has ended");
        assert_eq!(first.agree(10), 40, "nobody is stretched without end");
    }

    #[test]
    fn a_duet_wants_samples_to_compare_but_not_for_ever() {
        let [mut first, _second] = duet(5_000);
        assert!(first.want_more(&[1.0; FEWEST_PAIRS - 1], LONGEST_NS - 1));
        assert!(!first.want_more(&[1.0; FEWEST_PAIRS], 0));
        assert!(!first.want_more(&[1.0], LONGEST_NS));
    }

    #[test]
    fn a_launch_follows_its_partner_to_its_core_and_is_free_after_the_duet() {
        let [mut first, mut second] = duet(5_000);
        second.pass();
        first.take();
        first.follow();
        first.pass();
        second.take();
        second.pass();
        let before = current_core();
        first.take();
        assert_eq!(current_core(), before, "the partner's turn was on this thread");
        drop(first);
        let free = std::thread::available_parallelism().unwrap().get();
        assert_eq!(CorePin::cores(), free);
    }

    #[test]
    fn the_turn_of_a_partner_that_has_ended_falls_to_the_other() {
        let [mut first, second] = duet(60_000);
        drop(second);
        for _ in 0..3 {
            first.take();
            first.pass();
        }
        assert!(first.partner.is_none());
    }

    #[test]
    fn a_partner_that_keeps_the_turn_is_waited_for_once() {
        let [mut first, _second] = duet(20);
        first.take();
        assert!(first.partner.is_none());
    }

    #[test]
    fn a_launch_on_its_own_never_waits() {
        let mut turns = Turns::alone();
        turns.take();
        turns.pass();
        turns.take();
        assert!(turns.want_more(&[], 0) && !turns.want_more(&[1.0], 0));
    }
}
