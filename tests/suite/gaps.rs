//! What was not checked is said first, in every report, and never looks like good order.

use letopis::model::{Id, Roster};
use letopis::render::pdf::page_texts;
use letopis::reports::{ReportContext, timeliness};
use letopis::stats::compute;

use crate::made::{self, file};
use crate::small_year::{SmallYear, small_year};
use crate::timeliness::sheet;

const SIGNERS: &str = r#"
[officials.director]
post = "Директор"
name = "Главная Ольга Петровна"
[[officials.deputies]]
post = "Заместитель директора по УВР"
name = "Первая Мария Ивановна"
grades = "1-4"
[[officials.deputies]]
post = "Заместитель директора по УВР"
name = "Вторая Нина Львовна"
grades = "5-9"
[[officials.deputies]]
post = "Заместитель директора по научно-методической работе"
name = "Третья Вера Олеговна"
grades = "10-11"
"#;

/// Returns the lines of every page of the report.
fn pages(context: &ReportContext<'_>) -> Vec<Vec<String>> {
    let job = timeliness::job(context, "reports/timeliness.pdf").expect("the view is JSON");
    page_texts(job).expect("the report is set")
}

fn not_run(year: &SmallYear, rule: &str) -> Vec<(bool, String)> {
    let (_, checked) = year.check();
    let of = checked.not_run.iter().filter(|one| one.rule == rule);
    of.map(|one| (one.in_part, one.reason.ru.clone())).collect()
}

#[test]
fn the_director_has_one_page_however_little_was_run_and_however_many_sign() {
    let rich = small_year().school(SIGNERS).table("holidays", "start,end,grades,title").table(
        "homework",
        "lesson_id,text,recorded_at,due_date,minutes\nL1,Задача,2024-09-04T10:00:00,2024-09-03,30",
    );
    for year in [small_year(), small_year().school(SIGNERS), rich] {
        year.report(|context| {
            let pages = pages(context);
            let first = &pages[0];
            assert!(first[1].ends_with("школа"), "{first:?}");
            let signs = first.iter().filter(|word| word.contains("«___»")).count();
            let officials = &context.journal.officials;
            let signers = officials.deputies.len() + usize::from(!officials.director.post.is_empty());
            assert_eq!(signs, signers, "{first:?}");
            let is_cut = first.iter().any(|word| word.contains("на следующей странице"));
            let next = &pages[1][1];
            assert!(
                next.starts_with(if is_cut {
                    "Полнота проверки"
                } else {
                    "По правилам"
                }),
                "{next}"
            );
        });
    }
}

#[test]
fn one_reason_is_one_line_with_all_it_stopped() {
    small_year().report(|context| {
        let all = pages(context)[0].join(" ");
        assert_eq!(all.matches("нет учёта отсутствующих").count(), 1, "{all}");
    });
}

#[test]
fn a_direction_without_a_check_has_no_figures_anywhere() {
    small_year().report(|context| {
        let book = file(context, timeliness::WORKBOOK);
        let listed: Vec<String> = sheet(&book.bytes, "Полнота проверки").into_iter().flatten().collect();
        assert!(listed.iter().any(|cell| cell.contains("нет учёта отсутствующих")), "{listed:?}");
        let names = calamine::Reader::sheet_names(
            &calamine::open_workbook_from_rs::<calamine::Xlsx<_>, _>(std::io::Cursor::new(&book.bytes))
                .expect("an XLSX"),
        );
        assert_eq!(
            (names[0].as_str(), names.last().map(String::as_str)),
            ("Сводка", Some("Полнота проверки"))
        );
        let summary = sheet(&book.bytes, "Сводка");
        assert!(summary[1][0].contains("не выполнено"), "said first, in one line: {summary:?}");
        let silent = summary.iter().find(|row| row[0].contains("Выполнение учебной программы"));
        let silent = silent.expect("the direction has a row");
        assert_eq!((silent[2].as_str(), silent[4].as_str()), ("—", "—"), "{silent:?}");
        let classes = sheet(&book.bytes, "По классам");
        let head = classes.iter().position(|row| row[0] == "Класс, группа").expect("a head");
        let at = classes[head].iter().position(|cell| cell == "Программа: не сделано").expect("a column");
        assert_eq!(classes[head + 1][at], "—");
    });
}

