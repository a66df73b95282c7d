//! Content of tag files: metadata, manifests, fetch.txt.

use super::code::{Code, code};
use crate::verify::severity::ArchiveSeverity::*;

pub(crate) const UNDECODABLE: Code =
    code("A201", Error, "байты не читаются в кодировке {0}", "the bytes cannot be decoded as {0}", "", "");
pub(crate) const BOM: Code = code(
    "A202",
    Error,
    "файл начинается с метки порядка байтов",
    "the file begins with a byte order mark",
    "",
    "",
);
pub(crate) const INFO_LINE: Code = code(
    "A203",
    Error,
    "строка {0} не «метка: значение»: «{1}»",
    "line {0} is not 'label: value': '{1}'",
    "",
    "",
);
pub(crate) const INFO_LABEL: Code = code(
    "A204",
    Error,
    "строка {0}: пробелы вокруг метки «{1}»",
    "line {0}: blanks around the label '{1}'",
    "",
    "",
);
pub(crate) const INFO_BLANK: Code = code(
    "A205",
    Error,
    "строка {0}: после двоеточия нужен один пробел",
    "line {0}: one blank must follow the colon",
    "",
    "",
);
pub(crate) const OXUM_REPEATED: Code =
    code("A206", Error, "Payload-Oxum указан несколько раз", "Payload-Oxum is given more than once", "", "");
pub(crate) const OXUM_UNREADABLE: Code =
    code("A207", Error, "Payload-Oxum не читается: «{0}»", "Payload-Oxum cannot be read: '{0}'", "", "");
pub(crate) const INFO_REPEATED: Code =
    code("A208", Warning, "метку {0} не следует повторять", "the label {0} should not be repeated", "", "");
pub(crate) const MANIFEST_LINE: Code =
    code("A211", Error, "строка {0} не читается: «{1}»", "line {0} cannot be read: '{1}'", "", "");
pub(crate) const DIGEST_LENGTH: Code =
    code("A212", Error, "строка {0}: «{1}» не сумма {2}", "line {0}: '{1}' is no {2} digest", "", "");
pub(crate) const ASTERISK: Code = code(
    "A213",
    Warning,
    "строка {0}: звёздочка перед путём, след md5sum; строгая проверка её не примет",
    "line {0}: an asterisk before the path, left by md5sum; strict validation rejects it",
    "",
    "",
);
pub(crate) const BACKSLASH: Code = code(
    "A214",
    Warning,
    "строка {0}: обратная косая черта в начале, след md5sum; строгая проверка её не примет",
    "line {0}: a leading backslash, left by md5sum; strict validation rejects it",
    "",
    "",
);
pub(crate) const DOT_SLASH: Code = code(
    "A215",
    Warning,
    "строка {0}: путь начинается с «./»",
    "line {0}: the path begins with './'",
    "",
    "",
);
pub(crate) const PATH_OUTSIDE: Code = code(
    "A216",
    Error,
    "строка {0}: путь ведёт за пределы пакета: «{1}»",
    "line {0}: the path leads outside the bag: '{1}'",
    "не открывайте такой пакет другими программами",
    "do not open such a bag with other programs",
);
pub(crate) const NOT_PAYLOAD: Code =
    code("A217", Error, "строка {0}: «{1}» лежит не в data", "line {0}: '{1}' is not below data", "", "");
pub(crate) const LISTED_TWICE: Code =
    code("A218", Warning, "{0}: указан дважды с одной суммой", "{0}: listed twice with one digest", "", "");
pub(crate) const LISTED_DIFFERENTLY: Code = code(
    "A219",
    Error,
    "{0}: указан дважды с разными суммами",
    "{0}: listed twice with different digests",
    "",
    "",
);
pub(crate) const LISTS_TAG_MANIFEST: Code = code(
    "A220",
    Error,
    "строка {0}: манифест служебных файлов называет такой же манифест «{1}»",
    "line {0}: a tag manifest lists the tag manifest '{1}'",
    "",
    "",
);
pub(crate) const LISTS_PAYLOAD: Code = code(
    "A221",
    Error,
    "строка {0}: манифест служебных файлов называет «{1}» из data",
    "line {0}: a tag manifest lists the payload file '{1}'",
    "",
    "",
);
pub(crate) const PERCENT: Code = code(
    "A222",
    Warning,
    "{0}: знак процента записан не по правилам версии пакета",
    "{0}: the percent sign is not written by the rules of the bag's version",
    "",
    "",
);
pub(crate) const BLANK_LINE: Code = code("A223", Warning, "строка {0} пустая", "line {0} is empty", "", "");
pub(crate) const UNTERMINATED: Code =
    code("A224", Warning, "последняя строка не закончена", "the last line is not terminated", "", "");
pub(crate) const FETCH_LINE: Code = code(
    "A231",
    Error,
    "строка {0} не «адрес длина путь»: «{1}»",
    "line {0} is not 'url length path': '{1}'",
    "",
    "",
);
pub(crate) const FETCH_NOT_LISTED: Code =
    code("A232", Error, "назван в fetch.txt, но его нет в {0}", "named in fetch.txt but not in {0}", "", "");

/// Every code of this file.
pub(super) const ALL: &[Code] = &[
    UNDECODABLE,
    BOM,
    INFO_LINE,
    INFO_LABEL,
    INFO_BLANK,
    OXUM_REPEATED,
    OXUM_UNREADABLE,
    INFO_REPEATED,
    MANIFEST_LINE,
    DIGEST_LENGTH,
    ASTERISK,
    BACKSLASH,
    DOT_SLASH,
    PATH_OUTSIDE,
    NOT_PAYLOAD,
    LISTED_TWICE,
    LISTED_DIFFERENTLY,
    LISTS_TAG_MANIFEST,
    LISTS_PAYLOAD,
    PERCENT,
    BLANK_LINE,
    UNTERMINATED,
    FETCH_LINE,
    FETCH_NOT_LISTED,
];
