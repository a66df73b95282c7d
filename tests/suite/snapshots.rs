//! Dated snapshots of an export: the newest is the state, older ones tell when an entry first appeared, and nobody is
//! accused on what they leave open.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::date;
use letopis::base::problems::{Problem, ProblemSeverity};
use letopis::data::csv_files::findings_csv;
use letopis::ingest::{Reading, read_bundle, read_journal};
use letopis::model::{Entered, Journal, Roster};
use letopis::policy::Policy;
use letopis::rules::{Checked, RuleContext, check};

use crate::bundle::build;
use crate::small_year::{SCHOOL, TABLES};

/// A bundle whose common tables are those of the small year, without its lessons.
struct Bundle(BTreeMap<String, String>);

const LESSONS: &str = "lesson_id,course_id,date,number,status,teacher_id,topic\n";
const MARKS: &str = "mark_id,lesson_id,pupil_id,value,work_id\n";
const WORKS: &str = "work_id,course_id,kind,control,lesson_id\nW1,C1,oral,0,\nW2,C1,written,0,\n";

impl Bundle {
    fn new() -> Self {
        let common = TABLES.iter().filter(|(name, _)| *name != "lessons");
        let files = common.map(|(name, text)| (format!("{name}.csv"), (*text).to_owned()));
        Self(files.chain([("school.toml".to_owned(), SCHOOL.to_owned())]).collect())
    }

    fn file(mut self, name: &str, text: &str) -> Self {
        self.0.insert(name.to_owned(), text.to_owned());
        self
    }

    /// A snapshot's table, header given.
    fn table(self, snapshot: &str, name: &str, head: &str, rows: &[&str]) -> Self {
        let rows: String = rows.iter().map(|row| format!("{row}\n")).collect();
        self.file(&format!("snapshots/{snapshot}/{name}.csv"), &format!("{head}{rows}"))
    }

    fn lessons(self, snapshot: &str, rows: &[&str]) -> Self {
        self.table(snapshot, "lessons", LESSONS, rows)
    }

    #[allow(clippy::disallowed_methods)]
    fn read(&self) -> Reading {
        let folder = tempfile::tempdir().expect("a folder");
        self.lay_out(folder.path());
        read_journal(&read_bundle(folder.path()))
    }

    #[allow(clippy::disallowed_methods)]
    fn lay_out(&self, folder: &Path) {
        for (name, text) in &self.0 {
            let path = folder.join(name);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            std::fs::write(path, text).expect("a file");
        }
    }

    /// Runs the rules for 30 October 2024.
    fn check(&self) -> (Reading, Checked, String) {
        let reading = self.read();
        let journal = journal(&reading);
        let roster = Roster::new(journal);
        let policy = Policy::default();
        let checked = check(&RuleContext::new(journal, &roster, &policy, date(2024, 10, 30)));
        let table = findings_csv(journal, &checked.findings).expect("memory takes every write");
        let table = String::from_utf8(table.bytes).expect("the table is UTF-8");
        (reading, checked, table)
    }

    /// Returns the findings of a rule as «pupil or lesson: due, found», and how many were judged and not.
    fn judged(&self, rule: &str) -> (Vec<String>, usize, usize) {
        let (_, checked, table) = self.check();
        let examined = checked.examined.iter().find(|examined| examined.rule == rule);
        let examined = examined.unwrap_or_else(|| panic!("{rule} was not run: {:?}", checked.not_run));
        let mut lines = Vec::new();
        for record in csv::Reader::from_reader(table.as_bytes()).into_records() {
            let record = record.expect("the table is whole");
            if &record[0] == rule {
                lines.push(format!("{} {} {}", &record[11], &record[4], &record[5]).trim().to_owned());
            }
        }
        (lines, examined.examined, examined.unjudged)
    }
}

fn journal(reading: &Reading) -> &Journal {
    reading.journal.as_ref().expect("school.toml is whole")
}

fn of<'a>(reading: &'a Reading, code: &str) -> Vec<&'a Problem> {
    reading.problems.iter().filter(|problem| problem.code == code).collect()
}

