//! The class report: its numbers are those of the tables, its lists are as long as the counts, and what is not known is said.

use jiff::civil::date;
use letopis::render::pdf::page_texts;
use letopis::reports::{ReportContext, class_report};
use letopis::stats::analytics::{
    ABSENCE_DAYS, MISSED, PUPIL_SUBJECTS, Record, STANDINGS, Tables, UNSATISFACTORY,
};
use serde_json::Value;

use crate::quarter::{term, with_example, with_example_on};
use crate::small_year::{SmallYear, small_year};

fn job(context: &ReportContext<'_>, class: &str, key: &str) -> letopis::render::pdf::PdfJob {
    let class = context.journal.classes.iter().find(|(_, one)| one.key == class).expect("a class").0;
    class_report::job(context, class, term(context, key), "class.pdf").expect("the view is written")
}

/// Returns the blocks of a report, those kept together or on their side among the others.
fn blocks(context: &ReportContext<'_>, class: &str, key: &str) -> Vec<Value> {
    let view: Value = serde_json::from_slice(&job(context, class, key).data).expect("the view is JSON");
    flat(view["blocks"].as_array().expect("a paper has blocks"))
}

fn flat(blocks: &[Value]) -> Vec<Value> {
    let inner = |block: &Value| match block["versions"][0]["page"].as_array().or(block["blocks"].as_array()) {
        Some(inner) => flat(inner),
        None => vec![block.clone()],
    };
    blocks.iter().flat_map(inner).collect()
}

fn text(block: &Value) -> &str {
    block["text"].as_str().unwrap_or("")
}

fn rows(table: &Value) -> Vec<Vec<String>> {
    let cell = |cell: &Value| cell.as_str().unwrap_or("").replace('\u{200b}', "").replace('\u{a0}', " ");
    let row = |row: &Value| row["cells"].as_array().expect("a row has cells").iter().map(cell).collect();
    table["rows"].as_array().expect("a table has rows").iter().map(row).collect()
}

/// Returns the blocks under the first heading that has this text, up to the next heading.
fn under<'a>(blocks: &'a [Value], title: &str) -> &'a [Value] {
    let is_heading = |block: &Value| block["kind"] == "heading";
    let from = blocks.iter().position(|block| is_heading(block) && text(block).contains(title));
    let from = from.unwrap_or_else(|| panic!("there is no heading {title}")) + 1;
    let to = blocks[from..].iter().position(is_heading).map_or(blocks.len(), |at| from + at);
    &blocks[from..to]
}

fn table_under(blocks: &[Value], title: &str) -> Option<Vec<Vec<String>>> {
    under(blocks, title).iter().find(|block| block["kind"] == "table").map(rows)
}

fn number(cell: &str) -> usize {
    cell.split(' ').next().and_then(|one| one.parse().ok()).unwrap_or(0)
}

/// Returns the blocks of each pupil's page, with its title.
fn pages(blocks: &[Value]) -> Vec<(String, Vec<Value>)> {
    let mut pages: Vec<(String, Vec<Value>)> = Vec::new();
    for block in blocks {
        let is_page = block["kind"] == "heading" && block["level"] == 1;
        match pages.last_mut() {
            _ if is_page => pages.push((text(block).to_owned(), Vec::new())),
            Some((_, page)) => page.push(block.clone()),
            None => {}
        }
    }
    pages.retain(|(title, _)| title.starts_with(|one: char| one.is_ascii_digit()));
    pages
}

/// The classes of the example year with a study term of each kind.
const CLASSES: [(&str, [&str; 4]); 8] = [
    ("1А", ["Q1", "Q2", "Q3", "Q4"]),
    ("2А", ["Q1", "Q2", "Q3", "Q4"]),
    ("4А", ["Q1", "Q2", "Q3", "Q4"]),
    ("5А", ["Q1", "Q2", "Q3", "Q4"]),
    ("5Б", ["Q1", "Q2", "Q3", "Q4"]),
    ("9А", ["Q1", "Q2", "Q3", "Q4"]),
    ("10А", ["H1", "H2", "H1", "H2"]),
    ("11А", ["H1", "H2", "H1", "H2"]),
];

