//! One chart of every kind, with what is hard in each: nothing, one row, sixty rows, long names, 0 and 100 %, gaps.

use letopis::render::charts::{Chart, Kind, Reference, Row, Series, Stack, Unit, Value};
use letopis::stats::wilson;

/// Every sample.
pub(crate) fn all() -> Vec<Chart> {
    let mut charts = vec![
        bars(&CLASSES),
        intervals(),
        stacks(),
        slopes(4),
        slopes(14),
        heat(8),
        heat(26),
        absences(),
        long_names(),
        one_bar(),
        nothing(),
    ];
    charts.extend([many(), many_stacks()]);
    charts
}

/// Class, how many are good, how many there are; nobody where a class has no marks.
const CLASSES: [(&str, u64, u64); 12] = [
    ("2А", 22, 24),
    ("2Б", 14, 24),
    ("3А", 19, 23),
    ("3Б", 3, 3),
    ("4А", 0, 12),
    ("5А", 12, 25),
    ("5Б", 10, 26),
    ("6А", 1, 4),
    ("7А", 0, 0),
    ("8А", 11, 11),
    ("9А", 9, 22),
    ("11А", 1, 8),
];
const SCHOOL: [u64; 2] = [102, 182];

fn chart(title: &str, subtitle: &str, kind: Kind) -> Chart {
    Chart {
        title: title.to_owned(),
        subtitle: subtitle.to_owned(),
        rows_title: "Класс".to_owned(),
        value_title: "Качество, %".to_owned(),
        unit: Unit::PERCENT,
        notes: Vec::new(),
        kind,
    }
}

fn row((label, found, of): &(&str, u64, u64)) -> Row {
    let value = Value::share(*found, *of);
    let interval = wilson::interval(*found, *of);
    let value = value.map(|value| interval.map_or(value, |interval| value.within(interval)));
    Row { label: (*label).to_owned(), value, is_total: *label == "2А" }
}

fn school() -> Option<Reference> {
    Some(Reference { label: "Школа".to_owned(), value: Value::share(SCHOOL[0], SCHOOL[1])? })
}

fn bars(classes: &[(&str, u64, u64)]) -> Chart {
    let rows = classes.iter().map(row).map(|row| Row { value: row.value.map(without), ..row });
    let kind = Kind::Bars { rows: rows.collect(), reference: school() };
    let subtitle = "Доля учеников на «4» и «5» среди аттестованных, 2–11 классы, I четверть 2025–2026";
    let mut chart = chart("Качество выше всего в 2А и 8А", subtitle, kind);
    chart.notes.push("Не считаются ученики без единой отметки за четверть.".to_owned());
    chart
}

fn without(value: Value) -> Value {
    Value { interval: None, ..value }
}

fn intervals() -> Chart {
    let kind = Kind::Intervals { rows: CLASSES.iter().map(row).collect(), reference: school() };
    let mut chart = chart(
        "Ниже школы качество только в 4А",
        "Доля учеников на «4» и «5» и интервал Уилсона, 95 %; I четверть 2025–2026",
        kind,
    );
    chart.notes.push("Интервал показывает, насколько далеко долю могла бы увести случайность.".to_owned());
    chart
}

fn stacks() -> Chart {
    let rows = [
        ("Все классы", Some(vec![310, 620, 280, 6]), true),
        ("2А", Some(vec![40, 60, 20, 0]), false),
        ("5А", Some(vec![1, 0, 0, 0]), false),
        ("6А", Some(vec![0, 2, 3, 1]), false),
        ("7А", None, false),
        ("8А", Some(vec![0, 0, 0, 0]), false),
        ("9А", Some(vec![10, 90, 88, 3]), false),
    ];
    let stack = |(label, counts, is_total): (&str, Option<Vec<u64>>, bool)| Stack {
        label: label.to_owned(),
        counts,
        is_total,
    };
    let kind = Kind::Stacks { parts: marks(), rows: rows.map(stack).into() };
    let subtitle = "Отметки за четверть по всем предметам, I четверть 2025–2026";
    Chart {
        value_title: "Отметок".to_owned(),
        unit: Unit::COUNT,
        ..chart("Двоек шесть, все в 6А и 9А", subtitle, kind)
    }
}

fn marks() -> Vec<String> {
    ["«5»", "«4»", "«3»", "«2»"].map(str::to_owned).into()
}

fn terms() -> Vec<String> {
    ["I четверть", "II четверть", "III четверть", "IV четверть"].map(str::to_owned).into()
}

