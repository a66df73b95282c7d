//! Why a document could not be typeset, for a person. A fault of the program's own templates is reported as
//! the program's fault; for a school's template the file, line and column are given, with typst's message in
//! both languages.

use std::fmt;

use typst::WorldExt;
use typst::diag::SourceDiagnostic;
use typst::syntax::DiagSpan;

use super::desk::Desk;
use crate::base::said::{Fault, Said, said};
use crate::base::shown;

/// Why a document could not be typeset: typst's own messages, warnings among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypesetError {
    /// The path from the job, or empty if the job itself could not be made.
    pub path: String,
    /// The messages of typst, one sentence each.
    pub messages: Vec<String>,
    /// The fault of a school's template, if the document uses one.
    pub template: Option<TemplateFault>,
}

/// What is wrong with a template of a school.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TemplateFault {
    /// File name.
    pub file: String,
    /// Line and column, from 1; `None` for the whole file.
    pub place: Option<(usize, usize)>,
    /// The message of typst.
    pub message: String,
}

impl TypesetError {
    /// Makes the error that the typesetter itself, or the code that fills a template, panicked.
    pub fn of_program(path: &str, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), messages: vec![message.into()], template: None }
    }
}

impl TypesetError {
    /// Returns why a document could not even be laid out.
    pub fn of_error(path: &str, error: anyhow::Error) -> Self {
        match error.downcast::<Carried>() {
            Ok(Carried(own)) => Self { path: path.to_owned(), ..own },
            Err(error) => Self::of_program(path, format!("{error:#}")),
        }
    }

    /// Makes an error from which [`Self::of_error`] gets this one back.
    pub fn carried(self) -> anyhow::Error {
        Carried(self).into()
    }

    /// The message for a person; typst's own sentences are for people who work on the program or the template.
    pub fn said(&self) -> Said {
        self.template.as_ref().map_or_else(
            || {
                said!(
                    "страницы не удалось сложить: это ошибка программы, сообщите о ней её авторам",
                    "the pages could not be set: this is a fault of the program, tell its authors"
                )
            },
            TemplateFault::said,
        )
    }
}

impl From<TypesetError> for anyhow::Error {
    fn from(error: TypesetError) -> Self {
        Fault::new(error.said()).into()
    }
}

/// The error on its way through code that knows nothing of typesetting.
#[derive(Debug)]
struct Carried(TypesetError);

impl fmt::Display for Carried {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0.messages.join("; "))
    }
}

impl std::error::Error for Carried {}

impl TemplateFault {
    /// Returns the message in both languages.
    pub fn said(&self) -> Said {
        let Self { file, place, message } = self;
        let (file, message) = (shown::lines(file), shown::lines(message));
        let place = match place {
            Some((line, column)) => {
                said!(", строка {line}, столбец {column}", ", line {line}, column {column}")
            }
            None => Said::default(),
        };
        let russian = in_russian(&message);
        let both = if russian == *message { russian } else { format!("{russian} (typst: {message})") };
        let told = Said::new(both, message);
        said!("шаблон «{file}»{}: {}", "template {file}{}: {}", place, told)
    }
}

/// Makes the error that a template has another number of pages than there are drawings.
pub(super) fn other_pages(path: &str, desk: &Desk<'_>, made: usize, laid: usize) -> TypesetError {
    let message = format!("the template made {made} pages where {laid} are laid out");
    let file = desk.main_name().to_owned();
    let template =
        desk.has_own_templates().then(|| TemplateFault { file, place: None, message: message.clone() });
    TypesetError { path: path.to_owned(), messages: vec![message], template }
}

/// Returns why a document could not be typeset.
pub(super) fn refused(path: &str, desk: &Desk<'_>, diagnostics: &[SourceDiagnostic]) -> TypesetError {
    let template = desk.has_own_templates().then(|| locate(desk, diagnostics)).flatten();
    TypesetError { path: path.to_owned(), messages: diagnostics.iter().map(sentence).collect(), template }
}

fn sentence(one: &SourceDiagnostic) -> String {
    let hints: String = one.hints.iter().map(|hint| format!(" ({})", hint.v)).collect();
    format!("{}{hints}", one.message)
}

