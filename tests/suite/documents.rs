//! Documents of bundles from public bug reports: signs that fonts lack, very long words and texts, many pupils, none.

// The outputs of a build are read back.
#![allow(clippy::disallowed_methods)]

use std::path::PathBuf;

use letopis::ingest::{read_bundle, read_journal};
use letopis::model::{Class, Id, Journal, Roster};
use letopis::render::drawing::{Drawing, TextLine};
use letopis::render::measure::MM_PER_PT;
use letopis::render::pdf::{PdfJob, Styles, page_texts, typeset_alone};
use letopis::reports::{class_journal, summary_sheet};
use serde_json::Value;

use crate::bundle::{Run, build, letopis};

fn case(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/public-cases").join(name).join("bundle")
}

fn journal(name: &str) -> Journal {
    read_journal(&read_bundle(&case(name))).journal.expect("the case has a school.toml")
}

/// Returns the jobs of a class's journal and summary sheet.
fn jobs(journal: &Journal, class: &str) -> [PdfJob; 2] {
    let class: Id<Class> =
        journal.classes.iter().find(|(_, one)| one.key == class).map(|(id, _)| id).expect("the class");
    let roster = Roster::new(journal);
    let as_of = jiff::civil::date(2026, 6, 30);
    let look = class_journal::Look::of(&Styles::default()).expect("the program's table is whole");
    let making = class_journal::Making { roster: &roster, as_of, sources: &[], remarks: &[], look: &look };
    [
        class_journal::job(journal, class, &making, "journal.pdf").expect("the view is JSON"),
        summary_sheet::job(journal, &roster, class, as_of, "sheet.pdf").expect("the view is JSON"),
    ]
}

/// Returns the lines of a journal's leaves, in their order: those that are drawn, and the rows of tables.
fn lines(job: &PdfJob) -> Vec<String> {
    let drawn = |page: &Drawing| -> Vec<String> {
        let words = |line: &TextLine| line.words.iter().map(|word| word.text.clone()).collect::<Vec<_>>();
        page.lines.iter().map(|line| words(line).join(" ")).collect()
    };
    let leaves = leaves(job).into_iter().chain([Value::Null]);
    let pages = job.drawings.iter().zip([Value::Null].into_iter().chain(leaves));
    pages.flat_map(|(page, leaf)| if leaf.is_null() { drawn(page) } else { rows(&leaf) }).collect()
}

/// Returns the printed leaf of each page between the title page and the certifying sheet; null where cells are drawn.
fn leaves(job: &PdfJob) -> Vec<Value> {
    let view: Value = serde_json::from_slice(&job.data).expect("the view is JSON");
    let pages = view["pages"].as_array().into_iter().flatten();
    pages.map(|page| page["leaf"].clone()).collect()
}

fn strings(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str)
}

/// Returns the head and the rows of a leaf's table; a text of several lines is one.
fn rows(leaf: &Value) -> Vec<String> {
    let table = &leaf["table"];
    let titles = table["columns"].as_array().into_iter().flatten().filter_map(|one| one["title"].as_str());
    let mut rows = vec![titles.collect::<Vec<_>>().join(" ")];
    for group in table["groups"].as_array().into_iter().flatten() {
        for (at, row) in group["rows"].as_array().into_iter().flatten().enumerate() {
            let lead = strings(&group["lead"]).filter(|_| at == 0);
            rows.push(lead.chain(strings(&row["cells"])).collect::<Vec<_>>().join(" ").replace('\n', " "));
        }
    }
    rows
}

/// Returns the lines of cells that the typesetter did not set as the program broke them.
pub(crate) fn broken_anew(job: &PdfJob) -> Vec<String> {
    let pages = page_texts(job.clone()).expect("the document is set");
    let mut broken = Vec::new();
    for (leaf, page) in leaves(job).iter().zip(&pages[1..]) {
        for group in leaf["table"]["groups"].as_array().into_iter().flatten() {
            let rows = group["rows"].as_array().into_iter().flatten();
            let cells = strings(&group["lead"]).chain(rows.flat_map(|row| strings(&row["cells"])));
            let lines = cells.flat_map(str::lines).filter(|line| !page.iter().any(|set| set.contains(line)));
            broken.extend(lines.map(str::to_owned));
        }
    }
    broken
}

/// Builds a case and returns its run and its problems, as `data/problems.csv` has them.
fn built(name: &str) -> (Run, String) {
    let outputs = tempfile::tempdir().expect("a temporary folder");
    let run = build(&case(name), outputs.path(), &[]);
    let problems = std::fs::read_to_string(outputs.path().join("2025-2026/data/problems.csv"));
    (run, problems.expect("the build has a table of problems"))
}

fn checked(name: &str) -> Run {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_letopis"));
    letopis(command.args(["--lang", "ru", "check"]).arg(case(name)))
}

