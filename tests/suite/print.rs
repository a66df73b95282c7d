//! Journals and summary sheets: every fact is on its page, every page in its place, the same bytes on any number of threads.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use letopis::model::{Class, Course, Id, Journal, Roster};
use letopis::render::drawing::Word;
use letopis::render::pdf::{PdfJob, Standard, Styles, TypesetError, TypesetPdf, page_texts, typeset};
use letopis::reports::{class_journal, summary_sheet};

use crate::goldens::grid::{Grid, Signs};
use crate::goldens::{document_pages, with_small_class};
use crate::reading::example;

/// The example year and one of its classes.
struct Year {
    journal: Journal,
    class: Id<Class>,
}

fn year(class: &str) -> Year {
    let journal = example("year").journal.expect("the example has a school.toml");
    let found = journal.classes.iter().find(|(_, record)| record.key == class).map(|(id, _)| id);
    let class = found.expect("the example has the class");
    Year { journal, class }
}

impl Year {
    fn journal_job(&self) -> PdfJob {
        let roster = Roster::new(&self.journal);
        let sources = ["marks.csv 0123456789ab".to_owned()];
        let look = class_journal::Look::of(&Styles::default()).expect("the program's table is whole");
        let making = class_journal::Making {
            roster: &roster,
            as_of: as_of(),
            sources: &sources,
            remarks: &[],
            look: &look,
        };
        class_journal::job(&self.journal, self.class, &making, "journals/journal.pdf").expect("JSON")
    }

    fn sheet_job(&self) -> PdfJob {
        let roster = Roster::new(&self.journal);
        summary_sheet::job(&self.journal, &roster, self.class, as_of(), "sheets/sheet.pdf").expect("JSON")
    }
}

fn as_of() -> jiff::civil::Date {
    jiff::civil::date(2025, 6, 30)
}

fn run(jobs: &[PdfJob], threads: usize) -> Vec<Result<TypesetPdf, TypesetError>> {
    let results = Mutex::new(BTreeMap::new());
    typeset(jobs.len(), threads, &|index| Some(Ok(jobs[index].clone())), &|index, result| {
        results.lock().expect("no test thread panics").insert(index, result);
    });
    results.into_inner().expect("no test thread panics").into_values().collect()
}

fn texts(job: PdfJob) -> Vec<Vec<String>> {
    page_texts(job).expect("the document is set")
}

#[test]
fn every_mark_and_absence_stands_under_its_day_and_beside_its_pupil() {
    let year = year("5А");
    let mut printed: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for page in texts(year.journal_job()).iter().filter_map(|page| Grid::of(page)) {
        for Signs { pupil, day, text } in page.signs() {
            printed.entry((pupil, day)).or_default().push(text);
        }
    }
    let missing = facts(&year).into_iter().filter(|(name, day, sign)| {
        let cells = printed.get(&(name.clone(), day.clone()));
        !cells.is_some_and(|cells| cells.iter().any(|cell| cell.split([' ', '/']).any(|part| part == sign)))
    });
    assert_eq!(missing.collect::<Vec<_>>(), []);
}

/// Nothing is missing, and nothing stands where it does not belong, newcomers and leavers included.
#[test]
fn the_small_class_has_exactly_its_signs_each_under_its_day() {
    let sorted = |mut signs: Vec<[String; 4]>| {
        signs.sort();
        signs
    };
    with_small_class(|context| {
        let mut printed = Vec::new();
        for page in document_pages(context, "journals/journal-5A.pdf") {
            let signs = Grid::of(&page).map_or(Vec::new(), |grid| grid.signs());
            let course = page.first().and_then(|line| line.split("  ").next()).unwrap_or_default();
            for Signs { pupil, day, text } in signs {
                let parts = text.split([' ', '/']);
                printed.extend(
                    parts.map(|sign| [course.to_owned(), pupil.clone(), day.clone(), sign.to_owned()]),
                );
            }
        }
        let journal = context.journal;
        let marks = journal.marks.values().map(|mark| (mark.lesson, mark.pupil, mark.value.code()));
        let absences = journal.absences.values().map(|one| (one.lesson, one.pupil, one.reason.code()));
        let facts = marks.chain(absences).map(|(lesson, pupil, sign)| {
            let lesson = &journal.lessons[lesson];
            let subject = &journal.subjects[journal.courses[lesson.course].subject].title;
            let group = if subject == "Английский язык" { " (5А англ. 1)" } else { "" };
            let name = journal.pupils[pupil].short_name();
            [format!("{subject}{group}"), name, lesson.date.day().to_string(), sign.to_owned()]
        });
        assert_eq!(sorted(printed), sorted(facts.collect()));
    });
}

/// Returns name, day of the month and sign of every mark and absence of pupils who were in the class all year.
fn facts(year: &Year) -> BTreeSet<(String, String, String)> {
    let (journal, roster) = (&year.journal, Roster::new(&year.journal));
    let stayed: BTreeSet<_> = journal
        .pupils
        .ids()
        .filter(|pupil| {
            let stays = roster.stays_of(*pupil);
            stays.len() == 1 && stays[0].1 == year.class && stays[0].0.from <= jiff::civil::date(2024, 9, 2)
        })
        .collect();
    let marks = journal.marks.values().map(|mark| (mark.lesson, mark.pupil, mark.value.code()));
    let absences = journal.absences.values().map(|one| (one.lesson, one.pupil, one.reason.code()));
    let facts: BTreeSet<_> = marks
        .chain(absences)
        .filter(|(_, pupil, _)| stayed.contains(pupil))
        .map(|(lesson, pupil, sign)| {
            let day = journal.lessons[lesson].date.day().to_string();
            (journal.pupils[pupil].short_name(), day, sign.to_owned())
        })
        .collect();
    assert!(facts.len() > 300, "the class has too few facts to prove anything: {}", facts.len());
    facts
}

