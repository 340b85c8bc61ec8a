//! Bytes, compressed where that makes them fewer.

use std::io::Write;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Decompress, FlushDecompress, Status};

use crate::ReadError;
use crate::number::{self, Reader};

/// Bytes that a block may have when it is decompressed; zlib can promise a thousand times what it takes.
const MOST_BYTES: usize = 1 << 28;

/// Content of so few bytes is not compressed: that would take longer than all else that is done for a small message.
const FEW: usize = 48;

/// Appends a block. Of zlib's levels 6 is the last that is quick.
pub fn write(bytes: &mut Vec<u8>, content: &[u8]) {
    let packed = (content.len() > FEW).then(|| compress(content)).flatten();
    let packed = packed.filter(|packed| packed.len() < content.len());
    bytes.push(u8::from(packed.is_some()));
    number::write_bytes(bytes, packed.as_deref().unwrap_or(content));
}

fn compress(content: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(6));
    encoder.write_all(content).ok()?;
    encoder.finish().ok()
}

/// Reads a block. Zlib's checksum tells where compressed bytes were changed.
pub fn read(reader: &mut Reader<'_>) -> Result<Vec<u8>, ReadError> {
    let packed = reader.small()?;
    let stored = reader.bytes()?;
    match packed {
        0 => Ok(stored.to_vec()),
        1 => decompress(stored, MOST_BYTES).ok_or_else(|| reader.malformed("a compressed part is damaged or too long")),
        _ => Err(reader.malformed("a part is compressed in an unknown way")),
    }
}

/// Room is made as the bytes come: nobody can promise more than is there.
fn decompress(stored: &[u8], most: usize) -> Option<Vec<u8>> {
    let mut decoder = Decompress::new(true);
    let mut content = Vec::with_capacity((4 * stored.len()).min(most + 1));
    loop {
        let (used, len) = (decoder.total_in() as usize, content.len());
        let status = decoder.decompress_vec(&stored[used..], &mut content, FlushDecompress::Finish).ok()?;
        if content.len() > most {
            return None;
        }
        if status == Status::StreamEnd {
            return Some(content);
        }
        // It ended in the middle where there was room and nothing more came.
        if content.len() == len && content.capacity() > len {
            return None;
        }
        content.reserve((most + 1 - content.len()).min(content.len().max(1024)));
    }
}

#[cfg(test)]
mod tests {
    use super::{compress, decompress, read, write};
    use crate::number::Reader;

    #[test]
    fn a_block_comes_back_compressed_or_not() {
        for content in [vec![], vec![1, 2, 3], vec![7; 10_000]] {
            let mut bytes = Vec::new();
            write(&mut bytes, &content);
            assert!(bytes.len() < content.len() + 4 && bytes.len() < 100);
            assert_eq!(read(&mut Reader::new(&bytes, "test")), Ok(content));
        }
    }

    #[test]
    fn a_block_that_grows_beyond_the_limit_is_refused_before_it_is_there() {
        let bomb = compress(&vec![0; 1_000_000]).expect("memory takes all");
        assert!(bomb.len() < 2_000);
        assert_eq!(decompress(&bomb, 999_999), None);
        assert_eq!(decompress(&bomb, 1_000_000).map(|content| content.len()), Some(1_000_000));
    }
}