const L1: &str = "L1,C1,2024-09-02,1,held,T1,Дроби";
const L2: &str = "L2,C1,2024-09-09,1,held,T1,Углы";

/// The lesson of 9 September is due by the end of that day.
#[test]
fn a_lesson_is_judged_by_the_snapshots_around_its_deadline() {
    let judged = |dates: [&str; 2]| {
        let year = Bundle::new().lessons(dates[0], &[L1]).lessons(dates[1], &[L1, L2]);
        let (found, examined, unjudged) = year.judged("lesson-recorded-late");
        (found.len(), examined, unjudged)
    };
    // L1 is in the first snapshot already: in time only where that is of its own day.
    assert_eq!(judged(["2024-09-02", "2024-09-09"]), (0, 2, 0), "in the snapshot of the day: in time");
    assert_eq!(judged(["2024-09-09", "2024-09-16"]), (0, 0, 2), "absent on the day itself: uncertain");
    assert_eq!(judged(["2024-09-10", "2024-09-16"]), (1, 1, 1), "absent on the day after: late");
    assert_eq!(judged(["2024-09-09T23-59", "2024-09-16"]), (0, 0, 2), "absent in the last minute: uncertain");
    assert_eq!(judged(["2024-09-10T00-00", "2024-09-16"]), (1, 1, 1));
    assert_eq!(judged(["2024-09-02", "2024-09-10T00-00"]), (0, 1, 1), "seen a minute after: uncertain");
    assert_eq!(judged(["2024-09-02", "2024-09-09T23-59"]), (0, 2, 0), "seen in the last minute: in time");
}

#[test]
fn a_late_entry_says_its_snapshots_and_the_earliest_moment() {
    let year = Bundle::new()
        .lessons("2024-09-02", &[L1])
        .lessons("2024-09-10", &[L1])
        .lessons("2024-09-12", &[L1])
        .lessons("2024-09-20", &[L1, L2])
        .lessons("2024-09-27", &[L1, L2]);
    let (found, ..) = year.judged("lesson-recorded-late");
    assert_eq!(found, ["2024-09-09T23:59:59 2024-09-12T00:00:00"]);
    let (reading, checked, table) = year.check();
    assert!(
        table.contains("впервые видно между снимками 12.09.2024 и 20.09.2024"),
        "the sentence says where the moment comes from: {table}"
    );
    assert!(checked.not_run.iter().all(|rule| rule.rule != "lesson-recorded-late"));
    let said = of(&reading, "J651");
    assert_eq!((said.len(), said[0].severity), (1, ProblemSeverity::Notice));
    assert!(said[0].message.ru.contains("снимков выгрузки: 5"), "{}", said[0].message.ru);
    assert!(journal(&reading).lessons.values().all(|lesson| lesson.place.row > 0));
}

#[test]
fn a_topic_that_comes_later_than_its_lesson_is_what_is_judged() {
    let bare = "L2,C1,2024-09-09,1,held,T1,";
    let year = Bundle::new().lessons("2024-09-10", &[L1, bare]).lessons("2024-09-16", &[L1, L2]);
    assert_eq!(year.judged("lesson-recorded-late").0.len(), 1);
    let year = Bundle::new().lessons("2024-09-09", &[L1, bare]).lessons("2024-09-16", &[L1, bare]);
    assert_eq!(
        year.judged("lesson-recorded-late").0,
        [""; 0],
        "a lesson without a topic is there all the same"
    );
}

/// An oral mark is due on the day of the lesson, a written one within days that the policy gives.
#[test]
fn marks_are_judged_by_their_own_deadlines() {
    let written = Policy::default().written_mark_days;
    let last = date(2024, 9, 2).saturating_add(jiff::Span::new().days(i64::from(written)));
    let (on_due, after) = (last.to_string(), last.tomorrow().expect("a day").to_string());
    let judged = |first: &str| {
        let year = Bundle::new()
            .file("works.csv", WORKS)
            .lessons(first, &[L1])
            .table(first, "marks", MARKS, &["M1,L1,P1,5,W2"])
            .lessons("2024-10-20", &[L1])
            .table("2024-10-20", "marks", MARKS, &["M1,L1,P1,5,W2", "M2,L1,P2,4,W2"]);
        let (found, examined, unjudged) = year.judged("written-mark-late");
        (found, examined, unjudged)
    };
    assert_eq!(judged(&on_due), (vec![], 1, 1), "the first mark in time, the second open");
    let (found, examined, unjudged) = judged(&after);
    assert_eq!((found.len(), examined, unjudged), (1, 1, 1), "{found:?}");
    assert!(found[0].starts_with("P2 ") && found[0].ends_with(&format!("{after}T00:00:00")), "{found:?}");
}

