//! Shared counts as the text of a log, and back.

use crate::compressed;
use crate::encoding::{self, DecodeError, Decoded};
use crate::layout::Layout;

/// Counts in the V2 format, compressed, in base64: what logs hold and every implementation reads.
///
/// `stated_max` is the highest value that may be recorded. Trailing empty buckets are left out.
///
/// ```
/// use forgebench_histogram::{Layout, shared};
///
/// let layout = Layout::with_unit(3, 1).unwrap();
/// let text = shared::encode(layout, 1 << 20, &[0.0, 5.0, 0.0]);
/// assert!(text.starts_with("HISTFAAA"));
/// let decoded = shared::decode(&text)?;
/// assert_eq!((decoded.layout, decoded.stated_max, decoded.counts), (layout, 1 << 20, vec![0.0, 5.0]));
/// # Ok::<(), forgebench_histogram::DecodeError>(())
/// ```
pub fn encode(layout: Layout, stated_max: u64, counts: &[f64]) -> String {
    let end = super::last_block(counts);
    let end = counts[..end].iter().rposition(|&count| count > 0.0).map_or(0, |last| last + 1);
    compressed::wrap(&encoding::encode(layout, stated_max, &counts[..end]))
}

/// Undoes [`encode`], whoever did it, for V0, V1 and V2.
///
/// No text, however wrong, makes it take more memory than the largest histogram or a thousand times the text.
///
/// ```
/// use forgebench_histogram::{DecodeError, shared};
///
/// assert_eq!(shared::decode("no histogram"), Err(DecodeError::NotBase64));
/// ```
pub fn decode(text: impl AsRef<[u8]>) -> Result<Decoded<f64>, DecodeError> {
    encoding::decode(&compressed::unwrap(text.as_ref())?)
}