fn each_report(context: &ReportContext<'_>, look: impl Fn(&str, &str, &[Value])) {
    for (class, terms) in CLASSES {
        for key in terms {
            look(class, key, &blocks(context, class, key));
        }
    }
}

fn of_class<'a>(
    context: &ReportContext<'a>,
    table: &letopis::stats::analytics::AnalyticsTable,
    (class, key): (&str, &'a str),
) -> Vec<Record<'a>> {
    let rows = Tables(context.analytics).of_term(table, key);
    rows.filter(|row| row.text("class_id") == class).collect()
}

#[test]
fn a_few_numbers_are_those_worked_by_hand() {
    with_example("year", |context| {
        let blocks = blocks(context, "5А", "Q4");
        let results = table_under(&blocks, "Итоги").expect("there are results");
        let last = results.last().expect("the term");
        let counted: Vec<usize> = last[1..11].iter().map(|cell| number(cell)).collect();
        assert_eq!(counted, [12, 12, 0, 7, 0, 5, 1, 0, 0, 0], "{last:?}");
        let named = table_under(&blocks, "Поимённо").expect("one is one mark short");
        assert_eq!(named.len(), 1);
        assert_eq!(named[0][1..4], ["с одной «3»", "Ольхина Анна", "География"]);
        let sheet = table_under(&blocks, "Сводная ведомость").expect("there is a sheet");
        let own = sheet.iter().find(|row| row[1].starts_with("Берёзкова")).expect("a pupil");
        assert_eq!(own[2], "3 3,25", "Russian: 26 of 8 marks");
        assert_eq!(own[own.len() - 8..own.len() - 1], ["37", "32", "5", "", "", "7", ""]);
        let own = pages(&blocks).into_iter().find(|(title, _)| title.contains("Вишнякев")).expect("a page");
        let marks = own.1.iter().find(|block| block["kind"] == "table").map(rows).expect("marks");
        let maths = marks.iter().find(|row| row[0] == "Математика").expect("mathematics");
        assert_eq!(maths[2..6], ["3,67 (9)", "3,83", "4", "3"]);
        assert_eq!(maths[6], "15", "33 of 9: 33 + 5k of 9 + k is 4.5 from 15 on");
        assert_eq!(maths[7], "0 из 36");
    });
}

#[test]
fn pages_of_pupils_say_what_the_tables_say() {
    with_example("year", |context| {
        each_report(context, |class, key, blocks| {
            let key = context.journal.terms[term(context, key)].key.as_str();
            let studied = of_class(context, &PUPIL_SUBJECTS, (class, key));
            let days = of_class(context, &ABSENCE_DAYS, (class, key));
            let pages = pages(blocks);
            assert_eq!(pages.len(), days.len(), "a page a pupil: {class} {key}");
            let (mut dated, mut courses, mut missed, mut bad) = (0, 0, 0, 0);
            for (title, page) in &pages {
                for block in page {
                    let said = text(block);
                    let count = |prefix: &str| {
                        said.strip_prefix(prefix).map(|rest| number(rest.split(',').next().unwrap_or("")))
                    };
                    missed += count("Пропущенные уроки и темы: ").unwrap_or(0);
                    bad += count("Неудовлетворительные отметки и темы: ").unwrap_or(0);
                }
                let Some(marks) = page.iter().find(|block| block["kind"] == "table").map(rows) else {
                    continue;
                };
                for row in marks.iter().filter(|row| row.len() >= 7) {
                    courses += 1;
                    let is_mark =
                        |one: &&str| matches!(one.trim_end_matches('к'), "1" | "2" | "3" | "4" | "5");
                    let own = row[1].split([' ', ',']).filter(is_mark).count();
                    let said =
                        row[2].split_once('(').map_or(0, |(_, rest)| number(rest.trim_end_matches(')')));
                    assert_eq!(own, said, "{class} {key} {title}: {row:?}");
                    dated += own;
                }
            }
            let marks: usize = studied.iter().map(|row| row.count("marks")).sum();
            assert_eq!((courses, dated), (studied.len(), marks), "{class} {key}");
            let lessons: usize = days.iter().map(|row| row.count("lessons_missed")).sum();
            assert_eq!(missed, lessons, "missed lessons of {class} {key}");
            let is_listed =
                |row: &Record<'_>| days.iter().any(|one| one.text("pupil_id") == row.text("pupil_id"));
            let twos = Tables(context.analytics).of_term(&UNSATISFACTORY, key).filter(is_listed).count();
            assert_eq!(bad, twos, "unsatisfactory marks of {class} {key}");
        });
    });
}

