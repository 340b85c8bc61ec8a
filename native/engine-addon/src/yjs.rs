//! Documents to and from updates of Yjs.

use forgebench_border_attribute::napi;
use forgebench_yjs::{YjsFormat, json_of_update, text_of_update, update_of_json, update_of_text};
use napi::Result;
use napi::bindgen_prelude::Uint8Array;

use crate::work::reason;

/// The text with this name in the Yjs document that an update makes.
#[napi(js_name = "textOfYjsUpdate")]
pub fn text_of_yjs_update(update: &[u8], name: String, v2: bool) -> Result<String> {
    text_of_update(update, &name, format(v2)).map_err(reason)
}

/// A Yjs update that inserts a text at once, by this client.
#[napi(js_name = "yjsUpdateOfText")]
pub fn yjs_update_of_text(text: String, name: String, client: u32, v2: bool) -> Uint8Array {
    update_of_text(&text, &name, u64::from(client), format(v2)).into()
}

/// The XML fragment with this name in the Yjs document that an update makes, as a JSON array of nodes.
#[napi(js_name = "nodesOfYjsUpdate")]
pub fn nodes_of_yjs_update(update: &[u8], name: String, v2: bool) -> Result<String> {
    json_of_update(update, &name, format(v2)).map_err(reason)
}

/// A Yjs update that inserts nodes, a JSON array, at once, by this client.
#[napi(js_name = "yjsUpdateOfNodes")]
pub fn yjs_update_of_nodes(json: String, name: String, client: u32, v2: bool) -> Result<Uint8Array> {
    Ok(update_of_json(&json, &name, u64::from(client), format(v2)).map_err(reason)?.into())
}

fn format(v2: bool) -> YjsFormat {
    if v2 { YjsFormat::V2 } else { YjsFormat::V1 }
}