#[test]
fn a_corrected_mark_and_renumbered_rows_are_not_new_entries() {
    let year = |first: &[&str], last: &[&str]| {
        let year = Bundle::new().file("works.csv", WORKS);
        let year = year.lessons("2024-09-02", &[L1]).table("2024-09-02", "marks", MARKS, first);
        let year = year.lessons("2024-10-01", &[L1]).table("2024-10-01", "marks", MARKS, first);
        year.lessons("2024-10-20", &[L1]).table("2024-10-20", "marks", MARKS, last)
    };
    let corrected = year(&["M1,L1,P1,3,W1"], &["M1,L1,P1,4,W1"]);
    assert_eq!(corrected.judged("mark-late"), (vec![], 1, 0), "the entry was there in time");
    let said = corrected.read();
    let said = of(&said, "J653");
    assert_eq!(said.len(), 1);
    assert_eq!((said[0].file.as_str(), said[0].row), ("snapshots/2024-10-01/marks.csv", Some(2)));
    assert!(said[0].message.ru.contains("здесь «3», а в снимке 2024-10-20 — «4»"), "{}", said[0].message.ru);
    let renumbered = year(&["1,L1,P2,5,W1"], &["1,L1,P1,4,W1", "2,L1,P2,5,W1"]);
    let (found, examined, unjudged) = renumbered.judged("mark-late");
    assert_eq!((found, examined, unjudged), (vec![], 2, 0), "an id that another mark had accuses nobody");
    let renamed = year(&["A,L1,P1,3,W1"], &["B,L1,P1,4,W1"]);
    assert_eq!(renamed.judged("mark-late"), (vec![], 0, 1), "a new id with a new value may be a correction");
}

#[test]
fn what_a_snapshot_does_not_cover_proves_nothing() {
    let late = |year: Bundle| {
        let year = year.lessons("2024-10-20", &[L1, L2]);
        let (found, _, unjudged) = year.judged("lesson-recorded-late");
        (found.len(), unjudged)
    };
    assert_eq!(late(Bundle::new().lessons("2024-10-01", &[L1])), (1, 1));
    assert_eq!(late(Bundle::new().lessons("2024-10-01", &[])), (0, 2), "nothing of the class at all");
    let elsewhere = Bundle::new().table("2024-10-01", "lessons.2", LESSONS, &[L1]);
    assert_eq!(late(elsewhere), (0, 2), "another file");
    let faulty = Bundle::new().lessons("2024-10-01", &[L1, "L2,C1,вчера,1,held,T1,Углы"]);
    let said = faulty.read();
    assert!(of(&said, "J652").is_empty(), "one snapshot is the state");
    assert_eq!(late(faulty), (0, 2), "the row is there, but cannot be read");
    let common = Bundle::new().file("lessons.csv", &format!("{LESSONS}{L1}\n{L2}\n"));
    let common = common.table("2024-10-01", "marks", MARKS, &[]).table("2024-10-20", "marks", MARKS, &[]);
    let (_, checked, _) = common.check();
    let is_it = |rule: &&str| *rule == "lesson-recorded-late";
    assert!(checked.not_run.iter().any(|rule| is_it(&rule.rule)), "what is common to all has no dates");
}

#[test]
fn what_the_source_says_itself_goes_before_snapshots() {
    let head = "lesson_id,course_id,date,number,status,teacher_id,topic,recorded_at\n";
    let year =
        Bundle::new().table("2024-09-10", "lessons", head, &[&format!("{L1},2024-09-02T09:00:00")]).table(
            "2024-09-16",
            "lessons",
            head,
            &[&format!("{L1},2024-09-02T09:00:00"), &format!("{L2},2024-09-09T10:00:00")],
        );
    assert_eq!(year.judged("lesson-recorded-late"), (vec![], 2, 0));
}