/// Finds the place of the first fault: in a file of the school, if the message or a call that led to it has
/// one.
fn locate(desk: &Desk<'_>, diagnostics: &[SourceDiagnostic]) -> Option<TemplateFault> {
    let first = diagnostics.first()?;
    let calls = first.trace.iter().map(|call| DiagSpan::from(call.span));
    let places: Vec<DiagSpan> = std::iter::once(first.span).chain(calls).collect();
    let is_own = |span: &&DiagSpan| span.id().is_some_and(|id| desk.templates.is_own(id));
    let span = places.iter().find(is_own).or_else(|| places.iter().find(|span| span.id().is_some()));
    let at = span.and_then(|span| Some((file_of(*span)?, place_of(desk, *span))));
    let (file, place) = at.unwrap_or_else(|| (desk.main_name().to_owned(), None));
    Some(TemplateFault { file, place, message: sentence(first) })
}

fn file_of(span: DiagSpan) -> Option<String> {
    Some(span.id()?.vpath().get_without_slash().to_owned())
}

fn place_of(desk: &Desk<'_>, span: DiagSpan) -> Option<(usize, usize)> {
    use typst::World;
    let source = desk.source(span.id()?).ok()?;
    let range = desk.range(span)?;
    let (line, column) = source.lines().byte_to_line_column(range.start)?;
    Some((line + 1, column + 1))
}

/// The most frequent messages of templates, by their beginning; a name or a value follows.
const RUSSIAN: &[(&str, &str)] = &[
    ("unknown variable: ", "неизвестное имя: "),
    ("unknown font family: ", "шрифта нет в программе: "),
    ("unclosed delimiter", "скобка не закрыта"),
    ("unclosed string", "строка в кавычках не закрыта"),
    ("unclosed raw text", "текст в обратных апострофах не закрыт"),
    ("unclosed label", "метка не закрыта"),
    ("unexpected closing ", "лишняя закрывающая скобка: "),
    ("unexpected end of ", "неожиданный конец: "),
    ("unexpected argument", "лишний аргумент"),
    ("unexpected ", "здесь не должно быть: "),
    ("missing argument: ", "не задан аргумент: "),
    ("expected ", "ожидалось: "),
    ("dictionary does not contain key ", "в данных нет такого поля: "),
    ("array index out of bounds", "в списке нет элемента с таким номером"),
    ("file not found ", "файл не найден "),
    ("failed to load file (access denied)", "такого файла в папке шаблонов нет"),
    ("failed to parse JSON ", "это не JSON "),
    ("cannot add ", "нельзя сложить "),
    ("cannot ", "нельзя: "),
    ("type ", "неверный тип: "),
    ("unresolved import", "в импортируемом файле нет такого имени"),
    ("maximum ", "превышен предел: "),
    ("layout did not converge ", "страницы не удалось сложить: их вид зависит сам от себя "),
    ("leaf has no length in mm, cm or pt: ", "в таблице leaf нет длины в mm, cm или pt: "),
    ("leaf has no size of text: ", "в таблице leaf не размер текста: "),
    (
        "leaf takes only Liberation Sans and Liberation Serif: ",
        "в таблице leaf годятся только Liberation Sans и Liberation Serif: ",
    ),
    ("leaf takes only \"regular\" and \"bold\": ", "в таблице leaf годятся только \"regular\" и \"bold\": "),
    ("leaf leaves no room: ", "таблица leaf не оставляет места на странице: "),
    ("the template made ", "в шаблоне класса журнала изменилось число страниц: "),
    ("panicked with: ", "шаблон остановлен: "),
    ("PDF/A", "нельзя записать как PDF/A: "),
];

fn in_russian(message: &str) -> String {
    let known = RUSSIAN.iter().find_map(|(en, ru)| Some(format!("{ru}{}", message.strip_prefix(en)?)));
    known.unwrap_or_else(|| message.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_a_template_is_said_in_both_languages() {
        let fault = TemplateFault {
            file: "summary-sheet.typ".to_owned(),
            place: Some((3, 7)),
            message: "unknown variable: сетка".to_owned(),
        };
        let Said { ru, en } = fault.said();
        assert_eq!(
            ru,
            "шаблон «summary-sheet.typ», строка 3, столбец 7: неизвестное имя: сетка (typst: unknown variable: сетка)"
        );
        assert_eq!(en, "template summary-sheet.typ, line 3, column 7: unknown variable: сетка");
    }
}
