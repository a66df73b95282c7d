//! The journal during reading: its records, the problems, and which id leads to which record.

use std::sync::Arc;

use super::aliases::Aliases;
use super::keys::AllKeys;
use super::problems::Problems;
use super::trust::Sources;
use crate::model::Journal;

/// The journal while it is read.
pub(crate) struct Builder {
    pub(crate) journal: Journal,
    pub(crate) problems: Problems,
    /// Which id leads to which record.
    pub(crate) keys: AllKeys,
    /// What sources call records.
    pub(crate) aliases: Arc<Aliases>,
    /// Where each origin comes from, and which is believed.
    pub(crate) sources: Sources,
}

impl Builder {
    pub(crate) fn new(journal: Journal, problems: Problems, sources: Sources) -> Self {
        Self { journal, problems, keys: AllKeys::new(), aliases: Arc::default(), sources }
    }
}
