//! Conclusions and recommendations phrased from the figures: no sentence without a number, none from a change that the same
//! pupils do not bear out, none about fewer than ten.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::{absences, class_groups, programme, records, works};
use crate::model::*;
use crate::render::format;
use crate::render::paper::{Look, Paper};
use crate::reports::common::numbers::{FEW, hours, part, percent, points};
use crate::reports::common::{Change, Count, Moves, Verdict, signatures, terms};
use crate::reports::quarter::view::{Quarter, Section};
use crate::stats::analytics::{ABSENCE_DAYS, Record, STANDINGS};
use crate::stats::{ClassGroup, Scope};

pub(in crate::reports::quarter) const CONCLUSIONS: Section =
    Section { title: "Выводы и рекомендации", starts_page: false, lay };

/// So many subjects or classes a sentence spells out.
const SPELLED: usize = 5;

fn lay(quarter: &Quarter<'_>, paper: &mut Paper) {
    let conclusions = conclusions(quarter);
    list(paper, "Выводы", &conclusions);
    list(paper, "Рекомендации", &recommendations(quarter));
    paper.paragraph(
        Look::Note,
        "Выводы составлены программой по числам этой справки. Изменение названо ростом или снижением, только если его подтверждают \
         те же ученики и оно больше случайного; о группах меньше десяти выводов нет.",
    );
    paper.together(|paper| signatures::note(&quarter.data.journal().officials, paper));
}

fn list(paper: &mut Paper, title: &str, items: &[String]) {
    paper.heading(2, title);
    if items.is_empty() {
        paper.paragraph(Look::Text, "Выводов нет: данных меньше чем на десять учеников или записей.");
    }
    for (at, item) in items.iter().enumerate() {
        paper.indented(Look::Text, 4.0, &format!("{}) {item}", at + 1));
    }
}

fn conclusions(quarter: &Quarter<'_>) -> Vec<String> {
    let mut said = Vec::new();
    if has_enough(quarter) {
        said.push(level_of_school(quarter));
        said.extend(of_school(quarter));
        said.extend(of_wholes(quarter));
        said.push(reserve(quarter));
        said.push(failing(quarter));
        said.extend(of_groups(quarter));
    }
    said.extend(absences::lack(quarter).is_none().then(|| of_absences(quarter)));
    said.extend(of_programme(quarter));
    said.extend((works::sum(quarter).wrote >= FEW).then(|| of_works(quarter)));
    said.extend(of_records(quarter));
    said
}

/// Tells whether at least ten pupils are assessed.
fn has_enough(quarter: &Quarter<'_>) -> bool {
    let all = quarter.data.count("attainment", Scope::School, "", None);
    quarter.coverage.lack_of_term_marks().is_none() && all.of >= FEW
}

fn level_of_school(quarter: &Quarter<'_>) -> String {
    let share = |metric| {
        let Count { found, of } = quarter.data.count(metric, Scope::School, "", None);
        part(found, of)
    };
    format!(
        "{}: успеваемость {}, качество знаний {}.",
        quarter.marked(),
        share("attainment"),
        share("quality")
    )
}

/// Says what became of the school's quality since the last term.
pub(in crate::reports::quarter) fn of_school(quarter: &Quarter<'_>) -> Option<String> {
    let before = quarter.data.before?;
    let own = quarter.changes.from_before(&quarter.data, Scope::School, "", None, "quality");
    let moves = Moves::of_quality(quarter.standing_rows());
    let than = terms::title_with(quarter.data.journal(), before);
    Some(verdict(&format!("По сравнению с {than} качество знаний"), own, moves))
}

