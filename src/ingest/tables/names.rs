//! Finds the table of a file or sheet by its name.

use crate::base::nearest::nearest;
use crate::base::problems::ProblemSeverity;
use crate::base::said::{Said, said};
use crate::base::source::Origin;
use crate::ingest::parse;
use crate::ingest::problems::{Problems, Spot};
use crate::model::Table;
use crate::model::schema::{TABLES, TableSchema};

/// Returns the table by the sheet's name; or by the file's, if there is no sheet or no other sheet has rows.
pub(super) fn table_of(origin: &Origin, is_only: bool) -> Option<Table> {
    let by_sheet = if origin.sheet.is_empty() { None } else { named(&origin.sheet) };
    by_sheet.or_else(|| if is_only || origin.sheet.is_empty() { by_path(&origin.file) } else { None })
}

/// Tells whether a file is named after a table.
pub(crate) fn is_named_as_table(path: &str) -> bool {
    by_name(path.rsplit('/').next().unwrap_or(path)).is_some() && !is_litter(path)
}

/// Files that programs leave beside a file in use, and files that people put aside.
fn is_litter(path: &str) -> bool {
    const ENDINGS: [&str; 9] = ["bak", "tmp", "old", "orig", "lnk", "part", "crdownload", "download", "swp"];
    let ending = path.rsplit('.').next().unwrap_or_default().to_lowercase();
    ENDINGS.contains(&ending.as_str()) || path.ends_with(['~', '#'])
}

/// `marks.2.csv` and `marks/5А.csv` are both `marks`.
fn by_path(path: &str) -> Option<Table> {
    let mut parts = path.rsplit('/');
    let name = parts.next().unwrap_or_default();
    by_name(name).or_else(|| parts.next().and_then(named))
}

fn by_name(name: &str) -> Option<Table> {
    let stem = name.split('.').next().unwrap_or_default();
    named(stem).or_else(|| named(without_copy(stem)))
}

/// Returns a name without the additions of browsers and Explorer for a second file: `marks (1)`, `marks —
/// копия`.
fn without_copy(stem: &str) -> &str {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut rest = stem.trim();
    if let Some((before, number)) = rest.strip_suffix(')').and_then(|rest| rest.rsplit_once('('))
        && is_number(number)
    {
        rest = before.trim_end();
    }
    for word in ["копия", "Копия", "copy", "Copy"] {
        if let Some(before) =
            rest.strip_suffix(word).filter(|before| before.ends_with([' ', '-', '_', '—', '–']))
        {
            rest = before.trim_end_matches([' ', '-', '_', '—', '–']);
        }
        if let Some(after) = rest.strip_prefix(word).filter(|after| after.starts_with([' ', '_'])) {
            rest = after.trim_start_matches([' ', '_']);
        }
    }
    rest
}

fn named(name: &str) -> Option<Table> {
    let name = parse::header(name);
    Table::parse(&name).or_else(|| {
        TABLES.iter().find(|schema| parse::header(schema.title) == name).map(|schema| schema.table)
    })
}

/// Returns the table whose name or title is most similar to a sheet's or file's name.
fn similar_table(origin: &Origin) -> Option<&'static TableSchema> {
    let name = if origin.sheet.is_empty() {
        origin.file.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or("")
    } else {
        &origin.sheet
    };
    let name = parse::header(name);
    let titles: Vec<String> = TABLES.iter().map(|schema| parse::header(schema.title)).collect();
    let known = titles.iter().map(String::as_str).chain(TABLES.iter().map(|schema| schema.table.id()));
    let near = nearest(&name, known)?;
    let is_it = |(schema, title): &(&TableSchema, &String)| schema.table.id() == near || *title == near;
    TABLES.iter().zip(&titles).find(is_it).map(|(schema, _)| schema)
}

/// Reports that a name is not that of a table. It is an error if a table is missing because of it: `like` has
/// the sheet's headers, or its file is named after a table.
pub(super) fn unknown_sheet(
    origin: &Origin,
    like: Option<&'static TableSchema>,
    is_missed: bool,
    problems: &mut Problems,
) {
    let message = said!(
        "имя не совпадает ни с одной таблицей формата обмена: не прочитано",
        "the name is that of no table of the exchange format: not read"
    );
    let hint = match like.or_else(|| similar_table(origin)) {
        Some(schema) => Said::new(
            format!("возможно, это «{}» ({}): исправьте имя", schema.title, schema.table.id()),
            format!("perhaps it is {}: mend the name", schema.table.id()),
        ),
        None => said!(
            "назовите файл или лист по таблице, например marks",
            "name the file or sheet after its table, such as marks"
        ),
    };
    let severity = match (is_missed, like) {
        (true, _) => ProblemSeverity::Error,
        (false, Some(_)) => ProblemSeverity::Warning,
        (false, None) => ProblemSeverity::Notice,
    };
    problems.add("J105", severity, (origin, Spot::default()), message, hint);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(file: &str, sheet: &str, is_only: bool) -> Option<Table> {
        table_of(&Origin { file: file.to_owned(), sheet: sheet.to_owned() }, is_only)
    }

    #[test]
    fn copies_and_files_in_folders_are_the_table() {
        for name in [
            "marks.csv",
            "marks (1).csv",
            "marks(2).csv",
            "marks — копия.csv",
            "marks - Copy (3).csv",
            "Копия marks.csv",
            "marks_copy.csv",
            "marks.2.csv",
            "marks/5А.csv",
            "Отметки (1).csv",
        ] {
            assert_eq!(of(name, "", true), Some(Table::Marks), "{name}");
        }
        for name in ["marks-old.csv", "5А.csv", "bookmarks.csv"] {
            assert_eq!(of(name, "", true), None, "{name}");
        }
    }

    #[test]
    fn a_lone_sheet_goes_by_the_name_of_its_file() {
        assert_eq!(of("pupils.xlsx", "Лист1", true), Some(Table::Pupils));
        assert_eq!(of("pupils.xlsx", "marks", true), Some(Table::Marks));
        assert_eq!(of("pupils.xlsx", "Лист1", false), None);
        assert_eq!(of("год.xlsx", "Ученики", false), Some(Table::Pupils));
    }

    #[test]
    fn litter_is_missed_by_nobody() {
        assert!(is_named_as_table("marks.pdf") && is_named_as_table("a/marks (1).zip"));
        for name in ["marks.csv.bak", "marks.tmp", "marks.csv~", "приказ.pdf"] {
            assert!(!is_named_as_table(name), "{name}");
        }
    }
}
