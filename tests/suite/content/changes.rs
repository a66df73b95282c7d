//! What a new edition changed: the one journal that a correction touches, the cell with its class, subject and date, nobody's
//! name.

use std::fs;

use letopis::bagit::stored::StoredBag;
use letopis::base::files::Document;
use letopis::base::folders::CHANGES;
use letopis::store::{Archived, changes};

use super::School;
use crate::register::write_bag;

/// Returns the rows of a table with their header.
fn rows(text: &str) -> Vec<csv::StringRecord> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes())
        .into_records()
        .map(Result::unwrap)
        .collect()
}

/// Raises or lowers the first mark of the sample that is a plain figure; returns its row as it was.
fn correct_a_mark(school: &School) -> csv::StringRecord {
    let mut corrected = None;
    school.correct("marks.csv", |text| {
        let mut out = csv::WriterBuilder::new().from_writer(Vec::new());
        for row in rows(&text) {
            let other = match &row[3] {
                "5" => "4",
                "4" => "5",
                _ => "",
            };
            if corrected.is_none() && !other.is_empty() {
                let mut cells: Vec<&str> = row.iter().collect();
                cells[3] = other;
                out.write_record(cells).unwrap();
                corrected = Some(row);
            } else {
                out.write_record(&row).unwrap();
            }
        }
        String::from_utf8(out.into_inner().unwrap()).unwrap()
    });
    corrected.unwrap()
}

#[test]
fn one_corrected_mark_makes_one_journal_different_and_is_told_in_words() {
    let school = School::new();
    school.build();
    school.archive(None);
    let mark = correct_a_mark(&school);
    school.build();
    let archived = school.archive(Some("исправлена отметка"));
    let Archived::Made { bag, changes } = &archived[0] else { panic!("{archived:?}") };
    assert_eq!(bag, "journals-2024-2025-ed2");
    let journals: Vec<&str> =
        changes.iter().map(|change| change.path.as_str()).filter(|path| path.ends_with(".pdf")).collect();
    assert_eq!(journals.len(), 1, "{journals:?}");
    // Nothing of it stands in the sheets: they keep their first edition.
    assert!(
        matches!(&archived[1], Archived::Same { bag } if bag == "summary-sheets-2024-2025-ed1"),
        "{archived:?}"
    );

    let input = |name: &str| fs::read_to_string(school.at("inputs").join(name)).unwrap();
    let find = |table: &str, id: &str| rows(&input(table)).into_iter().find(|row| &row[0] == id).unwrap();
    let lesson = find("lessons.csv", &mark[1]);
    let course = find("courses.csv", &lesson[1]);
    let pupil = find("pupils.csv", &mark[2]);
    let subject = find("subjects.csv", &course[1]);
    let list = StoredBag::open(&school.at("archive").join(bag)).unwrap().read(CHANGES).unwrap();
    let list = String::from_utf8(list).unwrap();
    let cells: Vec<_> = rows(&list).into_iter().filter(|row| &row[1] == "клетка изменена").collect();
    assert_eq!(cells.len(), 1, "{list}");
    let told: Vec<&str> = cells[0].iter().take(10).collect();
    let header = rows(&input("pupils.csv"))[0].clone();
    let number = header.iter().position(|column| column == "file_number").unwrap();
    let class = &journals[0]["data/journals/journal-".len()..];
    assert_eq!(told[0], "data/tables/marks.csv");
    assert_eq!(&told[3..8], [&subject[1], &lesson[2], "", &pupil[number], "Отметка"]);
    assert_eq!((told[8], told[9] == &mark[3]), (&mark[3], false));
    assert!(letopis::render::file_names::file_stem(told[2]) + ".pdf" == class, "{} {class}", told[2]);
    // Pages of the journal before and after stand in its line.
    let journal = rows(&list).into_iter().find(|row| &row[0] == journals[0]).unwrap();
    assert!(journal[10].parse::<usize>().unwrap() > 10 && journal[10] == journal[11], "{journal:?}");
    // The cover names other rows, and one page has another mark; the sheets of terms are not touched.
    let pages: Vec<&str> = journal[12].split(", ").collect();
    assert!(pages[0] == "1" && pages.len() == 2 && pages[1].parse::<usize>().is_ok(), "{pages:?}");
    for row in rows(&input("pupils.csv")).iter().skip(1) {
        assert!(!list.contains(&row[1]), "{} is named", &row[1]);
    }
}

/// Two editions of a bag with these tables each.
fn compared(before: &[(&str, &str)], after: &[(&str, &str)]) -> Vec<String> {
    let home = tempfile::tempdir().unwrap();
    let stored = |name: &str, tables: &[(&str, &str)]| {
        let payload: Vec<Document> = tables
            .iter()
            .map(|(name, text)| Document::new(format!("data/tables/{name}.csv"), *text))
            .collect();
        write_bag(&home.path().join(name), &payload, "5");
        StoredBag::open(&home.path().join(name)).unwrap()
    };
    let found = changes(&stored("one", before), &stored("two", after)).unwrap();
    let details = found.iter().flat_map(|change| &change.details);
    details
        .map(|detail| {
            let place = &detail.place;
            let told = [
                detail.what.words(),
                &place.class,
                &place.subject,
                &place.date,
                &place.term,
                &place.file_number,
                &detail.column,
                &detail.before,
                &detail.after,
            ];
            told.join("|")
        })
        .collect()
}

