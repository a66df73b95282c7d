//! One text in both languages, and the values that stand in it.

use std::fmt;

use serde::Serializer;
use serde::ser::SerializeMap;

/// The language of messages on the terminal; documents are always Russian.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// Russian.
    Ru,
    /// English.
    En,
}

/// One text in both languages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Said<T = String> {
    /// Russian.
    pub ru: T,
    /// English.
    pub en: T,
}

impl<T> Said<T> {
    /// Combines two wordings unchanged: for tables of constants.
    pub const fn fixed(ru: T, en: T) -> Self {
        Self { ru, en }
    }

    /// Returns one of the wordings. Only `commands` choose; all other code passes both on.
    pub fn pick(self, lang: Lang) -> T {
        match lang {
            Lang::Ru => self.ru,
            Lang::En => self.en,
        }
    }

    /// Does the same to both wordings.
    pub fn map<U>(self, mut change: impl FnMut(T) -> U) -> Said<U> {
        Said { ru: change(self.ru), en: change(self.en) }
    }

    /// Lends both wordings.
    pub fn as_ref(&self) -> Said<&T> {
        Said { ru: &self.ru, en: &self.en }
    }
}

impl Said {
    /// Puts two wordings together.
    pub fn new(ru: impl Into<String>, en: impl Into<String>) -> Self {
        Self { ru: ru.into(), en: en.into() }
    }

    /// Makes a text that is the same in both languages: a path, a name, a number.
    pub fn same(text: impl fmt::Display) -> Self {
        let text = text.to_string();
        Self { ru: text.clone(), en: text }
    }

    /// Returns whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.ru.is_empty() && self.en.is_empty()
    }

    /// Joins several texts with the same separator.
    pub fn join(parts: impl IntoIterator<Item = Self>, between: &str) -> Self {
        let mut joined: Option<Self> = None;
        for part in parts {
            joined = Some(match joined {
                None => part,
                Some(before) => Self::new(before.ru + between + &part.ru, before.en + between + &part.en),
            });
        }
        joined.unwrap_or_default()
    }
}

impl Said<&str> {
    /// Serialises both wordings as two fields of the containing value: `message` and `message_en`.
    ///
    /// # Errors
    /// Those of the serialiser.
    pub fn fields<S: Serializer>(self, names: [&str; 2], serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry(names[0], self.ru)?;
        map.serialize_entry(names[1], self.en)?;
        map.end()
    }
}

impl Said<&'static str> {
    /// Returns the same with texts of its own.
    pub fn owned(self) -> Said {
        self.map(str::to_owned)
    }
}

impl From<Said<&'static str>> for Said {
    fn from(fixed: Said<&'static str>) -> Self {
        fixed.owned()
    }
}

/// A value in a message: everything displayable is the same in both languages, except a [`Said`].
pub trait Speak {
    /// Writes it in one language.
    ///
    /// # Errors
    /// The errors of the writer.
    fn speak(&self, lang: Lang, out: &mut fmt::Formatter<'_>) -> fmt::Result;
}

impl<T: fmt::Display + ?Sized> Speak for T {
    fn speak(&self, _: Lang, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fmt(out)
    }
}

impl<T: fmt::Display> Speak for Said<T> {
    fn speak(&self, lang: Lang, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_ref().pick(lang).fmt(out)
    }
}

impl<T: fmt::Display> Speak for &Said<T> {
    fn speak(&self, lang: Lang, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).speak(lang, out)
    }
}

/// A value in the language of its template; only `said!` makes it.
pub struct In<'a, T: ?Sized>(pub Lang, pub &'a T);

impl<T: Speak + ?Sized> fmt::Display for In<'_, T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.1.speak(self.0, out)
    }
}
