//! Who fails, who is not assessed, who is one mark short, and who has fives and fours alone.

use super::fold::Fold;
use crate::model::*;
use crate::render::paper::{Look, Paper};
use crate::reports::class_report::of_class::{OfClass, Studied};
use crate::reports::class_report::words::{capital, mean_of, named, say_lack, say_rest};
use crate::reports::common::numbers::GAP;
use crate::reports::common::table::{count, numbered, table, text};
use crate::stats::analytics::Record;

pub(super) fn lay(of: &OfClass<'_>, fold: Fold, paper: &mut Paper) {
    if let Some(why) = of.lack_of_results() {
        return say_lack(paper, &why);
    }
    for (standing, title) in [("excellent", "На «5»"), ("good", "На «4» и «5»")] {
        let own = of.standing_rows().filter(|(_, row)| row.text("standing") == standing);
        let names: Vec<String> = own.map(|(pupil, _)| of.name(pupil)).collect();
        paper.paragraph(Look::Text, &format!("{title} — {}: {}.", names.len(), named(&names, fold.names)));
    }
    let mut rows: Vec<Vec<String>> = GROUPS.iter().flat_map(|group| group_rows(of, group)).collect();
    if rows.is_empty() {
        let said = "Неуспевающих, неаттестованных, с одной «3» и с одной «4» — 0.";
        return paper.paragraph(Look::Text, said);
    }
    if !fold.has_tables {
        return GROUPS.iter().for_each(|group| in_words(of, group, fold, paper));
    }
    let columns = vec![
        count("№", 7.0),
        text("Группа", 36.0),
        text("Фамилия, имя", 40.0),
        text("Предмет", 34.0),
        text("Учитель", 29.0),
        text("Отм.", 9.0),
        text("Средний", 14.0),
        text("Было", 11.0),
    ];
    let all = rows.len();
    rows.truncate(fold.rows);
    say_rest(paper, all - rows.len());
    paper.table(&table(columns, numbered(rows)));
    let note = "Средний — простой средний текущих отметок, в скобках их число. «Было» — отметка за прошлый период; «повт.» — та же и теперь. \
                «С одной «4»» — хорошист, которому до отличника не хватает одной отметки, «с одной «3»» — до хорошиста.";
    paper.paragraph(Look::Note, note);
}

/// Says «С одной «3» — 2: Вишнякова Ася (Химия 3, было 4), …».
fn in_words(of: &OfClass<'_>, group: &Group, fold: Fold, paper: &mut Paper) {
    let mut pupils: Vec<(String, Vec<String>)> = Vec::new();
    for cells in group_rows(of, group) {
        let said = format!("{} {}, было {}", cells[2], cells[4], cells[6]);
        match pupils.last_mut() {
            Some((name, subjects)) if *name == cells[1] => subjects.push(said),
            _ => pupils.push((cells[1].clone(), vec![said])),
        }
    }
    if !pupils.is_empty() {
        let names = pupils.iter().map(|(name, subjects)| format!("{name} ({})", subjects.join("; ")));
        let names: Vec<String> = names.collect();
        let said = format!("{} — {}: {}.", capital(group.0), names.len(), named(&names, fold.rows));
        paper.paragraph(Look::Text, &said);
    }
}

/// A group of the list: its title, and who is in it.
type Group = (&'static str, fn(Record<'_>) -> bool);

const GROUPS: [Group; 5] = [
    ("не успевает, один предмет", |row| is_failing(row) && twos(row) == 1),
    ("не успевает, два и более", |row| is_failing(row) && twos(row) > 1),
    ("не аттестован(а)", |row| row.text("standing") == "not_assessed"),
    ("с одной «3»", |row| row.text("one_short") == "one_3"),
    ("с одной «4»", |row| row.text("one_short") == "one_4"),
];

fn is_failing(row: Record<'_>) -> bool {
    row.text("standing") == "failing"
}

fn twos(row: Record<'_>) -> usize {
    row.count("n2") + row.count("n1")
}

fn group_rows(of: &OfClass<'_>, (title, is_in): &Group) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for (pupil, row) in of.standing_rows().filter(|(_, row)| is_in(*row)) {
        for subject in row.list("deciding").filter_map(|key| of.data.keys.subject(key)) {
            rows.push(line(of, title, pupil, subject));
        }
    }
    rows
}

fn line(of: &OfClass<'_>, group: &str, pupil: Id<Pupil>, subject: Id<Subject>) -> Vec<String> {
    let own = of.courses(pupil).iter().find(|one| one.subject == subject);
    let mark = own.map_or("", Studied::term_mark);
    let before = of.mark_before(pupil, subject);
    let again = if !mark.is_empty() && mark == before { " повт." } else { "" };
    vec![
        group.to_owned(),
        of.name(pupil),
        of.data.keys.subject_name(subject),
        own.map_or(GAP.to_owned(), |one| of.teacher(one.course)),
        mark.to_owned(),
        own.map_or(GAP.to_owned(), |one| mean_of(one.mean(), one.count())),
        if before.is_empty() { GAP.to_owned() } else { format!("{before}{again}") },
    ]
}
