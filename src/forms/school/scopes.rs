//! Figures and counts of wholes: the school, its levels, parallels, classes, subjects, teachers.

use std::collections::BTreeMap;

use super::fields::{figure_fields, text};
use super::gathered::School;
use super::words::{METRICS, MOVEMENT, STANDINGS};
use crate::base::said::{Said, said};
use crate::forms::{List, Value, key, unknown};
use crate::model::{Id, Subject, Term};
use crate::stats::analytics::Cell;
use crate::stats::{Figure, Scope, Unit};

/// The levels, by what figures call them.
const LEVELS: [&str; 3] = ["1-4", "5-9", "10-11"];

/// Of what, and of when, a figure is wanted.
#[derive(Clone, Debug)]
pub(super) struct Whole {
    scope: Scope,
    id: String,
    subject: Option<Id<Subject>>,
    term: Option<Id<Term>>,
    part: Part,
}

/// Which number of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Value,
    Numerator,
    Denominator,
}

impl Whole {
    fn of(scope: Scope, id: impl Into<String>) -> Self {
        Self { scope, id: id.into(), subject: None, term: None, part: Part::Value }
    }
}

impl School<'_> {
    /// Returns a figure or a count by its name and the words that say of what.
    pub(super) fn figure(&self, name: &str, of: &[&str]) -> Result<Value, Said> {
        let whole = self.whole(of)?;
        let name = key(name);
        let metric =
            METRICS.iter().find(|(id, names)| key(id) == name || names.iter().any(|one| key(one) == name));
        if let Some((metric, _)) = metric {
            return Ok(self.metric(metric, &whole));
        }
        if whole.subject.is_some() || whole.scope == Scope::Teacher || whole.part != Part::Value {
            return Err(said!(
                "«{name}» считается по школе, уровню, параллели или классу",
                "«{name}» is counted of the school, a level, a parallel or a class"
            ));
        }
        if let Some((_, column, code)) = STANDINGS.iter().find(|(one, ..)| key(one) == name) {
            return Ok(self.standing(column, code, &whole));
        }
        match MOVEMENT.iter().find(|(one, _)| key(one) == name) {
            Some((_, column)) => Ok(self.movement(column, &whole)),
            None => Err(unknown(&name, self.known().iter().map(String::as_str))),
        }
    }

    /// Reads the words that say of what, and of when.
    fn whole(&self, words: &[&str]) -> Result<Whole, Said> {
        let mut whole = Whole::of(Scope::School, "");
        for word in words {
            let wanted = key(word);
            let bare = wanted.trim_end_matches(" классы").trim_end_matches(" класс");
            let level = LEVELS.iter().find(|level| key(level) == bare);
            let class = self.journal.classes.values().find(|class| key(&class.key) == wanted);
            let grade = bare.parse::<u8>().ok().filter(|grade| (1..=11).contains(grade));
            let subject = self.journal.subjects.iter().find(|(_, subject)| {
                [&subject.title, &subject.short, &subject.key].iter().any(|name| key(name) == wanted)
            });
            let staff = self
                .journal
                .staff
                .values()
                .find(|staff| key(&staff.name) == wanted || key(&staff.key) == wanted);
            let term = self.term_of(word);
            let mut narrow = |scope, id: &str| (whole.scope, whole.id) = (scope, id.to_owned());
            match wanted.as_str() {
                "числитель" => whole.part = Part::Numerator,
                "знаменатель" => whole.part = Part::Denominator,
                _ => match (class, level, grade, subject, staff, term) {
                    (Some(class), ..) => narrow(Scope::Class, &class.key),
                    (_, Some(level), ..) => narrow(Scope::Level, level),
                    (_, _, Some(grade), ..) => narrow(Scope::Parallel, &grade.to_string()),
                    (.., Some((subject, _)), _, _) => whole.subject = Some(subject),
                    (.., Some(staff), _) => narrow(Scope::Teacher, &staff.key),
                    (.., Some(term)) => whole.term = Some(term),
                    _ => return Err(self.unknown_whole(word)),
                },
            }
        }
        Ok(whole)
    }

    fn unknown_whole(&self, word: &str) -> Said {
        let journal = self.journal;
        let classes = journal.classes.values().map(|class| class.key.as_str());
        let subjects = journal.subjects.values().map(|subject| subject.title.as_str());
        let terms = journal.terms.values().map(|term| term.title.as_str());
        let staff = journal.staff.values().map(|staff| staff.name.as_str());
        let words = ["числитель", "знаменатель"].into_iter();
        unknown(word, classes.chain(subjects).chain(terms).chain(staff).chain(words).chain(LEVELS))
    }

    fn terms_for(&self, whole: &Whole) -> Vec<Id<Term>> {
        whole.term.map_or_else(|| self.terms.clone(), |term| vec![term])
    }

    fn metric(&self, metric: &str, whole: &Whole) -> Value {
        let is_it = |figure: &&Figure| {
            figure.metric == metric
                && figure.scope == whole.scope
                && figure.scope_id == whole.id.as_str()
                && figure.subject == whole.subject
        };
        let figures: Vec<&Figure> = self.figures.iter().filter(is_it).collect();
        let terms = self.terms_for(whole);
        let of_term = |term: &Id<Term>| figures.iter().find(|figure| figure.term == *term).copied();
        let parts: Vec<&Figure> = terms.iter().filter_map(of_term).collect();
        let Some(pooled) = Pooled::of(&parts) else { return Value::Nothing };
        let counted = |number: Option<f64>| number.map_or(Value::Nothing, |number| Value::Number(number, 0));
        match whole.part {
            Part::Numerator => counted(pooled.numerator),
            Part::Denominator => counted(pooled.denominator),
            Part::Value => {
                let unit = crate::stats::METRICS.iter().find(|one| one.id == metric).map(|one| one.unit);
                match (pooled.value, unit) {
                    (None, _) => Value::Nothing,
                    (Some(value), Some(Unit::Percent)) => Value::Percent(value),
                    (Some(value), Some(Unit::Mark)) => Value::Number(value, 2),
                    (Some(value), Some(Unit::Hours)) => Value::Number(value, 1),
                    (Some(value), _) => Value::Number(value, 0),
                }
            }
        }
    }

    /// Counts pupils of a whole by a code of their standings.
    fn standing(&self, column: &str, code: &str, whole: &Whole) -> Value {
        let Some(table) = self.table("standings").filter(|table| table.absent.is_empty()) else {
            return Value::Nothing;
        };
        let at = |id: &str| table.table.columns.iter().position(|(known, _)| *known == id);
        let (Some(term), Some(class), Some(column)) = (at("term_id"), at("class_id"), at(column)) else {
            return Value::Nothing;
        };
        let terms = self.keys_of(&self.terms_for(whole));
        let is_meant = |row: &&Vec<Cell>| {
            terms.iter().any(|one| one == text(&row[term])) && self.is_in(text(&row[class]), whole)
        };
        let rows: Vec<&Vec<Cell>> = table.rows.iter().filter(is_meant).collect();
        if rows.is_empty() {
            return Value::Nothing;
        }
        let count = rows.iter().filter(|row| text(&row[column]) == code).count();
        Value::Number(count as f64, 0)
    }

    fn is_in(&self, class: &str, whole: &Whole) -> bool {
        let grade =
            || self.journal.classes.values().find(|one| one.key.as_str() == class).map(|one| one.grade);
        match whole.scope {
            Scope::School => true,
            Scope::Class => whole.id == class,
            Scope::Parallel => grade().is_some_and(|grade| grade.to_string() == whole.id),
            Scope::Level => grade().is_some_and(|grade| level_of(grade) == whole.id),
            _ => false,
        }
    }

    fn movement(&self, column: &str, whole: &Whole) -> Value {
        let Some(table) = self.table("movement").filter(|table| table.absent.is_empty()) else {
            return Value::Nothing;
        };
        let at = |id: &str| table.table.columns.iter().position(|(known, _)| *known == id);
        let (Some(term), Some(scope), Some(id), Some(column)) =
            (at("term_id"), at("scope"), at("scope_id"), at(column))
        else {
            return Value::Nothing;
        };
        let terms = self.keys_of(&self.terms_for(whole));
        let of_term = |wanted: &String| {
            table.rows.iter().find(|row| {
                text(&row[term]) == wanted
                    && text(&row[scope]) == whole.scope.code()
                    && text(&row[id]) == whole.id
            })
        };
        // Terms of different grades are parts of the school: its pupils are those of all of them.
        let is_all = whole.scope == Scope::School;
        let counts = terms.iter().filter_map(of_term).filter_map(|row| match row[column] {
            Cell::Whole(count) => Some(count),
            _ => None,
        });
        let counts: Vec<i64> = counts.collect();
        let sum = if is_all { counts.iter().sum() } else { counts.first().copied().unwrap_or(0) };
        if counts.is_empty() { Value::Nothing } else { Value::Number(sum as f64, 0) }
    }
}