#[test]
fn lists_are_as_long_as_their_counts() {
    with_example("year", |context| {
        each_report(context, |class, key, blocks| {
            let key = context.journal.terms[term(context, key)].key.as_str();
            let standings = of_class(context, &STANDINGS, (class, key));
            if standings.is_empty() {
                return;
            }
            let results = table_under(blocks, "Итоги").expect("there are results");
            let last = results.last().expect("the term");
            let named = table_under(blocks, "Поимённо").unwrap_or_default();
            let listed = |group: &str| {
                let own = named.iter().filter(|row| row[1].starts_with(group)).map(|row| row[2].as_str());
                own.collect::<std::collections::BTreeSet<_>>().len()
            };
            let groups =
                [("с одной «4»", 5), ("с одной «3»", 7), ("не успевает, один", 8), ("не успевает, два", 9)];
            for (group, column) in groups.into_iter().chain([("не аттестован", 10)]) {
                assert_eq!(listed(group), number(&last[column]), "{class} {key}: {group}");
            }
            assert_eq!(number(&last[1]), standings.len());
            let sheet = table_under(blocks, "Сводная ведомость").expect("there is a sheet");
            assert_eq!(
                sheet.iter().filter(|row| !row[0].is_empty()).count(),
                standings.len(),
                "{class} {key}"
            );
        });
    });
}

/// Returns whom plans are for, and how many notices there are.
fn plans(blocks: &[Value]) -> (Vec<String>, usize) {
    let titles = blocks.iter().filter(|block| block["kind"] == "heading" && block["level"] == 1).map(text);
    let titles: Vec<&str> = titles.collect();
    let plans = titles.iter().filter(|title| title.starts_with("План работы"));
    let notices = titles.iter().filter(|title| title.starts_with("Уведомление")).count();
    (plans.map(|title| (*title).to_owned()).collect(), notices)
}

#[test]
fn who_fails_has_a_plan_and_a_notice_and_nobody_else() {
    with_example("year", |context| {
        for (class, key, who) in
            [("9А", "Q4", 1), ("4А", "Q4", 1), ("5А", "Q4", 0), ("10А", "Y", 1), ("1А", "Q4", 0)]
        {
            let (plans, notices) = plans(&blocks(context, class, key));
            assert_eq!((plans.len(), notices), (who, who), "{class} {key}: {plans:?}");
        }
        let blocks = blocks(context, "9А", "Q4");
        let own = under(&blocks, "План работы с неуспевающим учеником");
        assert!(text(&own[0]).starts_with("9А класс, 4 четверть, по состоянию на "), "{own:?}");
        let subjects = blocks.iter().filter(|block| text(block).contains(", учитель ")).count();
        assert_eq!(subjects, 6, "alg, bio, chem, geo, lit, rus");
    });
}

#[test]
fn a_term_under_way_has_its_forecast_and_needed_fives_on_the_pages_of_the_term_before() {
    with_example_on("year", Some(date(2025, 2, 20)), |context| {
        let blocks = blocks(context, "5А", "Q2");
        let said: Vec<&str> = under(&blocks, "Прогноз на период, который идёт").iter().map(text).collect();
        assert!(said[0].starts_with("Идёт 3 четверть, 7-я неделя, отметки по 20.02.2025."), "{said:?}");
        let of_class = |one: &&letopis::stats::analytics::forecast::Prospect| {
            context.journal.classes[one.class].key == "5А"
        };
        let mut shown = 0;
        for (_, page) in pages(&blocks) {
            let own = table_under(&page, "Идёт 3 четверть").expect("a pupil of the class studies something");
            shown += own.len();
            assert!(own.iter().all(|row| number(&row[3]) > 0 || row[3] == "—"), "{own:?}");
        }
        assert_eq!(shown, context.outlook.prospects.iter().filter(of_class).count());
    });
    with_example("year", |context| {
        let blocks = blocks(context, "5А", "Q4");
        let said = "На 30.06.2025 следующий период не идёт: прогноза на него нет.";
        assert!(blocks.iter().any(|block| text(block) == said));
    });
}

