//! Converts the records of a source to rows of the exchange format's tables, by a profile's rules.

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value as Json;

use super::super::system::GivenTable;
use super::grid::ROW;
use super::pipes::Setting;
use super::recognise::is_record;
use super::refusal::{Refusal, Token, Why};
use super::scope::Scope;
use super::spec::{Kind, Profile, Rule, Source, Split};
use super::template::{Filling, Template};
use super::words;
use crate::base::problems::ProblemSeverity;
use crate::base::said::{Said, said};
use crate::base::source::Origin;
use crate::ingest::parse;
use crate::ingest::problems::{Problems, Spot};
use crate::ingest::raw::{RawSheet, Rows, Value};
use crate::model::{Table, Text};

/// Rows of earlier files: exports of overlapping weeks repeat rows. The journal's own facts are compared only
/// within one file; rows of several files are compared later, so that a difference is reported.
#[derive(Default)]
pub(crate) struct Seen {
    file: String,
    facts: FxHashSet<(Table, Vec<usize>, Vec<Text>)>,
    rows: FxHashSet<(Table, Vec<Text>)>,
    keys: FxHashSet<(Table, Vec<usize>, Vec<Text>)>,
}

impl Seen {
    /// Begins a file.
    pub(super) fn begin(&mut self, file: &str) {
        if self.file != file {
            self.facts.clear();
            file.clone_into(&mut self.file);
        }
    }

    /// Remembers a record of the bundle's own tables: a profile does not add it again.
    pub(super) fn note(&mut self, table: Table, columns: &[usize], cells: impl Iterator<Item = Text>) {
        self.keys.insert((table, columns.to_vec(), key(table, columns, cells)));
    }

    fn is_new(&mut self, rule: &Rule, cells: &[Text]) -> bool {
        let table = rule.schema.table;
        if !rule.once.is_empty() {
            let own = rule.once.iter().map(|column| {
                let at = rule.columns.iter().position(|(given, _)| given == column);
                at.map(|at| cells[at].clone()).unwrap_or_default()
            });
            let key = (table, rule.once.clone(), key(table, &rule.once, own));
            if table.is_fact() && !rule.is_weak {
                self.keys.insert(key.clone());
                return self.facts.insert(key);
            }
            return self.keys.insert(key);
        }
        self.rows.insert((table, cells.to_vec()))
    }
}

fn key(table: Table, columns: &[usize], cells: impl Iterator<Item = Text>) -> Vec<Text> {
    let schema = crate::model::schema::schema_of(table);
    let fold = |(column, cell): (&usize, Text)| {
        if schema.columns[*column].id == "class_id" { parse::class_name(&cell) } else { cell }
    };
    columns.iter().zip(cells).map(fold).collect()
}

/// Converts one source of a file by its strong or its weak rules; `pointers` gets the JSON pointer of every
/// record, by its number.
pub(super) fn convert(
    (profile, source, is_weak): (&Profile, &Source, bool),
    root: &Json,
    origin: &Origin,
    (setting, class): (&Setting<'_>, &[Template]),
    seen: &mut Seen,
    problems: &mut Problems,
) -> (Vec<GivenTable>, Vec<String>) {
    let rules = source.rules.iter().filter(|rule| rule.is_weak == is_weak);
    let mut made: Vec<Made> = rules.map(|rule| Made { rule, rows: Vec::new(), left_out: 0 }).collect();
    let mut pointers = Vec::new();
    let mut refusals = Refusals { origin, problems, said: FxHashSet::default() };
    let mut read = |scope: &mut Scope<'_>| {
        if source.kind == Kind::Json && !is_record(scope, source) {
            return;
        }
        pointers.push(scope.pointer());
        let ordinal = u32::try_from(pointers.len()).unwrap_or(u32::MAX);
        let row = scope.innermost().get(ROW).and_then(Json::as_u64).and_then(|row| u32::try_from(row).ok());
        let row = row.unwrap_or(ordinal);
        for made in &mut made {
            let rule = made.rule;
            let mut inner = scope.clone();
            inner.walk(&rule.each.0, &mut |scope| {
                let filling = Filling { scope, words: &profile.words, setting, class, token: None, row };
                match rows_of(rule, &filling) {
                    Ok(rows) => made.rows.extend(
                        rows.into_iter().filter(|cells| seen.is_new(rule, cells)).map(|cells| (row, cells)),
                    ),
                    Err(refusal) => {
                        made.left_out += 1;
                        let inside = inside(source.kind, scope, pointers.last().map_or("", String::as_str));
                        refusals.report(row, inside, rule, refusal);
                    }
                }
                true
            });
        }
    };
    for path in &source.records {
        Scope::of(root).walk(&path.0, &mut |scope| {
            read(scope);
            true
        });
    }
    (made.into_iter().map(|made| made.into_sheet(origin)).collect(), pointers)
}

/// Rows of one rule during the conversion.
struct Made<'a> {
    rule: &'a Rule,
    rows: Vec<(u32, Vec<Text>)>,
    left_out: usize,
}

impl Made<'_> {
    fn into_sheet(self, origin: &Origin) -> GivenTable {
        let header = self
            .rule
            .columns
            .iter()
            .map(|(column, _)| Value::Text(self.rule.schema.columns[*column].id.into()));
        let mut rows = vec![(0, header.collect())];
        let cells = |cells: Vec<Text>| {
            let value = |text: Text| if text.is_empty() { Value::Empty } else { Value::Text(text) };
            cells.into_iter().map(value).collect()
        };
        rows.extend(self.rows.into_iter().map(|(row, texts)| (row, cells(texts))));
        let sheet = RawSheet { origin: origin.clone(), rows: Rows::Grid(rows) };
        GivenTable { table: self.rule.schema.table, sheet, left_out: self.left_out }
    }
}