fn verdict(what: &str, own: Change, moves: Moves) -> String {
    let [then, now] = own.cohort_counts().map(|count| part(count.found, count.of));
    let by = format!("{}, было {}\u{a0}%", points(own.change), percent(own.before));
    let pupils = format::counted(own.cohort, ["того же ученика", "тех же учеников", "тех же учеников"]);
    let same = format!(
        "У {pupils} было {then}, стало {now}: вышли на «4» и «5» {}, перестали {}.",
        moves.up, moves.down
    );
    match own.verdict(moves) {
        Verdict::Rose => format!("{what} выросло ({by}). {same}"),
        Verdict::Fell => format!("{what} снизилось ({by}). {same}"),
        Verdict::Same => format!("{what} не изменилось ({by}). {same}"),
        Verdict::WithinChance => format!("{what} изменилось в пределах случайного ({by}). {same}"),
        Verdict::NotBorneOut => format!("{what} изменилось только из-за состава учеников ({by}). {same}"),
        Verdict::NotComparable => format!("{what} не сравнивается: в обоих периодах учтено {}.", own.cohort),
    }
}

/// Names classes whose quality changed.
fn of_wholes(quarter: &Quarter<'_>) -> Vec<String> {
    let journal = quarter.data.journal();
    let stayed: BTreeSet<(&str, &str)> = quarter
        .data
        .rows_before(&STANDINGS)
        .map(|row| (row.text("class_id"), row.text("pupil_id")))
        .collect();
    let mut said: [Vec<String>; 2] = Default::default();
    for class in quarter.data.marked_classes() {
        let key = &journal.classes[class].key;
        let own = quarter.changes.from_before(&quarter.data, Scope::Class, key, None, "quality");
        // Whoever came from another class is not one of the same pupils of this one.
        let rows = quarter.standing_rows().filter(|row| {
            row.text("class_id") == key.as_str() && stayed.contains(&(key.as_str(), row.text("pupil_id")))
        });
        let line = format!("{key} ({}, тех же учеников {})", points(own.change), own.cohort);
        match own.verdict(Moves::of_quality(rows)) {
            Verdict::Rose => said[0].push(line),
            Verdict::Fell => said[1].push(line),
            _ => {}
        }
    }
    let [rose, fell] = said;
    let line = |words: &str, classes: Vec<String>| {
        let noun = format::counted(classes.len(), ["классе", "классах", "классах"]);
        (!classes.is_empty()).then(|| format!("Качество знаний {words} в {noun}: {}.", classes.join(", ")))
    };
    line("выросло", rose).into_iter().chain(line("снизилось", fell)).collect()
}

fn reserve(quarter: &Quarter<'_>) -> String {
    let all = quarter.standings(|_| true);
    let subjects = |short: &str| by_subject(quarter, |row| row.text("one_short") == short);
    format!(
        "Резерв: с одной «4» {}{}, с одной «3» {}{}.",
        all.one_4,
        subjects("one_4"),
        all.one_3,
        subjects("one_3")
    )
}

fn failing(quarter: &Quarter<'_>) -> String {
    let all = quarter.standings(|_| true);
    let of = |standing: &str| by_subject(quarter, |row| row.text("standing") == standing);
    let many = match all.failing {
        0 => String::new(),
        _ => format!(", из них по двум и более предметам {}", all.failing_in_many),
    };
    let (failing, not_assessed) = (of("failing"), of("not_assessed"));
    format!(
        "Неуспевающих {}{failing}{many}; неаттестованных {}{not_assessed}.",
        all.failing, all.not_assessed
    )
}

/// Returns the subjects that decide for some pupils, « (математика — 3, физика — 2)», most first; nothing where there are none.
fn by_subject<'a>(quarter: &Quarter<'a>, is_wanted: impl Fn(Record<'a>) -> bool) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for row in quarter.standing_rows().filter(|row| is_wanted(*row)) {
        for subject in row.list("deciding") {
            *counts.entry(subject).or_default() += 1;
        }
    }
    let keys = &quarter.data.keys;
    let title = |key: &str| keys.subject(key).map_or_else(|| key.to_owned(), |id| keys.subject_name(id));
    let mut named: Vec<(Reverse<usize>, String)> =
        counts.into_iter().map(|(key, count)| (Reverse(count), title(key))).collect();
    named.sort();
    if named.is_empty() {
        return String::new();
    }
    let rest = named.len().saturating_sub(SPELLED);
    let shown: Vec<String> =
        named.iter().take(SPELLED).map(|(Reverse(count), title)| format!("{title} — {count}")).collect();
    let rest = if rest > 0 { format!("; ещё предметов {rest}") } else { String::new() };
    format!(" ({}{rest})", shown.join(", "))
}