#[test]
fn the_class_stands_on_two_pages_and_a_pupil_on_one() {
    with_example("year", |context| {
        let year = page_texts(job(context, "5А", "Y")).expect("the report is typeset");
        assert_eq!(year.len(), 2);
        let term = page_texts(job(context, "5А", "Q4")).expect("the report is typeset");
        let texts: Vec<String> = term.iter().map(|lines| lines.join(" ")).collect();
        assert!(texts[0].contains("В исходных данных — ") && texts[0].contains("Контрольные работы"));
        assert!(texts[1].contains("Сводная ведомость") && texts[1].contains("Пропуски класса"));
        assert!(texts[2].contains("1. Берёзкова Таисия"), "{}", texts[2]);
    });
}

/// A class of 28 in sixteen subjects, each with a control work: four pupils are away from every other lesson and get «2» at the
/// others, eight fail a subject, the others are one «3» short of fours.
fn crowded_year() -> SmallYear {
    const TOPIC: &str = "Очень длинная тема урока записанная вместе с тем что на этом уроке успели сделать";
    let pupils: Vec<String> = (1..=28).map(|n| format!("P{n:02}")).collect();
    let table = |head: &str, lines: Vec<String>| format!("{head}\n{}", lines.join("\n"));
    let (mut lessons, mut attendance, mut marks) = (Vec::new(), Vec::new(), Vec::new());
    let first = date(2024, 9, 2);
    for at in 0..400_usize {
        let day =
            first.saturating_add(jiff::Span::new().days(i64::try_from(at / 8).expect("a small number")));
        lessons.push(format!(
            "L{at},C{},{day},{},held,,T1,,{TOPIC} {at},,{day}T16:00:00,T1",
            at % 16,
            at % 8 + 1
        ));
        for (n, pupil) in pupils.iter().take(4).enumerate() {
            match (at / 16 + n) % 2 {
                0 => attendance.push(format!("L{at},{pupil},б")),
                _ => marks.push(format!("M{at}{pupil},L{at},{pupil},2,,{day}T16:00:00,T1")),
            }
        }
    }
    let mut term_marks = Vec::new();
    for (n, pupil) in pupils.iter().enumerate() {
        let mark = |subject: usize| {
            if n < 4 || n < 12 && subject == 0 {
                "2"
            } else if subject == 0 {
                "3"
            } else {
                "4"
            }
        };
        term_marks.extend((0..16).map(|subject| format!("{pupil},s{subject},Q1,term,{}", mark(subject))));
    }
    let of = |line: &dyn Fn(usize) -> String| (0..16).map(line).collect::<Vec<_>>();
    let of_pupils = |line: &dyn Fn(&String) -> String| pupils.iter().map(line).collect::<Vec<_>>();
    small_year()
        .table(
            "pupils",
            &table("pupil_id,surname,given_name", of_pupils(&|id| format!("{id},Заречногорский{id},Лев"))),
        )
        .table(
            "enrolment",
            &table("pupil_id,class_id,from,to", of_pupils(&|id| format!("{id},5А,2024-09-01,"))),
        )
        .table(
            "subjects",
            &table("subject_id,title,grading", of(&|n| format!("s{n},Предмет номер {n},five"))),
        )
        .table(
            "courses",
            &table(
                "course_id,subject_id,class_id,group_id,teacher_id,hours_week,kind",
                of(&|n| format!("C{n},s{n},5А,,T1,1,lesson")),
            ),
        )
        .table(
            "bells",
            &table(
                "number,start,end",
                (1..=8).map(|n| format!("{n},{:02}:00,{:02}:40", n + 7, n + 7)).collect(),
            ),
        )
        .table("lessons", &table(LESSONS, lessons))
        .table("attendance", &table("lesson_id,pupil_id,reason", attendance))
        .table("marks", &table("mark_id,lesson_id,pupil_id,value,work_id,recorded_at,recorded_by", marks))
        .table("term_marks", &table("pupil_id,subject_id,term_id,kind,value", term_marks))
        .on(2024, 11, 1)
}

