//! The allocators of this process that can be watched: one in each addon with a copy of `forgebench-measure`.

use std::ffi::{CStr, CString, c_int, c_void};
use std::mem;
use std::ptr;

use forgebench_measure::{ALLOCATION_SWITCH, AllocationSwitch, forgebench_allocation_switch_1};

/// A switch, and the file that it is part of.
pub(crate) struct Found {
    pub file: String,
    pub switch: &'static AllocationSwitch,
}

/// Looks into all libraries and addons that are open, and into the program, which hides its own from the linker.
pub(crate) fn find() -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for file in open_files() {
        // A library's own dependencies are searched with it, so that a switch may be found twice.
        if let Some(switch) = switch_of(&file)
            && !found.iter().any(|known| ptr::eq(known.switch, switch))
        {
            found.push(Found { file: file.to_string_lossy().into_owned(), switch });
        }
    }
    let own = forgebench_allocation_switch_1();
    if !found.iter().any(|known| ptr::eq(known.switch, own)) {
        let file = std::env::current_exe().unwrap_or_default();
        found.push(Found { file: file.to_string_lossy().into_owned(), switch: own });
    }
    found
}

fn open_files() -> Vec<CString> {
    let mut names: Vec<CString> = Vec::new();
    // SAFETY: `take` is called during this call alone, with the pointer to `names`, which lives as long.
    unsafe { libc::dl_iterate_phdr(Some(take), (&raw mut names).cast()) };
    names
}

unsafe extern "C" fn take(info: *mut libc::dl_phdr_info, _: libc::size_t, names: *mut c_void) -> c_int {
    // SAFETY: the linker passes a valid structure, and `open_files` its vector, which nobody else uses meanwhile.
    let (info, names) = unsafe { (&*info, &mut *names.cast::<Vec<CString>>()) };
    if !info.dlpi_name.is_null() {
        // SAFETY: it is a name that ends in a zero byte.
        names.push(unsafe { CStr::from_ptr(info.dlpi_name) }.to_owned());
    }
    0
}

/// The switch of a library that is open already. The program itself has no name, and without one `dlopen` opens it.
fn switch_of(file: &CStr) -> Option<&'static AllocationSwitch> {
    type Switch = extern "C" fn() -> &'static AllocationSwitch;
    let name = if file.is_empty() { ptr::null() } else { file.as_ptr() };
    // SAFETY: with RTLD_NOLOAD nothing is loaded, so no code of a library runs. What `measure` exports under the name has
    // this type, because the name has the number of that type. A library that is open when it is watched stays so: node
    // never closes addons, and the handle that is kept here holds it.
    unsafe {
        let handle = libc::dlopen(name, libc::RTLD_LAZY | libc::RTLD_NOLOAD);
        let symbol = if handle.is_null() { handle } else { libc::dlsym(handle, ALLOCATION_SWITCH.as_ptr()) };
        if symbol.is_null() {
            if !handle.is_null() {
                libc::dlclose(handle);
            }
            return None;
        }
        Some(mem::transmute::<*mut c_void, Switch>(symbol)())
    }
}
