//! What stops verification before a bag is reached, and what profiles require.

use super::code::{Code, code};
use crate::verify::severity::ArchiveSeverity::*;

pub(crate) const NOT_FOUND: Code = code(
    "A001",
    Unchecked,
    "такого пути нет",
    "no such path",
    "проверьте, подключён ли носитель",
    "check that the medium is mounted",
);
pub(crate) const NO_BAG: Code = code(
    "A002",
    Unchecked,
    "здесь нет ни одного пакета BagIt",
    "there is no BagIt bag here",
    "укажите папку пакета, его ZIP или папку, где они лежат",
    "name a bag, its ZIP, or a folder that holds them",
);
pub(crate) const NOT_AN_ARCHIVE: Code =
    code("A003", Unchecked, "это не папка и не ZIP", "this is neither a folder nor a ZIP", "", "");
pub(crate) const PATH_UNREADABLE: Code = code(
    "A004",
    Unchecked,
    "не читается: {0}",
    "cannot be read: {0}",
    "проверьте права и носитель, повторите проверку",
    "check permissions and the medium, then verify again",
);
pub(crate) const LINK_NOT_FOLLOWED: Code = code(
    "A005",
    Unchecked,
    "ссылка, по ней не переходим",
    "a symbolic link, not followed",
    "назовите то, на что она указывает, прямо",
    "name its target directly",
);
pub(crate) const ZIP_WITHOUT_BAG: Code = code(
    "A006",
    Warning,
    "в этом ZIP нет пакета, он пропущен",
    "this ZIP holds no bag and was skipped",
    "",
    "",
);
pub(crate) const TOO_DEEP: Code = code(
    "A007",
    Unchecked,
    "папки вложены слишком глубоко",
    "folders are nested too deeply",
    "назовите нужную папку прямо",
    "name the folder directly",
);
pub(crate) const PROFILE_MANIFEST: Code = code(
    "A601",
    Error,
    "профиль letopis требует файл {0}",
    "the letopis profile requires the file {0}",
    "возьмите пакет из другой копии",
    "take the bag from another copy",
);
pub(crate) const PROFILE_FETCH: Code = code(
    "A602",
    Error,
    "профиль letopis не допускает fetch.txt",
    "the letopis profile does not allow fetch.txt",
    "",
    "",
);
pub(crate) const PROFILE_CANONICAL: Code = code(
    "A603",
    Error,
    "строки записаны не так, как их пишет letopis: файл изменяли",
    "the lines are not as letopis writes them: the file was changed",
    "сравните с другой копией пакета",
    "compare with another copy of the bag",
);
pub(crate) const PROFILE_VERSION: Code = code(
    "A604",
    Error,
    "профиль letopis требует BagIt 1.0",
    "the letopis profile requires BagIt 1.0",
    "",
    "",
);
pub(crate) const PROFILE_UNLISTED: Code = code(
    "A605",
    Error,
    "служебного файла нет в {0}, профиль letopis этого требует",
    "the tag file is not in {0}, as the letopis profile requires",
    "удалите лишний файл или возьмите пакет из другой копии",
    "remove the file or take the bag from another copy",
);

pub(crate) const WRAPPED: Code = code(
    "A008",
    Unchecked,
    "это архив {0}, такие не читаются: распакуйте его (Windows: 7-Zip; Linux: {1}) и проверьте папку, которая получится",
    "this is a {0} archive, which is not read: unpack it (Windows: 7-Zip; Linux: {1}) and verify the folder that comes out",
    "",
    "",
);
pub(crate) const INSIDE_BAG: Code = code(
    "A009",
    Unchecked,
    "это часть пакета «{0}», отдельно от него не проверяется",
    "this is a part of the bag '{0}' and is not verified without it",
    "назовите папку самого пакета",
    "name the folder of the bag itself",
);
pub(crate) const NO_BAG_IN_ARCHIVE: Code = code(
    "A010",
    Unchecked,
    "в архиве нет пакета BagIt: bagit.txt и manifest-….txt искали во всех его папках ({0}); архивов внутри: {1}",
    "the archive holds no BagIt bag: bagit.txt and manifest-….txt were looked for in all its folders ({0}); archives in it: {1}",
    "если пакет лежит во внутреннем архиве, распакуйте внешний и назовите внутренний",
    "if an archive in it holds the bag, unpack the outer one and name the inner",
);
pub(crate) const DOCUMENTS_LACKING: Code = code(
    "A606",
    Error,
    "в пакете нет документов, ради которых он хранится: {0}; причина в нём не названа",
    "the bag lacks documents that it is kept for: {0}; it gives no reason",
    "соберите год заново; если документа не будет, положите пакет в архив с причиной: letopis archive --incomplete \"…\"",
    "build the year again; where a document cannot be had, archive with the reason: letopis archive --incomplete \"…\"",
);
pub(crate) const INCOMPLETE: Code = code(
    "A607",
    Warning,
    "пакет неполон, в нём нет документов: {0}; причина: {1}",
    "the bag is incomplete, it lacks documents: {0}; the reason: {1}",
    "когда документы будут, соберите год заново и положите в архив новое издание",
    "when the documents can be had, build the year again and archive a new edition",
);

/// Every code of this file.
pub(super) const ALL: &[Code] = &[
    NOT_FOUND,
    NO_BAG,
    NOT_AN_ARCHIVE,
    PATH_UNREADABLE,
    LINK_NOT_FOLLOWED,
    ZIP_WITHOUT_BAG,
    TOO_DEEP,
    PROFILE_MANIFEST,
    PROFILE_FETCH,
    PROFILE_CANONICAL,
    PROFILE_VERSION,
    PROFILE_UNLISTED,
    DOCUMENTS_LACKING,
    INCOMPLETE,
    WRAPPED,
    INSIDE_BAG,
    NO_BAG_IN_ARCHIVE,
];