const LESSONS: &str = "lesson_id,course_id,date,number,status,moved_to,teacher_id,replaces_teacher_id,topic,plan_seq,recorded_at,recorded_by";

#[test]
fn however_much_there_is_to_say_the_class_has_two_pages_and_a_pupil_one() {
    crowded_year().analysed(|context| {
        let texts = page_texts(job(context, "5А", "Q1")).expect("the report is typeset");
        let texts: Vec<String> = texts.iter().map(|lines| lines.join(" ").replace('\u{a0}', " ")).collect();
        assert!(texts[0].contains("Составил(а)"), "the first page ends with its signature: {}", texts[0]);
        assert!(texts[1].contains("Сводная ведомость"), "{}", texts[1]);
        for (at, text) in texts[2..30].iter().enumerate() {
            assert!(text.contains(&format!("{}. Заречногорский", at + 1)), "page {}: {text}", at + 3);
        }
        assert!(texts[30].contains("План работы"), "{}", texts[30]);
        // Nothing is lost: 12 lessons of a subject are counted where not all have room.
        let own = &texts[2];
        assert!(own.contains("Пропущенные уроки и темы: 208, отработано 0"), "{own}");
        assert!(own.contains("Все уроки с темами — в отчёте") && own.contains("и ещё "), "{own}");
    });
}

/// Returns the whole text of a report.
fn said(year: &SmallYear, key: &str) -> String {
    year.analysed(|context| {
        let blocks = blocks(context, "5А", key);
        let all = serde_json::to_string(&blocks).expect("JSON");
        assert!(!all.contains("NaN") && !all.contains("inf\""), "{all}");
        page_texts(job(context, "5А", key)).expect("the report is typeset");
        let cells = |block: &Value| match block["kind"].as_str() {
            Some("table") => rows(block).concat().join(" | "),
            _ => text(block).to_owned(),
        };
        blocks.iter().map(cells).collect::<Vec<_>>().join("\n").replace('\u{a0}', " ")
    })
}

#[test]
fn without_term_marks_attendance_and_works_each_part_says_its_reason() {
    let said = said(&small_year().on(2024, 11, 1), "Q1");
    assert!(said.contains("Не сформировано: нет отметок за периоды."), "{said}");
    assert!(said.contains("Не сформировано: нет видов работ."), "{said}");
    assert!(said.contains("Пропуски не сформированы: нет посещаемости."), "{said}");
    assert!(!said.contains("Пропущено уроков 0"), "{said}");
}

#[test]
fn a_class_of_one_who_fails_without_marks_has_a_plan_and_no_zero_for_a_mean() {
    let year = small_year()
        .table("pupils", "pupil_id,surname,given_name,parents\nP1,Заречный,Лев,Заречная Ия")
        .table("enrolment", "pupil_id,class_id,from,to\nP1,5А,2024-09-01,")
        .table("term_marks", "pupil_id,subject_id,term_id,kind,value\nP1,math,Q1,term,н/а")
        .table("attendance", "lesson_id,pupil_id,reason\nL1,P1,б")
        .on(2024, 11, 1);
    let said = said(&year, "Q1");
    assert!(said.contains("План работы с неуспевающим учеником: Заречный Лев"), "{said}");
    assert!(said.contains("Дроби | 02.09.2024 | болезнь"), "the missed topic stands in the plan: {said}");
    assert!(
        said.contains("Отметок нет; сколько их нужно для аттестации, говорит положение школы."),
        "{said}"
    );
    assert!(said.contains("Кому: Заречная Ия"), "{said}");
    assert!(said.contains("02.09 б Дроби"), "{said}");
    assert!(said.contains("1 из 1 (100,0 %)"), "counts stand first: {said}");
    assert!(!said.contains("0,00"), "{said}");
}

