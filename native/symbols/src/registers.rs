//! The registers that unwinding begins from.

use framehop::UnwindRegsNative;
use linux_perf_event_reader::Regs;

/// Where a thread was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Registers {
    /// Instruction pointer.
    pub ip: u64,
    /// Stack pointer.
    pub sp: u64,
    /// Frame pointer.
    pub fp: u64,
    /// Link register, which holds a leaf's return address on aarch64; unused on `x86_64`, whose
    /// calls push it.
    pub lr: u64,
}

impl Registers {
    #[cfg(target_arch = "x86_64")]
    pub(crate) fn for_framehop(self) -> UnwindRegsNative {
        UnwindRegsNative::new(self.ip, self.sp, self.fp)
    }

    #[cfg(target_arch = "aarch64")]
    pub(crate) fn for_framehop(self) -> UnwindRegsNative {
        UnwindRegsNative::new(self.lr, self.sp, self.fp)
    }
}

/// Registers as perf numbers them, in the order of the kernel's `perf_regs.h`.
#[cfg(target_arch = "x86_64")]
pub(crate) fn of_perf(user: &Regs) -> Option<Registers> {
    const FP: u64 = 6;
    const SP: u64 = 7;
    const IP: u64 = 8;
    Some(Registers { ip: user.get(IP)?, sp: user.get(SP)?, fp: user.get(FP)?, lr: 0 })
}

/// Registers as perf numbers them, in the order of the kernel's `perf_regs.h`.
#[cfg(target_arch = "aarch64")]
pub(crate) fn of_perf(user: &Regs) -> Option<Registers> {
    const FP: u64 = 29;
    const LR: u64 = 30;
    const SP: u64 = 31;
    const PC: u64 = 32;
    Some(Registers { ip: user.get(PC)?, sp: user.get(SP)?, fp: user.get(FP)?, lr: user.get(LR)? })
}
