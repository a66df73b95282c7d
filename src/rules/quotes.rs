//! Words of the regulation, and remedies, that several rules share.

/// D.14 on homework.
pub(super) const AGE: &str = "проверка домашних заданий на соответствие возрастным особенностям обучающихся, требованиям по \
    содержанию и объему";

/// S.5 on final marks.
pub(super) const EVERY_PUPIL: &str = "Каждому ученику должны быть выставлены итоговые оценки (или отметки)… Итоговые оценки \
    дублируются в сводную ведомость в конце классного журнала.";

/// The remedy for an entry that exists but is late.
pub(super) const IN_TIME: &str = "впредь выставлять в срок; причину опоздания пояснить заместителю директора";

/// D.14 on lessons.
pub(super) const LESSONS: &str = "проверка своевременности отражения в журнале занятий";
