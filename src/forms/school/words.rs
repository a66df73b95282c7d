//! The words of forms: how figures, counts, columns and codes are called.

/// A figure of `data/metrics.csv`, and what people call it.
pub(super) const METRICS: &[(&str, &[&str])] = &[
    ("attainment", &["успеваемость", "обученность"]),
    ("attainment_regulation", &["успеваемость по положению"]),
    ("quality", &["качество", "качество знаний"]),
    ("sou", &["соу", "степень обученности"]),
    ("mean_mark", &["средний балл", "ср балл"]),
    ("attendance", &["посещаемость"]),
    ("absence_lessons", &["пропущено уроков", "пропуски"]),
    ("absence_б", &["пропущено по болезни", "пропуски по болезни"]),
    ("absence_ну", &["пропущено по уважительной причине", "пропуски по уважительной причине"]),
    ("absence_н", &["пропущено без уважительной причины", "пропуски без уважительной причины"]),
    ("hours_plan", &["часов по плану"]),
    ("hours_given", &["часов дано"]),
    ("fulfilment", &["выполнение программы"]),
];

/// What is counted in `standings`: the name, the column, and the code there.
pub(super) const STANDINGS: &[(&str, &str, &str)] = &[
    ("отличники", "standing", "excellent"),
    ("хорошисты", "standing", "good"),
    ("троечники", "standing", "satisfactory"),
    ("неуспевающие", "standing", "failing"),
    ("не аттестованы", "standing", "not_assessed"),
    ("без отметок", "standing", "none"),
    ("с одной 4", "one_short", "one_4"),
    ("с одной 3", "one_short", "one_3"),
];

/// What `movement` counts: the name, and the column.
pub(super) const MOVEMENT: &[(&str, &str)] = &[
    ("на начало", "start"),
    ("прибыло", "arrived"),
    ("переведено в класс", "transferred_in"),
    ("выбыло", "left"),
    ("переведено из класса", "transferred_out"),
    ("на конец", "end"),
    ("учеников", "end"),
    ("мальчиков", "boys"),
    ("девочек", "girls"),
];

/// What columns of the tables are called; ids and codes have words of their own.
const COLUMNS: &[(&str, &str)] = &[
    ("term_id", "код периода"),
    ("class_id", "код класса"),
    ("pupil_id", "код ученика"),
    ("subject_id", "код предмета"),
    ("teacher_id", "код учителя"),
    ("course_id", "код курса"),
    ("group_id", "код группы"),
    ("assessed", "аттестован по предметам"),
    ("excluded", "не считается"),
    ("n5", "пятёрок"),
    ("n4", "четвёрок"),
    ("n3", "троек"),
    ("n2", "двоек"),
    ("n1", "единиц"),
    ("na", "не аттестован по предметам"),
    ("marks", "отметок"),
    ("mean", "средний балл"),
    ("weighted_mean", "взвешенный балл"),
    ("term_mark", "отметка за период"),
    ("lessons", "уроков"),
    ("absences", "пропущено"),
    ("lessons_due", "уроков всего"),
    ("lessons_missed", "уроков пропущено"),
    ("ill", "по болезни"),
    ("excused", "по уважительной причине"),
    ("unexcused", "без уважительной причины"),
    ("unknown", "причина неизвестна"),
    ("late", "опозданий"),
    ("days_missed", "дней пропущено"),
    ("planned_date", "дата по плану"),
    ("held_date", "дата проведения"),
    ("days_late", "отставание в днях"),
    ("listed", "по списку"),
    ("wrote", "писали"),
    ("absent", "отсутствовали"),
    ("attainment", "успеваемость"),
    ("quality", "качество"),
    ("sou", "соу"),
    ("mean_mark", "средний балл"),
    ("compared", "сравнимо"),
    ("equal", "подтвердили"),
    ("higher", "выше"),
    ("lower", "ниже"),
    ("hours_week", "часов в неделю"),
    ("hours_plan", "часов по плану"),
    ("hours_given", "часов дано"),
    ("lag", "отставание"),
    ("held", "проведено"),
    ("missed", "не проведено"),
    ("moved", "перенесено"),
    ("cancelled", "отменено"),
    ("substituted", "замещено"),
    ("held_own", "дано своих"),
    ("held_for_others", "дано за других"),
    ("held_by_others", "дано другими"),
    ("date", "дата"),
    ("topic", "тема"),
    ("value", "значение"),
    ("expected", "прогноз"),
    ("needed", "нужно пятёрок"),
    ("start", "на начало"),
    ("arrived", "прибыло"),
    ("left", "выбыло"),
    ("end", "на конец"),
    ("boys", "мальчиков"),
    ("girls", "девочек"),
];

/// Returns what people call a column.
pub(super) fn column(id: &str) -> Option<&'static str> {
    COLUMNS.iter().find(|(known, _)| *known == id).map(|(_, name)| *name)
}

/// Codes that have words: the column, what its words are called, and the words.
pub(super) const CODES: &[(&str, &str, &[(&str, &str)])] = &[
    (
        "standing",
        "итог",
        &[
            ("excellent", "отличник"),
            ("good", "хорошист"),
            ("satisfactory", "есть тройки"),
            ("failing", "не успевает"),
            ("not_assessed", "не аттестован"),
            ("none", "нет отметок"),
        ],
    ),
    ("one_short", "резерв", &[("one_4", "с одной «4»"), ("one_3", "с одной «3»")]),
    (
        "reason",
        "причина",
        &[("б", "болезнь"), ("ну", "уважительная"), ("н", "без уважительной причины"), ("?", "неизвестна")],
    ),
    (
        "kind",
        "что произошло",
        &[
            ("substitution", "замена"),
            ("missed", "не проведён"),
            ("moved", "перенесён"),
            ("cancelled", "отменён"),
        ],
    ),
];

/// Tables by what people call them.
pub(super) const TABLES: &[(&str, &str)] = &[
    ("standings", "ученики"),
    ("pupil_subjects", "ученики по предметам"),
    ("missed", "пропущенные уроки"),
    ("unsatisfactory", "двойки"),
    ("control_works", "контрольные"),
    ("programme", "программы"),
    ("lesson_changes", "замены"),
    ("workload", "нагрузка"),
    ("movement", "движение"),
    ("absence_days", "пропуски учеников"),
    ("objectivity", "объективность"),
    ("forecast", "прогноз"),
];
