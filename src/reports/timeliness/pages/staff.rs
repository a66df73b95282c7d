//! One page per person to hand over: what to correct, where, by when, and room to sign.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;

use super::super::Timeliness;
use super::super::causes::{Cause, rank};
use super::super::people::{Line, by_need, by_staff, per_hundred};
use super::super::phrases::{
    beside, count_or_blank, is_of_term, join, out_of, place, pupils, severity, spelled, spelled_with,
    title_of, when,
};
use super::parts::{count, row, table, text};
use crate::base::severity::Severity;
use crate::model::*;
use crate::render::drawing::sans;
use crate::render::format;
use crate::render::measure::clean;
use crate::render::paper::{HEIGHT, Look, Paper, WIDTH};
use crate::render::table::{Span, Table};
use crate::reports::gaps;
use crate::rules::Rule;
use crate::rules::finding::Finding;

/// Prints the pages, by name; people without findings are named on the first.
pub(super) fn pages(report: &Timeliness<'_>, paper: &mut Paper) {
    let journal = report.context.journal;
    let lines = by_staff(report.context, &report.causes);
    paper.turn();
    paper.heading(1, "По учителям: что устранить");
    let clear: Vec<String> = lines
        .iter()
        .filter(|line| line.causes.is_empty())
        .filter_map(|line| line.of)
        .map(|staff| format::initials(&journal.staff[staff].name))
        .collect();
    if !clear.is_empty() {
        paper.paragraph(Look::Note, &format!("Замечаний нет: {}", clear.join(", ")));
    }
    paper.paragraph(Look::Note, NOTE_ON_ORDER);
    paper.table(&summary(report));
    for line in lines.iter().filter(|line| !line.causes.is_empty()) {
        paper.turn();
        page(report, line, paper);
    }
}

/// Returns the counts of everyone with findings, the greatest need first: missing and late entries are
/// separate.
pub(in super::super) fn summary(report: &Timeliness<'_>) -> Table {
    let journal = report.context.journal;
    let lines = by_need(by_staff(report.context, &report.causes));
    let lines = lines.iter().filter(|line| !line.causes.is_empty()).enumerate();
    let rows = lines.map(|(index, line)| {
        let name =
            line.of.map_or("Администрация".to_owned(), |id| clean(&journal.staff[id].name));
        let mut cells = vec![(index + 1).to_string(), name, count_or_blank(line.lessons)];
        for counts in [line.undone(), line.late()] {
            let counted = [counts.violations, counts.notices].map(format::thousands);
            cells.extend(counted);
            cells.push(per_hundred(counts.violations, line.lessons));
        }
        cells.push(format::thousands(line.counts.causes));
        row(cells)
    });
    let columns = vec![
        count("№", 8.0),
        text("Кто устраняет", 42.0),
        count("Проведено уроков", 18.0),
        count("нарушений", 17.0),
        count("к сведению", 17.0),
        count("на 100 уроков", 14.0),
        count("нарушений", 17.0),
        count("к сведению", 17.0),
        count("на 100 уроков", 14.0),
        count("Случаев", 16.0),
    ];
    let span = |title: &str, columns| Span { title: title.to_owned(), columns };
    let mut table = table(columns, rows.collect(), 8.0);
    table.spans = vec![span("", 3), span(UNDONE, 3), span(LATE, 3), span("", 1)];
    table
}

/// Titles over the counts of what is missing or wrong, and of what is late.
const UNDONE: &str = "Не сделано или неверно";
const LATE: &str = "Сделано не в срок";

/// Explains the order and the counts of [`summary`].
pub(in super::super) const NOTE_ON_ORDER: &str = "Порядок: у кого больше нарушений «не сделано» на 100 проведённых уроков, тот выше; \
    кто уроков не вёл — в конце. «На 100 уроков» — нарушения без замечаний к сведению.";

fn page(report: &Timeliness<'_>, line: &Line<'_, Option<Id<Staff>>>, paper: &mut Paper) {
    let journal = report.context.journal;
    let person = line.of.map(|staff| &journal.staff[staff]);
    let name = person.map_or("Администрация".to_owned(), |one| clean(&one.name));
    paper.heading(2, &name);
    // The page is handed over without the first one.
    if let Some(said) = gaps::summary_sentence(report.context.checked) {
        paper.paragraph(Look::Note, &format!("{said} {}", gaps::NO_ORDER));
    }
    let position = person.map(|one| clean(&one.position)).filter(|post| !post.is_empty());
    let lessons = if line.lessons > 0 {
        format!("Проведено уроков: {}. ", format::thousands(line.lessons))
    } else {
        String::new()
    };
    let counts = line.counts;
    let head = format!(
        "{}{lessons}Проверено записей: {}. Нарушений: {}, к сведению: {}.",
        position.map(|post| format!("{post}. ")).unwrap_or_default(),
        format::thousands(line.judged()),
        format::thousands(counts.violations),
        format::thousands(counts.notices)
    );
    paper.paragraph(Look::Text, &format!("{head}{}", mended_words(report, line.of)));
    paper.paragraph(Look::Strong, &deadline(report));
    paper.gap(1.0);
    let [mut now, mut later] = tables(journal, line);
    let dropped = cut(&mut now, &mut later, HEIGHT - BESIDE - gaps_height(report));
    if !now.rows.is_empty() {
        paper.table(&now);
    }
    if !later.rows.is_empty() {
        paper.paragraph(Look::Strong, LATER);
        paper.table(&later);
    }
    if dropped > 0 {
        let said =
            format!("И ещё строк: {dropped}. Полный список — в книге timeliness.xlsx, лист «Все замечания».");
        paper.paragraph(Look::Strong, &said);
    }
    signing(paper);
}

