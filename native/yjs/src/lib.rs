//! Documents to and from updates of Yjs, by its Rust implementation yrs: texts, and trees as editors on `ProseMirror` keep them.
//!
//! An update is the whole document. It may come from anybody: yrs 0.18.8 believes what it reads, so it is asked through decoders
//! that look first.
//!
//! ```
//! use forgebench_yjs::{YjsFormat, text_of_update, update_of_text};
//!
//! let update = update_of_text("Hello", "body", 1, YjsFormat::V1);
//! assert_eq!(text_of_update(&update, "body", YjsFormat::V1)?, "Hello");
//! # Ok::<(), forgebench_yjs::YjsError>(())
//! ```

#![forbid(unsafe_code)]

mod decoder;
mod error;
mod text;
mod tree;
mod update;

pub use error::YjsError;
pub use text::{text_of_update, update_of_text};
pub use tree::{json_of_update, update_of_json};
pub use update::YjsFormat;
