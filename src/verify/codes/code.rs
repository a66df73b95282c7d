//! One code of a finding.

use crate::base::said::Said;
use crate::verify::severity::ArchiveSeverity;

/// One kind of finding: its code, usual severity and texts in both languages; `{0}` is the first value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Code {
    pub(crate) id: &'static str,
    pub(crate) severity: ArchiveSeverity,
    pub(crate) text: Said<&'static str>,
    pub(crate) hint: Said<&'static str>,
}

impl Code {
    /// Returns the same kind of finding with another severity: older versions of BagIt are less strict.
    pub(crate) const fn with(self, severity: ArchiveSeverity) -> Self {
        Self { severity, ..self }
    }
}

/// Makes a code: its id, severity, text and hint.
pub(crate) const fn code(
    id: &'static str,
    severity: ArchiveSeverity,
    ru: &'static str,
    en: &'static str,
    hint_ru: &'static str,
    hint_en: &'static str,
) -> Code {
    Code { id, severity, text: Said::fixed(ru, en), hint: Said::fixed(hint_ru, hint_en) }
}
