//! A page for a pupil: marks by date, means, needed marks, forecast, missed topics, unsatisfactory marks, control works.

use std::collections::BTreeMap;

use super::of_class::{OfClass, Studied};
use super::words::{REASONS, mean_of, topic, work_title};
use crate::model::*;
use crate::render::format;
use crate::render::paper::{Look, Paper};
use crate::reports::common::numbers::{GAP, mean, out_of, part};
use crate::reports::common::standings::word;
use crate::reports::common::table::{count, row, spanned, table, text};
use crate::reports::common::terms;
use crate::reports::forecast::reasons;
use crate::reports::pupils::{agreed, movements};
use crate::stats::analytics::forecast::{Prospect, needed};
use crate::stats::analytics::{MISSED, Record, UNSATISFACTORY};

/// Lays out the page of a pupil, who stands at a place of the class's list.
pub(super) fn lay(of: &OfClass<'_>, (place, pupil): (usize, Id<Pupil>), paper: &mut Paper) {
    paper.turn();
    paper.heading(1, &format!("{place}. {}", of.name(pupil)));
    paper.paragraph(Look::Text, &head(of, pupil));
    match of.lack_of_results() {
        Some(why) if of.courses(pupil).is_empty() => {
            paper.paragraph(Look::Text, &format!("Отметок нет: {why}."));
        }
        _ => marks(of, pupil, paper),
    }
    under_way(of, pupil, paper);
    missed(of, pupil, paper);
    unsatisfactory(of, pupil, paper);
    works(of, pupil, paper);
}

/// Says how the term ended for the pupil, when the pupil came, and what was missed.
fn head(of: &OfClass<'_>, pupil: Id<Pupil>) -> String {
    let journal = of.journal();
    let mut said = vec![format!("{} класс, {}.", of.key, terms::title(journal, of.data.term))];
    said.extend(of.standing(pupil).map(|row| format!("Итог: {}.", standing(row))));
    let moves = movements(journal, of.class, pupil);
    if !moves.is_empty() {
        said.push(format!("Движение: {}.", moves.join(", ")));
    }
    if !of.listed.contains(&pupil) {
        let word = agreed(&journal.pupils[pupil], "пришёл", "пришла");
        said.push(format!("В класс {word} после этого периода."));
    }
    match (of.lack_of_absences(), of.absence(pupil)) {
        (Some(why), _) => said.push(format!("Пропуски не сформированы: {why}.")),
        (None, Some(row)) => said.push(absences(row)),
        (None, None) => {}
    }
    said.join(" ")
}

fn standing(row: Record<'_>) -> String {
    let short = match row.text("one_short") {
        "one_4" => ", с одной «4»",
        "one_3" => ", с одной «3»",
        _ => "",
    };
    let before = row.text("before");
    let before = if before.is_empty() { String::new() } else { format!(", было: {}", word(before)) };
    format!("{}{short}{before}", word(row.text("standing")))
}

fn absences(row: Record<'_>) -> String {
    let counts = [
        ("по болезни", "ill"),
        ("по уважительной причине", "excused"),
        ("без уважительной причины", "unexcused"),
        ("причина неизвестна", "unknown"),
    ];
    let parts = counts.map(|(title, column)| (title, row.count(column)));
    let parts = parts.into_iter().filter(|(_, count)| *count > 0);
    let parts: Vec<String> = parts.map(|(title, count)| format!("{title} {count}")).collect();
    let parts = if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) };
    format!(
        "Пропущено уроков {}{parts}. Полных дней {}, опозданий {}.",
        part(row.count("lessons_missed"), row.count("lessons_due")),
        row.count("days_missed"),
        row.count("late")
    )
}

fn marks(of: &OfClass<'_>, pupil: Id<Pupil>, paper: &mut Paper) {
    let courses = of.courses(pupil);
    if courses.is_empty() {
        return;
    }
    let is_weighted = courses.iter().any(is_weighted);
    let columns = vec![
        text("Предмет", 37.0),
        text("Отметки: число и отметка", if is_weighted { 62.0 } else { 77.0 }),
        text("Средний", 15.0),
        text("Взвеш. средний", 15.0),
        text("За период", 13.0),
        text("Было", 11.0),
        count("Не хватило «5»", 13.0),
        text("Пропуски", 14.0),
    ];
    let rows = courses.iter().map(|one| mark_line(of, pupil, one));
    let mut table = table(columns, rows.map(row).collect());
    if !is_weighted {
        table.columns.remove(WEIGHTED);
        table.rows.iter_mut().for_each(|row| drop(row.cells.remove(WEIGHTED)));
    }
    paper.table(&table);
    let note = "«к» — контрольная работа по графику, «.» — работа не сдана. В скобках — число отметок. «Не хватило «5»» — сколько ещё пятёрок \
                подняли бы округлённый средний на балл; пусто — он уже «5» или нужно больше двадцати. Пропуски — из уроков предмета.";
    paper.paragraph(Look::Note, note);
}

