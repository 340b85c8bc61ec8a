//! Names of kinds, attributes and marks as small numbers.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

/// The name of a kind, an attribute or a mark, in the table of one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(u32);

/// The table of a document's names. All versions share one, so that a name is the same number in each of them; it only
/// grows, by the names that the document uses.
#[derive(Clone, Debug, Default)]
pub struct Names(Arc<RwLock<Table>>);

#[derive(Debug, Default)]
struct Table {
    texts: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, Name>,
}

impl Names {
    /// The name with this text, added where it is new.
    pub fn intern(&self, text: &str) -> Name {
        if let Some(name) = self.find(text) {
            return name;
        }
        let mut table = self.0.write().unwrap_or_else(PoisonError::into_inner);
        // Another thread may have been quicker.
        if let Some(&name) = table.numbers.get(text) {
            return name;
        }
        let (text, name): (Arc<str>, _) = (text.into(), Name(table.texts.len() as u32));
        table.texts.push(Arc::clone(&text));
        let _ = table.numbers.insert(text, name);
        name
    }

    /// The name with this text, where the document has used it.
    pub fn find(&self, text: &str) -> Option<Name> {
        self.table().numbers.get(text).copied()
    }

    /// The text of a name; empty for a name of another document that this one does not have.
    pub fn text(&self, name: Name) -> Arc<str> {
        self.table().texts.get(name.0 as usize).cloned().unwrap_or_default()
    }

    /// Whether both are the table of one document.
    pub(crate) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Texts by the number of their names, for those who need many.
    pub(crate) fn texts(&self) -> Vec<Arc<str>> {
        self.table().texts.clone()
    }

    fn table(&self) -> RwLockReadGuard<'_, Table> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Name {
    /// Its place in the table.
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}
