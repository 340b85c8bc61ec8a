//! Addresses to names, inlined frames and lines; stacks of native code and JavaScript merged.
