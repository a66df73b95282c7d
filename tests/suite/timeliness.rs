//! The completeness and timeliness report: folding by cause, counts, what was not run, remarks, corrections, acts.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use jiff::civil::date;
use letopis::base::severity::Severity;
use letopis::data::csv_files::findings_csv;
use letopis::ingest::{SelectedRow, Selection};
use letopis::model::*;
use letopis::policy::Policy;
use letopis::render::pdf::page_texts;
use letopis::reports::selected::mended;
use letopis::reports::timeliness::{self, NO_MINUTES, Timeliness, fold};
use letopis::reports::{ReportContext, breach_act};
use letopis::rules::finding::Finding;
use letopis::rules::{Direction, RULES, Rule, RuleContext, Shared, check};

use crate::made::file;
use crate::reading::example;
use crate::small_year::small_year;

/// Hands the report's context for the example year over.
fn with_example(selection: &Selection, look: impl FnOnce(&ReportContext<'_>)) {
    let reading = example("year");
    let journal = reading.journal.expect("school.toml is whole");
    let as_of = reading.as_of.expect("the example says its date");
    let (roster, policy) = (Roster::new(&journal), Policy::default());
    let checked = check(&RuleContext::new(&journal, &roster, &policy, as_of));
    look(&ReportContext {
        journal: &journal,
        roster: &roster,
        figures: &[],
        analytics: &[],
        outlook: &letopis::stats::analytics::forecast::Outlook::default(),
        checked: &checked,
        problems: &[],
        selection,
        policy: &policy,
        as_of,
        styles: letopis::render::pdf::Styles::default(),
        sources: Vec::new(),
    });
}

/// A finding of a rule about one lesson and pupil, entered on 3 September.
fn finding(rule: &'static str, severity: Severity) -> Finding {
    Finding {
        rule,
        clause: "R.2.6",
        severity,
        date: Some(date(2024, 9, 2)),
        due_at: Some(date(2024, 9, 2).at(23, 59, 59, 0)),
        found_at: Some(date(2024, 9, 3).at(8, 0, 0, 0)),
        term: Some(Id::new(0)),
        class: Some(Id::new(0)),
        subject: Some(Id::new(0)),
        course: Some(Id::new(0)),
        lesson: Some(Id::new(0)),
        pupil: Some(Id::new(0)),
        staff: Some(Id::new(0)),
        place: None,
        message: String::new(),
    }
}

/// Changes what two findings must share to have one cause.
fn estranged(mut finding: Finding, shared: Shared) -> Finding {
    match shared {
        Shared::LessonAndEntryDay => finding.found_at = Some(date(2024, 9, 4).at(8, 0, 0, 0)),
        Shared::LessonAndPupil => finding.pupil = Some(Id::new(1)),
        Shared::Lesson => finding.lesson = Some(Id::new(1)),
        Shared::Change => finding.found_at = Some(date(2024, 9, 3).at(8, 0, 1, 0)),
        Shared::Entry => finding.found_at = Some(date(2024, 9, 3).at(8, 0, 1, 0)),
        Shared::TermMark => finding.term = Some(Id::new(1)),
        Shared::CourseDay => finding.date = Some(date(2024, 9, 3)),
        Shared::Course => finding.course = Some(Id::new(1)),
    }
    finding
}

/// Walks the rules that go beside another, each with that other and what they share.
fn pairs() -> impl Iterator<Item = (&'static Rule, &'static Rule, Shared)> {
    RULES.iter().flat_map(|rule| rule.beside.iter().map(|(shown, shared)| (*shown, *rule, *shared)))
}

#[test]
fn every_rule_says_all_that_the_report_prints() {
    for rule in RULES {
        let id = rule.id;
        assert!(!rule.counted.is_empty() && !rule.quotes.is_empty() && !rule.remedy.is_empty(), "{id}");
        assert!((1..=3).contains(&rule.weight), "{id}");
        assert!(rule.quotes.iter().any(|(clause, _)| *clause == rule.clauses[0]), "{id} quotes its clause");
    }
    for direction in Direction::ALL {
        assert!(RULES.iter().any(|rule| rule.direction == direction), "{}", direction.title());
    }
    assert!(
        Direction::ALL[..Direction::REGULATED]
            .iter()
            .all(|direction| direction.clauses() == ["D.14", "Z.10"])
    );
}

#[test]
fn thirty_marks_of_one_lesson_are_one_line() {
    let marks: Vec<Finding> = (0..30)
        .map(|pupil| Finding { pupil: Some(Id::new(pupil)), ..finding("mark-late", Severity::Violation) })
        .collect();
    let causes = fold(&marks);
    assert_eq!(causes.iter().map(|cause| cause.count()).collect::<Vec<_>>(), [30]);
    let mut two_lessons = marks;
    two_lessons[7].lesson = Some(Id::new(1));
    let causes = fold(&two_lessons);
    assert_eq!(causes.iter().map(|cause| cause.count()).collect::<Vec<_>>(), [29, 1]);
}

#[test]
fn rules_that_could_double_are_shown_once() {
    assert!(pairs().count() >= 35);
    for (kept, other, shared) in pairs() {
        let shown = finding(kept.id, Severity::Violation);
        let severity = if kept.id == other.id { Severity::Notice } else { Severity::Violation };
        let beside = finding(other.id, severity);
        let place = format!("{} and {}", kept.id, other.id);
        let findings = [shown.clone(), beside.clone()];
        let causes = fold(&findings);
        assert_eq!(causes.len(), 1, "{place}");
        assert_eq!((causes[0].first().rule, causes[0].count()), (kept.id, 1), "{place}");
        assert_eq!(causes[0].beside[other.id].len(), 1, "{place}");
        let findings = [shown, estranged(beside, shared)];
        assert_eq!(fold(&findings).len(), 2, "{place} of two causes");
    }
}

#[test]
fn a_violation_never_goes_beside_a_notice() {
    for (kept, other, _) in pairs() {
        let findings = [finding(kept.id, Severity::Notice), finding(other.id, Severity::Violation)];
        let causes = fold(&findings);
        assert!(causes[0].first().severity == Severity::Violation && causes[0].count() == 1, "{}", kept.id);
        assert!(
            causes
                .iter()
                .flat_map(|cause| cause.beside.values())
                .flatten()
                .all(|one| { one.severity == Severity::Notice })
        );
    }
}

#[test]
fn a_chain_of_doubles_ends_at_its_first_rule() {
    let rules = ["entry-void", "edit-after-term-mark", "correction"];
    let findings = rules.map(|rule| finding(rule, Severity::Violation));
    let causes = fold(&findings);
    assert_eq!(causes.len(), 1);
    assert_eq!((causes[0].first().rule, causes[0].beside.len()), ("entry-void", 2));
}

#[test]
fn a_lesson_entered_late_with_its_marks_is_one_line_in_a_real_year() {
    let year = small_year()
        .table("lessons", "lesson_id,course_id,date,number,status,teacher_id,topic,recorded_at\nL1,C1,2024-09-02,1,held,T1,Дроби,2024-09-05T08:00:00")
        .table("works", "work_id,course_id,kind\nW1,C1,oral")
        .table(
            "marks",
            "mark_id,lesson_id,pupil_id,value,work_id,comment,recorded_at,recorded_by\n\
             M1,L1,P1,5,W1,,2024-09-05T08:01:00,T1\nM2,L1,P2,4,W1,,2024-09-05T08:01:00,T1",
        );
    year.report(|context| {
        let report = Timeliness::new(context);
        let late = report.causes.iter().find(|cause| cause.first().rule == "lesson-recorded-late");
        assert_eq!(late.expect("the lesson is late").beside["mark-late"].len(), 2);
        let counted = report.rules.iter().find(|line| line.rule.id == "mark-late").expect("it ran");
        assert_eq!((counted.counts.violations, counted.counts.causes, counted.examined.examined), (2, 0, 2));
    });
}

#[test]
fn every_finding_is_counted_once_everywhere() {
    with_example(&Selection::default(), |context| {
        let all = context.checked.findings.len();
        assert!(all > 200, "{all}");
        let report = Timeliness::new(context);
        let in_causes = |cause: &timeliness::Cause<'_>| {
            cause.count() + cause.beside.values().map(Vec::len).sum::<usize>()
        };
        assert_eq!(report.causes.iter().map(in_causes).sum::<usize>(), all);
        assert_eq!(report.total().all(), all);
        let directions = report.directions.iter().map(|line| line.counts.all()).sum::<usize>();
        assert_eq!(directions, all);
        assert!(report.causes.len() < all);
        let order: Vec<_> = report.causes.iter().map(|cause| cause.first().severity).collect();
        assert!(order.is_sorted(), "violations stand first");
    });
}

