//! Decoders of yrs that look before they believe.
//!
//! yrs 0.18.8 takes bytes for UTF-8 unseen, reserves memory for as many things as an update promises, and reads values in values
//! as deep as the stack is. Each would end the process, and none can be caught. So its decoders are asked through this one.

use std::str;
use std::sync::Arc;

use yrs::block::ClientID;
use yrs::encoding::read::{Cursor, Error, Read};
use yrs::encoding::varint::VarInt;
use yrs::updates::decoder::{Decoder, DecoderV1, DecoderV2};
use yrs::{Any, ID};

use crate::update::first_number;

/// Blocks that any update may have, and how many more for each of its bytes: V2 writes blocks that follow a pattern as one run.
const MOST_BLOCKS: u64 = 1 << 20;
const BLOCKS_PER_BYTE: u64 = 64;

/// Values in values.
const DEEPEST: usize = 128;

/// What the low bits of a block's first byte say where a count of values follows.
const JSON: u8 = 2;
const ANY: u8 = 8;

/// Where V2 has its texts, among the columns before the rest.
const COLUMNS: usize = 9;
const TEXTS: usize = 5;

/// A decoder of yrs for an update from anybody.
pub(crate) struct CheckedDecoder<D> {
    inner: D,
    /// Whether texts stand in a column of their own, which was checked.
    has_columns: bool,
    /// Nothing is as many as this, for everything takes a byte.
    bytes: u64,
    blocks_left: u64,
    /// Of the block that is read.
    info: u8,
    /// Whether numbers are counts of what follows.
    is_counting: bool,
    /// Whether the next number is a client all the same.
    is_client: bool,
}

impl<'update> CheckedDecoder<DecoderV1<'update>> {
    pub(crate) fn v1(update: &'update [u8]) -> Self {
        Self::new(DecoderV1::from(update), update, false)
    }
}

impl<'update> CheckedDecoder<DecoderV2<'update>> {
    pub(crate) fn v2(update: &'update [u8]) -> Result<Self, Error> {
        let _ = utf8(texts_of_v2(update).ok_or(Error::EndOfBuffer(update.len()))?)?;
        Ok(Self::new(DecoderV2::new(Cursor::new(update))?, update, true))
    }
}

impl<D: Decoder> CheckedDecoder<D> {
    fn new(inner: D, update: &[u8], has_columns: bool) -> Self {
        let bytes = update.len() as u64;
        let blocks_left = MOST_BLOCKS + BLOCKS_PER_BYTE * bytes;
        Self { inner, has_columns, bytes, blocks_left, info: 0, is_counting: true, is_client: false }
    }
}

impl<D: Decoder> Read for CheckedDecoder<D> {
    fn read_exact(&mut self, length: usize) -> Result<&[u8], Error> {
        self.inner.read_exact(length)
    }

    fn read_u8(&mut self) -> Result<u8, Error> {
        self.inner.read_u8()
    }

    fn read_var<T: VarInt>(&mut self) -> Result<T, Error> {
        if self.is_counting && !self.is_client {
            let _ = count(&mut self.inner, self.bytes)?;
        }
        self.is_client = false;
        T::read(&mut self.inner)
    }

    fn read_string(&mut self) -> Result<&str, Error> {
        if self.has_columns { self.inner.read_string() } else { text(&mut self.inner) }
    }
}

impl<D: Decoder> Decoder for CheckedDecoder<D> {
    /// Comes before the client of a set of deletions, whose number of ranges follows.
    fn reset_ds_cur_val(&mut self) {
        (self.is_counting, self.is_client) = (true, true);
        self.inner.reset_ds_cur_val();
    }

    fn read_ds_clock(&mut self) -> Result<u32, Error> {
        self.inner.read_ds_clock()
    }

    fn read_ds_len(&mut self) -> Result<u32, Error> {
        self.inner.read_ds_len()
    }

    fn read_left_id(&mut self) -> Result<ID, Error> {
        self.inner.read_left_id()
    }

    fn read_right_id(&mut self) -> Result<ID, Error> {
        self.inner.read_right_id()
    }

    /// Comes before the blocks of a client, in which numbers are clocks. Memory for blocks is touched as they are read.
    fn read_client(&mut self) -> Result<ClientID, Error> {
        self.is_counting = false;
        self.inner.read_client()
    }

