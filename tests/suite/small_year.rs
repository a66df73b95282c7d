//! A school of one class, written as CSV text: what a case adds is what it is about.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::{Date, date};
use letopis::base::problems::ProblemSeverity;
use letopis::data::csv_files::findings_csv;
use letopis::data::{ClassRows, class_rows};
use letopis::ingest::{Selection, read_bundle, read_journal, read_selection};
use letopis::model::{Journal, Roster};
use letopis::policy::Policy;
use letopis::reports::ReportContext;
use letopis::rules::{Checked, RuleContext, check};
use letopis::stats::analytics::forecast::Outlook;
use letopis::stats::analytics::{Earlier, Filled, analyse};
use letopis::stats::{Figure, compute};

pub(crate) const SCHOOL: &str = r#"
[school]
name = "Школа"
[year]
title = "2024-2025"
start = 2024-09-01
end = 2025-05-31
"#;

/// What every case starts from: 5А, mathematics at 08:30 on Monday 2 September, two pupils, two teachers.
pub(crate) const TABLES: [(&str, &str); 9] = [
    ("staff", "staff_id,name\nT1,Первая Анна\nT2,Вторая Вера\n"),
    (
        "terms",
        "term_id,kind,title,start,end,grades\nQ1,quarter,1 четверть,2024-09-02,2024-10-25,1-9\n\
         Y,year,Год,2024-09-02,2025-05-26,1-11\n",
    ),
    ("bells", "number,start,end\n1,08:30,09:15\n2,09:25,10:10\n8,15:15,16:00\n"),
    ("subjects", "subject_id,title,grading\nmath,Математика,five\n"),
    ("classes", "class_id,grade,letter\n5А,5,А\n"),
    ("pupils", "pupil_id,surname,given_name\nP1,Заречный,Лев\nP2,Полевая,Ася\n"),
    ("enrolment", "pupil_id,class_id,from,to\nP1,5А,2024-09-01,\nP2,5А,2024-09-01,\n"),
    (
        "courses",
        "course_id,subject_id,class_id,group_id,teacher_id,hours_week,kind\nC1,math,5А,,T1,1,lesson\n",
    ),
    (
        "lessons",
        "lesson_id,course_id,date,number,status,moved_to,teacher_id,replaces_teacher_id,topic,plan_seq,recorded_at,\
         recorded_by\nL1,C1,2024-09-02,1,held,,T1,,Дроби,1,2024-09-02T09:00:00,T1\n",
    ),
];

/// A bundle in the making.
#[derive(Clone)]
pub(crate) struct SmallYear {
    school: String,
    tables: BTreeMap<&'static str, String>,
    as_of: Date,
    policy: Policy,
}

/// Returns the year every case starts from, for 30 September.
pub(crate) fn small_year() -> SmallYear {
    let tables = TABLES.into_iter().map(|(name, text)| (name, text.to_owned())).collect();
    SmallYear { school: SCHOOL.to_owned(), tables, as_of: date(2024, 9, 30), policy: Policy::default() }
}

impl SmallYear {
    /// Gives a table as a whole, header first.
    pub(crate) fn table(mut self, name: &'static str, text: &str) -> Self {
        self.tables.insert(name, format!("{text}\n"));
        self
    }

    /// Adds sections to `school.toml`.
    pub(crate) fn school(mut self, sections: &str) -> Self {
        self.school.push_str(sections);
        self
    }

    /// Sets the school year: its title and its first and last day.
    pub(crate) fn in_year(mut self, title: &str, start: &str, end: &str) -> Self {
        let years = format!("title = \"{title}\"\nstart = {start}\nend = {end}");
        self.school =
            self.school.replace("title = \"2024-2025\"\nstart = 2024-09-01\nend = 2025-05-31", &years);
        self
    }

    /// Adds rows to a table that is there.
    pub(crate) fn rows(mut self, name: &'static str, rows: &str) -> Self {
        let table = self.tables.get_mut(name).expect("the table is there");
        table.push_str(rows);
        table.push('\n');
        self
    }