pub(crate) fn sheet(document: &[u8], name: &str) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(document)).expect("an XLSX");
    let range = book.worksheet_range(name).expect("the sheet is there");
    range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect()
}

#[test]
fn the_workbook_has_every_finding_with_its_key_and_row() {
    with_example(&Selection::default(), |context| {
        let document = file(context, timeliness::WORKBOOK);
        let rows = sheet(&document.bytes, "Все замечания");
        let head = rows
            .iter()
            .position(|row| row.last().is_some_and(|cell| cell == "Ключ"))
            .expect("the head is there");
        let body = &rows[head + 1..];
        assert_eq!(body.len(), context.checked.findings.len());
        let keys: BTreeSet<_> = body.iter().filter_map(|row| row.last()).map(String::as_str).collect();
        assert!(keys.len() * 100 > body.len() * 95, "{} keys of {}", keys.len(), body.len());
        assert!(keys.iter().all(|key| key.len() == 10), "{keys:?}");
        let placed = body.iter().filter(|row| row[16].ends_with(".csv") && !row[18].is_empty()).count();
        assert!(placed * 10 > body.len() * 8, "{placed} of {} have a row of a file", body.len());
        for name in [
            "Сводка",
            "По правилам",
            "По учителям",
            "По классам",
            "Полнота проверки",
            "Домашние задания",
            "Исправления",
            "По неделям",
        ] {
            assert!(sheet(&document.bytes, name).len() > 3, "{name}");
        }
    });
}

