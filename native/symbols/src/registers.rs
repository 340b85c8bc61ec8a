//! Registers of a sample, in the order of the kernel's `perf_regs.h`.

use framehop::UnwindRegsNative;
use linux_perf_event_reader::Regs;

/// Where unwinding begins: instruction pointer, stack pointer and the registers for `framehop`.
pub(crate) struct Start {
    pub ip: u64,
    pub sp: u64,
    pub fp: u64,
    pub registers: UnwindRegsNative,
}

#[cfg(target_arch = "x86_64")]
pub(crate) fn start(user: &Regs) -> Option<Start> {
    const FP: u64 = 6;
    const SP: u64 = 7;
    const IP: u64 = 8;
    let (ip, sp, fp) = (user.get(IP)?, user.get(SP)?, user.get(FP)?);
    Some(Start { ip, sp, fp, registers: UnwindRegsNative::new(ip, sp, fp) })
}

#[cfg(target_arch = "aarch64")]
pub(crate) fn start(user: &Regs) -> Option<Start> {
    const FP: u64 = 29;
    const LR: u64 = 30;
    const SP: u64 = 31;
    const PC: u64 = 32;
    let (ip, sp, fp) = (user.get(PC)?, user.get(SP)?, user.get(FP)?);
    Some(Start { ip, sp, fp, registers: UnwindRegsNative::new(user.get(LR)?, sp, fp) })
}