#[test]
fn who_changed_an_entry_must_be_told_by_the_log_or_by_the_accounts() {
    let changes = |columns: &str, row: &str| {
        small_year().table("changes", &format!("{columns}\n{row}")).table(
            "term_marks",
            "pupil_id,subject_id,term_id,kind,value,recorded_at\nP1,math,Q1,term,4,2024-09-20T12:00:00",
        )
    };
    let bare = changes(
        "at,account,action,table,record_id,field,old,new",
        "2024-09-05T10:00:00,u1,update,lessons,L1,topic,а,б",
    );
    let said = not_run(&bare, "edit-after-term-mark");
    assert_eq!(said, [(false, "в таблице changes нет столбца staff_id, нет таблицы accounts".to_owned())]);
    assert!(not_run(&bare.table("accounts", "account,staff_id\nu1,T1"), "edit-after-term-mark").is_empty());
    let with_staff = changes(
        "at,account,staff_id,action,table,record_id,field,old,new",
        "2024-09-05T10:00:00,u1,T1,update,lessons,L1,topic,а,б",
    );
    assert!(not_run(&with_staff, "edit-after-term-mark").is_empty());
}

#[test]
fn half_a_rule_that_lacks_its_table_is_said() {
    let homework =
        small_year().table("homework", "lesson_id,text,recorded_at\nL1,Задача,2024-09-02T10:00:00");
    assert!(not_run(&homework, "homework-late").is_empty());
    let said = not_run(&homework.without("bells"), "homework-late");
    assert_eq!(said, [(true, "нет таблицы bells".to_owned())]);
    let timetable = small_year().table("timetable", "course_id,weekday,number,from,to\nC1,1,1,2024-09-02,");
    assert_eq!(not_run(&timetable, "lesson-missing"), [(true, "нет таблицы holidays".to_owned())]);
}

#[test]
fn a_figure_without_its_table_is_empty_and_not_good() {
    let attendance = |year: &SmallYear| {
        year.report(|context| {
            let figures = compute(context.journal, &Roster::new(context.journal), context.as_of);
            let figures = figures.expect("figures are formed");
            let found = figures.into_iter().find(|one| one.metric == "attendance" && one.term == Id::new(0));
            found.expect("the class has a row").value
        })
    };
    let ended = small_year().on(2024, 12, 31);
    assert_eq!(attendance(&ended), None);
    let later = ended.clone().table("attendance", "lesson_id,pupil_id,reason");
    let later = later
        .table("lessons", "lesson_id,course_id,date,number,status,teacher_id\nL1,C1,2024-11-11,1,held,T1");
    assert_eq!(attendance(&later), None, "not one lesson of the term is known");
    assert_eq!(attendance(&ended.table("attendance", "lesson_id,pupil_id,reason\nL1,P1,н")), Some(50.0));
}

#[test]
fn a_bound_journal_says_what_its_source_lacks() {
    let title = |year: &SmallYear| {
        year.report(|context: &ReportContext<'_>| {
            String::from_utf8(made::pages(context, "journals/journal-5A.pdf").data)
                .expect("the view is UTF-8")
        })
    };
    assert!(title(&small_year()).contains("В выгрузках нет: отметки, пропуски, домашние задания"));
    let whole = small_year()
        .table("marks", "mark_id,lesson_id,pupil_id,value")
        .table("attendance", "lesson_id,pupil_id,reason")
        .table("homework", "lesson_id,text")
        .table("term_marks", "pupil_id,subject_id,term_id,kind,value");
    assert!(!title(&whole).contains("В выгрузках нет"));
}
