//! Ways in which a file is damaged.

use serde::Deserialize;

/// Bytes at the end of a file of segments that say where its directory begins.
const TAIL: usize = 16;
/// So many bytes before its end a file of either container with a directory has it.
const IN_DIRECTORY: usize = 200;

/// Where a file is damaged.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// A bit of the first byte is flipped.
    Magic,
    /// A bit in the middle of the file is flipped.
    Payload,
    /// A bit of the directory is flipped, which stands near the end.
    Directory,
    /// The last 16 bytes are gone.
    Tail,
    /// The last eight bytes read as erased flash memory does.
    Erased,
    /// The second half is gone.
    Half,
    /// Nothing is left.
    Empty,
}

impl Place {
    /// The file with this damage.
    pub fn damage(self, mut file: Vec<u8>) -> Vec<u8> {
        let length = file.len();
        match self {
            Self::Magic => file[0] ^= 1,
            Self::Payload => file[length / 2] ^= 1,
            Self::Directory => file[length - IN_DIRECTORY] ^= 1,
            Self::Tail => file.truncate(length - TAIL),
            Self::Erased => file[length - 8..].fill(0xff),
            Self::Half => file.truncate(length / 2),
            Self::Empty => file.clear(),
        }
        file
    }
}
