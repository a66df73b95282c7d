//! Several sources of one year: the same pupil and the same fact are one, whoever is ambiguous is asked about, and of two
//! facts that differ the more trusted one stands with both places said.

use std::collections::BTreeMap;

use letopis::base::problems::{Problem, ProblemSeverity};
use letopis::ingest::{Reading, read_bundle, read_journal};
use letopis::model::Journal;

const SCHOOL: &str =
    "[school]\nname = \"Школа\"\n[year]\ntitle = \"2024-2025\"\nstart = 2024-09-01\nend = 2025-05-31\n";

/// A class of three, two of them namesakes but for the patronymic, with one lesson and one mark.
const TABLES: &[(&str, &str)] = &[
    ("staff.csv", "staff_id,name\nS1,Берёзкин Тит Титович\n"),
    ("terms.csv", "term_id,kind,title,start,end,grades\nB,quarter,2 четверть,2024-11-05,2024-12-28,5\n"),
    ("subjects.csv", "subject_id,title,grading\nphys,Физика,five\n"),
    ("classes.csv", "class_id,grade,teacher_id\n5А,5,S1\n"),
    (
        "pupils.csv",
        "pupil_id,surname,given_name,patronymic\nP1,Ольхина,Вера,Львовна\nP2,Ёлкин,Пётр,\nP3,Ольхина,Вера,Ильинична\n",
    ),
    ("enrolment.csv", "pupil_id,class_id,from\nP1,5А,2024-09-02\nP2,5А,2024-09-02\nP3,5А,2024-09-02\n"),
    ("courses.csv", "course_id,subject_id,class_id,teacher_id\nC1,phys,5А,S1\n"),
    (
        "lessons.csv",
        "lesson_id,course_id,date,number,status,teacher_id,topic,room\nL1,C1,2024-11-06,3,held,S1,,12\n",
    ),
    ("marks.csv", "mark_id,lesson_id,pupil_id,value\nM1,L1,P2,5\n"),
];

/// A bundle in the making: the tables above and what a test puts beside them or in their place.
struct Year(BTreeMap<String, String>);

impl Year {
    fn new() -> Self {
        let files = TABLES.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        Self(files.chain([("school.toml".to_owned(), SCHOOL.to_owned())]).collect())
    }

    fn file(mut self, name: &str, text: &str) -> Self {
        self.0.insert(name.to_owned(), text.to_owned());
        self
    }

    fn trust(self, order: &str) -> Self {
        self.file("school.toml", &format!("{SCHOOL}[sources]\ntrust = {order}\n"))
    }

    /// A report with one table a pupil: the name, the cell of 6 November, the result.
    fn report(self, title: &str, pupils: &[(&str, &str, &str)]) -> Self {
        let blocks = pupils.iter().map(|(name, cell, result)| {
            format!(
                "<p>Класс: 5А</p><p>Период: с 05.11.24 по 28.12.24</p><p>Ученик: {name}</p><table><tr><th>Предмет<th>Ноябрь\
                 <th>Итоговая оценка за период<tr><th><th>6<th><tr><td>{title}<td>{cell}<td>{result}</table>"
            )
        });
        let page = format!(
            "<h1>Отчёт об успеваемости и посещаемости ученика</h1>{}<p>О — Опоздание</p>",
            blocks.collect::<String>()
        );
        self.file("отчёт.html", &page)
    }

    #[allow(clippy::disallowed_methods)]
    fn read(&self) -> Reading {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in &self.0 {
            std::fs::write(folder.path().join(name), text).expect("a file");
        }
        read_journal(&read_bundle(folder.path()))
    }
}

fn journal(reading: &Reading) -> &Journal {
    reading.journal.as_ref().expect("school.toml is whole")
}

fn of<'a>(reading: &'a Reading, code: &str) -> Vec<&'a Problem> {
    reading.problems.iter().filter(|problem| problem.code == code).collect()
}

fn count(reading: &Reading, code: &str) -> usize {
    of(reading, code).len()
}

/// Every mark as «pupil lesson value», sorted.
fn marks(reading: &Reading) -> Vec<String> {
    let journal = journal(reading);
    let line = |mark: &letopis::model::Mark| {
        let (pupil, lesson) = (&journal.pupils[mark.pupil].key, &journal.lessons[mark.lesson].key);
        format!("{pupil} {lesson} {}", mark.value.code())
    };
    let mut lines: Vec<String> = journal.marks.values().map(line).collect();
    lines.sort();
    lines
}

