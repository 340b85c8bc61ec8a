//! Numbers of variable length, and a reader that never reads beyond the end.

use crate::ReadError;

/// Appends a number, seven bits in a byte, the lowest first.
pub fn write(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Appends a number that may be negative, such that small ones are short.
pub fn write_signed(bytes: &mut Vec<u8>, number: i64) {
    write(bytes, ((number << 1) ^ (number >> 63)) as u64);
}

/// Appends bytes with their number before them.
pub fn write_bytes(bytes: &mut Vec<u8>, content: &[u8]) {
    write(bytes, content.len() as u64);
    bytes.extend_from_slice(content);
}

/// Bytes that are read from the front.
pub struct Reader<'bytes> {
    rest: &'bytes [u8],
    what: &'static str,
}

impl<'bytes> Reader<'bytes> {
    /// `what` the bytes are, for errors.
    pub fn new(rest: &'bytes [u8], what: &'static str) -> Self {
        Self { rest, what }
    }

    /// The error that these bytes are no good.
    pub fn malformed(&self, reason: &'static str) -> ReadError {
        ReadError::Malformed { what: self.what, reason }
    }

    /// Whether all was read.
    pub fn finish(&self) -> Result<(), ReadError> {
        if self.rest.is_empty() { Ok(()) } else { Err(self.malformed("something follows its end")) }
    }

    /// A number; most have one byte.
    #[inline]
    pub fn number(&mut self) -> Result<u64, ReadError> {
        if let Some((&byte, rest)) = self.rest.split_first()
            && byte < 0x80
        {
            self.rest = rest;
            return Ok(u64::from(byte));
        }
        self.long_number()
    }

    fn long_number(&mut self) -> Result<u64, ReadError> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let (&byte, rest) = self.rest.split_first().ok_or_else(|| self.malformed("it ends within a number"))?;
            self.rest = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(self.malformed("a number has more than 64 bits"))
    }

    /// A number below 2^31.
    #[inline]
    pub fn small(&mut self) -> Result<u32, ReadError> {
        let number = self.number()?;
        if number < 1 << 31 { Ok(number as u32) } else { Err(self.malformed("a number is 2^31 or more")) }
    }

    /// A number that may be negative.
    #[inline]
    pub fn signed(&mut self) -> Result<i64, ReadError> {
        let number = self.number()?;
        Ok((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    /// A number of things that take a byte each at least.
    pub fn count(&mut self) -> Result<usize, ReadError> {
        let count = self.number()?;
        if count <= self.rest.len() as u64 { Ok(count as usize) } else { Err(self.malformed("it ends too early")) }
    }

    /// Bytes with their number before them.
    pub fn bytes(&mut self) -> Result<&'bytes [u8], ReadError> {
        let count = self.count()?;
        let (bytes, rest) = self.rest.split_at(count);
        self.rest = rest;
        Ok(bytes)
    }

    /// So many bytes.
    pub fn array<const COUNT: usize>(&mut self) -> Result<[u8; COUNT], ReadError> {
        let (array, rest) = self.rest.split_first_chunk().ok_or_else(|| self.malformed("it ends too early"))?;
        self.rest = rest;
        Ok(*array)
    }

    /// A text, such as a name.
    pub fn name(&mut self) -> Result<&'bytes str, ReadError> {
        std::str::from_utf8(self.bytes()?).map_err(|_| self.malformed("a name is not UTF-8"))
    }
}
