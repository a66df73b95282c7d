//! Completeness and digests: files against manifests.

use super::code::{Code, code};
use crate::verify::severity::ArchiveSeverity::*;

pub(crate) const OXUM_DIFFERS: Code = code(
    "A301",
    Error,
    "Payload-Oxum обещает {0}, в data лежит {1} (байт.файлов)",
    "Payload-Oxum promises {0}, data holds {1} (bytes.files)",
    "",
    "",
);
pub(crate) const MISSING: Code = code(
    "A302",
    Error,
    "файла нет, а {0} его называет",
    "the file is missing but {0} lists it",
    "возьмите файл из другой копии пакета",
    "take the file from another copy of the bag",
);
pub(crate) const NOT_IN_EVERY: Code = code(
    "A303",
    Error,
    "файла нет в {0}: в версии 1.0 каждый манифест называет каждый файл",
    "the file is not in {0}: in version 1.0 every manifest lists every file",
    "",
    "",
);
pub(crate) const EXTRA: Code = code(
    "A304",
    Error,
    "лишний файл: его не называет ни один манифест",
    "an extra file that no manifest lists",
    "",
    "",
);
pub(crate) const RENAMED: Code = code(
    "A305",
    Error,
    "файл переименован: теперь это «{0}»",
    "the file was renamed: it is now '{0}'",
    "верните прежнее имя",
    "give it its old name back",
);
pub(crate) const NOT_FETCHED: Code = code(
    "A306",
    Error,
    "файл ещё не загружен: он назван в fetch.txt",
    "the file has not been fetched yet: fetch.txt names it",
    "загрузите файлы и проверьте снова",
    "fetch the files and verify again",
);
pub(crate) const IS_FOLDER: Code =
    code("A307", Error, "{0} называет файлом папку", "{0} lists a folder as a file", "", "");
pub(crate) const JUNK_ABSENT: Code = code(
    "A308",
    Warning,
    "пустого системного файла нет, хотя {0} его называет",
    "an empty system file is absent though {0} lists it",
    "",
    "",
);
pub(crate) const NAME_NORMALIZED: Code = code(
    "A309",
    Warning,
    "в {0} имя записано другими знаками Unicode (NFC или NFD): «{1}»",
    "in {0} the name is in another Unicode form (NFC or NFD): '{1}'",
    "",
    "",
);
pub(crate) const NAME_CASE: Code = code(
    "A310",
    Warning,
    "в {0} имя записано в другом регистре: «{1}»",
    "in {0} the name is in another case: '{1}'",
    "",
    "",
);
pub(crate) const NAMES_COLLIDE: Code = code(
    "A311",
    Warning,
    "имя отличается от «{0}» только регистром или записью букв",
    "the name differs from '{0}' only by case or normalization",
    "на Windows и macOS один файл заменит другой",
    "on Windows and macOS one will replace the other",
);
pub(crate) const UNLISTED: Code = code(
    "A312",
    Warning,
    "служебного файла нет в {0}, его целость не проверить",
    "the tag file is not in {0}, so it cannot be checked",
    "",
    "",
);
pub(crate) const MANIFEST_UNLISTED: Code =
    code("A313", Error, "{0} не называет манифест {1}", "{0} does not list the manifest {1}", "", "");