#[test]
fn signs_that_no_font_has_cost_no_document_and_are_said_with_their_cell() {
    let (run, problems) = built("34-glyphs-in-names-and-topics");
    assert!(run.code == 0 && !run.text.contains("документ не создан"), "{}", run.text);
    for cell in ["pupils.csv,,2,given_name,Нино [U+1F31F]", "lessons.csv,,2,topic,Рассказ «Муму» [U+2705]"]
    {
        assert!(problems.contains(&format!("J701,warning,{cell}")), "{problems}");
    }
    let (run, problems) = built("64-glyphs-in-school-and-staff");
    assert!(run.code == 0 && !run.text.contains("документ не создан"), "{}", run.text);
    assert!(
        problems
            .contains("J701,warning,school.toml,,13,officials.director.name,Кленова Майя Игоревна [U+1F393]"),
        "{problems}"
    );
}

#[test]
fn a_check_says_the_same_signs_as_a_build() {
    for (name, place, code) in [
        ("34-glyphs-in-names-and-topics", "pupils.csv, строка 2, столбец given_name", "U+1F31F"),
        (
            "64-glyphs-in-school-and-staff",
            "school.toml, строка 13, столбец officials.director.name",
            "U+1F393",
        ),
    ] {
        let run = checked(name);
        assert!(run.text.contains(place) && run.text.contains(code), "{}", run.text);
    }
}

#[test]
fn names_in_many_scripts_are_printed_and_letters_are_whole() {
    let journal = journal("34-glyphs-in-names-and-topics");
    let [book, sheet] = jobs(&journal, "5А");
    let text = lines(&book).join("\n");
    for printed in ["გელაშვილი", "محمدов", "Хәйруллин", "Замо\u{301}к", "ёж", "йод", "√2 x² H₂O ∠ABC"]
    {
        assert!(text.contains(printed), "«{printed}» is not printed");
    }
    assert!(!text.contains("и\u{306}") && !text.contains("е\u{308}"), "letters are in parts");
    for job in [book, sheet] {
        assert!(typeset_alone(job).is_ok_and(|pdf| pdf.pages > 0));
    }
}

#[test]
fn signs_that_steer_a_screen_leave_no_trace_on_paper() {
    let journal = journal("35-soft-hyphens-zero-width");
    let [book, sheet] = jobs(&journal, "5А");
    let is_unseen =
        |one: char| "\u{ad}\u{200b}\u{200c}\u{200d}\u{200e}\u{2060}\u{fe0f}\u{feff}".contains(one);
    let raw: String = journal.lessons.values().map(|lesson| lesson.topic.as_str()).collect();
    assert!(raw.contains(is_unseen), "the case has no such sign");
    let text = lines(&book).join("\n");
    assert!(!text.contains(is_unseen));
    for lesson in journal.lessons.values().filter(|lesson| lesson.topic.contains(is_unseen)) {
        let seen: String = lesson.topic.chars().filter(|one| !is_unseen(*one)).collect();
        assert!(text.contains(&seen), "«{seen}» is not printed whole: {text}");
    }
    for job in [book, sheet] {
        assert!(typeset_alone(job).is_ok());
    }
}

/// Returns the edges of a level line of text in millimetres: left, top, right, bottom.
fn edges(line: &TextLine) -> [f64; 4] {
    let height = line.style.size_pt * MM_PER_PT;
    let [first, last] = [line.words.first(), line.words.last()].map(|word| word.expect("a line has words"));
    [first.x, line.y - 0.72 * height, last.x + line.style.width(&last.text), line.y + 0.2 * height]
}

/// Returns the lines of text that a level rule cuts or that leave the page's body.
pub(crate) fn spoilt(page: &Drawing) -> Vec<String> {
    let rules = || page.rules.iter().map(|rule| rule.ends).filter(|[_, from, _, to]| from == to);
    let is_cut = |[left, top, right, bottom]: [f64; 4]| {
        rules().any(|[from, y, to, _]| y > top && y < bottom && from < right && to > left)
    };
    let is_out = |[left, _, right, bottom]: [f64; 4]| left < 7.9 || right > 202.1 || bottom > 292.0;
    let level = page.lines.iter().filter(|line| !line.upwards);
    let bad = level.filter(|line| is_cut(edges(line)) || is_out(edges(line)));
    bad.map(|line| line.words.iter().map(|word| word.text.as_str()).collect()).collect()
}

#[test]
fn very_long_words_stay_in_their_cells_and_are_whole() {
    let mut journal = journal("36-long-words");
    let surname = &journal.pupils.values().next().expect("a pupil").surname;
    assert!(surname.chars().count() > 40);
    // A full class has the lowest rows.
    for many in [false, true] {
        if many {
            fill_class(&mut journal, 40);
        }
        let [book, sheet] = jobs(&journal, "5А");
        for page in &book.drawings {
            assert_eq!(spoilt(page), [""; 0]);
        }
        let text = lines(&book).concat().replace(' ', "");
        let longest = journal.lessons.values().map(|one| &one.topic).max_by_key(|topic| topic.len());
        let task = journal.homework.values().map(|one| &one.text).max_by_key(|text| text.len());
        for whole in [longest, task].map(|text| text.expect("there is one").replace(" ", "")) {
            assert!(whole.chars().count() > 150 && text.contains(whole.as_str()), "«{whole}» is not whole");
        }
        assert_eq!(broken_anew(&book), [""; 0]);
        assert!(typeset_alone(sheet).is_ok());
    }
}

