//! Why an update is no document.

use crate::update::YjsFormat;

/// Why an update gives no document, or a document no update.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum YjsError {
    /// What yrs says of an update.
    #[error("Cannot read the Yjs update: {0}; pass a whole update, and say whether it is V1 or V2")]
    Damaged(String),
    /// An update does not read as one of the format that was named.
    #[error(
        "Cannot read the Yjs update as {format}: {reason}; pass `format: '{}'` if it is one, or the whole document as one update",
        .format.other()
    )]
    Format {
        /// The format that was named.
        format: YjsFormat,
        /// What is wrong.
        reason: String,
    },
    /// An update builds on changes that are not in it.
    #[error(
        "Cannot read the Yjs update: it builds on changes that are not in it; pass the whole document as one update, as encodeStateAsUpdate(document) makes it without a state vector"
    )]
    Pending,
    /// A document has nothing with this name.
    #[error(
        "Cannot find the {what} \"{name}\" in the Yjs update: it has {names}; pass the name of a {what} that is in it"
    )]
    Name {
        /// What it should be.
        what: &'static str,
        /// The name that was asked for.
        name: String,
        /// Those that are there, in quotation marks.
        names: String,
    },
    /// What has this name is something else.
    #[error("Cannot read \"{name}\" of the Yjs update as a {what}: it is {kind}; pass the name of a {what}")]
    Kind {
        /// What it should be.
        what: &'static str,
        /// The name that was asked for.
        name: String,
        /// What it is.
        kind: &'static str,
    },
    /// A tree has something that JSON of `ProseMirror` has not, or the other way round.
    #[error("Cannot {action} a tree of Yjs: {reason}")]
    Tree {
        /// Read or write.
        action: &'static str,
        /// What is in the way, and what to do.
        reason: String,
    },
}