fn no_errors(reading: &Reading) {
    let errors: Vec<_> = reading.problems.iter().filter(|p| p.severity == ProblemSeverity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn a_pupil_of_a_report_is_the_one_enrolled_by_full_name() {
    let year =
        Year::new().report("ФИЗИКА", &[("ЁЛКИН  Петр", "5", "5"), ("Ольхина Вера Ильинична", "4", "4")]);
    let reading = year.read();
    no_errors(&reading);
    assert_eq!(journal(&reading).pupils.len(), 3);
    assert_eq!(marks(&reading), ["P2 L1 5", "P3 L1 4"], "the mark that both have is one");
}

#[test]
fn a_patronymic_that_one_side_lacks_tells_nothing() {
    let reading = Year::new().report("Физика", &[("Елкин Пётр Ильич", "3", "")]).read();
    assert_eq!(count(&reading, "J631") + count(&reading, "J632"), 0);
    assert_eq!(journal(&reading).pupils.len(), 3);
}

#[test]
fn namesakes_are_asked_about_and_nothing_else_is_lost() {
    let pupils = [("Ольхина Вера", "4", "4"), ("Ёлкин Пётр", "5", "5")];
    let reading = Year::new().report("Физика", &pupils).read();
    let asked = of(&reading, "J632");
    assert_eq!(asked.len(), 1);
    assert_eq!((asked[0].file.as_str(), asked[0].value.as_str()), ("отчёт.html", "Ольхина Вера"));
    assert!(asked[0].row.is_some());
    assert!(asked[0].message.ru.contains("P1, P3"), "{}", asked[0].message.ru);
    assert!(asked[0].hint.ru.contains("«pupils;Ольхина Вера;5А;;P1»"), "{}", asked[0].hint.ru);
    assert_eq!(marks(&reading), ["P2 L1 5"]);
    assert_eq!(journal(&reading).pupils.len(), 3, "nobody is made up");
    let left_out: usize = reading.rows.iter().map(|rows| rows.left_out).sum();
    assert_eq!(left_out, 1, "the block is counted");
    let aliases = "table,name,class_id,source,id\npupils,ольхина  вера,5a,netschool,P3\n";
    let reading = Year::new().report("Физика", &pupils).file("aliases.csv", aliases).read();
    no_errors(&reading);
    assert_eq!(marks(&reading), ["P2 L1 5", "P3 L1 4"]);
}

#[test]
fn two_tables_of_one_name_are_told_apart_by_their_number() {
    let pupils = [("Ольхина Вера", "4", ""), ("Ольхина Вера", "3", "")];
    assert_eq!(count(&Year::new().report("Физика", &pupils).read(), "J632"), 2);
    let aliases = "table,name,class_id,id\npupils,Ольхина Вера (2),5А,P1\npupils,Ольхина Вера (1),5А,P3\n";
    let reading = Year::new().report("Физика", &pupils).file("aliases.csv", aliases).read();
    no_errors(&reading);
    assert_eq!(marks(&reading), ["P1 L1 3", "P2 L1 5", "P3 L1 4"]);
    // A name that stands twice is nobody's without its number.
    let aliases = "table,name,class_id,id\npupils,Ольхина Вера,5А,P1\n";
    let reading = Year::new().report("Физика", &pupils).file("aliases.csv", aliases).read();
    assert_eq!(count(&reading, "J632"), 2);
}

#[test]
fn a_name_that_nobody_enrolled_has_is_asked_about_with_the_nearest() {
    let pupils = [("Елкина Петр", "4", "4"), ("Совсем Другой", "3", "3")];
    let reading = Year::new().report("Физика", &pupils).read();
    let asked = of(&reading, "J631");
    assert_eq!(asked.len(), 2);
    let hints: Vec<&str> = asked.iter().map(|problem| problem.hint.ru.as_str()).collect();
    assert!(hints.iter().any(|hint| hint.contains("«Ёлкин Пётр»") && hint.contains(";P2»")), "{hints:?}");
    assert_eq!((journal(&reading).pupils.len(), marks(&reading)), (3, vec!["P2 L1 5".to_owned()]));
    let aliases = "table,name,class_id,id\npupils,Елкина Петр,,P2\npupils,Совсем Другой,,P9\n";
    let reading = Year::new().report("Физика", &pupils).file("aliases.csv", aliases).read();
    assert_eq!((count(&reading, "J631"), count(&reading, "J633")), (0, 1), "P9 is nobody");
    assert_eq!(count(&reading, "J620"), 1, "4 against the table's 5");
}

#[test]
fn subjects_and_classes_of_other_names_are_joined_by_aliases() {
    let reading = Year::new().report("Физики", &[("Ёлкин Пётр", "5", "5")]).read();
    let said = of(&reading, "J636");
    assert_eq!((said.len(), journal(&reading).subjects.len()), (1, 2));
    assert!(said[0].hint.ru.contains("«subjects;Физики;;;phys»"), "{}", said[0].hint.ru);
    let aliases = "table,name,id\nsubjects,физики,phys\n";
    let reading =
        Year::new().report("Физики", &[("Ёлкин Пётр", "5", "5")]).file("aliases.csv", aliases).read();
    assert_eq!((count(&reading, "J636"), journal(&reading).subjects.len()), (0, 1));
    assert_eq!(marks(&reading), ["P2 L1 5"]);
    let year = Year::new().file("classes.csv", "class_id,grade\n5А,5\n5Б,5\n");
    let year = year.file("aliases.csv", "table,name,id\nclasses,5-а,5б\n");
    // The tables' own 5А is renamed as well: an alias of no source is for all of them.
    let reading = year.file("classes.csv", "class_id,grade\n5Б,5\n").read();
    no_errors(&reading);
    assert_eq!(
        journal(&reading).classes.values().map(|class| class.key.as_str()).collect::<Vec<_>>(),
        ["5Б"]
    );
}

#[test]
fn two_subjects_of_one_title_are_told_apart_by_the_class_or_asked_about() {
    let two = "subject_id,title,grading\nphys,Физика,five\nphys10,Физика,five\n";
    let pupils = [("Ёлкин Пётр", "5", "5")];
    let reading = Year::new().file("subjects.csv", two).report("Физика", &pupils).read();
    no_errors(&reading);
    assert_eq!(marks(&reading), ["P2 L1 5"]);
    let courses = "course_id,subject_id,class_id,teacher_id\nC1,phys,5А,S1\nC2,phys10,5А,S1\n";
    let year = Year::new().file("subjects.csv", two).file("courses.csv", courses);
    let reading = year.report("Физика", &pupils).read();
    assert_eq!(count(&reading, "J634"), 1);
    assert!(journal(&reading).term_marks.is_empty());
}

#[test]
fn a_conflict_says_both_places_and_trust_decides() {
    let pupils = [("Ёлкин Пётр", "О 3", "4")];
    let more = |year: Year| {
        year.file("attendance.csv", "lesson_id,pupil_id,reason\nL1,P2,б\n")
            .file("term_marks.csv", "pupil_id,subject_id,term_id,kind,value\nP2,phys,B,term,5\n")
            .report("Физика", &pupils)
    };
    let state = |reading: &Reading| {
        let journal = journal(reading);
        let reason = journal.absences.values().map(|row| row.reason.code()).collect::<String>();
        let result = journal.term_marks.values().filter_map(|mark| mark.value).map(|value| value.code());
        (marks(reading), reason, result.collect::<String>())
    };
    let reading = more(Year::new()).read();
    assert_eq!(state(&reading), (vec!["P2 L1 5".to_owned()], "б".to_owned(), "5".to_owned()));
    let said = of(&reading, "J620");
    assert_eq!(said.len(), 3);
    assert!(said.iter().all(|problem| problem.file == "отчёт.html"), "{said:#?}");
    assert!(said.iter().any(|p| p.message.ru.contains("«3», а в marks.csv, строка 2, — «5»")), "{said:#?}");
    let reading = more(Year::new()).trust("[\"netschool\", \"tables\"]").read();
    assert_eq!(state(&reading), (vec!["P2 L1 3".to_owned()], "оп".to_owned(), "4".to_owned()));
    let said = of(&reading, "J620");
    assert!(
        said.iter().any(|p| p.file == "marks.csv" && p.message.ru.contains("«5», а в отчёт.html")),
        "{said:#?}"
    );
    assert_eq!(said.len(), 3);
}

#[test]
fn a_trusted_report_takes_marks_away_and_adds_them() {
    let two = "mark_id,lesson_id,pupil_id,value\nM1,L1,P2,5\nM2,L1,P2,2\n";
    let year = |cell: &str| Year::new().file("marks.csv", two).report("Физика", &[("Ёлкин Пётр", cell, "")]);
    let trusted = |cell: &str| marks(&year(cell).trust("[\"netschool\"]").read());
    assert_eq!(trusted("5"), ["P2 L1 5"]);
    assert_eq!(trusted("2 4 3"), ["P2 L1 2", "P2 L1 3", "P2 L1 4"]);
    assert_eq!(trusted("2 5"), ["P2 L1 2", "P2 L1 5"]);
    assert_eq!(marks(&year("4").read()), ["P2 L1 2", "P2 L1 5"]);
}

#[test]
fn rows_of_several_files_are_one_row_filled_from_all() {
    let other =
        "lesson_id;course_id;date;number;status;teacher_id;topic;room\nL1;C1;06.11.2024;3;HELD;S1;Сила;\n";
    let reading = Year::new().file("lessons.2.csv", other).read();
    no_errors(&reading);
    let lessons: Vec<_> = journal(&reading)
        .lessons
        .values()
        .map(|lesson| format!("{} {} {}", lesson.key, lesson.topic, lesson.room))
        .collect();
    assert_eq!(lessons, ["L1 Сила 12"]);
    assert_eq!((count(&reading, "J640"), count(&reading, "J641")), (1, 0));
}

#[test]
fn files_that_differ_are_said_with_both_places_and_trust_decides() {
    let other = "mark_id,lesson_id,pupil_id,value,recorded_at\nM1,L1,P2,4,2024-11-20T10:00:00\n";
    let reading = Year::new().file("marks.2.csv", other).read();
    no_errors(&reading);
    assert_eq!(marks(&reading), ["P2 L1 4"], "marks.2.csv comes first by its path");
    let reading = Year::new().file("marks.2.csv", other).trust("[\"marks.csv\"]").read();
    assert_eq!(marks(&reading), ["P2 L1 5"]);
    let said = of(&reading, "J641");
    assert_eq!(said.len(), 1);
    let said = said[0];
    assert_eq!((said.file.as_str(), said.row, said.column.as_str()), ("marks.2.csv", Some(2), "value"));
    assert!(said.message.ru.contains("«4», а в marks.csv, строка 2, — «5»"), "{}", said.message.ru);
    let moments: Vec<_> = journal(&reading).marks.values().map(|mark| mark.recorded_at).collect();
    assert_eq!(moments, [None], "the moment of another value is not this one's");
}

#[test]
fn rows_without_ids_are_joined_across_files_and_kept_within_one() {
    let one = "lesson_id,text\nL1,№ 14\nL1,№ 15\n";
    let reading =
        Year::new().file("homework.csv", one).file("homework.2.csv", "lesson_id,text\nL1,№ 15\n").read();
    no_errors(&reading);
    let texts: Vec<_> = journal(&reading).homework.values().map(|task| task.text.to_string()).collect();
    assert_eq!((texts.len(), count(&reading, "J640")), (2, 1), "{texts:?}");
    let year = Year::new().file("homework.csv", "lesson_id,text\nL1,№ 14\n");
    let reading = year.file("homework.2.csv", "lesson_id,text\nL1,№ 16\n").read();
    assert_eq!((journal(&reading).homework.len(), count(&reading, "J641")), (1, 1));
    // Steps of one term mark, each with its moment, are all kept: the last counts.
    let head = "pupil_id,subject_id,term_id,kind,value,recorded_at\n";
    let year = Year::new().file("term_marks.csv", &format!("{head}P2,phys,B,term,4,2024-12-20T10:00:00\n"));
    let reading =
        year.file("term_marks.2.csv", &format!("{head}P2,phys,B,term,5,2024-12-21T10:00:00\n")).read();
    assert_eq!((journal(&reading).term_marks.len(), count(&reading, "J641")), (2, 0));
}

#[test]
fn a_foreign_id_is_the_record_that_the_aliases_say() {
    let year = Year::new()
        .file("marks.2.csv", "mark_id,lesson_id,pupil_id,value\nM7,L1,000-17,4\n")
        .file("aliases.csv", "table,name,source,id\npupils,000-17,marks.2.csv,P1\n");
    let reading = year.read();
    no_errors(&reading);
    assert_eq!(marks(&reading), ["P1 L1 4", "P2 L1 5"]);
}

#[test]
fn a_source_that_is_not_there_is_said() {
    let reading = Year::new().trust("[\"netscool\", \"tables\", \"marks*.csv\"]").read();
    let said = of(&reading, "J115");
    assert_eq!(said.iter().map(|problem| problem.value.as_str()).collect::<Vec<_>>(), ["netscool"]);
}

/// A diary of «ЭлЖур» with a mark and a topic at the lesson of 6 November for each pupil: code, name, mark.
fn diary(pupils: &[(&str, &str, &str)]) -> String {
    let students = pupils.iter().map(|(code, name, mark)| {
        format!(
            r#""{code}":{{"title":"{name}","class":"5А","days":{{"20241106":{{"items":{{"3":{{"name":"Физика","num":3,
            "lesson_id":"e17","teacher":"Берёзкин Тит Титович","topic":"Сила","assessments":[{{"value":"{mark}"}}]}}}}}}}}}}"#
        )
    });
    let students: Vec<String> = students.collect();
    format!(r#"{{"response":{{"result":{{"students":{{{}}}}}}}}}"#, students.join(","))
}