/// Puts more pupils into the only class.
fn fill_class(journal: &mut Journal, count: usize) {
    let (pupil, stay) = (journal.pupils.values().next(), journal.enrolment.first());
    let (pupil, stay) = (pupil.expect("a pupil").clone(), stay.expect("a stay").clone());
    for number in 0..count {
        let key: letopis::model::Text = format!("X{number}").into();
        let id = journal.pupils.push(letopis::model::Pupil { key, ..pupil.clone() });
        journal.enrolment.push(letopis::model::Enrolment { pupil: id, ..stay.clone() });
    }
}

#[test]
fn a_text_longer_than_pages_goes_on_and_nothing_of_it_is_lost() {
    let journal = journal("37-huge-homework");
    let [book, _] = jobs(&journal, "5А");
    let text = lines(&book).concat().replace(' ', "");
    let long = journal.homework.values().filter(|task| task.text.len() > 5000);
    let topics = journal.lessons.values().map(|one| &one.topic).filter(|topic| topic.len() > 2000);
    let mut count = 0;
    for text_of in long.map(|task| &task.text).chain(topics) {
        count += 1;
        // Each page has a head and a foot between its lines: every word is found, in any order.
        assert!(text_of.split_whitespace().all(|word| text.contains(word)), "a word is lost");
    }
    assert!(count >= 2, "{count}");
    assert!(typeset_alone(book).is_ok_and(|pdf| pdf.pages > 20));
}

#[test]
fn an_empty_class_says_so_on_its_first_page_and_has_no_empty_spreads() {
    let journal = journal("40-empty-class-among-others");
    let view = |job: &PdfJob| String::from_utf8_lossy(&job.data).into_owned();
    let [book, sheet] = jobs(&journal, "6А");
    assert!(view(&book).contains("В классе нет учеников") && view(&sheet).contains("В классе нет учеников"));
    assert!(!lines(&book).iter().any(|line| line.contains("Тема урока") || line.contains("Фамилия")));
    assert!(lines(&book).iter().any(|line| line.contains("уроков нет")), "the course is in the contents");
    assert!(book.drawings.len() <= 5, "{}", book.drawings.len());
    let [book, sheet] = jobs(&journal, "7А");
    assert!(view(&book).contains("Предметов у класса в выгрузке нет"));
    let pupil = journal.pupils.values().find(|pupil| pupil.key == "P71").expect("the pupil of 7А");
    assert!(lines(&book).iter().any(|line| line.contains(pupil.surname.as_str())));
    assert!(view(&sheet).contains(pupil.surname.as_str()) && view(&sheet).contains("Предметов с отметками"));
    let [book, _] = jobs(&journal, "5А");
    assert!(view(&book).contains("нет и страниц: Русский язык, факультатив."), "{}", view(&book));
    for class in ["5А", "6А", "7А"] {
        for job in jobs(&journal, class) {
            assert!(typeset_alone(job).is_ok_and(|pdf| pdf.pages > 0), "{class}");
        }
    }
}

#[test]
fn all_of_forty_eight_pupils_are_printed_and_namesakes_have_rows_of_their_own() {
    let journal = journal("41-forty-eight-pupils");
    let [book, sheet] = jobs(&journal, "5А");
    let text = lines(&book);
    let count = |name: &str| text.iter().filter(|line| line.contains(name)).count();
    for pupil in journal.pupils.values() {
        assert!(count(&pupil.short_name()) > 0, "{}", pupil.short_name());
    }
    // Two courses, three summaries, each with both rows.
    let twin = |name: &str| journal.pupils.values().filter(|one| one.full_name() == name).count() == 2;
    let first = journal.pupils.values().find(|one| twin(&one.full_name())).expect("two of one name");
    let rows: Vec<&String> = text.iter().filter(|line| line.contains(&first.short_name())).collect();
    assert!(rows.len() >= 10 && rows.len().is_multiple_of(2), "{rows:?}");
    let firsts = rows.iter().filter(|line| line.starts_with("1 ")).count();
    assert_eq!(firsts, rows.iter().filter(|line| line.starts_with("2 ")).count());
    for page in &book.drawings {
        assert_eq!(spoilt(page), [""; 0]);
    }
    assert_eq!(broken_anew(&book), [""; 0]);
    assert!(typeset_alone(sheet).is_ok_and(|pdf| pdf.pages > 2));
}

/// Nobody wrote how the pupil came and left: the days are known all the same, on both sheets and in both journals.
#[test]
fn who_changed_classes_in_mid_year_has_the_days_of_it_beside_the_name() {
    let journal = journal("39-transfer-between-classes");
    for (class, day) in [("5А", "в классе по 30.09.2025"), ("5Б", "в классе с 01.10.2025")]
    {
        let [book, sheet] = jobs(&journal, class);
        for (what, job) in [("journal", &book), ("sheet", &sheet)] {
            let text = format!("{} {}", String::from_utf8_lossy(&job.data), lines(job).join(" "));
            let text = text.replace("\\n", " ").replace('\u{a0}', " ");
            assert!(text.contains(day), "{class} {what}: {text}");
        }
    }
}
