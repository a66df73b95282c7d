//! The content and the codes of columns: the notes on the headers of a new workbook.

use crate::model::schema::{Column, Kind};

/// Returns the words that a column takes, as the form offers them; empty: anything goes.
pub(super) fn choices(column: &Column) -> Vec<&'static str> {
    match column.kind {
        Kind::Flag => vec!["да", "нет"],
        _ => column.words.to_vec(),
    }
}

/// Returns what a word means where it does not say it itself.
fn meaning(word: &str) -> &'static str {
    match word {
        "пятибалльная" => "отметки 1–5",
        "зачётная" => "зачёт, незачёт",
        "часть школы" => "часть учебного плана, которую формирует школа",
        "поток" => "из нескольких классов",
        "." => "точка: работа должна быть сдана",
        "незач" => "незачёт",
        "зач" => "зачёт",
        "б" => "болел",
        "ну" => "уважительная причина",
        "н" => "без уважительной причины",
        "оп" => "опоздал",
        "?" => "причина неизвестна",
        "осв" => "освобождён",
        "н/а" => "не аттестован",
        "безотм" => "предмет без отметок",
        _ => "",
    }
}

/// Returns the note on a column's header.
pub(super) fn note(column: &Column) -> String {
    let mut lines = Vec::new();
    lines.push(
        if column.required {
            "Обязательный столбец."
        } else {
            "Можно не заполнять."
        }
        .to_owned(),
    );
    lines.extend(Some(about(column)).filter(|text| !text.is_empty()).map(str::to_owned));
    let codes = choices(column).into_iter().map(|word| match meaning(word) {
        "" => word.to_owned(),
        meaning => format!("{word} — {meaning}"),
    });
    let codes: Vec<String> = codes.collect();
    if !codes.is_empty() {
        lines.push(format!("Значения:\n{}", codes.join("\n")));
    }
    lines.join("\n")
}

/// Returns the description of a column: its own, or that of its kind.
fn about(column: &Column) -> &'static str {
    match column.kind {
        _ if !column.note.is_empty() => column.note,
        Kind::Date => "Дата: 02.09.2025.",
        Kind::Moment => "Дата и время: 02.09.2025 08:47.",
        Kind::Time => "Время: 08:30.",
        Kind::Whole => "Целое число.",
        Kind::Decimal => "Число.",
        Kind::Flag => "да или нет.",
        Kind::Text => "",
    }
}