/// Returns the lines of every page of the report.
fn pages(context: &ReportContext<'_>) -> Vec<Vec<String>> {
    let job = timeliness::job(context, "reports/timeliness.pdf").expect("the view is JSON");
    page_texts(job).expect("the report is set")
}

#[test]
fn the_director_has_one_page_and_every_teacher_one() {
    with_example(&Selection::default(), |context| {
        let pages = pages(context);
        let list =
            pages.iter().find(|page| page[1] == "По учителям: что устранить").expect("a list of people");
        let head = list.iter().find(|line| line.contains("Кто устраняет")).expect("a head");
        let at = |title: &str| head.find(title).expect(title);
        assert!(at("№") < at("Кто устраняет") && at("Кто устраняет") < at("Случаев"), "{head}");
        // The head line stands first on every page.
        assert!(pages[0][1].ends_with("школа"), "{:?}", pages[0]);
        assert!(pages[1][1].starts_with("По правилам"), "the school has one page: {:?}", pages[1]);
        let first = pages.iter().position(|page| page[1] == "По учителям: что устранить");
        let staff = &pages[first.expect("the list of people has a page") + 1..];
        let signed = |page: &&Vec<String>| page.iter().any(|line| line.contains("С замечаниями ознакомлен"));
        assert!(staff.len() > 5 && staff.iter().filter(signed).count() == staff.len(), "{staff:?}");
    });
}

#[test]
fn what_was_not_run_stands_first() {
    small_year().report(|context| {
        let first = &pages(context)[0];
        let place = |part: &str| first.iter().position(|line| line.contains(part)).expect(part);
        assert!(place("Полнота проверки") < place("Направление"));
        let page = file(context, timeliness::PAGE);
        let html = String::from_utf8(page.bytes).expect("a page is UTF-8");
        assert!(html.contains("нет журнала изменений") && html.contains(NO_MINUTES));
        let book = file(context, timeliness::WORKBOOK);
        let not_run = sheet(&book.bytes, "Полнота проверки");
        assert!(not_run.iter().any(|row| row.contains(&"correction".to_owned())), "{not_run:?}");
    });
}

#[test]
fn homework_is_judged_by_day_and_class_where_there_are_minutes() {
    let year = small_year().table(
        "homework",
        "lesson_id,text,minutes,due_date,recorded_at\nL1,№ 1,130,2024-09-04,2024-09-02T09:00:00\n\
         L1,№ 2,,2024-09-05,2024-09-02T09:00:00",
    );
    year.report(|context| {
        let loads = Timeliness::new(context).homework.expect("there are minutes");
        assert_eq!((loads[0].norm, loads[0].above(), loads[0].unjudged()), (120, 1, 1));
    });
}