/// Place of the weighted mean, which stands only where works have weights.
const WEIGHTED: usize = 3;

fn is_weighted(one: &Studied<'_>) -> bool {
    mean(one.mean()) != mean(one.weighted_mean())
}

fn mark_line(of: &OfClass<'_>, pupil: Id<Pupil>, one: &Studied<'_>) -> Vec<String> {
    let before = of.mark_before(pupil, one.subject);
    let (sum, count) = one.sum();
    let short = if count == 0 { None } else { needed(sum, count) };
    let missed = one.missed().map_or(GAP.to_owned(), |(missed, held)| out_of(missed, held));
    vec![
        of.course_title(pupil, one.course),
        of.entries.said(pupil, one.course, of.data.span()),
        mean_of(one.mean(), one.count()),
        mean(one.weighted_mean()),
        one.term_mark().to_owned(),
        if before.is_empty() { GAP.to_owned() } else { before.to_owned() },
        short.map_or(String::new(), |fives| fives.to_string()),
        missed,
    ]
}

/// The term under way: marks so far, what is to be expected, how many fives are needed, why to look.
fn under_way(of: &OfClass<'_>, pupil: Id<Pupil>, paper: &mut Paper) {
    let own: Vec<&Prospect> = of.prospects.iter().copied().filter(|one| one.pupil == pupil).collect();
    let Some(term) = of.under_way.filter(|_| !own.is_empty()) else { return };
    let title = terms::title(of.journal(), term);
    let as_of = format::date(of.data.context.as_of);
    paper.heading(2, &format!("Идёт {title}: отметки, прогноз и сколько пятёрок нужно на {as_of}"));
    let columns = vec![
        text("Предмет", 34.0),
        text("Отметки: число и отметка", 46.0),
        text("Средний", 14.0),
        text("Ожида-ется", 12.0),
        count("до «3»", 8.0),
        count("до «4»", 8.0),
        count("до «5»", 8.0),
        text("На что обратить внимание", 50.0),
    ];
    let spans = [("", 4), ("Нужно пятёрок", 3), ("", 1)];
    let span = Span { from: of.journal().terms[term].span.from, to: of.data.context.as_of };
    let line = |one: &&Prospect| {
        let mut cells = vec![
            of.data.keys.subject_name(one.subject),
            of.entries.said(pupil, one.course, span),
            mean_of(one.mean(), one.marks.len()),
            one.expected.map_or(GAP.to_owned(), |mark| mark.to_string()),
        ];
        cells.extend(
            [3, 4, 5].map(|mark| one.fives_for(mark).map_or(String::new(), |fives| fives.to_string())),
        );
        cells.push(reasons(one).join("; "));
        row(cells)
    };
    paper.table(&spanned(table(columns, own.iter().map(line).collect()), &spans));
    let note = "Ожидается — округлённый средний отметок периода и отметки за прошлый период. «Нужно пятёрок» — сколько ещё пятёрок подряд поднимут \
                округлённый средний до этой отметки; пусто — он уже не ниже или нужно больше двадцати.";
    paper.paragraph(Look::Note, note);
}

fn missed(of: &OfClass<'_>, pupil: Id<Pupil>, paper: &mut Paper) {
    if of.data.lack(&MISSED).is_some() {
        return;
    }
    let rows = of.missed.get(&pupil).map_or(&[][..], Vec::as_slice);
    if rows.is_empty() {
        return paper.paragraph(Look::Text, "Пропущенных уроков в исходных данных 0.");
    }
    let made_up = rows.iter().filter(|row| row.flag("made_up")).count();
    let title = format!("Пропущенные уроки и темы: {}, отработано {made_up}", rows.len());
    paper.heading(2, &title);
    let mut by_course: BTreeMap<Option<Id<Course>>, Vec<Record<'_>>> = BTreeMap::new();
    for row in rows {
        by_course.entry(of.data.keys.course(row.text("course_id"))).or_default().push(*row);
    }
    let line = |(course, rows): (Option<Id<Course>>, Vec<Record<'_>>)| {
        let title = course.map(|id| of.data.keys.subject_name(of.journal().courses[id].subject));
        let said = rows.into_iter().map(missed_lesson).collect::<Vec<_>>().join("; ");
        row(vec![title.unwrap_or_default(), said])
    };
    let columns = vec![text("Предмет", 37.0), text("Урок: число, причина, тема", 143.0)];
    paper.table(&table(columns, by_course.into_iter().map(line).collect()));
    paper.paragraph(
        Look::Note,
        &format!("{REASONS}. «Отработано» — есть отметка за этот урок или за его работу позже."),
    );
}