fn of_groups(quarter: &Quarter<'_>) -> Option<String> {
    let counts = ClassGroup::ALL.map(|group| class_groups::classes(quarter, group).len());
    let grouped: usize = counts[..4].iter().sum();
    (grouped > 0).then(|| {
        format!(
            "Классов: все успевают и качество высокое — {}, все успевают, качество невысокое — {}, есть неуспевающие при высоком \
             качестве — {}, в группе риска — {}.",
            counts[0], counts[1], counts[2], counts[3]
        )
    })
}

/// Says how many lessons were missed.
pub(in crate::reports::quarter) fn of_absences(quarter: &Quarter<'_>) -> String {
    let all = absences::sum(quarter, |_| true);
    format!(
        "Пропущено уроков {}: по болезни {}, по уважительной причине {}, без уважительной {}.",
        part(all.missed, all.due),
        format::thousands(all.ill),
        format::thousands(all.excused),
        format::thousands(all.unexcused)
    )
}

/// Says how many courses lag behind their plan; nothing where none has a plan.
pub(in crate::reports::quarter) fn of_programme(quarter: &Quarter<'_>) -> Option<String> {
    if programme::lack(quarter).is_some() || programme::planned(quarter) == 0 {
        return None;
    }
    let laggards = programme::laggards(quarter);
    let behind: f64 = laggards.iter().map(|row| programme::lag(*row)).sum();
    Some(format!(
        "От программы отстают {} из {} с планом на период, вместе на {} ч.",
        laggards.len(),
        format::counted(programme::planned(quarter), ["курса", "курсов", "курсов"]),
        hours(Some(behind))
    ))
}

/// Says how many control works were held, and how term marks agree with them.
pub(in crate::reports::quarter) fn of_works(quarter: &Quarter<'_>) -> String {
    let all = works::sum(quarter);
    let [equal, higher, lower] = all.agreement;
    let agreement = if all.compared >= FEW {
        format!(
            "; отметка за период совпала с отметкой за работу у {}, выше у {higher}, ниже у {lower}",
            part(equal, all.compared)
        )
    } else {
        String::new()
    };
    format!(
        "Контрольных работ по графику проведено {} из {}, позже срока {}{agreement}.",
        all.held, all.works, all.late
    )
}

fn of_records(quarter: &Quarter<'_>) -> Option<String> {
    let lessons = records::lessons_held(quarter, quarter.data.term);
    let found = records::violations(&records::findings(quarter, quarter.data.term));
    (lessons >= FEW).then(|| {
        format!(
            "Ведение журнала: нарушений {} на {}, на 100 уроков {}.",
            format::thousands(found),
            format::counted(lessons, ["урок", "урока", "уроков"]),
            records::rate(found, lessons)
        )
    })
}

/// Names what has to be acted on first: who fails, who comes near to failing again, classes at risk.
pub(in crate::reports::quarter) fn attention(quarter: &Quarter<'_>) -> Vec<String> {
    let mut said = Vec::new();
    if has_enough(quarter) {
        let all = quarter.standings(|_| true);
        said.extend((all.failing + all.not_assessed > 0).then(|| failing(quarter)));
        said.extend((all.one_4 + all.one_3 > 0).then(|| reserve(quarter)));
        said.extend(of_wholes(quarter));
        said.extend(risk(quarter));
    }
    said.extend(attendance(quarter));
    said
}

/// Names the classes at risk.
fn risk(quarter: &Quarter<'_>) -> Option<String> {
    let risk = class_groups::classes(quarter, ClassGroup::Fourth);
    let names: Vec<&str> = risk.iter().map(|id| quarter.data.journal().classes[*id].key.as_str()).collect();
    (!risk.is_empty()).then(|| {
        format!(
            "Заместителю директора: взять на контроль классы группы 4, с неуспевающими и невысоким качеством ({}): {}.",
            names.len(),
            names.join(", ")
        )
    })
}

