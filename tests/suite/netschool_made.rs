//! Reports of NetSchool drawn from invented schools: whatever the layout, the vocabulary, the terms and the subjects' names,
//! every mark, absence, lesson and term mark comes out, and nothing else does.

mod drawn;
mod files;
mod world;

use std::collections::BTreeSet;

use letopis::base::problems::ProblemSeverity;
use letopis::ingest::{Reading, read_bundle, read_journal};
use letopis::model::{Id, Journal, Pupil};

use drawn::Layout;
use world::{Days, Marks, Signs, World};

const SCHOOL: &str = "[school]\nname = \"Школа посёлка Выдуманного\"\n\n[year]\ntitle = \"2024-2025\"\nstart = 2024-09-01\nend = 2025-05-31\n";
/// How many schools of each kind are drawn.
const SEEDS: u64 = 120;

#[allow(clippy::disallowed_methods)]
fn read(files: &[(&str, Vec<u8>)]) -> Reading {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    std::fs::write(folder.path().join("school.toml"), SCHOOL).expect("the folder can be written");
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).expect("the folder can be written");
    }
    read_journal(&read_bundle(folder.path()))
}

/// The class of a pupil: nobody is in two here.
fn class(journal: &Journal, pupil: Id<Pupil>) -> String {
    let stay = journal.enrolment.iter().find(|stay| stay.pupil == pupil).expect("everyone is in a class");
    journal.classes[stay.class].key.to_string()
}

fn signs(journal: &Journal) -> Signs {
    let mut signs = Signs::new();
    let marks = journal.marks.values().map(|mark| (mark.pupil, mark.lesson, mark.value.code()));
    let absences = journal.absences.values().map(|row| (row.pupil, row.lesson, row.reason.code()));
    for (pupil, lesson, sign) in marks.chain(absences) {
        let lesson = &journal.lessons[lesson];
        let subject = journal.subjects[journal.courses[lesson.course].subject].title.to_string();
        let key =
            [class(journal, pupil), journal.pupils[pupil].full_name(), subject, lesson.date.to_string()];
        signs.entry(key).or_default().push(sign.to_owned());
    }
    signs.values_mut().for_each(|day| day.sort());
    signs
}

fn days(journal: &Journal) -> Days {
    let mut days = Days::new();
    for lesson in journal.lessons.values() {
        let course = &journal.courses[lesson.course];
        let class = journal.classes_of(course).first().expect("a course is of a class");
        let key =
            [journal.classes[*class].key.to_string(), journal.subjects[course.subject].title.to_string()];
        days.entry(key).or_default().insert(lesson.date.to_string());
    }
    days
}

fn marks(journal: &Journal) -> Marks {
    let mark = |mark: &letopis::model::TermMark| {
        let subject = journal.subjects[mark.subject].title.to_string();
        let term = journal.terms[mark.term].title.to_lowercase().to_string();
        let key = [class(journal, mark.pupil), journal.pupils[mark.pupil].full_name(), subject, term];
        (key, mark.value.expect("a result").code().to_owned())
    };
    journal.term_marks.values().map(mark).collect()
}

fn check(seed: u64, world: &World, reading: &Reading, (has_card, is_book): (bool, bool)) {
    let errors: Vec<_> = reading
        .problems
        .iter()
        .filter(|problem| problem.severity != ProblemSeverity::Notice)
        .filter(|problem| !["J616", "J624", "J625"].contains(&problem.code))
        .collect();
    assert!(errors.is_empty(), "seed {seed}: {errors:#?}");
    let journal = reading.journal.as_ref().expect("school.toml is whole");
    assert_eq!(signs(journal), world.signs(), "seed {seed}");
    assert_eq!(marks(journal), world.marks(has_card), "seed {seed}");
    assert_eq!(days(journal), world.days(is_book), "seed {seed}");
    let subjects: BTreeSet<_> = journal.subjects.values().map(|subject| subject.title.as_str()).collect();
    let rows = world.classes.iter().flat_map(|class| &class.pupils).flat_map(|pupil| &pupil.subjects);
    assert_eq!(subjects, rows.map(|row| row.title).collect(), "seed {seed}");
    let names: BTreeSet<_> = journal.pupils.values().map(Pupil::full_name).collect();
    let own = world.classes.iter().flat_map(|class| &class.pupils).map(|pupil| pupil.name.clone());
    assert_eq!(names, own.collect(), "seed {seed}");
}

#[test]
fn workbooks_of_every_layout_come_out_exactly() {
    for seed in 0..SEEDS {
        let world = World::new(seed);
        let mut random = fastrand::Rng::with_seed(seed);
        let layout = Layout::new(&mut random);
        let progress = files::book(&layout.progress(&world, &world.classes, &mut random));
        let card = files::book(&layout.card(&world, &world.classes, &mut random));
        check(seed, &world, &read(&[("а.xlsx", progress.clone()), ("б.xlsx", card)]), (true, true));
        // Without the card the report's own term alone has results.
        check(seed, &world, &read(&[("а.xlsx", progress)]), (false, true));
    }
}

#[test]
fn pages_of_every_layout_come_out_exactly() {
    for seed in 1000..1000 + SEEDS {
        let world = World::new(seed);
        let mut random = fastrand::Rng::with_seed(seed);
        let layout = Layout::new(&mut random);
        let mut files = Vec::new();
        // A page a class, the reports one beside the other.
        for (number, class) in world.classes.chunks(1).enumerate() {
            let style = random.u8(..);
            files.push((
                format!("{number}.html"),
                files::page(&layout.progress(&world, class, &mut random), style),
            ));
            files.push((
                format!("{number}т.xls"),
                files::page(&layout.card(&world, class, &mut random), style),
            ));
        }
        let files: Vec<(&str, Vec<u8>)> =
            files.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
        check(seed, &world, &read(&files), (true, false));
    }
}
