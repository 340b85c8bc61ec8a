//! Why bytes from another replica are refused.

/// Why bytes are not taken in. Nothing was changed then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The bytes are something else, or of another version of this format.
    #[error("Cannot read the {0}: it does not begin as one; pass what forgebench wrote, whole and unchanged")]
    Unknown(&'static str),
    /// The bytes end too early, or say what cannot be.
    #[error("Cannot read the {what}: {reason}; it is cut or damaged, fetch it again")]
    Malformed {
        /// Snapshot, changes or version.
        what: &'static str,
        /// What is wrong.
        reason: &'static str,
    },
    /// A version knows more than this document.
    #[error(
        "Cannot use the version: it knows events of \"{agent}\" from {sequence} on, which are not here; merge what this document lacks first"
    )]
    Ahead {
        /// Who made what is missing.
        agent: String,
        /// Number of the first missing event of that agent.
        sequence: u32,
    },
    /// A version knows events, but not all that they build on, so that no replica can ever have been of this version.
    #[error(
        "Cannot use the version: it knows events that build on those of \"{agent}\" from {sequence} on, but not these; take a version that a document gave"
    )]
    Torn {
        /// Who made what is missing.
        agent: String,
        /// Number of the first missing event of that agent.
        sequence: u32,
    },
    /// Somebody else edits under the name of this replica, so that one name stands for two events.
    #[error(
        "Cannot merge the changes: another replica has edited as \"{0}\", which is this replica's name; give each replica and session a name of its own"
    )]
    SameAgent(String),
    /// Changes build on others that are not here.
    #[error(
        "Cannot merge the changes: they build on events of \"{agent}\" from {sequence} on, which are not here; send what this document's version lacks"
    )]
    Missing {
        /// Who made what is missing.
        agent: String,
        /// Number of the first missing event of that agent.
        sequence: u32,
    },
}
