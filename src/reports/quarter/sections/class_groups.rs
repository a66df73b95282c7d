//! Classes in four groups: does everybody succeed, is the quality high.

use crate::model::{Class, Id};
use crate::render::format;
use crate::render::paper::Paper;
use crate::reports::common::numbers::part;
use crate::reports::common::table::{count, row, table, text};
use crate::reports::common::term_data::count_of;
use crate::reports::quarter::view::{Quarter, Section, say_lack, say_whom};
use crate::stats::{ClassGroup, FEWEST, HIGH_QUALITY, Scope};

pub(in crate::reports::quarter) const CLASS_GROUPS: Section =
    Section { title: "Классы по четырём группам", starts_page: false, lay };

/// Returns the classes of a group, by grade and name.
pub(in crate::reports::quarter) fn classes(quarter: &Quarter<'_>, group: ClassGroup) -> Vec<Id<Class>> {
    let mut classes = quarter.data.marked_classes();
    classes.retain(|class| group_of(quarter, *class) == Some(group));
    classes
}

fn group_of(quarter: &Quarter<'_>, class: Id<Class>) -> Option<ClassGroup> {
    let key = quarter.data.journal().classes[class].key.as_str();
    let figure = |metric| quarter.data.figure(metric, Scope::Class, key, None);
    ClassGroup::of(figure("attainment")?, figure("quality")?)
}

fn lay(quarter: &Quarter<'_>, paper: &mut Paper) {
    if let Some(why) = quarter.coverage.lack_of_term_marks() {
        return say_lack(paper, &why);
    }
    let rows = ClassGroup::ALL.map(|group| {
        let own = classes(quarter, group);
        let listed: Vec<String> = own.iter().map(|class| class_line(quarter, *class)).collect();
        row(vec![title(group).to_owned(), own.len().to_string(), listed.join("; ")])
    });
    let columns = vec![text("Группа", 58.0), count("Классов", 14.0), text("Классы: качество", 108.0)];
    paper.table(&table(columns, rows.into()));
    let note = format!(
        "Качество считается высоким от {} %. Классы, где аттестовано меньше {FEWEST}, в группы не отнесены: один-два ученика \
         перевели бы их в другую. Порядок классов — по параллелям.",
        format::count(HIGH_QUALITY)
    );
    say_whom(paper, &quarter.marked(), &note);
}

fn class_line(quarter: &Quarter<'_>, class: Id<Class>) -> String {
    let key = quarter.data.journal().classes[class].key.as_str();
    let quality = quarter.data.figure("quality", Scope::Class, key, None).map(count_of).unwrap_or_default();
    format!("{key}: {}", part(quality.found, quality.of))
}

fn title(group: ClassGroup) -> &'static str {
    match group {
        ClassGroup::First => "1. Все успевают, качество высокое",
        ClassGroup::Second => "2. Все успевают, качество невысокое",
        ClassGroup::Third => "3. Есть неуспевающие или н/а, качество высокое",
        ClassGroup::Fourth => "4. Риск: есть неуспевающие или н/а, качество невысокое",
        ClassGroup::Small => "Не отнесены: аттестовано меньше десяти",
    }
}