const PUPILS: &str =
    "pupil_id,surname,given_name,file_number,phone\nP1,Заречный,Лев,З-12,8 900\nP2,Полевая,Ася,,\n";
const SHARED: [(&str, &str); 5] = [
    ("subjects", "subject_id,title\nmath,Математика\n"),
    ("terms", "term_id,kind,title\nQ1,quarter,1 четверть\n"),
    ("groups", "group_id,title,class_ids,kind\nG,ИУП Заречный,5А;5Б,individual\n"),
    ("courses", "course_id,subject_id,class_id,group_id,teacher_id\nC1,math,5А,,T1\nC2,math,,G,T1\n"),
    ("lessons", "lesson_id,course_id,date\nL1,C1,2024-09-02\nL2,C2,2024-12-03\n"),
];

#[test]
fn rows_are_told_by_class_subject_date_and_file_number() {
    let enrolment =
        ("enrolment", "pupil_id,class_id,from,to\nP1,5А,2024-09-01,2024-10-31\nP1,5Б,2024-11-01,\n");
    let shared =
        |own: &[(&'static str, &'static str)]| [&SHARED[..], &[("pupils", PUPILS), enrolment], own].concat();
    let before = shared(&[
        ("marks", "mark_id,lesson_id,pupil_id,value\nM1,L1,P1,4\nM2,L2,P1,3\n"),
        ("attendance", "lesson_id,pupil_id,reason\nL1,P1,б\n"),
        ("term_marks", "pupil_id,subject_id,term_id,kind,value\nP1,math,Q1,term,4\n"),
    ]);
    let after = shared(&[
        ("marks", "mark_id,lesson_id,pupil_id,value\nM1,L1,P1,5\nM2,L2,P1,2\nM3,L1,P2,5\n"),
        ("attendance", "lesson_id,pupil_id,reason\n"),
        ("term_marks", "pupil_id,subject_id,term_id,kind,value\nP1,math,Q1,term,5\n"),
    ]);
    assert_eq!(
        compared(&before, &after),
        [
            "строка удалена|5А|Математика|2024-09-02||З-12|Причина|б|",
            "клетка изменена|5А|Математика|2024-09-02||З-12|Отметка|4|5",
            // In the group's lesson of December the pupil was in another class.
            "клетка изменена|5Б|Математика|2024-12-03||З-12|Отметка|3|2",
            // Whoever has no file number is a row of the table of pupils.
            "строка добавлена|5А|Математика|2024-09-02||pupils.csv, строка 3|Отметка||5",
            "клетка изменена|5Б|Математика||1 четверть|З-12|Отметка|4|5",
        ]
    );
}

#[test]
fn nobody_is_named_among_what_changed() {
    let before = [
        &SHARED[..],
        &[
            ("pupils", PUPILS),
            ("staff", "staff_id,name\nКлимова О. А.,Климова Ольга\nT2,Вторая Вера\n"),
            ("classes", "class_id,grade,teacher_id\n5А,5,Климова О. А.\n"),
            ("marks", "mark_id,lesson_id,pupil_id,value,comment\nM1,L1,P1,4,Лев молодец\n"),
            ("changes", "at,account,action,table,record_id,old,new\n2024-09-02T10:00:00,klimova,edit,pupils,P1,Лев,Лёва\n"),
            ("homework", "lesson_id,text,pupil_id\nL1,§ 1,\nL2,Льву: § 2,P1\n"),
        ],
    ]
    .concat();
    let replaced: Vec<(&str, String)> = before
        .iter()
        .map(|(name, text)| {
            let text = text.replace("Заречный", "Зарецкий").replace("Лев", "Леон").replace("8 900", "8 901");
            let text = text.replace("5,Климова О. А.", "5,T2").replace("Климова Ольга", "Климова О.");
            (*name, text.replace("Лёва", "Лёня").replace("Льву", "Леону").replace("§ 1", "§ 3"))
        })
        .collect();
    let after: Vec<(&str, &str)> = replaced.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let told = compared(&before, &after).join("\n");
    for name in ["Заре", "Лев", "Леон", "Лёв", "Льв", "Климова", "klimova", "8 90"] {
        assert!(!told.contains(name), "{name}:\n{told}");
    }
    assert!(told.contains("Классный руководитель|staff.csv, строка 2|staff.csv, строка 3"), "{told}");
    assert!(
        told.contains("Задание|§ 1|§ 3") && told.contains("Фамилия|(личные данные)|(личные данные)"),
        "{told}"
    );
}