    /// Takes a table away.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.tables.remove(name);
        self
    }

    /// Speaks for another date of 2024 or 2025.
    pub(crate) fn on(mut self, year: i16, month: i8, day: i8) -> Self {
        self.as_of = date(year, month, day);
        self
    }

    /// Checks by another policy.
    pub(crate) fn policy(mut self, policy: Policy) -> Self {
        self.policy = policy;
        self
    }

    /// Reads the bundle, runs every rule, and hands over what a report is made from; without figures and tables.
    pub(crate) fn report<T>(&self, make: impl FnOnce(&ReportContext<'_>) -> T) -> T {
        self.with((&[], &[], &Outlook::default()), &self.read(), make)
    }

    /// Does the same with figures and tables.
    pub(crate) fn analysed<T>(&self, make: impl FnOnce(&ReportContext<'_>) -> T) -> T {
        let read = self.read();
        let roster = Roster::new(&read.0);
        let figures = compute(&read.0, &roster, self.as_of).expect("the figures are formed");
        let (analytics, outlook) = analyse((&read.0, &roster), &figures, self.as_of, &Earlier::default());
        self.with((&figures, &analytics, &outlook), &read, make)
    }

    fn with<T>(
        &self,
        (figures, analytics, outlook): (&[Figure], &[Filled], &Outlook),
        (journal, selection): &(Journal, Selection),
        make: impl FnOnce(&ReportContext<'_>) -> T,
    ) -> T {
        let roster = Roster::new(journal);
        let checked = check(&RuleContext::new(journal, &roster, &self.policy, self.as_of));
        make(&ReportContext {
            journal,
            roster: &roster,
            figures,
            analytics,
            outlook,
            checked: &checked,
            problems: &[],
            selection,
            policy: &self.policy,
            as_of: self.as_of,
            styles: letopis::render::pdf::Styles::default(),
            sources: Vec::new(),
        })
    }

    /// Reads the bundle and runs every rule: the table of findings and the rest.
    pub(crate) fn check(&self) -> (String, Checked) {
        self.report(|context| {
            let table =
                findings_csv(context.journal, &context.checked.findings).expect("memory takes every write");
            (String::from_utf8(table.bytes).expect("the table is UTF-8"), context.checked.clone())
        })
    }

    /// Returns the digests of the rows each class's journal is made from.
    pub(crate) fn class_rows(&self) -> Vec<ClassRows> {
        let (journal, _) = self.read();
        class_rows(&journal, &Roster::new(&journal))
    }

    /// Writes the bundle into a folder, which must stand.
    #[allow(clippy::disallowed_methods)]
    pub(crate) fn write(&self, folder: &Path) {
        std::fs::write(folder.join("school.toml"), &self.school).expect("the bundle is written");
        for (name, text) in &self.tables {
            std::fs::write(folder.join(format!("{name}.csv")), text).expect("the bundle is written");
        }
    }

    fn read(&self) -> (Journal, Selection) {
        let folder = tempfile::tempdir().expect("a folder for the bundle");
        self.write(folder.path());
        let journal = read_whole(folder.path());
        let (selection, refused) = read_selection(&read_bundle(folder.path()));
        assert!(refused.is_empty(), "the case itself is wrong: {refused:#?}");
        (journal, selection)
    }

    /// Returns the findings of one rule, without rule and message, empty cells left out.
    pub(crate) fn found(&self, rule: &str) -> Vec<String> {
        let (table, _) = self.check();
        let mut lines = Vec::new();
        for record in csv::Reader::from_reader(table.as_bytes()).into_records() {
            let record = record.expect("the table is whole");
            if &record[0] == rule {
                let cells = record.iter().skip(1).take(12).filter(|cell| !cell.is_empty());
                lines.push(cells.collect::<Vec<_>>().join(" "));
            }
        }
        lines
    }

    /// Counts the findings of one rule.
    pub(crate) fn count(&self, rule: &str) -> usize {
        self.found(rule).len()
    }
}

/// Reads a bundle that has no mistake in it.
fn read_whole(folder: &Path) -> Journal {
    let reading = read_journal(&read_bundle(folder));
    let is_error = |severity| severity == ProblemSeverity::Error;
    let errors: Vec<_> = reading.problems.iter().filter(|problem| is_error(problem.severity)).collect();
    assert!(errors.is_empty(), "the case itself is wrong: {errors:#?}");
    reading.journal.expect("school.toml is whole")
}

/// Reads a bundle without a mistake and runs every rule: the table of findings and the rest.
pub(crate) fn judged(folder: &Path, policy: &Policy, as_of: Date) -> (String, Checked) {
    let journal = read_whole(folder);
    let roster = Roster::new(&journal);
    let checked = check(&RuleContext::new(&journal, &roster, policy, as_of));
    let table = findings_csv(&journal, &checked.findings).expect("memory takes every write");
    (String::from_utf8(table.bytes).expect("the table is UTF-8"), checked)
}