fn missed_lesson(row: Record<'_>) -> String {
    let date = row.date("date").map(format::day_month).unwrap_or_default();
    let made_up = if row.flag("made_up") { " — отработано" } else { "" };
    format!("{date}\u{a0}{} {}{made_up}", row.text("reason"), topic(row.text("topic")))
}

fn unsatisfactory(of: &OfClass<'_>, pupil: Id<Pupil>, paper: &mut Paper) {
    if of.data.lack(&UNSATISFACTORY).is_some() {
        return;
    }
    let rows = of.unsatisfactory.get(&pupil).map_or(&[][..], Vec::as_slice);
    if rows.is_empty() {
        return paper.paragraph(Look::Text, "Неудовлетворительных отметок 0.");
    }
    paper.heading(2, &format!("Неудовлетворительные отметки и темы: {}", rows.len()));
    let columns = vec![
        text("Число", 12.0),
        text("Предмет", 37.0),
        text("Отметка", 14.0),
        text("Тема", 95.0),
        text("Исправлена", 22.0),
    ];
    let line = |one: &Record<'_>| {
        let subject = of.data.keys.subject(one.text("subject_id"));
        row(vec![
            one.date("date").map(format::day_month).unwrap_or_default(),
            subject.map(|id| of.data.keys.subject_name(id)).unwrap_or_default(),
            one.text("value").to_owned(),
            topic(one.text("topic")),
            if one.flag("corrected") { "да" } else { "нет" }.to_owned(),
        ])
    };
    paper.table(&table(columns, rows.iter().map(line).collect()));
}

fn works(of: &OfClass<'_>, pupil: Id<Pupil>, paper: &mut Paper) {
    let keys = &of.data.keys;
    let own_courses: Vec<Id<Course>> = of.courses(pupil).iter().map(|one| one.course).collect();
    let own = of.works.iter().filter_map(|one| {
        let course = keys.course(one.text("course_id")).filter(|course| own_courses.contains(course))?;
        Some((*one, course, keys.work(one.text("work_id"))?))
    });
    let rows: Vec<Vec<String>> =
        own.map(|(one, course, work)| work_line(of, pupil, (one, course, work))).collect();
    if rows.is_empty() {
        return;
    }
    paper.heading(2, &format!("Контрольные работы: {}", rows.len()));
    let side = || {
        [text("Число", 12.0), text("Предмет, работа", 48.0), text("Отметка", 18.0), count("Ср. класса", 12.0)]
    };
    let columns = side().into_iter().chain(side()).collect();
    let pair = |two: &[Vec<String>]| row([two.concat(), vec![String::new(); 8 - 4 * two.len()]].concat());
    paper.table(&table(columns, rows.chunks(2).map(pair).collect()));
}

fn work_line(
    of: &OfClass<'_>,
    pupil: Id<Pupil>,
    (one, course, work): (Record<'_>, Id<Course>, Id<Work>),
) -> Vec<String> {
    let day = |column| one.date(column).map(format::day_month);
    let held = day("held_date");
    let is_held = held.is_some();
    let subject = of.data.keys.subject_name(of.journal().courses[course].subject);
    vec![
        held.or_else(|| day("planned_date")).unwrap_or(GAP.to_owned()),
        format!("{subject}: {}", work_title(of.journal(), work)),
        if is_held {
            mark_of_work(of, pupil, (one, course, work))
        } else {
            "не проведена".to_owned()
        },
        mean(one.number("mean_mark")),
    ]
}

/// Returns the pupil's marks for a work, as they were given; else that the pupil was absent, or has none.
fn mark_of_work(
    of: &OfClass<'_>,
    pupil: Id<Pupil>,
    (one, course, work): (Record<'_>, Id<Course>, Id<Work>),
) -> String {
    let whole = Span { from: of.data.span().from, to: of.data.context.as_of };
    let own = of.entries.of(pupil, course, whole).filter(|entry| entry.mark.work == Some(work));
    let mut own: Vec<&Mark> = own.map(|entry| entry.mark).collect();
    own.sort_by_key(|mark| mark.recorded_at);
    if !own.is_empty() {
        return own.iter().map(|mark| mark.value.code()).collect::<Vec<_>>().join(", затем ");
    }
    let is_that_day = |row: &&Record<'_>| {
        row.date("date") == one.date("held_date") && row.text("course_id") == one.text("course_id")
    };
    let absence = of.missed.get(&pupil).and_then(|rows| rows.iter().find(is_that_day));
    absence.map_or("нет отметки".to_owned(), |row| format!("не был(а): {}", row.text("reason")))
}
