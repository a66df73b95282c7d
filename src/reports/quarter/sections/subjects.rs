//! Subjects: marks by value, attainment, quality, СОУ, mean, and the change over the same pupils.

use std::collections::BTreeSet;

use crate::model::{Id, Subject};
use crate::render::format;
use crate::render::paper::Paper;
use crate::reports::common::Count;
use crate::reports::common::numbers::{change, mean, percent, share_cells, some};
use crate::reports::common::table::{count, row, spanned, table, text};
use crate::reports::quarter::charts;
use crate::reports::quarter::view::{Quarter, Section, say_lack, say_whom};
use crate::stats::{Scope, Spread};

pub(in crate::reports::quarter) const SUBJECTS: Section =
    Section { title: "Предметы", starts_page: false, lay };

fn lay(quarter: &Quarter<'_>, paper: &mut Paper) {
    if let Some(why) = quarter.coverage.lack_of_term_marks() {
        return say_lack(paper, &why);
    }
    let columns = vec![
        text("Предмет", 46.0),
        count("Аттес-товано", 12.5),
        count("«5»", 9.0),
        count("«4»", 9.0),
        count("«3»", 9.0),
        count("«2», «1»", 8.0),
        count("н/а", 7.0),
        count("не ниже «3»", 10.5),
        count("%", 10.0),
        count("«4» и «5»", 10.0),
        count("%", 9.5),
        count("СОУ, %", 9.5),
        count("Сред-ний", 9.5),
        count("±", 10.0),
        count("у тех же", 10.5),
    ];
    let subjects = subjects(quarter);
    let rows = subjects.iter().map(|subject| row(line(quarter, *subject)));
    let spans = [
        ("", 2),
        ("Отметок за период", 5),
        ("Успевают", 2),
        ("Качество", 2),
        ("", 2),
        ("Качество, п. п.", 2),
    ];
    paper.table(&spanned(table(columns, rows.collect()), &spans));
    let note = "Одна отметка на ученика по предмету; счёт отметок, а не учеников. Предметы стоят по алфавиту: это не рейтинг. \
                «У тех же» — изменение у учеников, учтённых в обоих периодах.";
    say_whom(paper, &quarter.marked(), note);
    paper.chart_without_table(&charts::quality_of_subjects(quarter, &subjects));
    paper.chart(&charts::quality_of_parallels(quarter, &subjects));
}

fn line(quarter: &Quarter<'_>, subject: Id<Subject>) -> Vec<String> {
    let data = &quarter.data;
    let own = quarter.given.iter().filter(|one| one.subject == subject && one.is_first);
    let spread: Spread = own.map(|one| one.value).collect();
    let share = |metric| {
        let Count { found, of } = data.count(metric, Scope::School, "", Some(subject));
        share_cells(found, of)
    };
    let quality = quarter.changes.from_before(data, Scope::School, "", Some(subject), "quality");
    let mut cells = vec![
        data.keys.subject_name(subject),
        format::thousands(spread.assessed()),
        some(spread.of(5)),
        some(spread.of(4)),
        some(spread.of(3)),
        some(spread.of(2) + spread.of(1)),
        some(spread.not_assessed),
    ];
    cells.extend(share("attainment"));
    cells.extend(share("quality"));
    cells.extend([
        percent(data.value("sou", Scope::School, "", Some(subject))),
        mean(data.value("mean_mark", Scope::School, "", Some(subject))),
        change(quality.change, 1),
        change(quality.of_cohort(), 1),
    ]);
    cells
}

/// Returns the subjects somebody is assessed in, by name.
fn subjects(quarter: &Quarter<'_>) -> Vec<Id<Subject>> {
    let own: BTreeSet<Id<Subject>> =
        quarter.given.iter().filter(|one| one.is_assessed()).map(|one| one.subject).collect();
    let mut subjects: Vec<Id<Subject>> = own.into_iter().collect();
    subjects.sort_by_cached_key(|id| (quarter.data.keys.subject_name(*id), *id));
    subjects
}
