//! The legend of a report: which letter means which absence, in the words of the server that made it.
//!
//! Each server has its own letters, so they are never guessed. The legend of the block decides, then that of
//! its sheet, then, if the sheet has none, that of the bundle's other reports. A row of `aliases` overrides
//! them all.

use std::collections::{BTreeMap, BTreeSet};

use super::lines::{Line, fold};
use crate::ingest::parse::look_alike;
use crate::model::AbsenceReason;

/// The largest number of letters in a code.
const LONGEST_CODE: usize = 4;
/// The smallest number of letters in an explanation.
const SHORTEST_WORDS: usize = 4;

/// What a letter of a report says about a lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Meaning {
    /// Absent, or absent at the beginning.
    Absent(AbsenceReason),
    /// Not an absence: released, or present.
    Present,
    /// The words name no known reason.
    Unclear,
}

/// One letter with its explanation, as printed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Explained {
    pub(super) code: String,
    pub(super) words: String,
    pub(super) row: u32,
}

/// The known meanings of some letters: a letter with several explanations has no meaning.
#[derive(Clone, Debug, Default)]
pub(super) struct Legend(BTreeMap<String, BTreeSet<(Meaning, String)>>);

impl Legend {
    pub(super) fn of<'a>(explained: impl Iterator<Item = &'a Explained>) -> Self {
        let mut legend = Self::default();
        explained.for_each(|entry| legend.add(entry));
        legend
    }

    fn add(&mut self, Explained { code, words, .. }: &Explained) {
        self.0.entry(code.clone()).or_default().insert((meaning(words), fold(words)));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn codes(&self) -> impl Iterator<Item = &String> {
        self.0.keys()
    }

    /// Returns what a letter means and in which words; `None` for two meanings.
    pub(super) fn get(&self, code: &str) -> Option<(Meaning, String)> {
        let all = self.0.get(code)?;
        let (first, words) = all.first()?;
        if all.iter().all(|(meaning, _)| meaning == first) && (*first != Meaning::Unclear || all.len() == 1) {
            return Some((*first, words.clone()));
        }
        let words: Vec<&str> = all.iter().map(|(_, words)| words.as_str()).collect();
        Some((Meaning::Unclear, words.join(" / ")))
    }
}

/// Folds a letter: upper case, and Cyrillic for Latin look-alikes in hand-typed cells.
pub(super) fn code(text: &str) -> String {
    // «Y» is not a letter of a class, so the common table does not have it.
    let fold = |letter| if letter == 'Y' { 'У' } else { look_alike(letter) };
    text.trim().chars().flat_map(char::to_uppercase).map(fold).collect()
}

/// Reads the words of a legend: «Пропуск по неуважительной причине».
pub(super) fn meaning(words: &str) -> Meaning {
    let words = fold(words);
    let has = |parts: &[&str]| parts.iter().any(|part| words.contains(part));
    let absent = Meaning::Absent;
    if has(&["опозд", "опазд"]) {
        absent(AbsenceReason::Late)
    } else if has(&["освобожд"]) || words.starts_with("присутств") {
        Meaning::Present
    } else if has(&["неуваж", "не уваж", "без уваж", "прогул", "без причин"])
    {
        absent(AbsenceReason::Unexcused)
    } else if has(&["болезн", "болел", "болен", "больн"]) && !has(&["кроме бол", "не по бол", "не связан"])
    {
        absent(AbsenceReason::Ill)
    } else if has(&["уваж"]) {
        absent(AbsenceReason::Excused)
    } else if is_plain_absence(&words)
        || (has(&["неизвест", "не указ", "не выясн"]) && has(&["отсутств", "пропус"]))
    {
        absent(AbsenceReason::Unknown)
    } else {
        Meaning::Unclear
    }
}

/// «Отсутствовал», «не был(а) на уроке» name no reason. «Отсутствовал: соревнования» names an unknown one.
fn is_plain_absence(words: &str) -> bool {
    const ABSENCE: [&str; 9] =
        ["отсутств", "неявка", "неявился", "явил", "пропуск", "пропустил", "был", "пропущен", "неизвестн"];
    const BESIDE: [&str; 13] = [
        "не",
        "на",
        "уроке",
        "урока",
        "уроков",
        "занятии",
        "занятия",
        "занятий",
        "в",
        "школе",
        "ученик",
        "учащийся",
        "причина",
    ];
    let parts: Vec<&str> = words
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| word.chars().count() > 1 || *word == "в")
        .collect();
    let is_absence = |word: &&str| ABSENCE.iter().any(|stem| word.starts_with(stem));
    parts.iter().any(is_absence)
        && parts.iter().all(|word| is_absence(word) || BESIDE.contains(word) || *word == "ла")
}

