//! Text documents that several people edit at once, with their whole history.
//!
//! A document keeps what its authors did (the event graph), in runs, and its text. Edits made one after another need nothing
//! else. Where several edited at once, their events are replayed by a tracker that lives no longer than that stretch of
//! history: the way of eg-walker (Gentle and Kleppmann, "Collaborative Text Editing with Eg-walker", `EuroSys` 2025).
//!
//! ```
//! use forgebench_text::{TextDocument, Version};
//!
//! let units = |text: &str| text.encode_utf16().collect::<Vec<_>>();
//! let mut alice = TextDocument::new("alice");
//! alice.edit(0, 0, &units("Hello"))?;
//! let mut bob = TextDocument::new("bob");
//! bob.merge(&alice.changes_since(&bob.version()))?;
//! bob.edit(5, 0, &units(" Alice"))?;
//! alice.edit(0, 5, &units("Hi"))?;
//! alice.merge(&bob.changes_since(&alice.version()))?;
//! assert_eq!(alice.text(), units("Hi Alice"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![forbid(unsafe_code)]

mod document;
mod error;
mod patches;
mod transactions;

mod graph;
mod history;
mod operations;
mod search;

mod replay;
mod rope;
mod tracker;

mod encoding;

pub use document::TextDocument;
pub use encoding::{Snapshot, encode_snapshot};
pub use error::{EditError, MergeError};
pub use forgebench_replica::{ReadError, Version};
pub use patches::{Patch, Patches};
pub use transactions::Transactions;