#[test]
fn counts_of_findings_have_what_was_judged_beside_them_by_person_and_class() {
    with_example(&Selection::default(), |context| {
        for one in &context.checked.examined {
            let shares = context.checked.shares.iter().filter(|(rule, ..)| *rule == one.rule);
            assert_eq!(shares.map(|(.., count)| count).sum::<usize>(), one.examined, "{}", one.rule);
        }
        let book = file(context, timeliness::WORKBOOK);
        let all: usize = context.checked.examined.iter().map(|one| one.examined).sum();
        for name in ["По учителям", "По классам"] {
            let rows = sheet(&book.bytes, name);
            let head = rows.iter().position(|row| row.iter().any(|cell| cell == "Проверено записей"));
            let head = head.expect("a head");
            let at = rows[head].iter().position(|cell| cell == "Проверено записей").expect("a column");
            let sum: usize = rows[head + 1..].iter().filter_map(|row| row[at].parse::<usize>().ok()).sum();
            assert_eq!(sum, all, "{name}");
        }
        let pages = pages(context);
        assert!(pages.iter().flatten().filter(|line| line.contains(", всего")).count() > 10);
    });
}

#[test]
fn the_same_list_of_findings_has_nothing_mended() {
    let mut before = Vec::new();
    with_example(&Selection::default(), |context| {
        let table =
            findings_csv(context.journal, &context.checked.findings).expect("memory takes every write");
        let mut reader = csv::Reader::from_reader(table.bytes.as_slice());
        let header = reader.headers().expect("a header").clone();
        for (row, record) in (2..).zip(reader.records()) {
            let record = record.expect("the table is whole");
            let cells = header.iter().zip(&record).filter(|(_, text)| !text.is_empty());
            let cells = cells.map(|(column, text)| (column.to_owned(), text.to_owned())).collect();
            before.push(SelectedRow { row, cells });
        }
    });
    let selection = Selection { selected: Vec::new(), before: Some(before) };
    with_example(&selection, |context| {
        assert_eq!(mended(context).map(|rows| rows.len()), Some(0));
    });
}

#[test]
fn an_act_lists_void_entries_and_names_no_pupil() {
    let year = small_year()
        .table("works", "work_id,course_id,kind\nW1,C1,oral")
        .table("marks", "mark_id,lesson_id,pupil_id,value,work_id\nM1,L1,P1,5,W1")
        .table("accounts", "account,staff_id,role\nuser1,T1,teacher")
        .table(
            "breaches",
            "account,detected_at,director_told_at,support_told_at,closed_at\n\
             user1,2024-09-03T10:00:00,2024-09-03T10:30:00,2024-09-03T12:35:00,2024-09-03T15:00:00",
        )
        .table(
            "changes",
            "at,account,action,table,record_id,field,old,new\n\
             2024-09-03T11:00:00,user1,update,marks,M1,value,3,4\n\
             2024-09-03T13:00:00,user1,update,marks,M1,value,4,5\n\
             2024-09-03T15:00:00,user1,update,marks,M1,value,5,2",
        );
    year.report(|context| {
        let job = breach_act::job(context, 0, "acts/breach-1.pdf").expect("the view is JSON");
        let text = String::from_utf8(job.data.clone()).expect("the view is UTF-8");
        assert!(
            text.contains("с опозданием на 1 ч 35 мин") && text.contains("в срок, через 30 мин"),
            "{text}"
        );
        let view: serde_json::Value = serde_json::from_str(&text).expect("the view is JSON");
        let verdicts: Vec<_> = view["entries"]["rows"]
            .as_array()
            .expect("the entries are listed")
            .iter()
            .map(|row| row[5].as_str().unwrap_or_default().split(':').next().unwrap_or_default())
            .collect();
        assert_eq!(verdicts, ["проверить", "недействительна"]);
        let names = context.journal.pupils.values().map(|pupil| pupil.surname.as_str());
        assert!(names.clone().count() == 2 && names.clone().all(|name| !text.contains(name)), "{text}");
        assert_eq!(page_texts(job).expect("the act is set").len(), 1);
    });
}
