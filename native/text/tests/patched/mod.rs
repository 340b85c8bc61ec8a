//! What patches make of a text.

use forgebench_text::Patches;

/// A text after patches.
pub fn patched(text: &[u16], patches: &Patches) -> Vec<u16> {
    let (mut text, mut inserted) = (text.to_vec(), patches.text.as_slice());
    let mut untouched = None;
    for patch in &patches.patches {
        let (position, count) = (patch.position as usize, patch.inserted as usize);
        assert!(patch.deleted + patch.inserted > 0, "a patch does something");
        assert!(untouched.is_none_or(|end| end < position), "there is something between two patches");
        untouched = Some(position + count);
        let (here, rest) = inserted.split_at(count);
        inserted = rest;
        text.splice(position..position + patch.deleted as usize, here.iter().copied());
    }
    assert!(inserted.is_empty(), "all text is inserted");
    text
}