    fn read_info(&mut self) -> Result<u8, Error> {
        self.blocks_left = self.blocks_left.checked_sub(1).ok_or(Error::UnexpectedValue)?;
        self.info = self.inner.read_info()?;
        Ok(self.info)
    }

    fn read_parent_info(&mut self) -> Result<bool, Error> {
        self.inner.read_parent_info()
    }

    fn read_type_ref(&mut self) -> Result<u8, Error> {
        self.inner.read_type_ref()
    }

    fn read_len(&mut self) -> Result<u32, Error> {
        let length = self.inner.read_len()?;
        let is_count = matches!(self.info & 0b1111, JSON | ANY);
        if is_count && u64::from(length) > self.bytes { Err(Error::UnexpectedValue) } else { Ok(length) }
    }

    fn read_any(&mut self) -> Result<Any, Error> {
        Any::decode(&mut AnyReader { inner: &mut self.inner, bytes: self.bytes, tag: 0, open: Vec::new() })
    }

    fn read_json(&mut self) -> Result<Any, Error> {
        if self.has_columns { self.read_any() } else { Any::from_json(text(&mut self.inner)?) }
    }

    fn read_key(&mut self) -> Result<Arc<str>, Error> {
        if self.has_columns { self.inner.read_key() } else { Ok(text(&mut self.inner)?.into()) }
    }

    fn read_to_end(&mut self) -> Result<&[u8], Error> {
        self.inner.read_to_end()
    }
}

/// Reads one value, with those that are in it.
struct AnyReader<'a, D> {
    inner: &'a mut D,
    bytes: u64,
    /// What the value is that is read.
    tag: u8,
    /// How many values are still to come in each that it stands in.
    open: Vec<u64>,
}

/// What a value begins with that has others in it.
const MAP: u8 = 118;
const ARRAY: u8 = 117;

impl<D: Decoder> Read for AnyReader<'_, D> {
    fn read_exact(&mut self, length: usize) -> Result<&[u8], Error> {
        self.inner.read_exact(length)
    }

    /// Asked for the first byte of a value and for nothing else.
    fn read_u8(&mut self) -> Result<u8, Error> {
        while self.open.last() == Some(&0) {
            let _ = self.open.pop();
        }
        if let Some(left) = self.open.last_mut() {
            *left -= 1;
        }
        self.tag = self.inner.read_u8()?;
        Ok(self.tag)
    }

    fn read_var<T: VarInt>(&mut self) -> Result<T, Error> {
        if matches!(self.tag, MAP | ARRAY) {
            if self.open.len() == DEEPEST {
                return Err(Error::UnexpectedValue);
            }
            self.open.push(count(self.inner, self.bytes)?);
        }
        T::read(self.inner)
    }

    fn read_string(&mut self) -> Result<&str, Error> {
        text(self.inner)
    }
}

/// The number that comes next, which is left where it is; an error where it is more than `most`.
fn count(decoder: &mut impl Decoder, most: u64) -> Result<u64, Error> {
    let next = first_number(decoder.read_to_end()?).ok_or(Error::UnexpectedValue)?;
    if next > most { Err(Error::UnexpectedValue) } else { Ok(next) }
}

/// A text with its length before it.
fn text(decoder: &mut impl Decoder) -> Result<&str, Error> {
    let length = u32::read(decoder)?;
    utf8(decoder.read_exact(length as usize)?)
}

fn utf8(bytes: &[u8]) -> Result<&str, Error> {
    str::from_utf8(bytes).map_err(|_| Error::UnexpectedValue)
}

/// The column of texts in V2, where all columns lie inside the update.
fn texts_of_v2(update: &[u8]) -> Option<&[u8]> {
    let mut rest = update.get(1..)?;
    let mut texts = None;
    for column in 0..COLUMNS {
        let (content, after) = divided(rest)?;
        if column == TEXTS {
            texts = Some(divided(content)?.0);
        }
        rest = after;
    }
    texts
}

/// As many bytes as the number before them says, and what follows.
fn divided(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let length = first_number(bytes)?;
    let digits = bytes.iter().position(|&byte| byte < 0x80)? + 1;
    bytes.get(digits..)?.split_at_checked(usize::try_from(length).ok()?)
}
