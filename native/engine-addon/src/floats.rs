//! A `Float64Array` in the fewest calls that there are: for functions that take less time than the border's own conversion.

use std::ptr;

use napi::bindgen_prelude::{FromNapiValue, TypeName, ValidateNapiValue};
use napi::{Error, Result, Status, ValueType, check_status, sys};

/// Floats that JavaScript owns, for the length of a call on its thread.
///
/// It cannot leave the thread, and while a call runs no JavaScript does that could resize or detach the array.
pub struct Floats {
    /// Null where there are none.
    data: *mut f64,
    length: usize,
}

impl Floats {
    /// The floats, for reading.
    pub fn read(&self) -> &[f64] {
        if self.data.is_null() {
            return &[];
        }
        // SAFETY: N-API says that so many floats stand here; they live as long as the argument, and nobody writes to them while
        // `self` is borrowed: another argument that shares their memory is refused by `write`.
        unsafe { std::slice::from_raw_parts(self.data, self.length) }
    }

    /// The floats, for writing while `read` is read; an error where both share memory.
    pub fn write<'a>(&'a mut self, read: &'a Self) -> Result<(&'a mut [f64], &'a [f64])> {
        let (start, other) = (self.data.addr(), read.data.addr());
        let [bytes, other_bytes] = [self.length, read.length].map(|length| length * size_of::<f64>());
        if start < other + other_bytes && other < start + bytes {
            return Err(Error::from_reason("Cannot change an array by itself: pass a copy of it"));
        }
        Ok((self.write_alone(), read.read()))
    }

    /// The floats, for writing where no other array is at hand.
    pub fn write_alone(&mut self) -> &mut [f64] {
        if self.data.is_null() {
            return &mut [];
        }
        // SAFETY: as for `read`; `self` is borrowed for writing, and `write` has seen to the only other array of the call.
        unsafe { std::slice::from_raw_parts_mut(self.data, self.length) }
    }

    /// Puts `numbers` at the beginning, for answers of several numbers.
    pub fn fill<const LENGTH: usize>(&mut self, numbers: [f64; LENGTH]) -> Result<()> {
        let room = self.write_alone().first_chunk_mut();
        let error = || Error::from_reason(format!("Cannot return {LENGTH} numbers: the array for them is shorter"));
        *room.ok_or_else(error)? = numbers;
        Ok(())
    }
}

impl TypeName for Floats {
    fn type_name() -> &'static str {
        "Float64Array"
    }
    fn value_type() -> ValueType {
        ValueType::Object
    }
}

/// What is no array of floats is refused by the conversion.
impl ValidateNapiValue for Floats {
    unsafe fn validate(_: sys::napi_env, _: sys::napi_value) -> Result<sys::napi_value> {
        Ok(ptr::null_mut())
    }
}

impl FromNapiValue for Floats {
    unsafe fn from_napi_value(env: sys::napi_env, value: sys::napi_value) -> Result<Self> {
        let (mut kind, mut length, mut data) = (0, 0, ptr::null_mut());
        // SAFETY: both come from N-API, and what is written to are variables of this function or null, which N-API leaves alone.
        let status = unsafe {
            let (buffer, offset) = (ptr::null_mut(), ptr::null_mut());
            sys::napi_get_typedarray_info(env, value, &raw mut kind, &raw mut length, &raw mut data, buffer, offset)
        };
        check_status!(status, "Expected a Float64Array")?;
        if kind != sys::TypedarrayType::float64_array {
            return Err(Error::new(Status::InvalidArg, "Expected a Float64Array"));
        }
        Ok(Self { data: data.cast(), length })
    }
}