#[test]
fn every_topic_and_homework_is_printed_whole() {
    let year = year("5А");
    let job = year.journal_job();
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    let text: String =
        job.drawings.iter().flat_map(|page| &page.lines).map(|line| words(&line.words)).collect();
    let text = bare(&text);
    let roster = Roster::new(&year.journal);
    let courses: BTreeSet<Id<Course>> =
        class_journal::courses_of(&year.journal, year.class).into_iter().collect();
    let lessons = courses.iter().flat_map(|course| roster.lessons_of(*course));
    let mut count = 0;
    for lesson in lessons {
        let tasks = roster.homework_of(*lesson).iter().map(|id| &year.journal.homework[*id].text);
        for wanted in tasks.chain([&year.journal.lessons[*lesson].topic]) {
            assert!(text.contains(&bare(wanted)), "«{wanted}» is not printed");
            count += 1;
        }
    }
    assert!(count > 1000, "{count}");
}

fn words(words: &[Word]) -> String {
    words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().concat()
}

#[test]
fn left_pages_are_even_and_the_certifying_sheet_counts_all_sheets_before_it() {
    let job = year("1А").journal_job();
    let texts = texts(job.clone());
    let left = texts.iter().filter(|page| Grid::of(page).is_some()).map(|page| {
        let number = page.last().and_then(|line| line.trim().parse::<usize>().ok());
        number.expect("every page has its number")
    });
    let left: Vec<usize> = left.collect();
    assert!(left.len() > 10);
    assert!(left.iter().all(|page| page % 2 == 0), "{left:?}");
    let pages = job.drawings.len();
    assert_eq!(pages % 2, 1, "the certifying sheet begins a sheet of its own");
    let view: serde_json::Value = serde_json::from_slice(&job.data).expect("a view is JSON");
    let said = view["sheets"].as_str().expect("the view has the sheets").to_owned();
    assert!(said.starts_with(&format!("{} (", (pages - 1) / 2)), "{said} of {pages} pages");
}

#[test]
fn all_text_stands_on_its_page_and_can_be_read() {
    let job = year("9А").journal_job();
    for (index, page) in job.drawings.iter().enumerate() {
        for line in page.lines.iter().filter(|line| !line.upwards) {
            let last = line.words.last().expect("lines have words");
            let right = last.x + line.style.width(&last.text);
            let place = format!("page {}: {line:?}", index + 1);
            assert!(line.style.size_pt >= 6.0, "{place}");
            assert!(line.words[0].x >= 8.0 && right <= 202.1 && line.y > 8.0 && line.y < 292.0, "{place}");
            let ends = line.words.iter().map(|word| word.x + line.style.width(&word.text));
            let overlaps = ends.zip(line.words.iter().skip(1)).any(|(end, next)| next.x < end - 0.01);
            assert!(!overlaps, "{place}");
        }
    }
}

#[test]
fn bytes_do_not_depend_on_threads_and_a_broken_job_stops_no_other() {
    let year = year("1А");
    let broken = PdfJob {
        path: "broken.pdf".to_owned(),
        template: summary_sheet::TEMPLATE,
        templates: std::sync::Arc::default(),
        data: b"{}".to_vec(),
        drawings: Vec::new(),
        standard: Standard::Compact,
        ident: "broken".to_owned(),
    };
    let jobs = [broken, year.journal_job(), year.sheet_job(), year.journal_job()];
    let (one, three) = (run(&jobs, 1), run(&jobs, 3));
    let failed = one[0].as_ref().expect_err("a template without data fails");
    assert_eq!(failed.path, "broken.pdf");
    assert!(!failed.messages.is_empty());
    for (first, second) in one.iter().zip(&three).skip(1) {
        let (first, second) = (first.as_ref().expect("it is set"), second.as_ref().expect("it is set"));
        assert!(first.bytes == second.bytes, "{} differs", first.path);
    }
    let (journal, again) = (one[1].as_ref().expect("it is set"), one[3].as_ref().expect("it is set"));
    assert!(journal.bytes == again.bytes);
    assert_eq!(journal.pages, jobs[1].drawings.len());
    let per_page = journal.bytes.len() / journal.pages;
    assert!(per_page < 15_000, "{per_page} bytes a page");
}

#[test]
fn a_page_count_that_differs_from_the_layout_is_an_error() {
    let mut job = year("1А").journal_job();
    job.drawings.pop();
    let result = run(&[job], 1).remove(0);
    let error = result.expect_err("the template makes a page more than is laid out");
    assert!(error.messages[0].contains("pages"), "{error:?}");
}

#[test]
fn an_empty_class_has_its_documents_too() {
    let mut journal = Journal::default();
    let class = journal.classes.push(Class {
        key: "5А".into(),
        grade: 5,
        letter: "А".into(),
        ..Class::bare(letopis::base::source::SourceRef::default())
    });
    let year = Year { journal, class };
    for result in run(&[year.journal_job(), year.sheet_job()], 2) {
        let pdf = result.expect("nothing to print is no failure");
        assert!(pdf.pages >= 1, "{}", pdf.path);
    }
}
