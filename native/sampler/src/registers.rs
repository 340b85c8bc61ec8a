//! The one part that differs between processors: registers, those of an interrupted thread and one's own.

use std::arch::asm;

use forgebench_symbols::Registers;

/// The registers, or `None` if the thread was asleep in a system call, where it used no CPU.
#[cfg(target_arch = "x86_64")]
pub(crate) fn running(context: &libc::ucontext_t) -> Option<Registers> {
    const INTERRUPTED: u64 = (-(libc::EINTR as i64)).cast_unsigned();
    let [ax, cx, ip, sp, fp] = [libc::REG_RAX, libc::REG_RCX, libc::REG_RIP, libc::REG_RSP, libc::REG_RBP]
        .map(|register| context.uc_mcontext.gregs[register as usize].cast_unsigned());
    // A call that gave up returns -EINTR. One that will be restarted had its instruction pointer set back by the two
    // bytes of `syscall`, which itself left the address after it in RCX.
    let restarts = cx == ip.wrapping_add(2);
    (ax != INTERRUPTED && !restarts).then_some(Registers { ip, sp, fp, lr: 0 })
}

/// The registers, or `None` if the thread was asleep in a system call that the signal ended. One that will be restarted
/// leaves no trace in the registers; such a sample stays, and weighs nearly nothing.
#[cfg(target_arch = "aarch64")]
pub(crate) fn running(context: &libc::ucontext_t) -> Option<Registers> {
    const INTERRUPTED: u64 = (-(libc::EINTR as i64)).cast_unsigned();
    let machine = &context.uc_mcontext;
    let (ip, sp) = (machine.pc, machine.sp);
    let [result, fp, lr] = [0, 29, 30].map(|register: usize| machine.regs[register]);
    (result != INTERRUPTED).then_some(Registers { ip, sp, fp, lr })
}

/// The registers of the function that this is inlined into.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "otherwise they are those of this function, which has returned when they are used"
)]
pub(crate) fn here() -> Registers {
    let (ip, sp, fp): (u64, u64, u64);
    // SAFETY: three registers are copied; nothing is written and the stack stays as it is.
    unsafe {
        asm!("lea {ip}, [rip]", "mov {sp}, rsp", "mov {fp}, rbp",
            ip = out(reg) ip, sp = out(reg) sp, fp = out(reg) fp, options(nomem, nostack, preserves_flags));
    }
    Registers { ip, sp, fp, lr: 0 }
}

/// The registers of the function that this is inlined into.
#[cfg(target_arch = "aarch64")]
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "otherwise they are those of this function, which has returned when they are used"
)]
pub(crate) fn here() -> Registers {
    let (ip, sp, fp, lr): (u64, u64, u64, u64);
    // SAFETY: four registers are copied; nothing is written and the stack stays as it is.
    unsafe {
        asm!("adr {ip}, .", "mov {sp}, sp", "mov {fp}, x29", "mov {lr}, x30",
            ip = out(reg) ip, sp = out(reg) sp, fp = out(reg) fp, lr = out(reg) lr,
            options(nomem, nostack, preserves_flags));
    }
    Registers { ip, sp, fp, lr }
}
