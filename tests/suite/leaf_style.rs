//! The table `leaf` of `style.typ`: what a school changes in it changes the leaves that the program draws and divides.

// Tests lay templates out and read the outputs of a build.
#![allow(clippy::disallowed_methods)]

use std::path::Path;
use std::sync::{Arc, LazyLock};

use letopis::model::{Class, Id, Journal, Roster};
use letopis::render::fonts::Face;
use letopis::render::pdf::{PdfJob, Styles, Templates, typeset_alone};
use letopis::reports::class_journal::{Look, Making, job};

use crate::bundle::TinyBundle;
use crate::documents::broken_anew;
use crate::reading::example;

fn shipped() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/style.typ");
    std::fs::read_to_string(path).expect("the style of the program")
}

fn changed(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(shipped(), |text, (from, to)| {
        assert!(text.contains(from), "the style has no {from}");
        text.replace(from, to)
    })
}

fn templates(style: String) -> Templates {
    Templates::with([("style.typ".to_owned(), style.into_bytes())]).expect("the style is a text")
}

/// Lays out the journal of a class with a style.
fn journal(style: String) -> PdfJob {
    let templates = Arc::new(templates(style));
    let look =
        Look::of(&Styles::of(Arc::clone(&templates))).unwrap_or_else(|error| panic!("{:?}", error.messages));
    let (journal, class) = &*CLASS;
    let making = Making {
        roster: &Roster::new(journal),
        as_of: jiff::civil::date(2025, 6, 30),
        sources: &[],
        remarks: &[],
        look: &look,
    };
    let job = job(journal, *class, &making, "journal.pdf").expect("the view is JSON");
    PdfJob { templates, ..job }
}

static CLASS: LazyLock<(Journal, Id<Class>)> = LazyLock::new(class_of_every_kind);

/// Returns a class that has what few have: a very long name, a pupil who joined in mid-year, a mark of several words.
fn class_of_every_kind() -> (Journal, Id<Class>) {
    let mut journal = example("year").journal.expect("the example has a school.toml");
    let class = journal.classes.iter().find(|(_, one)| one.key == "5А").map(|(id, _)| id).expect("the class");
    let mut stays = journal.enrolment.iter_mut().filter(|stay| stay.class == class);
    let long = stays.next().expect("a pupil").pupil;
    let late = stays.next().expect("a second one");
    late.span.from = jiff::civil::date(2024, 11, 5);
    let pupil = journal.pupils.get_mut(long).expect("the pupil");
    pupil.surname = "Длиннофамильновская-Вересковская-Заозёрная".into();
    let mark = journal.marks.iter().find(|(_, mark)| mark.pupil == long).map(|(id, _)| id).expect("a mark");
    journal.marks.get_mut(mark).expect("the mark").printed = "не зачтено, пересдача осенью".into();
    (journal, class)
}

/// Says why a style cannot be used.
fn refused(style: String) -> String {
    Look::of(&Styles::of(Arc::new(templates(style)))).expect_err("the style has a fault").said().ru
}

/// Returns what is laid out, without the templates.
fn laid(job: &PdfJob) -> (String, String) {
    (String::from_utf8_lossy(&job.data).into_owned(), format!("{:?}", job.drawings))
}

#[test]
fn larger_marks_need_more_pages_and_nothing_leaves_its_place() {
    let standard = journal(shipped());
    let own = journal(changed(&[
        (
            "cell: (font: sans, weight: \"regular\", size: 8pt)",
            "cell: (font: sans, weight: \"regular\", size: 12pt)",
        ),
        (
            "text: (font: sans, weight: \"regular\", size: 7.5pt",
            "text: (font: sans, weight: \"regular\", size: 9pt",
        ),
        ("people: (size: 7.5pt, row: 7mm)", "people: (size: 10pt, row: 9mm)"),
    ]));
    assert!(own.drawings.len() > standard.drawings.len());
    let sizes = |job: &PdfJob, size: f64| {
        job.drawings.iter().flat_map(|page| &page.lines).filter(|line| line.style.size_pt == size).count()
    };
    assert!(sizes(&own, 12.0) > 100 && sizes(&own, 9.0) > 100, "marks and topics are larger");
    for page in &own.drawings {
        assert_eq!(crate::documents::spoilt(page), [""; 0]);
    }
    assert_eq!(broken_anew(&own), [""; 0]);
    let pages = own.drawings.len();
    assert_eq!(typeset_alone(own).expect("it is set").pages, pages);
}