#[test]
fn homework_absences_and_term_marks_are_judged_too() {
    let (homework, attendance) = ("lesson_id,text\n", "lesson_id,pupil_id,reason\n");
    let term_marks = "pupil_id,subject_id,term_id,kind,value\n";
    let year = Bundle::new()
        .lessons("2024-10-26", &[L1, L2])
        .table("2024-10-26", "homework", homework, &["L1,№ 1"])
        .table("2024-10-26", "attendance", attendance, &["L1,P1,н"])
        .table("2024-10-26", "term_marks", term_marks, &["P1,math,Q1,term,5"])
        .lessons("2024-10-29", &[L1, L2])
        .table("2024-10-29", "homework", homework, &["L1,№ 1", "L2,№ 2"])
        .table("2024-10-29", "attendance", attendance, &["L1,P1,н", "L2,P1,н"])
        .table("2024-10-29", "term_marks", term_marks, &["P1,math,Q1,term,5", "P2,math,Q1,term,4"]);
    for (rule, who) in [("homework-late", ""), ("absence-late", "P1"), ("term-mark-late", "P2")] {
        let (found, examined, unjudged) = year.judged(rule);
        assert_eq!((found.len(), examined, unjudged), (1, 1, 1), "{rule}: {found:?}");
        assert!(found[0].starts_with(who) && found[0].ends_with("2024-10-26T00:00:00"), "{rule}: {found:?}");
    }
    // By the first snapshot the mark of P1 may have been set at any time before.
    let (found, examined, unjudged) = year.judged("term-mark-early");
    assert_eq!((found.len(), examined, unjudged), (0, 1, 1));
    let early = Bundle::new().table("2024-09-10", "term_marks", term_marks, &["P1,math,Q1,term,5"]).table(
        "2024-10-29",
        "term_marks",
        term_marks,
        &["P1,math,Q1,term,5"],
    );
    let (found, ..) = early.judged("term-mark-early");
    assert_eq!(found.len(), 1, "there long before the last week");
}

/// The report on progress of one day, as a page.
fn report(pupils: &[(&str, &str)]) -> String {
    let blocks = pupils.iter().map(|(name, cell)| {
        format!(
            "<p>Класс: 5А</p><p>Период: с 02.09.24 по 25.10.24</p><p>Ученик: {name}</p><table><tr><th>Предмет<th>Сентябрь\
             <th>Итоговая оценка за период<tr><th><th>2<th><tr><td>Математика<td>{cell}<td></table>"
        )
    });
    format!("<h1>Отчёт об успеваемости и посещаемости ученика</h1>{}", blocks.collect::<String>())
}

#[test]
fn reports_without_ids_are_met_by_day_subject_and_pupil() {
    let year = |first: &[(&str, &str)], last: &[(&str, &str)]| {
        Bundle::new()
            .file("snapshots/2024-09-20/отчёт.html", &report(first))
            .file("snapshots/2024-10-20/отчёт.html", &report(last))
    };
    let entered = |year: Bundle| {
        let reading = year.read();
        let journal = journal(&reading);
        let moment = |mark: &letopis::model::Mark| {
            let after = match mark.entered() {
                Entered::Between(interval) => interval.after.map(|after| after.date().to_string()),
                other => panic!("{other:?}"),
            };
            format!("{} {} {}", journal.pupils[mark.pupil].key, mark.value.code(), after.unwrap_or_default())
        };
        let mut moments: Vec<String> = journal.marks.values().map(moment).collect();
        moments.sort();
        moments
    };
    let (lev, asya) = ("Заречный Лев", "Полевая Ася");
    let both = entered(year(&[(lev, "4"), (asya, "")], &[(lev, "5 4"), (asya, "3")]));
    assert_eq!(both, ["P1 4 ", "P1 5 2024-09-20", "P2 3 2024-09-20"]);
    let corrected = entered(year(&[(lev, "4"), (asya, "")], &[(lev, "5"), (asya, "")]));
    assert_eq!(corrected, ["P1 5 "], "4 may have been corrected to 5");
    let missing = entered(year(&[(lev, "4")], &[(lev, "4"), (asya, "3")]));
    assert_eq!(missing, ["P1 4 ", "P2 3 "], "no row of hers was in the first report");
    let reading = year(&[(lev, "4")], &[(lev, "4")]).read();
    assert!(journal(&reading).lessons.values().all(|lesson| lesson.entered() == Entered::Unknown));
}