/// Lines over four terms, with gaps at the start, in the middle, at the end, and one with nothing.
fn slopes(count: usize) -> Chart {
    let line = |at: usize| {
        let value = |term: usize| {
            let is_gap = matches!((at % 7, term), (1, 0) | (2, 2) | (3, 3)) || at == 6;
            let of = if at == 4 { 6 } else { 24 };
            if is_gap {
                None
            } else {
                Value::share((at as u64 * 5 + term as u64 * (3 + at as u64 % 3)) % (of + 1), of)
            }
        };
        Series {
            label: format!("{}{}", at / 2 + 2, ["А", "Б"][at % 2]),
            values: (0..4).map(value).collect(),
            is_total: at == 0,
        }
    };
    let kind = Kind::Slopes { points: terms(), lines: (0..count).map(line).collect() };
    chart("Качество по четвертям", "Доля учеников на «4» и «5», 2025–2026", kind)
}

const SUBJECTS: [&str; 13] = [
    "Русский язык",
    "Литература",
    "Родной язык (русский)",
    "Иностранный язык (английский)",
    "Математика",
    "Вероятность и статистика",
    "Информатика",
    "История",
    "Основы духовно-нравственной культуры народов России",
    "География",
    "Физическая культура",
    "Основы безопасности и защиты Родины",
    "Труд (технология)",
];

fn heat(columns: usize) -> Chart {
    let titles: Vec<String> = (0..columns).map(|at| SUBJECTS[at % SUBJECTS.len()].to_owned()).collect();
    let row = |at: usize| {
        let value = |column: usize| {
            let of = if at == 3 { 4 } else { 25 };
            let number = (at * 7 + column * 11) as u64 % (of + 1);
            if (at + column) % 9 == 8 { None } else { Value::share(number, of) }
        };
        Series {
            label: if at == 9 { "Школа".to_owned() } else { format!("{}А", at + 2) },
            values: (0..columns).map(value).collect(),
            is_total: at == 9,
        }
    };
    let kind = Kind::Heat { columns: titles, rows: (0..10).map(row).collect() };
    chart("Качество по классам и предметам", "Доля отметок «4» и «5», I четверть 2025–2026", kind)
}

fn absences() -> Chart {
    let rows =
        [("понедельник", 41.0), ("вторник", 12.0), ("среда", 0.0), ("четверг", 7.0), ("пятница", 103.0)];
    let row = |(label, number): (&str, f64)| Row {
        label: label.to_owned(),
        value: Value::plain(number),
        is_total: false,
    };
    let kind = Kind::Bars { rows: rows.map(row).into(), reference: None };
    let described =
        chart("Пропусков больше всего по пятницам", "Пропущено уроков без уважительной причины", kind);
    Chart {
        rows_title: "День".to_owned(), value_title: "Уроков".to_owned(), unit: Unit::COUNT, ..described
    }
}

fn long_names() -> Chart {
    let names = [
        "Константинопольская-Преображенская Александра Владиславовна, основы безопасности и защиты Родины",
        "Ким О.",
        "Основы духовно-нравственной культуры народов России (модуль «Основы светской этики»), 5 «Гимназический» класс",
    ];
    let rows = names.iter().zip([3.48, 5.0, 1.0]).map(|(name, mean)| Row {
        label: (*name).to_owned(),
        value: Value::plain(mean),
        is_total: false,
    });
    let kind = Kind::Bars { rows: rows.collect(), reference: None };
    let described = chart("Средний балл по учителям", "Отметки за I четверть", kind);
    Chart {
        rows_title: "Учитель".to_owned(),
        value_title: "Средний балл".to_owned(),
        unit: Unit::MEAN,
        ..described
    }
}

fn one_bar() -> Chart {
    bars(&CLASSES[..1])
}

fn nothing() -> Chart {
    bars(&[])
}

fn many() -> Chart {
    let classes: Vec<(String, u64)> = (0..60)
        .map(|at| (format!("{}{}", at / 6 + 2, ["А", "Б", "В", "Г", "Д", "Е"][at % 6]), at as u64 % 26))
        .collect();
    let rows: Vec<(&str, u64, u64)> =
        classes.iter().map(|(label, found)| (label.as_str(), *found, 25)).collect();
    Chart { title: "Шестьдесят классов".to_owned(), ..bars(&rows) }
}

fn many_stacks() -> Chart {
    let row = |at: u64| Stack {
        label: format!("{}-й класс", at + 1),
        counts: Some(vec![at, 60 - at, at * at % 31, at % 4, at % 3]),
        is_total: false,
    };
    let parts = marks().into_iter().chain(["н/а".to_owned()]).collect();
    let kind = Kind::Stacks { parts, rows: (0..60).map(row).collect() };
    chart("Отметки в шестидесяти классах", "С неаттестованными", kind)
}
