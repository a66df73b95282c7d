//! Signatures over tag files and the register.

use super::code::{Code, code};
use crate::verify::severity::ArchiveSeverity::*;

pub(crate) const SIGNATURE_BROKEN: Code = code(
    "A701",
    Error,
    "подпись неверна",
    "the signature is broken",
    "возьмите файл и подпись к нему из другой копии или подпишите заново",
    "take the file and its signature from another copy, or sign again",
);
pub(crate) const SIGNATURE_UNCHECKED: Code = code(
    "A702",
    Unchecked,
    "подпись не проверена",
    "the signature was not checked",
    "проверьте её программой, которой она создана",
    "check it with the program that made it",
);
pub(crate) const SIGNED_FILE_ABSENT: Code = code(
    "A703",
    Unchecked,
    "нет файла «{0}», к которому эта подпись",
    "the file '{0}' that this signature is over is absent",
    "возьмите его из другой копии пакета",
    "take it from another copy of the bag",
);
pub(crate) const SIGNATURE_REMOVED: Code = code(
    "A704",
    Error,
    "подпись записана в реестре, но её здесь нет",
    "the register knows this signature, but it is not here",
    "верните файл подписи из другой копии архива",
    "bring the signature file back from another copy of the archive",
);
pub(crate) const SIGNATURE_REPLACED: Code = code(
    "A705",
    Error,
    "это не та подпись, что записана в реестре",
    "this is not the signature that the register knows",
    "верните файл подписи из другой копии архива; новую подпись положите рядом с прежней, под другим окончанием (.p7s)",
    "bring the file back from another copy of the archive; lay a new signature beside the old one, with the other ending (.p7s)",
);
pub(crate) const SIGNATURE_MISPLACED: Code = code(
    "A706",
    Error,
    "подпись лежит среди документов, её место — «{0}»",
    "the signature lies among the documents; its place is '{0}'",
    "переложите файл подписи в эту папку пакета и проверьте снова",
    "move the signature file into that folder of the bag and verify again",
);

/// Every code of this file.
pub(super) const ALL: &[Code] = &[
    SIGNATURE_BROKEN,
    SIGNATURE_UNCHECKED,
    SIGNED_FILE_ABSENT,
    SIGNATURE_REMOVED,
    SIGNATURE_REPLACED,
    SIGNATURE_MISPLACED,
];