/// Returns whether words certainly belong to a legend.
pub(super) fn is_known(words: &str) -> bool {
    meaning(words) != Meaning::Unclear
}

fn is_code(text: &str) -> bool {
    let text = text.trim();
    let mut letters = text.chars();
    letters.clone().next().is_some_and(char::is_alphabetic)
        && letters.all(|c| c.is_alphabetic() || matches!(c, '/' | '.'))
        && text.chars().count() <= LONGEST_CODE
}

fn are_words(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters >= SHORTEST_WORDS && !text.chars().any(|c| c.is_ascii_digit() || c == ':')
}

/// Reads the explanations of a line: a letter and its words in two cells, or `Н = Неуважительная` in one,
/// possibly several. Unknown words count only if nothing else is in the line.
pub(super) fn explained(line: &Line) -> Vec<Explained> {
    let pieces: Vec<&str> = line.filled().map(|(_, cell)| cell).collect();
    let mut found = in_cells(&pieces);
    if found.is_none() {
        let of_pieces: Vec<_> = pieces.iter().map(|piece| in_text(piece)).collect();
        found = of_pieces.iter().all(|found| !found.is_empty()).then(|| of_pieces.concat());
    }
    let entry = |(code, words): (&str, &str)| Explained {
        code: self::code(code),
        words: words.split_whitespace().collect::<Vec<_>>().join(" "),
        row: line.row,
    };
    found.unwrap_or_default().into_iter().map(entry).collect()
}

/// Reads pairs of cells, the letter first or last, with a dash in a cell of its own or before the words.
fn in_cells<'a>(pieces: &[&'a str]) -> Option<Vec<(&'a str, &'a str)>> {
    let is_dash = |piece: &str| matches!(piece.trim(), "-" | "—" | "–" | "=" | ":");
    let pieces: Vec<&str> = pieces.iter().copied().filter(|piece| !is_dash(piece)).collect();
    let dashes: &[char] = &['-', '—', '–', '=', ' '];
    let pair = |pair: &[&'a str]| {
        let (first, last) = (pair[0], *pair.get(1)?);
        let words = last.trim_start_matches(dashes);
        if is_code(first) && are_words(words) {
            return Some((first, words));
        }
        (is_code(last) && is_known(first)).then_some((last, first))
    };
    let pairs: Option<Vec<_>> = pieces.chunks(2).map(pair).collect();
    pairs.filter(|pairs| !pairs.is_empty())
}

/// Reads `Н = Неуважительная; О — Опоздание`, after a heading or not.
fn in_text(text: &str) -> Vec<(&str, &str)> {
    let mut found: Vec<(&str, &str)> = Vec::new();
    let marks = codes_in(text);
    for (number, (start, end, words)) in marks.iter().enumerate() {
        let until = marks.get(number + 1).map_or(text.len(), |(next, ..)| *next);
        let words = text[*words..until].trim().trim_end_matches([',', ';', '.', '(', '|']).trim();
        if are_words(words) {
            found.push((&text[*start..*end], words));
        }
    }
    found
}

/// Returns where codes begin and end, and where the words after their dash begin.
fn codes_in(text: &str) -> Vec<(usize, usize, usize)> {
    let mut found = Vec::new();
    let mut is_free = true;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let length: usize =
            rest.chars().take_while(|c| c.is_alphabetic() || *c == '/').map(char::len_utf8).sum();
        if length == 0 {
            let next = rest.chars().next().map_or(1, char::len_utf8);
            is_free = !rest.starts_with(['-', '‑']);
            at += next;
            continue;
        }
        if is_free
            && is_code(&rest[..length])
            && let Some(dash) = dash(&rest[length..])
        {
            found.push((at, at + length, at + length + dash));
        }
        is_free = false;
        at += length;
    }
    found
}

