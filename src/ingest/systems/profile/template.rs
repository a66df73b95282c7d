//! The content of a column: text with fields in braces, each passed through pipes: `{name|surname}`,
//! `{class}/{subject}`.

use super::directory::{Found, PUPIL_BY_NAME};
use super::pipes::{Pipe, Setting};
use super::refusal::{Refusal, Token, Why};
use super::scope::{Path, Scope, Step, text_of};
use super::words::WordLists;
use crate::base::said::{Said, said};

/// Text with fields in it.
#[derive(Clone, Debug)]
pub(super) struct Template(Vec<Piece>);

#[derive(Clone, Debug)]
enum Piece {
    Text(String),
    Field(Field),
}

#[derive(Clone, Debug)]
struct Field {
    source: FieldSource,
    pipes: Vec<Pipe>,
    may_be_empty: bool,
}

#[derive(Clone, Debug)]
enum FieldSource {
    /// A field of the record or of those around it.
    Path(Path),
    /// The number or key of the item that a walk has reached: `#name`.
    Walk(String),
    /// A fact of the bundle: `@file`, `@folder`, `@sheet`, `@year.start`, `@year.end`.
    Setting(String),
    /// The token that a cell was split into, its text in the cell, and its number among equal ones.
    Token,
    Printed,
    Count,
    /// The text itself, for a look-up: `{=year|find terms.kind}`.
    Literal(String),
    /// The row or the number of the record: `@row`.
    Row,
}

/// The data that fill templates.
pub(super) struct Filling<'a, 'b> {
    pub(super) scope: &'b Scope<'a>,
    pub(super) words: &'a WordLists,
    pub(super) setting: &'b Setting<'b>,
    /// The templates for the class of a record.
    pub(super) class: &'a [Template],
    /// The token, and how many of its kind the cell has had, including it.
    pub(super) token: Option<(&'b Token, usize)>,
    pub(super) row: u32,
}

impl<'b> Filling<'_, 'b> {
    /// Returns the same data with a token of the record's cell.
    pub(super) fn with_token(&self, token: &'b Token, count: usize) -> Self {
        Self { token: Some((token, count)), ..*self }
    }
}

impl Template {
    /// Parses a template; field names are folded like the headers of tables. The error says what is wrong.
    pub(super) fn parse(text: &str, words: &WordLists, is_folded: bool) -> Result<Self, Said> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (field, tail) = after
                .split_once('}')
                .ok_or_else(|| Said::new("скобка { не закрыта", "the brace { is not closed"))?;
            if !before.is_empty() {
                pieces.push(Piece::Text(before.to_owned()));
            }
            pieces.push(Piece::Field(Field::parse(field, words, is_folded)?));
            rest = tail;
        }
        if rest.contains('}') {
            return Err(Said::new("скобка } не открыта", "the brace } is not opened"));
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        Ok(Self(pieces))
    }

    /// Fills the template; if a required field is empty, the result is empty.
    pub(super) fn fill(&self, filling: &Filling<'_, '_>) -> Result<String, Refusal> {
        let mut text = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(part) => text.push_str(part),
                Piece::Field(field) => {
                    let part = field.fill(filling)?;
                    if part.is_empty() && !field.may_be_empty {
                        return Ok(String::new());
                    }
                    text.push_str(&part);
                }
            }
        }
        Ok(text)
    }

    /// Returns the first of several templates that gives a value.
    pub(super) fn first(templates: &[Self], filling: &Filling<'_, '_>) -> Result<String, Refusal> {
        for template in templates {
            let text = template.fill(filling)?;
            if !text.is_empty() {
                return Ok(text);
            }
        }
        Ok(String::new())
    }

    /// Returns the tables and columns that `find` pipes search.
    pub(super) fn lookups(&self) -> impl Iterator<Item = &str> {
        let fields = self
            .0
            .iter()
            .filter_map(|piece| if let Piece::Field(field) = piece { Some(field) } else { None });
        fields.flat_map(|field| &field.pipes).filter_map(|pipe| match pipe {
            Pipe::Find(place) => Some(place.as_str()),
            _ => None,
        })
    }
}

