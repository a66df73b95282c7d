//! What is wrong with a workbook as a whole.

use crate::base::said::{Said, said};
use crate::forms::Refusal;

pub(super) fn of_book(said: Said) -> Refusal {
    Refusal { sheet: String::new(), cell: String::new(), said }
}

/// Says that a part of the workbook is damaged.
pub(super) fn damaged(part: &str) -> Said {
    said!(
        "форма повреждена: часть {part} не читается; откройте её в Excel или LibreOffice и сохраните заново",
        "the form is damaged: its part {part} cannot be read; open it in Excel or LibreOffice and save it anew"
    )
}