/// Returns the length of the dash with its blanks; a hyphen without them is a part of a word.
fn dash(rest: &str) -> Option<usize> {
    let bare = rest.trim_start();
    let sign = bare.chars().next().filter(|c| matches!(c, '-' | '—' | '–' | '='))?;
    let after = &bare[sign.len_utf8()..];
    let has_blanks = bare.len() < rest.len() || after.starts_with(char::is_whitespace);
    (sign != '-' || has_blanks).then_some(rest.len() - after.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cells: &[&str]) -> Vec<(String, String)> {
        explained(&Line::of_texts(cells)).into_iter().map(|entry| (entry.code, entry.words)).collect()
    }

    #[test]
    fn every_form_of_a_legend_is_read() {
        let pair = |code: &str, words: &str| (code.to_owned(), words.to_owned());
        let both = [pair("Н", "Неуважительная"), pair("ОП", "Опоздал")];
        assert_eq!(read(&["Н", "Неуважительная"]), both[..1]);
        assert_eq!(read(&["", "Н", "", "Неуважительная", "ОП", "—", "Опоздал"]), both);
        assert_eq!(read(&["Неуважительная", "Н"]), both[..1]);
        assert_eq!(read(&["Н = Неуважительная"]), both[..1]);
        assert_eq!(read(&["н — Неуважительная", "ОП - Опоздал"]), both);
        assert_eq!(read(&["Обозначения: Н – Неуважительная, ОП – Опоздал;"]), both);
        assert_eq!(read(&["Н-Неуважительная"]), []);
        assert_eq!(read(&["К", "Карантин"]), [pair("К", "Карантин")]);
        assert_eq!(read(&["УП — по не-уважительной"]), [pair("УП", "по не-уважительной")]);
    }

    #[test]
    fn rows_of_a_table_are_no_legend() {
        for cells in [
            &["Алгебра", "5", "4"][..],
            &["Н", "5"],
            &["ИЗО", "Н"],
            &["Н", "", "4,5", "5"],
            &["Разговоры о важном"],
            &["Подпись родителей:"],
        ] {
            assert_eq!(read(cells), [], "{cells:?}");
        }
    }

    #[test]
    fn the_words_decide_what_a_letter_means() {
        use AbsenceReason::{Excused, Ill, Late, Unexcused, Unknown};
        let absent = Meaning::Absent;
        for (words, expected) in [
            ("Неуважительная", absent(Unexcused)),
            ("Пропуск по неуважительной причине", absent(Unexcused)),
            ("Пропуск без уважительной причины", absent(Unexcused)),
            ("Прогул", absent(Unexcused)),
            ("Уважительная", absent(Excused)),
            ("Пропуск по уважительной причине", absent(Excused)),
            ("По уважительной, кроме болезни", absent(Excused)),
            ("Болезнь", absent(Ill)),
            ("Пропустил по болезни", absent(Ill)),
            ("Отсутствовал по болезни", absent(Ill)),
            ("Опоздание", absent(Late)),
            ("Опоздал(а) на урок", absent(Late)),
            ("Отсутствовал", absent(Unknown)),
            ("Отсутствовал(а) на уроке", absent(Unknown)),
            ("Не был на уроке", absent(Unknown)),
            ("Пропуск по неизвестной причине", absent(Unknown)),
            ("Освобожден от посещения", Meaning::Present),
            ("Присутствовал", Meaning::Present),
            ("Карантин", Meaning::Unclear),
            ("Отсутствовал, соревнования", Meaning::Unclear),
            ("Дистанционно", Meaning::Unclear),
        ] {
            assert_eq!(meaning(words), expected, "{words}");
        }
    }

    #[test]
    fn two_meanings_of_a_letter_are_none() {
        let entry = |words: &str| Explained { code: "Н".to_owned(), words: words.to_owned(), row: 1 };
        let legend = Legend::of([entry("Неуважительная"), entry("неуважительная причина")].iter());
        assert_eq!(
            legend.get("Н").map(|(meaning, _)| meaning),
            Some(Meaning::Absent(AbsenceReason::Unexcused))
        );
        let legend = Legend::of([entry("Неуважительная"), entry("Не был")].iter());
        assert_eq!(legend.get("Н").map(|(meaning, _)| meaning), Some(Meaning::Unclear));
    }
}
