//! A thread on one core for a while.

use std::mem::{size_of, zeroed};

/// Keeps the thread that asked for it on a core, until it is dropped; that thread is then as free as before.
#[derive(Default)]
pub(crate) struct CorePin {
    /// What the thread was allowed before, and where it is now.
    held: Option<(libc::cpu_set_t, usize)>,
}

impl std::fmt::Debug for CorePin {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "CorePin({:?})", self.held.map(|(_, core)| core))
    }
}

impl CorePin {
    /// Moves this thread to the core, where it may go there; a machine that refuses leaves it where it is.
    pub(crate) fn to(&mut self, core: usize) {
        if self.held.is_some_and(|(_, now)| now == core) || core >= libc::CPU_SETSIZE as usize {
            return;
        }
        let before = self.held.map_or_else(allowed, |(before, _)| before);
        // SAFETY: an empty set is all zeros, and the core is below the number of bits that a set has.
        let only = unsafe {
            let mut only: libc::cpu_set_t = zeroed();
            libc::CPU_SET(core, &mut only);
            only
        };
        allow(&only);
        self.held = Some((before, core));
    }

    /// How many cores this thread may use.
    #[cfg(test)]
    pub(crate) fn cores() -> usize {
        // SAFETY: the set is whole.
        unsafe { libc::CPU_COUNT(&allowed()) as usize }
    }
}

impl Drop for CorePin {
    fn drop(&mut self) {
        if let Some((before, _)) = self.held {
            allow(&before);
        }
    }
}

/// The core that this thread is on; nothing where the kernel does not say.
pub(crate) fn current_core() -> Option<usize> {
    // SAFETY: the call takes nothing.
    usize::try_from(unsafe { libc::sched_getcpu() }).ok()
}

fn allowed() -> libc::cpu_set_t {
    // SAFETY: all zeros are an empty set, the kernel writes at most the size that it is told, and 0 is this thread.
    unsafe {
        let mut set: libc::cpu_set_t = zeroed();
        libc::sched_getaffinity(0, size_of::<libc::cpu_set_t>(), &raw mut set);
        set
    }
}

fn allow(set: &libc::cpu_set_t) {
    // SAFETY: the pointer is to a whole set of the size that is told, and 0 is this thread.
    unsafe { libc::sched_setaffinity(0, size_of::<libc::cpu_set_t>(), std::ptr::from_ref(set)) };
}
