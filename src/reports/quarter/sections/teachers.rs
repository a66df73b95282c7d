//! Teachers: figures of their courses, and how their term marks agree with what they rest on.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Id, Staff, Subject};
use crate::render::format;
use crate::render::paper::{Look, Paper};
use crate::reports::common::Count;
use crate::reports::common::numbers::{GAP, change, mean, part, percent, share_cells};
use crate::reports::common::table::{count, row, spanned, table, text};
use crate::reports::quarter::view::{Quarter, Section, say_lack, say_whom};
use crate::stats::Scope;
use crate::stats::analytics::OBJECTIVITY;

pub(in crate::reports::quarter) const TEACHERS: Section =
    Section { title: "Учителя", starts_page: false, lay };

/// Comparisons with a basis: all, equal, higher, lower.
type Agreement = [usize; 4];
type Taught = (Id<Staff>, Id<Subject>);

fn lay(quarter: &Quarter<'_>, paper: &mut Paper) {
    if let Some(why) = quarter.coverage.lack_of_term_marks() {
        return say_lack(paper, &why);
    }
    let columns = vec![
        text("Учитель", 33.0),
        text("Предмет", 40.0),
        count("Аттес-товано", 12.0),
        count("не ниже «3»", 9.0),
        count("%", 9.5),
        count("«4» и «5»", 9.0),
        count("%", 9.5),
        count("СОУ, %", 9.0),
        count("Сред-ний", 8.5),
        count("±", 10.0),
        count("у тех же", 9.5),
        count("=", 7.5),
        count("+", 6.0),
        count("−", 6.0),
    ];
    let mean_basis = agreement(quarter, "mean");
    let rows = taught(quarter).into_iter().map(|one| row(line(quarter, one, &mean_basis)));
    let spans =
        [("", 3), ("Успевают", 2), ("Качество", 2), ("", 2), ("Качество, п. п.", 2), ("К среднему", 3)];
    paper.table(&spanned(table(columns, rows.collect()), &spans));
    say_whom(paper, &quarter.marked(), NOTE);
    paper.paragraph(Look::Note, OBJECTIVITY_NOTE);
    by_basis(quarter, paper);
}

const NOTE: &str = "Счёт отметок всех учеников курсов, которые носят имя учителя, на последний день периода. Учителя стоят по \
    алфавиту: сравнивать их между собой по этим числам нельзя, классы у них разные.";
const OBJECTIVITY_NOTE: &str = "«К среднему» — сколько отметок за период совпали (=) со взвешенным средним текущих отметок, округлённым \
    до целого, сколько выше (+) и сколько ниже (−) его.";

fn line(
    quarter: &Quarter<'_>,
    (teacher, subject): Taught,
    to_mean: &BTreeMap<Taught, Agreement>,
) -> Vec<String> {
    let data = &quarter.data;
    let id = data.journal().staff[teacher].key.as_str();
    let share = |metric| {
        let Count { found, of } = data.count(metric, Scope::Teacher, id, Some(subject));
        share_cells(found, of)
    };
    let quality = quarter.changes.from_before(data, Scope::Teacher, id, Some(subject), "quality");
    let of_mean = to_mean.get(&(teacher, subject));
    let cell = |at: usize| of_mean.map_or(GAP.to_owned(), |of| of[at].to_string());
    let assessed = data.count("attainment", Scope::Teacher, id, Some(subject)).of;
    let mut cells =
        vec![data.keys.teacher_name(teacher), data.keys.subject_name(subject), format::thousands(assessed)];
    cells.extend(share("attainment"));
    cells.extend(share("quality"));
    cells.extend([
        percent(data.value("sou", Scope::Teacher, id, Some(subject))),
        mean(data.value("mean_mark", Scope::Teacher, id, Some(subject))),
        change(quality.change, 1),
        change(quality.of_cohort(), 1),
        cell(1),
        cell(2),
        cell(3),
    ]);
    cells
}

/// Returns who has assessed pupils in what, by name.
fn taught(quarter: &Quarter<'_>) -> Vec<Taught> {
    let journal = quarter.data.journal();
    let assessed = quarter.given.iter().filter(|one| one.is_assessed());
    let taught: BTreeSet<Taught> =
        assessed.map(|one| (journal.courses[one.course].teacher, one.subject)).collect();
    let mut taught: Vec<Taught> = taught.into_iter().collect();
    let keys = &quarter.data.keys;
    taught.sort_by_cached_key(|one| (journal.staff[one.0].name.clone(), one.0, keys.subject_name(one.1)));
    taught
}

/// Compares the term marks of the whole school with each thing they rest on.
fn by_basis(quarter: &Quarter<'_>, paper: &mut Paper) {
    const BASES: [(&str, &str); 3] = [
        ("mean", "Взвешенный средний текущих отметок"),
        ("control", "Средний за контрольные работы"),
        ("exam", "Экзамен, ГИА (к отметке за год)"),
    ];
    let line = |(basis, title): (&str, &str)| {
        let mut sum = Agreement::default();
        for own in agreement(quarter, basis).values() {
            sum.iter_mut().zip(own).for_each(|(sum, count)| *sum += count);
        }
        let [compared, equal, higher, lower] = sum;
        let shares = [equal, higher, lower].map(|found| part(found, compared));
        (compared > 0)
            .then(|| row([vec![title.to_owned(), format::thousands(compared)], shares.to_vec()].concat()))
    };
    let rows: Vec<_> = BASES.into_iter().filter_map(line).collect();
    if rows.is_empty() {
        return;
    }
    paper.heading(2, "Отметки за период и то, на чём они основаны");
    let columns = vec![
        text("Основание", 58.0),
        count("Сравнено отметок", 24.0),
        text("Совпали", 32.0),
        text("Выше основания", 33.0),
        text("Ниже основания", 33.0),
    ];
    paper.table(&table(columns, rows));
    say_whom(
        paper,
        &quarter.marked(),
        "Сравнена каждая отметка ученика по курсу с тем, к чему она должна сходиться; 3,5 округляется до 4.",
    );
}

fn agreement(quarter: &Quarter<'_>, basis: &str) -> BTreeMap<Taught, Agreement> {
    let keys = &quarter.data.keys;
    let mut agreement: BTreeMap<Taught, Agreement> = BTreeMap::new();
    for one in quarter.data.rows(&OBJECTIVITY).filter(|one| one.text("basis") == basis) {
        let place = keys.staff(one.text("teacher_id")).zip(keys.subject(one.text("subject_id")));
        let Some(place) = place else { continue };
        let sum = agreement.entry(place).or_default();
        let counts = ["compared", "equal", "higher", "lower"].map(|column| one.count(column));
        sum.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
    }
    agreement
}
