//! Walks nested arrays and objects and finds fields from a record: a field that the record lacks may be in
//! the records around it.

use serde_json::Value as Json;

/// A path into nested data, such as `days/*day/lessons/*`: names, numbers, and `*` for every item (with a name to refer to it).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Path(pub(super) Vec<Step>);

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The field of that name, or the item of that number.
    Name(String),
    /// Every item; the name, if not empty, refers to its number or key later.
    Every(String),
    /// The number or key of the item that a walk has reached: `#name`.
    At(String),
}

impl Path {
    /// Splits a path; empty parts are skipped.
    pub(super) fn parse(text: &str) -> Self {
        let parts = text.split('/').map(str::trim).filter(|part| !part.is_empty());
        Self(parts.map(Step::parse).collect())
    }
}

impl Step {
    fn parse(part: &str) -> Self {
        match part.strip_prefix('*') {
            Some(name) => Self::Every(name.to_owned()),
            None => match part.strip_prefix('#') {
                Some(name) => Self::At(name.to_owned()),
                None => Self::Name(part.to_owned()),
            },
        }
    }
}

/// A record and everything around it, outermost first.
#[derive(Clone, Default)]
pub(super) struct Scope<'a> {
    frames: Vec<Frame<'a>>,
    bound: Vec<(&'a str, Key<'a>)>,
}

#[derive(Clone, Copy)]
struct Frame<'a> {
    value: &'a Json,
    key: Option<Key<'a>>,
}

/// How to find an item in its container.
#[derive(Clone, Copy, Debug)]
enum Key<'a> {
    Name(&'a str),
    Index(usize),
}

impl<'a> Scope<'a> {
    /// Starts at the outermost value.
    pub(super) fn of(root: &'a Json) -> Self {
        Self { frames: vec![Frame { value: root, key: None }], bound: Vec::new() }
    }

    /// Returns the innermost value.
    pub(super) fn innermost(&self) -> &'a Json {
        self.frames.last().map_or(&Json::Null, |frame| frame.value)
    }

    /// Returns the JSON pointer of the innermost value (RFC 6901).
    pub(super) fn pointer(&self) -> String {
        let keys = self.frames.iter().filter_map(|frame| frame.key);
        keys.map(|key| match key {
            Key::Name(name) => format!("/{}", name.replace('~', "~0").replace('/', "~1")),
            Key::Index(index) => format!("/{index}"),
        })
        .collect()
    }

    /// Visits every value that a path leads to from the innermost one, each in its own scope, until `visit`
    /// returns false.
    pub(super) fn walk(&mut self, path: &'a [Step], visit: &mut dyn FnMut(&mut Self) -> bool) -> bool {
        let Some((step, rest)) = path.split_first() else { return visit(self) };
        let value = self.innermost();
        match step {
            Step::Every(name) => self.walk_every(value, name, rest, visit),
            Step::Name(_) | Step::At(_) => match self.step_into(value, step) {
                Some((key, inner)) => self.inside(inner, key, |scope| scope.walk(rest, visit)),
                None => true,
            },
        }
    }

    fn walk_every(
        &mut self,
        value: &'a Json,
        name: &'a str,
        rest: &'a [Step],
        visit: &mut dyn FnMut(&mut Self) -> bool,
    ) -> bool {
        let mut at = |key: Key<'a>, item: &'a Json| {
            self.bound.push((name, key));
            let goes_on = self.inside(item, key, |scope| scope.walk(rest, visit));
            self.bound.pop();
            goes_on
        };
        match value {
            Json::Array(items) => items.iter().enumerate().all(|(index, item)| at(Key::Index(index), item)),
            Json::Object(fields) => fields.iter().all(|(name, item)| at(Key::Name(name), item)),
            _ => true,
        }
    }

    /// Works one level deeper and returns.
    fn inside(&mut self, value: &'a Json, key: Key<'a>, work: impl FnOnce(&mut Self) -> bool) -> bool {
        self.frames.push(Frame { value, key: Some(key) });
        let result = work(self);
        self.frames.pop();
        result
    }

    fn step_into(&self, value: &'a Json, step: &Step) -> Option<(Key<'a>, &'a Json)> {
        match (step, value) {
            (Step::Name(name), Json::Object(fields)) => {
                let (name, inner) = fields.get_key_value(name)?;
                Some((Key::Name(name), inner))
            }
            (Step::Name(name), Json::Array(items)) => {
                let index = name.parse().ok()?;
                Some((Key::Index(index), items.get(index)?))
            }
            (Step::At(name), Json::Array(items)) => match self.key_of(name)? {
                Key::Index(index) => Some((Key::Index(index), items.get(index)?)),
                Key::Name(_) => None,
            },
            (Step::At(name), Json::Object(fields)) => match self.key_of(name)? {
                Key::Name(key) => Some((Key::Name(key), fields.get(key)?)),
                Key::Index(_) => None,
            },
            _ => None,
        }
    }

    fn key_of(&self, name: &str) -> Option<Key<'a>> {
        self.bound.iter().rev().find(|(bound, _)| *bound == name).map(|(_, key)| *key)
    }

    /// Returns the number (from 1) or key of the item that the walk of this name has reached.
    pub(super) fn key_text(&self, name: &str) -> Option<String> {
        self.key_of(name).map(|key| match key {
            Key::Name(name) => name.to_owned(),
            Key::Index(index) => (index + 1).to_string(),
        })
    }

    /// Finds a field of the record; a field that the record does not have is searched in the records around
    /// it.
    pub(super) fn find(&self, path: &[Step]) -> Option<&'a Json> {
        let (first, rest) = path.split_first()?;
        if matches!(first, Step::Name(name) if name == ".") {
            return self.follow(self.innermost(), rest);
        }
        for frame in self.frames.iter().rev() {
            // A field that exists but is empty is the record's own value: nothing is taken from around it.
            if let Some((_, value)) = self.step_into(frame.value, first) {
                return self.follow(value, rest);
            }
        }
        None
    }

    fn follow(&self, value: &'a Json, path: &[Step]) -> Option<&'a Json> {
        path.iter().try_fold(value, |value, step| self.step_into(value, step).map(|(_, inner)| inner))
    }
}

/// Returns a value as text; lists are joined, objects and null give nothing.
pub(super) fn text_of(value: &Json) -> String {
    match value {
        Json::Null | Json::Object(_) => String::new(),
        Json::Bool(flag) => if *flag { "1" } else { "0" }.to_owned(),
        // As in the file: ids above 2^53 keep every digit.
        Json::Number(number) => number.to_string(),
        Json::String(text) => text.trim().to_owned(),
        Json::Array(items) => {
            let parts: Vec<String> = items.iter().map(text_of).filter(|part| !part.is_empty()).collect();
            parts.join("; ")
        }
    }
}
