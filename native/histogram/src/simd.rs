//! One body, compiled for processors with AVX2 and for all others; the processor at hand is asked when it runs.
//!
//! AVX-512 is left out: its target feature needs a newer compiler than this workspace promises.

/// Defines a function and a module of the same name, whose `portable` is the same body for every processor.
///
/// Bodies keep sums in as many lanes as they state, so both give the same bits.
macro_rules! for_processor {
    ($(#[$attribute:meta])* $visibility:vis fn $name:ident($($argument:ident: $type:ty),* $(,)?) $(-> $result:ty)? $body:block) => {
        mod $name {
            #[allow(unused_imports, reason = "not every body names something of its file")]
            use super::*;

            #[inline(always)]
            #[allow(clippy::inline_always, reason = "only what is inlined is compiled for the caller's instructions")]
            pub(super) fn portable($($argument: $type),*) $(-> $result)? $body

            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2")]
            pub(super) fn avx2($($argument: $type),*) $(-> $result)? {
                portable($($argument),*)
            }
        }

        $(#[$attribute])*
        #[allow(unsafe_code, reason = "calling code for instructions that were asked for")]
        $visibility fn $name($($argument: $type),*) $(-> $result)? {
            #[cfg(target_arch = "x86_64")]
            if std::arch::is_x86_feature_detected!("avx2") {
                // SAFETY: the function asks for AVX2 and nothing else, and the processor has it.
                return unsafe { $name::avx2($($argument),*) };
            }
            $name::portable($($argument),*)
        }
    };
}

pub(crate) use for_processor;