#[test]
fn namesakes_groups_and_who_came_and_left_are_told_apart() {
    let year = small_year()
        .table(
            "pupils",
            "pupil_id,surname,given_name,patronymic\nP1,Заречный,Лев,Ильич\nP2,Заречный,Лев,Олегович\nP3,Полевая,Ася,\n\
             P4,Луговая,Ия,",
        )
        .table(
            "enrolment",
            "pupil_id,class_id,from,to,in_kind,out_kind\nP1,5А,2024-09-01,,start,\nP2,5А,2024-09-01,,start,\n\
             P3,5А,2024-10-01,,arrived,\nP4,5А,2024-09-01,2024-10-10,start,left",
        )
        .rows("subjects", "eng,Английский язык,five")
        .table("groups", "group_id,title,class_ids,kind\nG1,5А англ. 1,5А,group\nG2,5А англ. 2,5А,group")
        .table("group_members", "group_id,pupil_id,from,to\nG1,P1,,\nG2,P2,,\nG2,P1,,")
        .rows("courses", "C2,eng,,G1,T1,1,lesson\nC3,eng,,G2,T2,1,lesson")
        .table(
            "term_marks",
            "pupil_id,subject_id,term_id,kind,value\nP1,math,Q1,term,5\nP2,math,Q1,term,4\nP1,eng,Q1,term,5",
        )
        .on(2024, 11, 1);
    let said = said(&year, "Q1");
    assert!(said.contains("Заречный Лев Ильич") && said.contains("Заречный Лев Олегович"), "{said}");
    assert!(said.contains("Английский язык (5А англ. 1)") && said.contains("Английский язык (5А англ. 2)"));
    assert!(said.contains("На начало периода 3 ученика, на конец 3"), "{said}");
    assert!(said.contains("Луговая Ия: ") && said.contains("Полевая Ася: "), "movement by name: {said}");
    assert!(!said.contains(". Луговая Ия"), "who left has no page: {said}");
    assert!(said.contains("Нет ни одной отметки 1–5 и н/а, в группы не вошли: Полевая Ася."), "{said}");
    assert!(
        said.contains("Динамика: перед этим периодом в учебном году периода того же вида нет."),
        "{said}"
    );
}

#[test]
fn a_year_of_which_a_quarter_is_missing_has_no_absences_of_the_year() {
    let year = small_year()
        .table(
            "terms",
            "term_id,kind,title,start,end,grades\nQ1,quarter,1 четверть,2024-09-02,2024-10-25,1-9\n\
             Q2,quarter,2 четверть,2024-11-05,2024-12-27,1-9\nY,year,Год,2024-09-02,2024-12-28,1-11",
        )
        .table("term_marks", "pupil_id,subject_id,term_id,kind,value\nP1,math,Q1,term,5")
        .table("attendance", "lesson_id,pupil_id,reason\nL1,P1,н")
        .on(2025, 1, 20);
    let whole = said(&year, "Y");
    assert!(whole.contains("2 четверть: данных нет"), "{whole}");
    assert!(whole.contains("Пропуски не сформированы: в исходных данных нет уроков: 2 четверть."), "{whole}");
    assert!(whole.contains("отметок за период «2024–2025 учебный год» в исходных данных нет"), "{whole}");
    let with_half = year.clone().rows("terms", "H1,half_year,1 полугодие,2024-09-02,2024-12-27,10;11");
    let whole = self::said(&with_half, "Y");
    assert!(!whole.contains("полугодие"), "terms of other grades do not matter to a class: {whole}");
    let rows_of =
        |year: &SmallYear| year.analysed(|context| Tables(context.analytics).of_term(&MISSED, "Q1").count());
    assert_eq!(rows_of(&year), 1);
    assert!(said(&year, "Q1").contains("Пропущенные уроки и темы: 1, отработано 0"));
}