impl Field {
    fn parse(text: &str, words: &WordLists, is_folded: bool) -> Result<Self, Said> {
        let mut parts = text.split('|');
        let source = parts.next().unwrap_or_default().trim();
        let (source, may_be_empty) = match source.strip_suffix('?') {
            Some(source) => (source, true),
            None => (source, false),
        };
        let pipes = parts.map(|pipe| Pipe::parse(pipe, words)).collect::<Result<_, _>>()?;
        Ok(Self { source: FieldSource::parse(source, is_folded)?, pipes, may_be_empty })
    }

    fn fill(&self, filling: &Filling<'_, '_>) -> Result<String, Refusal> {
        let raw = match &self.source {
            FieldSource::Path(path) => filling.scope.find_text(path),
            FieldSource::Walk(name) => filling.scope.key_text(name).unwrap_or_default(),
            FieldSource::Setting(name) => filling.setting.named(name),
            FieldSource::Literal(text) => text.clone(),
            FieldSource::Row => filling.row.to_string(),
            FieldSource::Token => filling.token.map(|(token, _)| token.meaning.clone()).unwrap_or_default(),
            FieldSource::Printed => filling.token.map(|(token, _)| token.printed.clone()).unwrap_or_default(),
            FieldSource::Count => filling.token.map(|(_, count)| count.to_string()).unwrap_or_default(),
        };
        self.pipes.iter().try_fold(raw, |text, pipe| match pipe {
            Pipe::Find(place) if place == PUPIL_BY_NAME && !text.is_empty() => pupil(text, filling),
            pipe => pipe.apply(text, filling.words, filling.setting),
        })
    }
}

/// Finds a pupil by name within the record's class.
fn pupil(name: String, filling: &Filling<'_, '_>) -> Result<String, Refusal> {
    let class = Template::first(filling.class, filling)?;
    let why = match filling.setting.pupil(&name, &class) {
        Found::One(id) => return Ok(id),
        Found::None => return Ok(String::new()),
        Found::Several => Why::Namesakes(class),
        Found::Stranger(near) => Why::Stranger(class, near),
    };
    Err(Refusal { value: name, why })
}

impl FieldSource {
    fn parse(text: &str, is_folded: bool) -> Result<Self, Said> {
        if let Some(text) = text.strip_prefix('=') {
            return Ok(Self::Literal(text.to_owned()));
        }
        if let Some(name) = text.strip_prefix('@') {
            return match name {
                "token" => Ok(Self::Token),
                "printed" => Ok(Self::Printed),
                "count" => Ok(Self::Count),
                "row" => Ok(Self::Row),
                _ if Setting::NAMES.contains(&name) => Ok(Self::Setting(name.to_owned())),
                _ => {
                    let names = Setting::NAMES.join(", @");
                    Err(said!(
                        "неизвестно @{name}; есть @token, @printed, @count, @row, @{names}",
                        "@{name} is unknown; there are @token, @printed, @count, @row, @{names}"
                    ))
                }
            };
        }
        let path = Path::parse(text);
        match path.0.as_slice() {
            [] => Err(Said::new("пустые скобки {}", "empty braces {}")),
            [Step::At(name)] => Ok(Self::Walk(name.clone())),
            steps if steps.iter().any(|step| matches!(step, Step::Every(_))) => Err(said!(
                "в «{text}» нельзя *: обход задаётся в records или each",
                "no * in \"{text}\": walks belong into records or each"
            )),
            _ => Ok(Self::Path(if is_folded { path.folded() } else { path })),
        }
    }
}

impl Scope<'_> {
    /// Returns a field as text; empty if there is none.
    fn find_text(&self, path: &Path) -> String {
        self.find(&path.0).map(text_of).unwrap_or_default()
    }
}
