//! Archive packages as text: the tree of each, what it says of itself, and its inventory.

// The outputs of a build are read back.
#![allow(clippy::disallowed_methods)]

use std::path::Path;

use super::build::masked;

/// Returns every package of a folder.
pub(super) fn text(archive: &Path) -> String {
    let mut items: Vec<_> =
        archive.read_dir().expect("the folder is there").map(|item| item.expect("an item").path()).collect();
    items.sort();
    let names: String = items.iter().map(|item| format!("{}\n", name(item))).collect();
    let bags: String = items.iter().filter(|item| item.is_dir()).map(|bag| package(bag)).collect();
    format!("──── archive ────\n\n{names}{bags}")
}

fn name(path: &Path) -> String {
    let name = path.file_name().expect("it has a name").to_string_lossy();
    if path.is_dir() { format!("{name}/") } else { name.into_owned() }
}

fn package(bag: &Path) -> String {
    let read = |name: &str| std::fs::read_to_string(bag.join(name)).expect("a text of the package");
    let part = |title: &str, text: &str| format!("\n──── {}: {title} ────\n\n{text}", name(bag));
    [
        part("файлы", &tree(bag)),
        part("ЧИТАЙ-МЕНЯ.txt", &read("ЧИТАЙ-МЕНЯ.txt")),
        part("bag-info.txt", &masked(&sizeless(&read("bag-info.txt")))),
        part("опись", &table(&read("data/опись.csv"), &["№", "файл", "страниц"])),
        part(
            "события",
            &masked(&table(
                &read("data/события.csv"),
                &["№", "eventDate", "eventDetail", "eventOutcome", "agent"],
            )),
        ),
    ]
    .concat()
}

/// Lists what a folder holds, each folder's content further in.
fn tree(bag: &Path) -> String {
    let items = walkdir::WalkDir::new(bag).min_depth(1).sort_by_file_name();
    let line = |item: walkdir::DirEntry| format!("{}{}\n", "  ".repeat(item.depth() - 1), name(item.path()));
    items.into_iter().map(|item| line(item.expect("it can be listed"))).collect()
}

/// Leaves the number of bytes out: it changes with every letter.
fn sizeless(info: &str) -> String {
    let line = |line: &str| match line.strip_prefix("Payload-Oxum: ").and_then(|sum| sum.split_once('.')) {
        Some((_, files)) => format!("Payload-Oxum: ….{files}\n"),
        None => format!("{line}\n"),
    };
    info.lines().map(line).collect()
}

/// Writes some columns of a table, each as broad as its longest cell.
fn table(csv: &str, columns: &[&str]) -> String {
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().expect("a table has a header").clone();
    let at: Vec<usize> = columns
        .iter()
        .map(|column| header.iter().position(|title| title == *column).expect("the column is there"))
        .collect();
    let records = reader.records().map(|record| record.expect("the table is whole"));
    let rows: Vec<csv::StringRecord> = std::iter::once(header).chain(records).collect();
    let width = |at: usize| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or(0);
    let cell = |row: &csv::StringRecord, at: usize| format!("{:<width$}", &row[at], width = width(at));
    let line = |row| at.iter().map(|at| cell(row, *at)).collect::<Vec<_>>().join("  ");
    rows.iter().map(|row| format!("{}\n", line(row).trim_end())).collect()
}
