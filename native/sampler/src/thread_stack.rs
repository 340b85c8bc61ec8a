//! Where the calling thread's stack lies.

use std::mem::MaybeUninit;
use std::ops::Range;
use std::ptr;

use crate::error::SamplerError;

/// Addresses of the calling thread's stack. Its lower part may not be mapped yet; all above the stack pointer is.
pub(crate) fn own_stack() -> Result<Range<usize>, SamplerError> {
    let mut attributes = MaybeUninit::<libc::pthread_attr_t>::uninit();
    let mut lowest = ptr::null_mut();
    let mut size = 0;
    // SAFETY: `pthread_getattr_np` initialises the attributes when it returns 0; only then are they read, and destroyed
    // once.
    let failure = unsafe {
        let mut failure = libc::pthread_getattr_np(libc::pthread_self(), attributes.as_mut_ptr());
        if failure == 0 {
            failure = libc::pthread_attr_getstack(attributes.as_ptr(), &raw mut lowest, &raw mut size);
            libc::pthread_attr_destroy(attributes.as_mut_ptr());
        }
        failure
    };
    if failure != 0 {
        let source = std::io::Error::from_raw_os_error(failure);
        return Err(SamplerError::System { part: "the bounds of the stack", source });
    }
    let lowest = lowest as usize;
    Ok(lowest..lowest.saturating_add(size))
}