/// A figure over terms of different grades: a quarter of some, a half-year of others.
struct Pooled {
    value: Option<f64>,
    numerator: Option<f64>,
    denominator: Option<f64>,
}

impl Pooled {
    fn of(parts: &[&Figure]) -> Option<Self> {
        let (first, others) = parts.split_first()?;
        if others.is_empty() {
            let Figure { value, numerator, denominator, .. } = first;
            return Some(Self { value: *value, numerator: *numerator, denominator: *denominator });
        }
        let sum = |of: fn(&Figure) -> Option<f64>| {
            let numbers: Vec<f64> = parts.iter().filter_map(|part| of(part)).collect();
            (!numbers.is_empty()).then(|| numbers.iter().sum::<f64>())
        };
        let (numerator, denominator) = (sum(|part| part.numerator), sum(|part| part.denominator));
        let factor = parts.iter().find_map(|part| {
            let (value, over, under) = (part.value?, part.numerator?, part.denominator?);
            (over != 0.0).then(|| value * under / over)
        });
        let value = match (numerator, denominator) {
            (Some(over), Some(under)) if under > 0.0 => Some(factor.unwrap_or(1.0) * over / under),
            (None, None) => sum(|part| part.value),
            _ => None,
        };
        Some(Self { value, numerator, denominator })
    }
}