/// Room for the texts besides the tables, in millimetres: name, counts, title of the second table, remarks,
/// signatures.
const BESIDE: f64 = 72.0;

/// Returns the height of the line about what was not checked.
fn gaps_height(report: &Timeliness<'_>) -> f64 {
    let said =
        gaps::summary_sentence(report.context.checked).map(|said| format!("{said} {}", gaps::NO_ORDER));
    said.map_or(0.0, |said| sans(8.0).wrap(&said, WIDTH).len() as f64 * 5.0)
}

/// Drops the last rows of two tables until both fit a height; returns how many were dropped. The table of
/// what can be corrected comes first, but leaves half of the page if both are long. Text measured here is
/// slightly higher than the template's, so a person's page is always one page.
fn cut(now: &mut Table, later: &mut Table, room: f64) -> usize {
    let height = |table: &Table| {
        let (head, rows) = table.heights();
        if rows.is_empty() { 0.0 } else { head + rows.iter().sum::<f64>() }
    };
    let dropped = now.cut((room - height(later)).max(room / 2.0));
    dropped + later.cut(room - height(now))
}

fn signing(paper: &mut Paper) {
    paper.gap(2.0);
    for who in ["С замечаниями ознакомлен(а)", "Устранение проверил(а)"]
    {
        let line = format!("{who}: ______________________    «___» __________ 20__ г.");
        paper.paragraph(Look::Text, &line);
        paper.gap(1.5);
    }
}

/// Returns how many findings of an earlier list this person has corrected; empty if there is no such list.
fn mended_words(report: &Timeliness<'_>, of: Option<Id<Staff>>) -> String {
    let (Some(mended), Some(staff)) = (&report.mended, of) else { return String::new() };
    let key = &report.context.journal.staff[staff].key;
    let count = mended.iter().filter(|row| row.cell("staff_id") == key).count();
    format!(" Устранено из прежнего списка: {}.", format::thousands(count))
}

/// Returns the table of what can be corrected, and that of what was late and is done.
pub(in super::super) fn tables(journal: &Journal, line: &Line<'_, Option<Id<Staff>>>) -> [Table; 2] {
    let (about_timing, mendable): (Vec<Group<'_, '_>>, Vec<_>) =
        groups(journal, line).into_iter().partition(|group| group.rule().is_about_timing);
    [mend(journal, line, &mendable), late_but_done(journal, line, about_timing)]
}

/// Returns by when findings must be corrected. A report made after the year has no future day to name: its
/// reader counts from the day of reading.
pub(in super::super) fn deadline(report: &Timeliness<'_>) -> String {
    let (as_of, days) = (report.context.as_of, report.context.policy.mend_days);
    let counted = format::counted(usize::from(days), ["дня", "дней", "дней"]);
    if as_of > report.context.journal.year.end {
        return format!("Устранить в течение {counted} со дня ознакомления.");
    }
    format!(
        "Устранить до {} (в течение {counted}).",
        format::date(as_of.saturating_add(i64::from(days).days()))
    )
}

/// Title of the second table.
pub(in super::super) const LATER: &str = "Соблюдать впредь: срок прошёл, запись сделана";

/// Causes of one rule and severity in one course.
struct Group<'c, 'a> {
    place: String,
    causes: Vec<&'c Cause<'a>>,
}

impl Group<'_, '_> {
    fn first(&self) -> &Finding {
        self.causes[0].first()
    }

    fn rule(&self) -> &'static Rule {
        crate::rules::rule(self.first().rule)
    }

    fn count(&self) -> usize {
        self.causes.iter().map(|cause| cause.count()).sum()
    }
}

