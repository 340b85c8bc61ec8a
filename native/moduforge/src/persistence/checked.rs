//! Stored bytes read without the crate: by zstd, as plain JSON, and with a checksum of our own.

use std::ops::Range;

use forgebench_measure::Failure;
use serde_json::{Value, json};

use super::events::{PREFIX, written};
use crate::builders::child_id;

fn wrong(what: impl std::fmt::Display) -> Failure {
    Failure::WrongAnswer(what.to_string())
}

pub fn decompressed(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    zstd::decode_all(bytes).map_err(wrong)
}

pub fn json(bytes: &[u8]) -> Result<Value, Failure> {
    serde_json::from_slice(bytes).map_err(wrong)
}

/// A list of numbers as bytes, which is how the crate puts bytes into JSON.
pub fn numbers(list: &Value) -> Result<Vec<u8>, Failure> {
    let list = list.as_array().ok_or_else(|| wrong("bytes are no list of numbers"))?;
    let byte = |value: &Value| value.as_u64().and_then(|number| u8::try_from(number).ok());
    list.iter().map(byte).collect::<Option<_>>().ok_or_else(|| wrong("a number is no byte"))
}

/// The frames hold exactly these edits of a document of `nodes` paragraphs.
pub fn frames(bytes: &[u8], nodes: usize, edits: Range<usize>) -> Result<(), Failure> {
    let frames = json(bytes)?;
    let frames = frames.as_array().ok_or_else(|| wrong("frames are no list"))?;
    Failure::unless_equal("frames", frames.len(), edits.len())?;
    for (k, frame) in edits.zip(frames) {
        Failure::unless_equal("kind of step", frame["type_id"].as_str(), Some("attr_step"))?;
        let step = json(&numbers(&frame["data"])?)?;
        let expected = json!({ "id": child_id(PREFIX, k % nodes), "values": { "order": written(nodes, k) } });
        Failure::unless_equal("step", step, expected)?;
    }
    Ok(())
}

/// The bytes are a document in which each of `nodes` paragraphs holds its first edit.
pub fn document(bytes: &[u8], nodes: usize) -> Result<(), Failure> {
    let document = json(bytes)?;
    let shards = document["inner"]["nodes"].as_array().ok_or_else(|| wrong("the nodes are no list"))?;
    for k in 0..nodes {
        let id = child_id(PREFIX, k);
        let order = shards.iter().find_map(|shard| shard.get(&*id)).map(|node| &node["a"]["order"]);
        Failure::unless_equal(&format!("attribute order of {id}"), order, Some(&json!(written(nodes, k))))?;
    }
    Ok(())
}

/// CRC-32 of IEEE 802.3, a bit at a time.
pub fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xEDB8_8320 & 0_u32.wrapping_sub(sum & 1)))
    })
}