pub(crate) const SYSTEM_FILE: Code = code(
    "A314",
    Warning,
    "файл операционной системы среди документов",
    "a file of the operating system among the documents",
    "",
    "",
);
pub(crate) const ALGORITHMS_DIFFER: Code = code(
    "A315",
    Warning,
    "служебные файлы покрыты не теми алгоритмами, что документы: {0}",
    "tag files are covered by other algorithms than the payload: {0}",
    "",
    "",
);
pub(crate) const DAMAGED: Code = code(
    "A401",
    Error,
    "содержимое изменено: сумма {0} по {1} должна быть {2}, а у файла {3}",
    "the content was changed: by {1} the {0} digest must be {2}, the file has {3}",
    "возьмите файл из другой копии пакета",
    "take the file from another copy of the bag",
);
pub(crate) const MANIFEST_DAMAGED: Code = code(
    "A402",
    Error,
    "сумма файла «{0}» здесь неверна, а по {1} файл цел: повреждён манифест",
    "the digest of '{0}' is wrong here, but by {1} the file is intact: the manifest is damaged",
    "возьмите манифест из другой копии пакета",
    "take the manifest from another copy of the bag",
);
pub(crate) const READ_FAILED: Code = code(
    "A403",
    Unchecked,
    "не прочитан: {0}",
    "could not be read: {0}",
    "проверьте права и носитель, повторите проверку",
    "check permissions and the medium, then verify again",
);
pub(crate) const CHANGED_MEANWHILE: Code = code(
    "A404",
    Unchecked,
    "файл менялся, пока его читали",
    "the file changed while it was read",
    "повторите проверку",
    "verify again",
);
pub(crate) const SWAPPED: Code = code(
    "A405",
    Error,
    "содержимое не своё, а файла «{0}»",
    "the content is that of '{0}'",
    "файлы переставлены: верните их на места",
    "files were swapped: put them back",
);
pub(crate) const ENTRY_DAMAGED: Code = code(
    "A406",
    Error,
    "запись в ZIP повреждена: {0}",
    "the ZIP entry is damaged: {0}",
    "возьмите архив из другой копии",
    "take the archive from another copy",
);

pub(crate) const EXTRA_SYSTEM: Code = code(
    "A316",
    Error,
    "лишний файл оставила операционная система ({0}), когда открывали папку; он не из документов, но пакет с ним неверен",
    "an extra file left by the operating system ({0}) when the folder was opened; it is none of the documents, yet the bag is not valid with it",
    "этот файл можно удалить, затем проверьте снова",
    "this file may be removed, then verify again",
);
pub(crate) const NO_TAG_MANIFEST: Code = code(
    "A317",
    Warning,
    "нет манифеста служебных файлов tagmanifest-….txt: изменения в bag-info.txt и в самих манифестах не обнаружить",
    "there is no tag manifest: changes of bag-info.txt and of the manifests themselves cannot be seen",
    "сравните служебные файлы с другой копией пакета",
    "compare the tag files with another copy of the bag",
);
pub(crate) const NAME_NOT_FOR_WINDOWS: Code = code(
    "A318",
    Warning,
    "в Windows такого имени быть не может: {0}",
    "Windows cannot have such a name: {0}",
    "на Windows этот файл не распаковать: храните пакет в ZIP или на диске Linux",
    "it cannot be unpacked on Windows: keep the bag as a ZIP or on a disk of Linux",
);
pub(crate) const LINE_ENDS: Code = code(
    "A407",
    Error,
    "концы строк заменены ({0} на {1}), остальное содержимое цело: файл копировали как текст",
    "line ends were changed ({0} to {1}), the rest of the content is whole: the file was copied as text",
    "возьмите файл из другой копии пакета; копируйте пакеты без преобразования (git: «* -text», FTP: binary)",
    "take the file from another copy of the bag; copy bags without conversion (git: '* -text', FTP: binary)",
);

/// Every code of this file.
pub(super) const ALL: &[Code] = &[
    OXUM_DIFFERS,
    MISSING,
    NOT_IN_EVERY,
    EXTRA,
    RENAMED,
    NOT_FETCHED,
    IS_FOLDER,
    JUNK_ABSENT,
    NAME_NORMALIZED,
    NAME_CASE,
    NAMES_COLLIDE,
    UNLISTED,
    MANIFEST_UNLISTED,
    SYSTEM_FILE,
    ALGORITHMS_DIFFER,
    DAMAGED,
    MANIFEST_DAMAGED,
    READ_FAILED,
    CHANGED_MEANWHILE,
    SWAPPED,
    ENTRY_DAMAGED,
    EXTRA_SYSTEM,
    NO_TAG_MANIFEST,
    NAME_NOT_FOR_WINDOWS,
    LINE_ENDS,
];
