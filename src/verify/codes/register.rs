//! What the register shows about an archive as a whole, beyond each bag alone.

use super::code::{Code, code};
use crate::verify::severity::ArchiveSeverity::*;

pub(crate) const REGISTER_UNREADABLE: Code = code(
    "A801",
    Unchecked,
    "реестр не читается: {0}",
    "the register cannot be read: {0}",
    "проверьте права и носитель, повторите проверку",
    "check permissions and the medium, then verify again",
);
pub(crate) const REGISTER_HEADING: Code = code(
    "A802",
    Error,
    "строка {0}: это не заголовок реестра letopis",
    "line {0}: this is not the heading of a letopis register",
    "сравните реестр с другой копией архива",
    "compare the register with another copy of the archive",
);
pub(crate) const REGISTER_CUT: Code = code(
    "A803",
    Error,
    "строка {0} оборвана: запись или сам файл не окончены",
    "line {0} is cut: its writing or the file itself is not complete",
    "возьмите реестр из другой копии архива; ничего не дописывайте в этот",
    "take the register from another copy of the archive; add nothing to this one",
);
pub(crate) const REGISTER_MALFORMED: Code = code(
    "A804",
    Error,
    "строка {0} — не запись реестра",
    "line {0} is not an event",
    "сравните реестр с другой копией архива",
    "compare the register with another copy of the archive",
);
pub(crate) const REGISTER_EDITED: Code = code(
    "A805",
    Error,
    "строка {0}: запись № {1} изменена после того, как была сделана",
    "line {0}: event {1} was changed after it was written",
    "сравните реестр с другой копией архива",
    "compare the register with another copy of the archive",
);
pub(crate) const REGISTER_REMOVED: Code = code(
    "A806",
    Error,
    "перед строкой {0} удалены записи: {1}",
    "before line {0} events were removed: {1}",
    "сравните реестр с другой копией архива",
    "compare the register with another copy of the archive",
);
pub(crate) const REGISTER_REORDERED: Code = code(
    "A807",
    Error,
    "строка {0}: запись № {1} стоит не на своём месте",
    "line {0}: event {1} stands in the wrong place",
    "сравните реестр с другой копией архива",
    "compare the register with another copy of the archive",
);
pub(crate) const REGISTER_DUPLICATED: Code = code(
    "A808",
    Error,
    "строка {0}: запись № {1} повторена",
    "line {0}: event {1} stands here twice",
    "сравните реестр с другой копией архива",
    "compare the register with another copy of the archive",
);
pub(crate) const REGISTER_REWRITTEN: Code = code(
    "A809",
    Error,
    "строка {0}: запись № {1} продолжает не ту запись, что стоит перед ней: та подменена",
    "line {0}: event {1} does not continue the one before it, which was replaced",
    "сравните реестр с другой копией архива",
    "compare the register with another copy of the archive",
);
pub(crate) const REGISTER_CONTRADICTS: Code = code(
    "A810",
    Error,
    "запись № {0}: {1}",
    "event {0}: {1}",
    "сравните реестр с другой копией архива",
    "compare the register with another copy of the archive",
);
pub(crate) const HEAD_DIFFERS: Code = code(
    "A811",
    Error,
    "такой записи в реестре нет: {0}; реестр укорочен или переписан",
    "the register has no such event: {0}; it was shortened or rewritten",
    "сравните число с бумагой ещё раз, затем реестр — с другой копией архива",
    "compare the figure with the paper again, then the register with another copy",
);
pub(crate) const EDITION_MISSING: Code = code(
    "A812",
    Error,
    "пакет записан в реестре (издание {0}), но в архиве его нет",
    "the bag stands in the register (edition {0}) but not in the archive",
    "верните пакет из другой копии архива",
    "bring the bag back from another copy of the archive",
);
pub(crate) const EDITION_REPLACED: Code = code(
    "A813",
    Error,
    "это не тот пакет, что записан в реестре: его контрольные суммы другие",
    "this is not the bag that was registered: its digests are others",
    "верните пакет из другой копии архива",
    "bring the bag back from another copy of the archive",
);
pub(crate) const EDITION_SWAPPED: Code = code(
    "A814",
    Error,
    "под этим именем лежит другой пакет реестра: {0}",
    "another bag of the register lies under this name: {0}",
    "верните пакеты на место или возьмите их из другой копии архива",
    "put the bags back or take them from another copy of the archive",
);
pub(crate) const UNREGISTERED: Code = code(
    "A815",
    Error,
    "пакета нет в реестре",
    "the bag is not in the register",
    "уберите его из архива или внесите командой letopis archive",
    "take it out of the archive or enter it with letopis archive",
);
pub(crate) const STILL_HERE: Code = code(
    "A816",
    Warning,
    "по реестру пакет уничтожен, но он здесь",
    "the register says the bag was destroyed, yet it is here",
    "уничтожьте и эту копию по тому же акту; если запись ошибочна, отмените её: letopis register АРХИВ reversed ПАКЕТ",
    "destroy this copy too by the same act; if the entry is a mistake, take it back: letopis register ARCHIVE reversed BAG",
);
pub(crate) const NO_REGISTER: Code = code(
    "A817",
    Notice,
    "проверено без реестра, пакетов: {0}; нельзя исключить, что пакет собран заново и все его суммы пересчитаны, а \
издания удалены или возвращены к прежним",
    "verified without a register, bags: {0}; it cannot be excluded that a bag was made anew with all its digests, or \
that editions were removed or rolled back",
    "положите рядом register.txt из того же архива или сверьте сумму файла tagmanifest-sha256.txt с бумагой",
    "put the register.txt of the same archive beside them, or compare the digest of tagmanifest-sha256.txt with the paper",
);
pub(crate) const HISTORIES_DIFFER: Code = code(
    "A818",
    Error,
    "история расходится с {0}, начиная с записи № {1}",
    "the history parts from {0} at event {1}",
    "один из реестров переписан: сверьте оба с бумагой",
    "one of the registers was rewritten: compare both with the paper",
);
pub(crate) const HISTORY_OLDER: Code = code(
    "A819",
    Error,
    "это прежнее состояние архива: в {0} записей больше на {1}, среди них изменившие состав архива: {2}",
    "this is an earlier state of the archive: {0} has {1} more events, of which these changed what it holds: {2}",
    "если это копия, обновите её командой letopis copy; если это сам архив, его вернули к прошлому: не пишите в него, \
восстановите из более новой копии",
    "bring a copy up to date with letopis copy; if this is the archive itself, it was rolled back: write nothing into it, \
restore it from the newer copy",
);
pub(crate) const HISTORY_BEHIND: Code = code(
    "A820",
    Warning,
    "в {0} записей больше на {1}, все о проверках и копиях",
    "{0} has {1} more events, all of them verifications and copies",
    "обновите копию командой letopis copy",
    "bring the copy up to date with letopis copy",
);
pub(crate) const REGISTER_REFORMATTED: Code = code(
    "A821",
    Error,
    "файл прошёл через почту или редактор, который изменил его запись ({0}); что в нём стоит, прочитано",
    "the file went through mail or an editor that changed how it is written ({0}); what it says was read",
    "возьмите этот файл из другой копии архива; пересылайте реестр только внутри ZIP",
    "take this file from another copy of the archive; send a register only inside a ZIP",
);
pub(crate) const REGISTER_OUTSIDE: Code = code(
    "A840",
    Error,
    "строка {0}: имя пакета ведёт за пределы архива: «{1}»",
    "line {0}: the name of the bag leads out of the archive: '{1}'",
    "такой реестр сделан не letopis: возьмите его из другой копии архива",
    "letopis made no such register: take it from another copy of the archive",
);

/// Every code of this file.
pub(super) const ALL: &[Code] = &[
    REGISTER_UNREADABLE,
    REGISTER_HEADING,
    REGISTER_CUT,
    REGISTER_MALFORMED,
    REGISTER_EDITED,
    REGISTER_REMOVED,
    REGISTER_REORDERED,
    REGISTER_DUPLICATED,
    REGISTER_REWRITTEN,
    REGISTER_CONTRADICTS,
    HEAD_DIFFERS,
    EDITION_MISSING,
    EDITION_REPLACED,
    EDITION_SWAPPED,
    UNREGISTERED,
    STILL_HERE,
    NO_REGISTER,
    HISTORIES_DIFFER,
    HISTORY_OLDER,
    HISTORY_BEHIND,
    REGISTER_REFORMATTED,
    REGISTER_OUTSIDE,
];
