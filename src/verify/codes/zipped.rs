//! ZIP archives: form, hostile entries, limits.

use super::code::{Code, code};
use crate::verify::severity::ArchiveSeverity::*;

pub(crate) const ZIP_DAMAGED: Code = code(
    "A501",
    Error,
    "ZIP повреждён: {0}",
    "the ZIP is damaged: {0}",
    "возьмите архив из другой копии",
    "take the archive from another copy",
);
pub(crate) const ENTRY_OUTSIDE: Code = code(
    "A502",
    Error,
    "имя записи ведёт за пределы архива",
    "the entry's name leads outside the archive",
    "не распаковывайте этот архив",
    "do not unpack this archive",
);
pub(crate) const ENTRY_NOT_FILE: Code = code(
    "A503",
    Error,
    "запись — ссылка или устройство, не файл",
    "the entry is a link or device, not a file",
    "не распаковывайте этот архив",
    "do not unpack this archive",
);
pub(crate) const ENTRY_TWICE: Code = code(
    "A504",
    Error,
    "запись встречается в архиве несколько раз",
    "the entry occurs more than once",
    "не распаковывайте этот архив",
    "do not unpack this archive",
);
pub(crate) const ENTRY_BOMB: Code = code(
    "A505",
    Error,
    "{0} байт сжаты в {1}: похоже на ZIP-бомбу, запись не читали",
    "{0} bytes packed into {1}: this looks like a ZIP bomb, the entry was not read",
    "не распаковывайте этот архив",
    "do not unpack this archive",
);
pub(crate) const TOO_LARGE: Code = code(
    "A506",
    Error,
    "архив обещает больше предела, его не читали: {0}",
    "the archive promises more than the limit and was not read: {0}",
    "не распаковывайте этот архив",
    "do not unpack this archive",
);
pub(crate) const ENTRY_UNSUPPORTED: Code = code(
    "A507",
    Unchecked,
    "запись зашифрована или сжата неизвестным способом",
    "the entry is encrypted or compressed in an unknown way",
    "",
    "",
);
pub(crate) const NAME_ENCODING: Code = code(
    "A508",
    Warning,
    "имя записи не в UTF-8, прочитано как CP866",
    "the entry's name is not UTF-8 and was read as CP866",
    "",
    "",
);
pub(crate) const HEADERS_DIFFER: Code = code(
    "A509",
    Error,
    "заголовки ZIP противоречат друг другу: {0}",
    "the ZIP's headers contradict each other: {0}",
    "не распаковывайте этот архив",
    "do not unpack this archive",
);
pub(crate) const SEVERAL_BAGS: Code =
    code("A510", Error, "в одном ZIP несколько пакетов", "one ZIP holds several bags", "", "");
pub(crate) const BAG_AT_ROOT: Code = code(
    "A511",
    Warning,
    "пакет лежит в ZIP без своей папки",
    "the bag lies in the ZIP without its own folder",
    "",
    "",
);
pub(crate) const BESIDE_BAG: Code = code(
    "A512",
    Warning,
    "файл лежит в ZIP вне папки пакета",
    "the file lies in the ZIP outside the bag's folder",
    "",
    "",
);
pub(crate) const ZIP_NAME: Code = code(
    "A513",
    Warning,
    "имя ZIP не совпадает с именем папки пакета «{0}»",
    "the ZIP's name is not that of the bag's folder '{0}'",
    "",
    "",
);

pub(crate) const MAC_LITTER: Code = code(
    "A514",
    Warning,
    "служебные файлы macOS в ZIP, число: {0}; к пакету они не относятся",
    "files of macOS in the ZIP, their number: {0}; they are no part of the bag",
    "",
    "",
);
pub(crate) const BACKSLASHES: Code = code(
    "A515",
    Warning,
    "имена в ZIP записаны через обратную косую черту, как пишут некоторые программы Windows; прочитаны как папки",
    "names in the ZIP have backslashes, as some programs of Windows write them; they were read as folders",
    "",
    "",
);
pub(crate) const BAG_DEEP: Code = code(
    "A516",
    Warning,
    "пакет лежит в ZIP не сразу, а в папке «{0}»",
    "the bag lies in the ZIP in the folder '{0}'",
    "",
    "",
);

/// Every code of this file.
pub(super) const ALL: &[Code] = &[
    ZIP_DAMAGED,
    ENTRY_OUTSIDE,
    ENTRY_NOT_FILE,
    ENTRY_TWICE,
    ENTRY_BOMB,
    TOO_LARGE,
    ENTRY_UNSUPPORTED,
    NAME_ENCODING,
    HEADERS_DIFFER,
    SEVERAL_BAGS,
    BAG_AT_ROOT,
    BESIDE_BAG,
    ZIP_NAME,
    MAC_LITTER,
    BACKSLASHES,
    BAG_DEEP,
];
