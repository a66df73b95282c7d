//! Pupils by the results of a term, class by class: who is counted in which figure, and who in none and why.

use std::collections::BTreeMap;

use super::of_term::{OfTerm, Whole};
use crate::model::*;
use crate::render::markup::Markup;
use crate::reports::common::numbers;
use crate::reports::common::standings::{Standings, word};
use crate::stats::Scope;
use crate::stats::analytics::{PUPIL_SUBJECTS, Record, STANDINGS};

/// The standings in the order of the lists.
const ORDER: [&str; 6] = ["excellent", "good", "satisfactory", "failing", "not_assessed", "none"];

/// Writes how many pupils of each whole have each standing.
pub(super) fn table(of: &OfTerm<'_>, out: &mut Markup) {
    out.raw("<h2 id=standings>Ученики по итогам периода</h2>\n");
    if let Some(why) = of.data.lack(&STANDINGS) {
        out.raw("<p>Не образованы: ").text(&why).raw(".</p>\n");
        return;
    }
    out.raw("<p>Со 2 класса. «С одной» — часть группы, а не группа рядом с ней. Число ведёт к именам.</p>\n");
    out.raw("<div class=w tabindex=0 role=region aria-label=\"Ученики по итогам периода\"><table class=n><thead><tr><th>Охват<th>Учеников<th>на «5»\
             <th>на «4» и «5»<th>в т. ч. с одной «4»<th>с «3»<th>в т. ч. с одной «3»<th>с «2»<th>из них по двум и более<th>н/а\
             <th>без отметок<th>Текущих отметок 1–5<tbody>\n");
    let marks = current_marks(of);
    for whole in &of.wholes {
        let own = Standings::of(rows(of, whole));
        if own.listed == 0 {
            continue;
        }
        out.raw("<tr id=k-").raw(&whole.anchor).raw("><th>").text(&whole.title);
        for count in own.counts() {
            out.raw("<td>");
            match count {
                0 => out.raw("0"),
                _ => out.raw("<a href=#n-").raw(&whole.anchor).raw(">").count(count).raw("</a>"),
            };
        }
        let keys = whole.classes.iter().map(|id| of.journal().classes[*id].key.as_str());
        let given: Option<usize> = marks.as_ref().map(|marks| keys.filter_map(|key| marks.get(key)).sum());
        out.raw("<td>");
        match given {
            Some(given) => out.raw("<a href=#n-").raw(&whole.anchor).raw(">").count(given).raw("</a>"),
            None => out.raw(numbers::GAP),
        };
        out.raw("\n");
    }
    out.raw("</table></div>\n");
}

/// Counts the current marks of the pupils of each class, as the table of pupils by subject has them; nothing without marks in
/// the inputs.
fn current_marks<'a>(of: &OfTerm<'a>) -> Option<BTreeMap<&'a str, usize>> {
    if of.data.lack(&PUPIL_SUBJECTS).is_some() {
        return None;
    }
    let mut marks = BTreeMap::new();
    for row in of.data.rows(&PUPIL_SUBJECTS) {
        *marks.entry(row.text("class_id")).or_default() += row.count("marks");
    }
    Some(marks)
}

/// Walks the standings of a whole.
pub(super) fn rows<'a>(of: &OfTerm<'a>, whole: &Whole) -> Vec<Record<'a>> {
    let keys: Vec<&str> = whole.classes.iter().map(|id| of.journal().classes[*id].key.as_str()).collect();
    of.data.rows(&STANDINGS).filter(|row| keys.contains(&row.text("class_id"))).collect()
}

/// Writes the names.
pub(super) fn lists(of: &OfTerm<'_>, out: &mut Markup) {
    out.raw("<h2 id=n-school>Поимённо: успеваемость, качество, СОУ, средний балл</h2>\n");
    out.raw("<p>Успеваемость: числитель — ученики на «5», на «4» и «5», с «3»; знаменатель — они, ученики с «2» и н/а. Качество: числитель \
             — на «5» и на «4» и «5». По положению: знаменатель — весь список класса. Без отметок — ни в числителе, ни в знаменателе \
             успеваемости и качества. Имя ведёт к отметкам и урокам ученика.</p>\n");
    for whole in of.wholes.iter().skip(1) {
        whole.heading("n", out);
        if let (Scope::Class, [class]) = (whole.scope, &whole.classes[..]) {
            of_class(of, *class, &rows(of, whole), out);
        }
    }
}

fn of_class(of: &OfTerm<'_>, class: Id<Class>, rows: &[Record<'_>], out: &mut Markup) {
    if rows.is_empty() {
        out.raw("<p>Итогов нет: обучение без отметок, или на последний день периода в классе никого.</p>\n");
        return;
    }
    for standing in ORDER {
        let mut own: Vec<&Record<'_>> = rows.iter().filter(|row| row.text("standing") == standing).collect();
        if own.is_empty() {
            continue;
        }
        let key = of.journal().classes[class].key.as_str();
        own.sort_by_cached_key(|row| of.data.keys.pupil_order(key, row.text("pupil_id")));
        out.raw("<p id=n-")
            .raw(of.stem(class))
            .raw("-")
            .raw(standing)
            .raw("><b>")
            .text(&capital(word(standing)));
        out.raw(": ").count(own.len()).raw(".</b> ");
        for (index, row) in own.iter().enumerate() {
            out.raw(if index > 0 { ", " } else { "" });
            if let Some(pupil) = of.data.keys.pupil(row.text("pupil_id")) {
                of.pupil(class, pupil, None, out);
            }
            out.text(&note(of, **row));
        }
        out.raw("</p>\n");
    }
    out.raw("<p>").text(&spread(rows)).raw("</p>\n");
}

fn capital(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().into_iter().flat_map(char::to_uppercase).chain(signs).collect()
}

/// Says which subjects decide, and what the figures of term marks leave out.
fn note(of: &OfTerm<'_>, row: Record<'_>) -> String {
    let subjects: Vec<String> = row
        .list("deciding")
        .map(|key| of.data.keys.subject(key).map_or(key.to_owned(), |id| of.data.keys.subject_name(id)))
        .collect();
    let deciding = match (row.text("one_short"), row.text("standing")) {
        ("one_4", _) => "одна «4»: ",
        ("one_3", _) => "одна «3»: ",
        (_, "failing") => "«2»: ",
        _ => "",
    };
    let mut parts = Vec::new();
    if !subjects.is_empty() {
        parts.push(format!("{deciding}{}", subjects.join(", ")));
    }
    if row.text("standing") == "none" {
        parts.extend(row.list("excluded").map(super::units::left_out_word));
    }
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join("; ")) }
}

/// Says how СОУ and the mean are formed of the class's marks.
fn spread(rows: &[Record<'_>]) -> String {
    let [n5, n4, n3, n2, n1, na] = ["n5", "n4", "n3", "n2", "n1", "na"]
        .map(|column| rows.iter().map(|row| row.count(column)).sum::<usize>());
    let (numeric, weighted) =
        (n5 + n4 + n3 + n2 + n1, 100 * n5 + 64 * n4 + 36 * n3 + 16 * n2 + 7 * (n1 + na));
    let sum = 5 * n5 + 4 * n4 + 3 * n3 + 2 * n2 + n1;
    format!(
        "Отметок за период: «5» {n5}, «4» {n4}, «3» {n3}, «2» {n2}, «1» {n1}, н/а {na}. СОУ: (100·{n5} + 64·{n4} + 36·{n3} + 16·{n2} + \
         7·({n1} + {na})) / {} = {weighted}/{}. Средний балл: {sum}/{numeric}.",
        numeric + na,
        numeric + na
    )
}