fn level_of(grade: u8) -> &'static str {
    match grade {
        ..=4 => LEVELS[0],
        5..=9 => LEVELS[1],
        _ => LEVELS[2],
    }
}

/// Returns the lists of wholes, each with its figures.
pub(super) fn lists(school: &School<'_>) -> BTreeMap<String, List> {
    let journal = school.journal;
    let name = |name: &str| vec![name.to_owned()];
    let classes = journal.classes.values().map(|class| {
        let teacher = class.teacher.and_then(|id| journal.staff.get(id)).map(|staff| staff.name.to_string());
        let head = vec![
            Value::Text(class.key.to_string()),
            teacher.map_or(Value::Nothing, Value::Text),
            Value::Number(f64::from(class.grade), 0),
        ];
        (head, Whole::of(Scope::Class, class.key.as_str()))
    });
    let grades: std::collections::BTreeSet<u8> = journal.classes.values().map(|class| class.grade).collect();
    let parallels = grades.iter().map(|grade| {
        (vec![Value::Number(f64::from(*grade), 0)], Whole::of(Scope::Parallel, grade.to_string()))
    });
    let levels = LEVELS.iter().filter(|level| grades.iter().any(|grade| level_of(*grade) == **level));
    let levels =
        levels.map(|level| (vec![Value::Text((*level).to_owned())], Whole::of(Scope::Level, *level)));
    let subjects = journal.subjects.iter().map(|(id, subject)| {
        let whole = Whole { subject: Some(id), ..Whole::of(Scope::School, "") };
        (vec![Value::Text(subject.title.to_string())], whole)
    });
    let teachers = journal.staff.values().map(|staff| {
        (vec![Value::Text(staff.name.to_string())], Whole::of(Scope::Teacher, staff.key.as_str()))
    });
    let heads = vec![name("класс"), name("классный руководитель"), name("год обучения")];
    BTreeMap::from([
        ("классы".to_owned(), of_wholes(school, heads, classes, true)),
        ("параллели".to_owned(), of_wholes(school, vec![name("параллель")], parallels, true)),
        ("уровни".to_owned(), of_wholes(school, vec![name("уровень")], levels, true)),
        ("предметы".to_owned(), of_wholes(school, vec![name("предмет")], subjects, false)),
        ("учителя".to_owned(), of_wholes(school, vec![name("учитель")], teachers, false)),
    ])
}

/// Returns a list of wholes; one without any figure has no row.
fn of_wholes(
    school: &School<'_>,
    heads: Vec<Vec<String>>,
    wholes: impl Iterator<Item = (Vec<Value>, Whole)>,
    has_counts: bool,
) -> List {
    let mut list = List { fields: heads, rows: Vec::new() };
    list.fields.extend(figure_fields(has_counts));
    for (head, whole) in wholes {
        let mut values: Vec<Value> =
            METRICS.iter().map(|(metric, _)| school.metric(metric, &whole)).collect();
        if has_counts {
            values.extend(STANDINGS.iter().map(|(_, column, code)| school.standing(column, code, &whole)));
            values.extend(MOVEMENT.iter().map(|(_, column)| school.movement(column, &whole)));
        }
        if values.iter().any(|value| *value != Value::Nothing) {
            list.rows.push([head, values].concat());
        }
    }
    list
}