fn groups<'c, 'a>(journal: &Journal, line: &Line<'c, Option<Id<Staff>>>) -> Vec<Group<'c, 'a>>
where
    'c: 'a,
{
    let mut groups: BTreeMap<_, Vec<&'c Cause<'a>>> = BTreeMap::new();
    for cause in &line.causes {
        let key = (rank(cause.first()), place(journal, cause.first()));
        groups.entry(key).or_default().push(cause);
    }
    groups.into_iter().map(|((_, place), causes)| Group { place, causes }).collect()
}

/// Returns the table of what can be corrected: a row for each kind of finding in each course.
fn mend(journal: &Journal, line: &Line<'_, Option<Id<Staff>>>, groups: &[Group<'_, '_>]) -> Table {
    let mut rows = Vec::new();
    let mut last = None;
    for (index, group) in groups.iter().enumerate() {
        let kind = (group.first().rule, group.first().severity);
        let what = if last == Some(kind) {
            "то же".to_owned()
        } else {
            format!("{}: {}", title(line, group), group.rule().remedy)
        };
        last = Some(kind);
        rows.push(row(vec![
            (index + 1).to_string(),
            what,
            whereabouts(journal, group),
            dates(journal, &group.causes),
            group.count().to_string(),
            String::new(),
        ]));
    }
    let columns = vec![
        count("№", 7.0),
        text("Что найдено и что сделать", 58.0),
        text("Где", 45.0),
        text("Когда", 36.0),
        count("Сколько", 14.0),
        text("Отметка об устранении", 20.0),
    ];
    table(columns, rows, 7.5)
}

/// Returns the table of what was late and is done: a row for each kind of finding.
fn late_but_done(journal: &Journal, line: &Line<'_, Option<Id<Staff>>>, groups: Vec<Group<'_, '_>>) -> Table {
    let mut kinds: BTreeMap<_, Vec<Group<'_, '_>>> = BTreeMap::new();
    for group in groups {
        kinds.entry(rank(group.first())).or_default().push(group);
    }
    let rows = kinds.into_values().map(|groups| {
        let count: usize = groups.iter().map(Group::count).sum();
        let places: Vec<String> = groups
            .iter()
            .map(|group| format!("{}: {}", group.place, dates(journal, &group.causes)))
            .collect();
        let beside: usize =
            groups.iter().flat_map(|group| &group.causes).map(|cause| beside_count(cause)).sum();
        let also = if beside > 0 {
            format!(" (тем же вызвано ещё: {beside})")
        } else {
            String::new()
        };
        row(vec![format!("{}{also}", title(line, &groups[0])), spelled_with(places, "; "), count.to_string()])
    });
    let columns = vec![text("Что найдено", 62.0), text("Где и когда", 104.0), count("Сколько", 14.0)];
    table(columns, rows.collect(), 7.5)
}

fn beside_count(cause: &Cause<'_>) -> usize {
    cause.beside.values().map(Vec::len).sum()
}

/// Returns the kind of finding, with the number of findings of the rule and the number judged.
fn title(line: &Line<'_, Option<Id<Staff>>>, group: &Group<'_, '_>) -> String {
    let first = group.first();
    let (found, judged) = line.out_of(first.rule, Some(first.severity));
    let of = if judged > 0 { format!(", всего {}", out_of(found, judged)) } else { String::new() };
    match first.severity {
        Severity::Violation => format!("{}{of}", title_of(first.rule)),
        Severity::Notice => format!("{} ({}){of}", title_of(first.rule), severity(first.severity)),
    }
}

/// Returns course and pupils; a single finding without either has its own sentence.
fn whereabouts(journal: &Journal, group: &Group<'_, '_>) -> String {
    let names: BTreeSet<String> = if group.first().lesson.is_none() {
        group.causes.iter().flat_map(|cause| pupils(journal, cause)).collect()
    } else {
        BTreeSet::new()
    };
    let mut parts = vec![group.place.clone()];
    if !names.is_empty() {
        parts.push(spelled(names.into_iter().collect()));
    } else if let [one] = group.causes.as_slice()
        && one.count() == 1
    {
        // A sentence without a value says no more than the rule's title.
        let sentence = clean(&one.first().message);
        let has_value = |one: char| one.is_ascii_digit() || one == '«';
        parts.extend(Some(sentence).filter(|sentence| sentence.contains(has_value)));
    }
    parts.extend(group.causes.iter().filter_map(|cause| beside(cause)).take(1));
    join("; ", parts)
}

fn dates(journal: &Journal, causes: &[&Cause<'_>]) -> String {
    if let [one] = causes {
        return when(journal, one);
    }
    let findings = || causes.iter().flat_map(|cause| &cause.findings);
    let is_of_terms = findings().all(|finding| is_of_term(journal, finding));
    if is_of_terms {
        let terms: BTreeSet<_> = findings().filter_map(|finding| finding.term).collect();
        return spelled(terms.into_iter().map(|term| format::years(&journal.terms[term].title)).collect());
    }
    let dates: BTreeSet<Date> = findings().filter_map(|finding| finding.date).collect();
    spelled(dates.into_iter().map(format::day_month).collect())
}