#[test]
fn entries_that_are_gone_are_listed_where_there_is_no_log() {
    let homework = "lesson_id,text\n";
    let year = Bundle::new()
        .lessons("2024-10-01", &[L1, L2])
        .table("2024-10-01", "homework", homework, &["L1,№ 1", "L2,№ 2"])
        .lessons("2024-10-20", &[L1, "L2,C1,2024-09-09,1,held,T1,Треугольники"])
        .table("2024-10-20", "homework", homework, &["L1,№ 1", "L1,№ 3"]);
    let reading = year.read();
    let said: Vec<&str> = of(&reading, "J653").iter().map(|problem| problem.message.ru.as_str()).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said.iter().any(|message| message.contains("«№ 2» здесь есть")), "{said:?}");
    assert!(
        said.iter().any(|message| message.contains("«Углы», а в снимке 2024-10-20 — «Треугольники»")),
        "{said:?}"
    );
    let logged = year.file("changes.csv", "at,account,action,table,record_id\n");
    assert!(of(&logged.read(), "J653").is_empty());
}

#[test]
fn the_newest_snapshot_is_the_state_and_a_misnamed_one_is_said() {
    let year = Bundle::new()
        .lessons("2024-10-01", &[L1, L2])
        .lessons("2024-10-20", &[L1])
        .lessons("осень", &[L1, L2, "L3,C1,2024-09-16,1,held,T1,Круг"]);
    let reading = year.read();
    assert_eq!(journal(&reading).lessons.len(), 1);
    assert_eq!(of(&reading, "J650").len(), 1);
    let errors = reading.problems.iter().filter(|problem| problem.severity == ProblemSeverity::Error).count();
    assert_eq!(errors, 0, "{:#?}", reading.problems);
    assert!(reading.sources.iter().any(|source| source.file.starts_with("snapshots/2024-10-01/")));
    assert_eq!(
        reading.rows.iter().filter(|rows| rows.table.id() == "lessons").map(|rows| rows.kept).sum::<usize>(),
        1
    );
}

#[test]
fn one_snapshot_and_none_know_no_moments() {
    for year in [
        Bundle::new().lessons("2024-10-20", &[L1, L2]),
        Bundle::new().file("lessons.csv", &format!("{LESSONS}{L1}\n{L2}\n")),
    ] {
        let (reading, checked, _) = year.check();
        assert!(checked.not_run.iter().any(|rule| rule.rule == "lesson-recorded-late"));
        assert!(journal(&reading).lessons.values().all(|lesson| lesson.entered() == Entered::Unknown));
    }
}

#[test]
fn the_report_says_where_moments_come_from() {
    let home = tempfile::tempdir().expect("a folder");
    let (year, out) = (home.path().join("year"), home.path().join("out"));
    let bundle = Bundle::new().lessons("2024-09-02", &[L1]).lessons("2024-09-12", &[L1]);
    bundle.lessons("2024-09-20", &[L1, L2]).lay_out(&year);
    let run = build(&year, &out, &["--as-of", "2024-10-30"]);
    assert_eq!(run.code, 0, "{}", run.text);
    let page = std::fs::read_to_string(out.join("2024-2025/timeliness.html")).expect("the page");
    assert!(page.contains("взято из снимков выгрузки (02.09.2024, 12.09.2024, 20.09.2024)"), "{page}");
    let findings = std::fs::read_to_string(out.join("2024-2025/data/findings.csv")).expect("the findings");
    assert!(findings.contains("впервые видно между снимками 12.09.2024 и 20.09.2024"), "{findings}");
}
