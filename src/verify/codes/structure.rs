//! Structure: the declaration, the folders, what lies where.

use super::code::{Code, code};
use crate::base::said::Said;
use crate::verify::severity::ArchiveSeverity::*;

pub(crate) const NO_DECLARATION: Code = code(
    "A101",
    Error,
    "нет bagit.txt",
    "bagit.txt is missing",
    "без него папка не пакет: возьмите его из другой копии",
    "a folder without it is no bag: take it from another copy",
);
pub(crate) const DECLARATION_BOM: Code = code(
    "A102",
    Error,
    "bagit.txt начинается с метки порядка байтов",
    "bagit.txt begins with a byte order mark",
    "сохраните файл в UTF-8 без BOM",
    "save the file as UTF-8 without BOM",
);
pub(crate) const DECLARATION_LINE: Code = code(
    "A103",
    Error,
    "строка {0} не по стандарту: «{1}»",
    "line {0} is not as the standard has it: '{1}'",
    "",
    "",
);
pub(crate) const VERSION_UNREADABLE: Code = code(
    "A104",
    Error,
    "версия BagIt не читается: «{0}»",
    "the BagIt version cannot be read: '{0}'",
    "версия — это два числа через точку, например 1.0",
    "a version is two numbers with a dot, such as 1.0",
);
pub(crate) const VERSION_UNKNOWN: Code = code(
    "A105",
    Unchecked,
    "версия BagIt {0} не поддерживается, проверено по правилам 1.0",
    "BagIt version {0} is not supported, the rules of 1.0 were applied",
    "",
    "",
);
pub(crate) const NO_ENCODING: Code = code(
    "A106",
    Error,
    "не названа кодировка служебных файлов",
    "the encoding of tag files is not given",
    "",
    "",
);
pub(crate) const ENCODING_UNKNOWN: Code = code(
    "A107",
    Unchecked,
    "кодировка «{0}» неизвестна, прочитано как UTF-8",
    "the encoding '{0}' is unknown, read as UTF-8",
    "",
    "",
);
pub(crate) const ENCODING_NOT_UTF8: Code = code(
    "A108",
    Warning,
    "служебные файлы в кодировке {0}, стандарт советует UTF-8",
    "tag files are in {0}, the standard recommends UTF-8",
    "",
    "",
);
pub(crate) const NO_PAYLOAD_FOLDER: Code =
    code("A109", Error, "нет папки data", "the folder data is missing", "", "");
/// Archivers and git drop empty folders.
pub(crate) const EMPTY_PAYLOAD_LOST: Code = Code {
    text: Said::fixed(
        "нет папки data; по манифестам она пуста, значит, пустую папку потеряла программа, которая упаковала или скопировала пакет",
        "the folder data is missing; the manifests say it is empty, so a program that packed or copied the bag lost an empty folder",
    ),
    hint: Said::fixed(
        "создайте в пакете пустую папку data и проверьте снова",
        "make an empty folder data in the bag and verify again",
    ),
    ..NO_PAYLOAD_FOLDER
};
pub(crate) const NO_MANIFEST: Code =
    code("A110", Error, "нет ни одного манифеста manifest-….txt", "there is no payload manifest", "", "");
pub(crate) const ALGORITHM_UNKNOWN: Code = code(
    "A111",
    Unchecked,
    "алгоритм «{0}» неизвестен, манифест не проверен",
    "the algorithm '{0}' is unknown, the manifest was not checked",
    "проверьте этот манифест другой программой",
    "check this manifest with another program",
);
pub(crate) const MANIFEST_NAME: Code = code(
    "A112",
    Warning,
    "имя манифеста пишут строчными буквами без знаков: {0}",
    "a manifest's name is lower case without punctuation: {0}",
    "",
    "",
);
pub(crate) const LINK: Code = code(
    "A113",
    Error,
    "символическая ссылка; по ней не переходим",
    "a symbolic link; it is not followed",
    "в пакете должны лежать сами файлы",
    "a bag must hold the files themselves",
);
pub(crate) const SPECIAL_FILE: Code = code(
    "A114",
    Error,
    "не обычный файл (канал, сокет или устройство); не открывали",
    "not a regular file (pipe, socket or device); it was not opened",
    "",
    "",
);
pub(crate) const EMPTY_FOLDER: Code = code(
    "A115",
    Warning,
    "пустая папка: манифесты её не хранят",
    "an empty folder: manifests do not keep it",
    "",
    "",
);
pub(crate) const NAME_NOT_UTF8: Code =
    code("A116", Error, "имя файла не в UTF-8", "the file's name is not UTF-8", "", "");
pub(crate) const UNREADABLE: Code = code(
    "A117",
    Unchecked,
    "не читается: {0}",
    "cannot be read: {0}",
    "проверьте права и носитель, повторите проверку",
    "check permissions and the medium, then verify again",
);
pub(crate) const TAG_FILE_TOO_LARGE: Code = code(
    "A118",
    Unchecked,
    "служебный файл больше {0} байт, не разобран",
    "the tag file exceeds {0} bytes and was not parsed",
    "",
    "",
);

pub(crate) const WEAK_ALGORITHMS: Code = code(
    "A119",
    Warning,
    "контрольные суммы только {0}: случайную порчу они покажут, подделку — нет",
    "digests of {0} only: they show damage by accident, but no forgery",
    "при следующей передаче сделайте пакет с sha256 или sha512",
    "when the bag travels next, make it anew with sha256 or sha512",
);
pub(crate) const TAG_NAME_CASE: Code = code(
    "A120",
    Warning,
    "имя записано в другом регистре, прочитано как «{0}»",
    "the name is in another case and was read as '{0}'",
    "так имена меняют старые диски (FAT, ISO 9660): верните строчные буквы",
    "old media (FAT, ISO 9660) change names so: give the name its lower case back",
);

/// Every code of this file.
pub(super) const ALL: &[Code] = &[
    NO_DECLARATION,
    DECLARATION_BOM,
    DECLARATION_LINE,
    VERSION_UNREADABLE,
    VERSION_UNKNOWN,
    NO_ENCODING,
    ENCODING_UNKNOWN,
    ENCODING_NOT_UTF8,
    NO_PAYLOAD_FOLDER,
    NO_MANIFEST,
    ALGORITHM_UNKNOWN,
    MANIFEST_NAME,
    LINK,
    SPECIAL_FILE,
    EMPTY_FOLDER,
    NAME_NOT_UTF8,
    UNREADABLE,
    TAG_FILE_TOO_LARGE,
    WEAK_ALGORITHMS,
    TAG_NAME_CASE,
];
