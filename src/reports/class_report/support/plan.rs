//! The plan of work with a failing pupil (`papers.md` 1.6).

use super::cases::{Case, Topic, Trouble};
use crate::model::*;
use crate::render::format;
use crate::render::paper::{Look, Paper};
use crate::render::table::Row;
use crate::reports::class_report::of_class::OfClass;
use crate::reports::class_report::words::{mean_of, sets_for_3, topic};
use crate::reports::common::table::{row, table, text};
use crate::reports::common::{signatures, terms};
use crate::reports::forecast::reasons;

/// So many empty rows follow the topics of a subject.
const EMPTY: usize = 2;

pub(super) fn lay(of: &OfClass<'_>, case: &Case<'_, '_>, paper: &mut Paper) {
    let journal = of.journal();
    paper.turn();
    let whom = if case.is_failing() {
        "неуспевающим учеником"
    } else {
        "учеником группы риска"
    };
    paper.heading(1, &format!("План работы с {whom}: {}", of.name(case.pupil)));
    let said = format!(
        "{} класс, {}, по состоянию на {}. Классный руководитель: {}",
        of.key,
        terms::title(journal, of.data.term),
        format::date(of.data.context.as_of),
        of.class_teacher()
    );
    paper.paragraph(Look::Text, &said);
    for trouble in &case.subjects {
        subject(of, case.pupil, trouble, paper);
    }
    paper.paragraph(Look::Note, NOTE);
    paper.together(|paper| foot(of, case, paper));
}

const NOTE: &str = "В план внесены темы пропущенных уроков, которые не отработаны, и неудовлетворительные отметки, которые не исправлены, с первого дня \
    периода. Форму работы, срок, результат и причины неуспеваемости заполняют учитель и классный руководитель.";

fn subject(of: &OfClass<'_>, pupil: Id<Pupil>, trouble: &Trouble<'_, '_>, paper: &mut Paper) {
    let title = of.data.keys.subject_name(of.journal().courses[trouble.course].subject);
    paper.heading(2, &format!("{title}, учитель {}", of.teacher(trouble.course)));
    paper.paragraph(Look::Text, &stands(of, pupil, trouble));
    let columns = vec![
        text("Тема с «2» или пропуском", 50.0),
        text("Дата урока", 17.0),
        text("Причина", 27.0),
        text("Форма работы", 24.0),
        text("Срок", 14.0),
        text("Результат", 19.0),
        text("Подпись ученика, родителя", 29.0),
    ];
    paper.table(&table(columns, rows(&trouble.topics)));
}

fn rows(topics: &[Topic<'_>]) -> Vec<Row> {
    let line = |one: &Topic<'_>| {
        let date = one.date.map(format::date).unwrap_or_default();
        let mut cells = vec![topic(one.topic), date, one.why.clone()];
        cells.extend(vec![String::new(); 4]);
        row(cells)
    };
    // A blank that does not collapse keeps an empty row as high as one with a word.
    let empty = || row(vec!["\u{a0}".to_owned(); 7]);
    topics.iter().map(line).chain(std::iter::repeat_with(empty).take(EMPTY)).collect()
}

/// Says how the pupil stands in the subject, and which marks would make a «3».
fn stands(of: &OfClass<'_>, pupil: Id<Pupil>, trouble: &Trouble<'_, '_>) -> String {
    let journal = of.journal();
    let mut said = Vec::new();
    if let Some(one) = trouble.ended {
        let mark = one.term_mark();
        let mark = if mark.is_empty() {
            "отметки нет".to_owned()
        } else {
            format!("отметка «{mark}»")
        };
        let current = mean_of(one.mean(), one.count());
        said.push(format!("{}: {mark}, средний текущих {current}.", terms::title(journal, of.data.term)));
    }
    if let (Some(one), Some(term)) = (trouble.prospect, of.under_way) {
        let why = reasons(one).join("; ");
        let why = if why.is_empty() { "угрозы «2» нет".to_owned() } else { why };
        let current = mean_of(one.mean(), one.marks.len());
        said.push(format!("Идёт {}: средний {current}; {why}.", terms::title(journal, term)));
    }
    said.push(for_a_three(of, pupil, trouble));
    said.join(" ")
}

/// Counts from the marks of the term under way, else of the term that ended.
fn for_a_three(of: &OfClass<'_>, pupil: Id<Pupil>, trouble: &Trouble<'_, '_>) -> String {
    let span = match (trouble.prospect, of.under_way) {
        (Some(_), Some(term)) => of.journal().terms[term].span,
        _ => of.data.span(),
    };
    let sums = of.entries.sum(pupil, trouble.course, span);
    match sets_for_3(sums) {
        _ if sums.1 == 0 => {
            "Отметок нет; сколько их нужно для аттестации, говорит положение школы.".to_owned()
        }
        Some(sets) => format!("Чтобы средний стал не ниже 2,5 («3»), нужно: {sets}."),
        None if 2 * sums.0 >= 5 * sums.1 => "Средний не ниже 2,5.".to_owned(),
        None => "Чтобы средний стал не ниже 2,5 («3»), двадцати отметок мало.".to_owned(),
    }
}

fn foot(of: &OfClass<'_>, case: &Case<'_, '_>, paper: &mut Paper) {
    paper.gap(4.0);
    paper.heading(2, "Причины неуспеваемости, принятые меры");
    for _ in 0..2 {
        paper.gap(2.5);
        paper.paragraph(Look::Text, &"_".repeat(101));
    }
    let teacher = of.journal().classes[of.class].teacher;
    let sign = |id: Option<Id<Staff>>| {
        id.map(|id| format::signature(&of.journal().staff[id].name)).unwrap_or_default()
    };
    let class_teacher = ("классный руководитель", sign(teacher));
    let own = case.subjects.iter().map(|one| of.journal().courses[one.course].teacher);
    let mut teachers: Vec<Id<Staff>> = own.collect();
    teachers.sort();
    teachers.dedup();
    let teachers = teachers.into_iter().map(|id| ("учитель", sign(Some(id))));
    for (post, name) in std::iter::once(class_teacher).chain(teachers) {
        paper.gap(1.5);
        paper.paragraph(Look::Text, &signatures::line("План составлен", post, &name));
    }
    paper.gap(1.5);
    paper.paragraph(Look::Text, &signatures::line("С планом ознакомлены", "ученик, родители", ""));
}