fn recommendations(quarter: &Quarter<'_>) -> Vec<String> {
    let all = quarter.standings(|_| true);
    let is_enough = has_enough(quarter);
    let mut said = Vec::new();
    if is_enough && all.failing + all.not_assessed > 0 {
        let count = all.failing + all.not_assessed;
        said.push(format!(
            "Учителям-предметникам: составить планы ликвидации пробелов для {} с «2» и н/а ({}) и вести тематический учёт.",
            format::counted(count, ["ученика", "учеников", "учеников"]),
            section(quarter, &super::BY_NAME)
        ));
        said.push(format!(
            "Классным руководителям: довести итоги до родителей {} под подпись.",
            format::counted(count, ["ученика", "учеников", "учеников"])
        ));
    }
    if is_enough && all.one_4 + all.one_3 > 0 {
        said.push(format!(
            "Учителям-предметникам: индивидуальная работа с резервом, {} ({}).",
            format::counted(all.one_4 + all.one_3, ["ученик", "ученика", "учеников"]),
            section(quarter, &super::BY_NAME)
        ));
    }
    said.extend(attendance(quarter));
    said.extend(is_enough.then(|| heads_of_subjects(quarter)).flatten());
    said.extend(is_enough.then(|| risk(quarter)).flatten());
    said.extend(correction(quarter));
    said
}

/// Returns «раздел 5».
fn section(quarter: &Quarter<'_>, one: &Section) -> String {
    format!("раздел {}", quarter.number_of(one))
}

fn attendance(quarter: &Quarter<'_>) -> Option<String> {
    if absences::lack(quarter).is_some() || absences::sum(quarter, |_| true).pupils < FEW {
        return None;
    }
    let many =
        quarter.data.rows(&ABSENCE_DAYS).filter(|row| row.count("unexcused") >= absences::UNEXCUSED).count();
    (many > 0).then(|| {
        format!(
            "Классным руководителям: контроль посещаемости {} с {} и более пропусками без уважительной причины ({}).",
            format::counted(many, ["ученика", "учеников", "учеников"]),
            absences::UNEXCUSED,
            section(quarter, &super::ABSENCES)
        )
    })
}

/// Names the subjects that more than one pupil fails in.
fn heads_of_subjects(quarter: &Quarter<'_>) -> Option<String> {
    let mut failing: BTreeMap<Id<Subject>, BTreeSet<Id<Pupil>>> = BTreeMap::new();
    for one in quarter.given.iter().filter(|one| one.is_failing()) {
        failing.entry(one.subject).or_default().insert(one.pupil);
    }
    let mut many: Vec<(Reverse<usize>, String)> = failing
        .into_iter()
        .filter(|(_, pupils)| pupils.len() > 1)
        .map(|(subject, pupils)| (Reverse(pupils.len()), quarter.data.keys.subject_name(subject)))
        .collect();
    many.sort();
    let shown: Vec<String> =
        many.iter().take(SPELLED).map(|(Reverse(count), title)| format!("{title} — {count}")).collect();
    (!shown.is_empty()).then(|| {
        format!(
            "Руководителям ШМО: обсудить предметы, по которым «2» или н/а у двух и более учеников ({}): {}.",
            many.len(),
            shown.join(", ")
        )
    })
}

fn correction(quarter: &Quarter<'_>) -> Option<String> {
    if programme::lack(quarter).is_some() {
        return None;
    }
    let laggards = programme::laggards(quarter);
    let teachers: BTreeSet<&str> = laggards.iter().map(|row| row.text("teacher_id")).collect();
    (!laggards.is_empty()).then(|| {
        format!(
            "Учителям, чьи курсы отстают от плана ({}), внести коррекцию в {} ({}).",
            teachers.len(),
            format::counted(laggards.len(), ["рабочую программу", "рабочие программы", "рабочих программ"]),
            section(quarter, &super::PROGRAMME)
        )
    })
}
