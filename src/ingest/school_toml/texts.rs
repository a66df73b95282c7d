//! Checks that the texts of `school.toml` fit documents, file names and the register: one line each, of
//! suitable length, without invisible characters.

use super::file::{File, OfficialPart, line_of_key, reject};
use crate::base::said::{Said, said};
use crate::base::{limits, shown};
use crate::ingest::lengths;
use crate::ingest::problems::Problems;

/// Refuses unsuitable texts; returns whether all are suitable.
pub(super) fn are_sound(text: &str, file: &File, problems: &mut Problems) -> bool {
    let mut is_sound = true;
    let mut refuse = |(part, key): (&str, &str), message| {
        is_sound = false;
        let shown = if part.is_empty() { key.to_owned() } else { format!("{part}.{key}") };
        reject(problems, line_of_key(text, part, key), &shown, message);
    };
    for (part, key, value) in texts(file) {
        let most =
            if (part, key) == ("year", "title") { limits::YEAR_TITLE_CHARS } else { limits::SETTING_CHARS };
        if let Some(message) = lengths::fault_of_text(value, most).or_else(|| hidden(value)) {
            refuse((part, key), message);
        }
    }
    if let Some(message) = wrong_offset(&file.school.utc_offset) {
        refuse(("school", "utc_offset"), message);
    }
    if let Some(message) = no_folder_name(&file.year.title) {
        refuse(("year", "title"), message);
    }
    let lists = [
        ("officials", "deputies", file.officials.deputies.len()),
        ("sources", "trust", file.sources.trust.len()),
        ("compare", "bundles", file.compare.bundles.len()),
    ];
    for (part, key, count) in lists.into_iter().filter(|(.., count)| *count > limits::SETTING_ITEMS) {
        let most = limits::SETTING_ITEMS;
        let message = said!(
            "строк в списке {count}, читается не больше {most}",
            "the list has {count} items, no more than {most} are read"
        );
        refuse((part, key), message);
    }
    is_sound
}

/// Every text of the file with its section and key.
fn texts(file: &File) -> Vec<(&'static str, &'static str, &str)> {
    let File { school, year, officials, regulation, archive, sources, compare } = file;
    let mut texts: Vec<(&str, &str, &str)> = vec![
        ("school", "name", &school.name),
        ("school", "short", &school.short),
        ("school", "place", &school.place),
        ("school", "municipality", &school.municipality),
        ("school", "region", &school.region),
        ("year", "title", &year.title),
        ("regulation", "title", &regulation.title),
        ("regulation", "order", &regulation.order),
        ("archive", "fond", &archive.fond),
        ("archive", "journal_index", &archive.journal_index),
        ("archive", "sheet_index", &archive.sheet_index),
    ];
    let heads = [("director", &officials.director), ("archivist", &officials.archivist)];
    for (key, one) in heads.into_iter().chain(officials.deputies.iter().map(|one| ("deputies", one))) {
        let OfficialPart { post, name, grades } = one;
        texts.extend([post, name, grades].map(|text| ("officials", key, text.as_str())));
    }
    texts.extend(sources.trust.iter().map(|text| ("sources", "trust", text.as_str())));
    texts.extend(compare.bundles.iter().map(|text| ("compare", "bundles", text.as_str())));
    texts
}

/// Reports an invisible character of a text.
fn hidden(text: &str) -> Option<Said> {
    let sign = text.chars().find(|sign| shown::is_hidden(*sign))?;
    let code = format!("U+{:04X}", u32::from(sign));
    Some(said!(
        "в тексте есть невидимый управляющий знак {code}: удалите его",
        "the text has the control character {code}: delete it"
    ))
}

/// Reports that a year's title cannot be a folder name on Windows, where the outputs may be kept one day.
fn no_folder_name(title: &str) -> Option<Said> {
    let title = title.trim();
    let stem = title.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    let is_numbered = |name: &str| {
        let number = stem.strip_prefix(name).unwrap_or_default();
        number.chars().count() == 1
            && number.contains(|sign: char| sign.is_ascii_digit() || "¹²³".contains(sign))
    };
    let is_device = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].contains(&stem.as_str())
        || is_numbered("COM")
        || is_numbered("LPT");
    (is_device || title.ends_with('.')).then(|| {
        said!(
            "«{title}» не может быть именем папки в Windows: напишите год, например \"2025-2026\"",
            "\"{title}\" cannot be the name of a folder on Windows: write a year, such as \"2025-2026\""
        )
    })
}

/// Reports that an offset from UTC is invalid: the register keeps it permanently.
fn wrong_offset(text: &str) -> Option<Said> {
    let is_offset = |text: &str| {
        let (hours, minutes) = text.strip_prefix(['+', '-'])?.split_once(':')?;
        let number = |text: &str| {
            let is_plain = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse::<i64>().ok().filter(|_| is_plain)
        };
        let (hours, minutes) = (number(hours)?, number(minutes).filter(|minutes| *minutes < 60)?);
        let sign = if text.starts_with('-') { -1 } else { 1 };
        let (first, last) = limits::UTC_HOURS.into_inner();
        let minutes = sign * (hours * 60 + minutes);
        (first * 60..=last * 60).contains(&minutes).then_some(())
    };
    if text.is_empty() || is_offset(text).is_some() {
        return None;
    }
    let shown = shown::start(text, limits::SHOWN_CHARS);
    Some(said!(
        "«{shown}» — не смещение от UTC: нужно, например, \"+04:00\", от \"-12:00\" до \"+14:00\"",
        "\"{shown}\" is no offset from UTC: one such as \"+04:00\" is wanted, \"-12:00\" to \"+14:00\""
    ))
}

#[cfg(test)]
mod tests {
    use super::{no_folder_name, wrong_offset};

    #[test]
    fn titles_that_windows_cannot_have_as_names_are_refused() {
        for bad in ["CON", "con", "Nul.2025", "COM1", "lpt².x", "2025.", "2025-2026. ", "AUX "] {
            assert!(no_folder_name(bad).is_some(), "{bad}");
        }
        for good in ["2025-2026", "2025/2026", "COM10", "Console", "2025.26"] {
            assert!(no_folder_name(good).is_none(), "{good}");
        }
    }

    #[test]
    fn an_offset_is_one_that_some_place_has() {
        for good in ["", "+00:00", "-12:00", "+14:00", "+05:45", "-03:30"] {
            assert!(wrong_offset(good).is_none(), "{good}");
        }
        for bad in
            ["+99:99", "+14:01", "-12:30", "+4:00", "04:00", "+04:60", "UTC", "+٠4:00", "+04:00 ", "+-4:00"]
        {
            assert!(wrong_offset(bad).is_some(), "{bad}");
        }
    }
}