#[test]
fn a_diary_of_another_system_joins_the_tables() {
    let pupils =
        [("P1", "Ольхина Вера", "4"), ("x7", "Елкин Пётр", "5"), ("x8", "Ольхина Вера Ильинична", "3")];
    let reading = Year::new().file("дневник.json", &diary(&pupils)).read();
    no_errors(&reading);
    assert_eq!(marks(&reading), ["P1 L1 4", "P2 L1 5", "P3 L1 3"], "by id, by name, by full name");
    let journal = journal(&reading);
    assert_eq!((journal.pupils.len(), journal.courses.len(), journal.lessons.len()), (3, 1, 1));
    let lessons = journal.lessons.values().map(|lesson| format!("{} {}", lesson.topic, lesson.room));
    assert_eq!(lessons.collect::<Vec<_>>(), ["Сила 12"], "the topic is the diary's, the room the table's");
    assert_eq!(count(&reading, "J641"), 0, "{:#?}", of(&reading, "J641"));
}

#[test]
fn pupils_of_a_diary_are_asked_about_as_those_of_a_report() {
    let pupils = [("x6", "Ольхина Вера", "4"), ("x7", "Ёлкина Пётр", "2"), ("x8", "Ёлкин Пётр", "3")];
    let year = || Year::new().file("дневник.json", &diary(&pupils));
    let reading = year().read();
    assert_eq!((count(&reading, "J631"), count(&reading, "J632")), (1, 1));
    assert!(of(&reading, "J631")[0].hint.ru.contains("«pupils;Ёлкина Пётр;5А;;P2»"));
    assert_eq!(journal(&reading).pupils.len(), 3, "nobody is made up");
    // The mark that both have differs: the table's stands, and both are said.
    assert_eq!(marks(&reading), ["P2 L1 5"]);
    assert!(
        of(&reading, "J641").iter().any(|p| p.message.ru.contains("«3», а в marks.csv, строка 2, — «5»"))
    );
    let aliases = "table,name,class_id,source,id\npupils,Ольхина Вера,5А,eljur,P3\npupils,Ёлкина Пётр,,,P1\n";
    let reading = year().file("aliases.csv", aliases).trust("[\"eljur\"]").read();
    no_errors(&reading);
    assert_eq!(marks(&reading), ["P1 L1 2", "P2 L1 3", "P3 L1 4"]);
}

#[test]
fn a_course_that_may_be_one_of_two_is_asked_about() {
    let courses = "course_id,subject_id,class_id,teacher_id\nC1,phys,5А,S1\nC2,phys,5А,S1\n";
    let year = || {
        Year::new().file("courses.csv", courses).file("дневник.json", &diary(&[("P1", "Ольхина Вера", "4")]))
    };
    assert_eq!(count(&year().read(), "J637"), 1);
    let aliases = "table,name,id\ncourses,5А/Физика,C1\n";
    let reading = year().file("aliases.csv", aliases).read();
    assert_eq!((count(&reading, "J637"), journal(&reading).courses.len()), (0, 2));
    assert_eq!(marks(&reading), ["P1 L1 4", "P2 L1 5"]);
}
