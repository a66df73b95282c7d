//! `letopis form`: fills a school's own form with the figures and lists of a year.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::bundles::bundles;
use super::exit::Exit;
use super::papers;
use super::terminal::Terminal;
use crate::base::files::{Document, read_file};
use crate::base::limits;
use crate::base::problems::{Problem, ProblemSeverity};
use crate::base::said::{AtPlace, Fault, said};
use crate::commands::cli::FormArgs;
use crate::forms::book;
use crate::forms::school::{School, with_school};
use crate::ingest::read_bundle;
use crate::pipeline::{self, Opening, places};

/// Examples of names.
const FIGURE: &str = "{{качество; 5А; Математика; 1 четверть}}";
const FIELD: &str = "{{классы; качество}}";

/// Fills the form, or prints the names that it may hold.
pub(super) fn run(args: &FormArgs, terminal: &mut Terminal) -> Result<Exit> {
    if let Some(output) = &args.output {
        check_places(args.form.as_deref(), output)?;
    }
    let opening = Opening::of(&read_bundle(&bundle_of(args)?));
    let is_error = |problem: &&Problem| problem.severity == ProblemSeverity::Error;
    let errors: Vec<Problem> = opening.problems().iter().filter(is_error).cloned().collect();
    terminal.all_problems(&errors);
    let Some(journal) = opening.journal() else { return Ok(Exit::DataAtFault) };
    let as_of = pipeline::as_of(args.as_of, opening.reading.as_of, &journal.school, &journal.year);
    let exit = with_school(journal, &args.terms, as_of, |school| match (&args.form, &args.output) {
        (Some(form), Some(output)) if !args.names => fill(form, output, school, terminal),
        _ => {
            print_names(terminal, school);
            Ok(Exit::Done)
        }
    })??;
    // Figures of rows that were left out are not the whole year's.
    Ok(if errors.is_empty() { exit } else { Exit::DataAtFault })
}

fn fill(form: &Path, output: &Path, school: &School<'_>, terminal: &mut Terminal) -> Result<Exit> {
    let template = read_file(form, limits::FORM_BYTES).at(form)?;
    match book::fill(&template, school) {
        Ok(filled) => {
            let name = output.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let folder = folder_of(output);
            papers::write(
                terminal,
                folder,
                &[Document::new(name, filled)],
                Some(&said!("заполнено", "filled")),
            )?;
            Ok(Exit::Done)
        }
        Err(refusals) => {
            terminal.say(said!("{}: форма не заполнена", "{}: the form is not filled", form.display()));
            for refusal in refusals {
                terminal.say(said!("  ! {}", "  ! {}", refusal.line()));
            }
            Ok(Exit::DataAtFault)
        }
    }
}

fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The filled workbook may not take the form's place, and is of the same kind: macros would be lost or forbidden.
fn check_places(form: Option<&Path>, output: &Path) -> Result<()> {
    places::refuse_in_bag_or_bundle(folder_of(output))?;
    let Some(form) = form else { return Ok(()) };
    let kind = |path: &Path| path.extension().map(|kind| kind.to_string_lossy().to_lowercase());
    let is_same =
        form.canonicalize().is_ok_and(|form| output.canonicalize().is_ok_and(|output| output == form));
    if is_same {
        return Err(Fault::new(said!(
            "заполненная книга не может встать на место формы: назовите другой файл в -o",
            "the filled workbook cannot take the place of the form: name another file with -o"
        ))
        .into());
    }
    if kind(form) != kind(output) {
        let kind = kind(form).unwrap_or_default();
        return Err(Fault::new(said!(
            "у заполненной книги должно быть то же окончание, что у формы: .{kind}",
            "the filled workbook must end like the form: .{kind}"
        ))
        .into());
    }
    Ok(())
}

fn bundle_of(args: &FormArgs) -> Result<PathBuf> {
    let found = bundles(&args.bundle.iter().cloned().collect::<Vec<_>>())?;
    match <[PathBuf; 1]>::try_from(found) {
        Ok([bundle]) => Ok(bundle),
        Err(several) => {
            let listed = several.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ");
            Err(Fault::new(said!(
                "выгрузок несколько ({listed}): назовите одну, --bundle ПАПКА",
                "there are several bundles ({listed}): name one, --bundle FOLDER"
            ))
            .into())
        }
    }
}

fn print_names(terminal: &mut Terminal, school: &School<'_>) {
    let is_value = |(_, fields): &(String, Vec<String>)| fields.is_empty();
    let (values, lists): (Vec<_>, Vec<_>) = school.catalogue().into_iter().partition(is_value);
    terminal.say(said!(
        "значения; показатель можно уточнить: {FIGURE}",
        "values; a figure may be narrowed down: {FIGURE}"
    ));
    for (name, _) in values {
        terminal.line(&format!("  {{{{{name}}}}}"));
    }
    terminal.say(said!(
        "списки и их поля; строка с полями списка повторится для каждой его строки: {FIELD}",
        "lists and their fields; a row with fields of a list is repeated for each of its rows: {FIELD}"
    ));
    for (name, fields) in lists {
        terminal.line(&format!("  {name}: {}", fields.join(", ")));
    }
}