/// Returns the rows that one record makes by one rule.
fn rows_of(rule: &Rule, filling: &Filling<'_, '_>) -> Result<Vec<Vec<Text>>, Refusal> {
    if !is_wanted(rule, filling)? {
        return Ok(Vec::new());
    }
    let tokens = match &rule.split {
        Split::No => return Ok(vec![row_of(rule, filling)?]),
        Split::Tokens { cell, into, others } => {
            words::cut(&Template::first(cell, filling)?, filling.words, into, others)?
        }
        Split::By { cell, separator } => {
            let cell = Template::first(cell, filling)?;
            let parts = cell.split(separator.as_str()).map(str::trim).filter(|part| !part.is_empty());
            parts.map(|part| Token { meaning: part.to_owned(), printed: part.to_owned() }).collect()
        }
    };
    // Two equal tokens of one cell are two rows: their number distinguishes them.
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    let mut rows = Vec::new();
    for token in &tokens {
        let count = counts.entry(&token.printed).or_default();
        *count += 1;
        rows.push(row_of(rule, &filling.with_token(token, *count))?);
    }
    Ok(rows)
}

fn is_wanted(rule: &Rule, filling: &Filling<'_, '_>) -> Result<bool, Refusal> {
    for condition in &rule.unless {
        if !condition.fill(filling)?.is_empty() {
            return Ok(false);
        }
    }
    for condition in &rule.when {
        if condition.fill(filling)?.is_empty() {
            return Ok(false);
        }
    }
    Ok(true)
}

fn row_of(rule: &Rule, filling: &Filling<'_, '_>) -> Result<Vec<Text>, Refusal> {
    rule.columns.iter().map(|(_, templates)| Template::first(templates, filling).map(Text::from)).collect()
}

/// Returns the place of a value in its record: the rest of the JSON pointer, or the column's header.
fn inside(kind: Kind, scope: &Scope<'_>, record: &str) -> String {
    match kind {
        Kind::Json => scope.pointer().strip_prefix(record).unwrap_or_default().to_owned(),
        Kind::Table => scope.innermost().get("head").and_then(Json::as_str).unwrap_or_default().to_owned(),
    }
}

struct Refusals<'a> {
    origin: &'a Origin,
    problems: &'a mut Problems,
    /// The rules of several tables may refuse one cell: it is reported once.
    said: FxHashSet<(u32, String, String)>,
}

impl Refusals<'_> {
    fn report(&mut self, row: u32, column: String, rule: &Rule, refusal: Refusal) {
        let Refusal { value, why } = refusal;
        // A pupil is in many records of a file: the first is reported.
        let is_pupil = matches!(why, Why::Namesakes(_) | Why::Stranger(..));
        let said =
            if is_pupil { (0, String::new(), value.clone()) } else { (row, column.clone(), value.clone()) };
        if !self.said.insert(said) {
            return;
        }
        let table = rule.schema.table.id();
        let (code, message, hint) = match why {
            Why::NotInList(list) => (
                "J602",
                said!(
                    "«{value}» нет в списке «{list}» профиля: строка таблицы {table} не создана",
                    "\"{value}\" is not in the profile's list \"{list}\": no row of {table} was made"
                ),
                said!(
                    "исправьте источник или впишите слово в [words.{list}] своего профиля",
                    "mend the source, or add the word to [words.{list}] of a profile of your own"
                ),
            ),
            Why::Ambiguous(place) => (
                "J603",
                said!(
                    "«{value}» в {place} носят несколько записей: строка таблицы {table} не создана",
                    "several records of {place} are \"{value}\": no row of {table} was made"
                ),
                said!(
                    "различите записи в таблицах школы",
                    "tell the records apart in the school's own tables"
                ),
            ),
            Why::Namesakes(class) => namesakes(&value, &class),
            Why::Stranger(class, near) => stranger(&value, &class, near),
        };
        let spot = Spot { row: Some(row), column, value };
        self.problems.add(code, ProblemSeverity::Error, (self.origin, spot), message, hint);
    }
}

type Told = (&'static str, Said, Said);

fn namesakes(name: &str, class: &str) -> Told {
    (
        "J632",
        said!(
            "«{name}» в {class}: учеников с таким именем несколько, записи не прочитаны",
            "\"{name}\" in {class}: several pupils have this name, the records were not read"
        ),
        said!(
            "скажите, кто это: строка «pupils;{name};{class};;…» с кодом ученика в таблице aliases",
            "say who it is: the row \"pupils;{name};{class};;…\" with the pupil's id in the table aliases"
        ),
    )
}

fn stranger(name: &str, class: &str, near: Option<(String, String)>) -> Told {
    let message = said!(
        "в таблицах комплекта среди учеников {class} нет «{name}»: записи не прочитаны",
        "the bundle's tables have no \"{name}\" in {class}: the records were not read"
    );
    let hint = match near {
        Some((other, id)) => said!(
            "возможно, это «{other}»: тогда добавьте в таблицу aliases строку «pupils;{name};{class};;{id}»",
            "perhaps it is \"{other}\": then add the row \"pupils;{name};{class};;{id}\" to the table aliases"
        ),
        None => said!(
            "добавьте ученика в pupils и enrolment или в aliases строку «pupils;{name};{class};;…»",
            "add the pupil to pupils and enrolment, or the row \"pupils;{name};{class};;…\" to aliases"
        ),
    };
    ("J631", message, hint)
}