#[test]
fn a_family_that_is_changed_is_drawn_and_measured() {
    let own = journal(changed(&[("#let sans = (\"Liberation Sans\"", "#let sans = (\"Liberation Serif\"")]));
    let lines = || own.drawings.iter().flat_map(|page| &page.lines);
    assert!(lines().count() > 500);
    assert!(lines().all(|line| matches!(line.style.face, Face::Serif | Face::SerifBold)));
    assert_eq!(broken_anew(&own), [""; 0]);
    assert!(typeset_alone(own).is_ok());
}

#[test]
fn every_length_and_size_of_the_table_takes_part() {
    let style = shipped();
    let from = style.find("#let leaf").expect("the table");
    let to = from + style[from..].find("\n)\n").expect("the table ends");
    let standard = laid(&journal(style.clone()));
    let mut count = 0;
    let mut at = from;
    while let Some(found) = style[at..to].find(|one: char| one.is_ascii_digit()) {
        let start = at + found;
        let end =
            start + style[start..].find(|one: char| !one.is_ascii_digit() && one != '.').expect("a unit");
        at = end;
        // The least sizes are for what this class has not.
        if !["mm", "pt", "em"].contains(&&style[end..end + 2]) || style[..start].ends_with("least: ") {
            continue;
        }
        let value: f64 = style[start..end].parse().expect("a number");
        // A least height has to be more than the text needs.
        let factor = if style[..start].ends_with(" row: ") { 2.5 } else { 1.04 };
        let own = format!("{}{}{}", &style[..start], value * factor, &style[end..]);
        let line = style[..start].lines().last().unwrap_or_default().trim();
        assert!(laid(&journal(own)) != standard, "{line}{value} changes nothing");
        count += 1;
    }
    assert!(count > 45, "{count}");
}

#[test]
fn a_table_that_cannot_be_used_is_said_with_the_place_in_it() {
    let of = |from: &str, to: &str| refused(changed(&[(from, to)]));
    let said = of("  outer: 8mm,\n", "");
    assert!(said.contains("шаблон «style.typ»: в таблице leaf нет длины в mm, cm или pt"), "{said}");
    let said = of("    row-most: 8mm,\n", "");
    assert!(said.contains("marks.row-most"), "{said}");
    let said =
        of("cell: (font: sans, weight: \"regular\", size: 8pt)", "cell: (font: \"Noto Sans\", size: 8pt)");
    assert!(said.contains("годятся только Liberation Sans и Liberation Serif: marks.cell.font"), "{said}");
    let said = of(
        "cell: (font: sans, weight: \"regular\", size: 8pt)",
        "cell: (font: sans, weight: 900, size: 8pt)",
    );
    assert!(said.contains("годятся только \"regular\" и \"bold\": marks.cell.weight"), "{said}");
    let said = of("cell: (font: sans, weight: \"regular\", size: 8pt)", "cell: (font: sans, size: 0pt)");
    assert!(said.contains("не размер текста: marks.cell.size"), "{said}");
    let said = of("name-width: 40mm", "name-width: 170mm");
    assert!(said.contains("не оставляет места на странице"), "{said}");
    let said = of("top: 17mm", "top: 280mm");
    assert!(said.contains("не оставляет места на странице"), "{said}");
    let said = of("#let leaf = (", "#let leaves = (");
    assert!(said.contains("шаблон «style.typ»: ") && said.contains("нет такого имени"), "{said}");
}

#[test]
fn such_a_table_costs_the_journals_alone() {
    let bundle = TinyBundle::new();
    let folder = tempfile::tempdir().expect("a folder");
    let style = changed(&[("name-width: 40mm", "name-width: 170mm")]);
    std::fs::write(folder.path().join("style.typ"), style).expect("a template");
    let run = bundle.build(&["--templates", folder.path().to_str().expect("UTF-8")]);
    assert_eq!(run.code, 2, "{}", run.text);
    assert!(run.text.contains("шаблон «style.typ»: таблица leaf не оставляет места"), "{}", run.text);
    assert!(!bundle.output("journals/journal-5A.pdf").exists());
    assert!(bundle.output("summary-sheets/summary-5A.pdf").is_file());
}
