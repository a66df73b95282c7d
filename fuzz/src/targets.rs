//! The targets. The first byte of an input often chooses a name for the file it becomes.
//!
//! `tests/suite/fuzzed.rs` compiles this file too, and runs every target a few times.

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use letopis::ingest::{self, parse};
use letopis::model::{GradeSet, MarkValue, Table, TermValue};
use letopis::{cms, policy, register, verify};

const SCHOOL: &str =
    "[school]\nname = \"Школа\"\n[year]\ntitle = \"2024-2025\"\nstart = 2024-09-01\nend = 2025-05-31\n";

/// A small year that references of the input may lead to.
const YEAR: &[(&str, &str)] = &[
    ("staff.csv", "staff_id,name\nп1,Лапина Ольга Петровна\n"),
    ("terms.csv", "term_id,kind,title,start,end,grades\n1ч,quarter,1 четверть,2024-09-01,2024-10-27,1-9\n"),
    ("subjects.csv", "subject_id,title,grading\n1,Математика,five\n"),
    ("classes.csv", "class_id,grade,teacher_id\n5А,5,п1\n"),
    ("courses.csv", "course_id,subject_id,class_id,teacher_id,hours_week\nк1,1,5А,п1,2.5\n"),
    ("lessons.csv", "lesson_id,course_id,date,number,status,teacher_id\nл1,к1,2024-09-02,1,held,п1\n"),
];

/// The targets by their names.
pub(crate) const TARGETS: &[(&str, fn(&[u8]))] = &[
    ("cells", cells),
    ("tables", tables),
    ("reports", reports),
    ("workbooks", workbooks),
    ("parquet", parquet),
    ("profiles", profiles),
    ("zips", zips),
    ("settings", settings),
    ("archive", archive),
];

/// A folder in memory where the system has one: every input becomes a bundle in it.
pub(crate) static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let memory = Path::new("/dev/shm");
    let base = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    base.join(format!("letopis-fuzz-{}", std::process::id()))
});

fn bundle(files: &[(&str, &[u8])]) -> PathBuf {
    let _ = std::fs::remove_dir_all(&*FOLDER);
    for (name, content) in files {
        let path = FOLDER.join(name);
        std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder is made");
        std::fs::write(path, content).expect("a file is written");
    }
    FOLDER.clone()
}

/// Reads a bundle; whatever is wrong is said with all its words.
fn read(files: &[(&str, &[u8])]) {
    let bundle = ingest::read_bundle(&bundle(files));
    let reading = ingest::read_journal(&bundle);
    let (_, more) = ingest::read_selection(&bundle);
    for problem in reading.problems.iter().chain(&more) {
        for said in [&problem.message, &problem.hint] {
            assert!(!said.ru.is_empty() && !said.en.is_empty(), "{problem:#?}");
        }
    }
}

fn read_in_year(name: &str, content: &[u8], with_year: bool) {
    let mut files: Vec<(&str, &[u8])> = vec![("school.toml", SCHOOL.as_bytes())];
    if with_year {
        let table = name.split('.').next().unwrap_or(name);
        files.extend(
            YEAR.iter().filter(|(own, _)| !own.starts_with(table)).map(|(own, text)| (*own, text.as_bytes())),
        );
    }
    files.push((name, content));
    read(&files);
}

/// Splits the first byte off and chooses by it.
fn choose<'a, T: Copy>(from: &[T], data: &'a [u8]) -> Option<(T, &'a [u8])> {
    let (first, rest) = data.split_first()?;
    Some((from[usize::from(*first) % from.len()], rest))
}

/// The language of single cells: dates, moments, numbers, classes, grades, marks. What is read stays as it is read.
fn cells(data: &[u8]) {
    let text = &*String::from_utf8_lossy(data);
    if let Some(date) = parse::date(text) {
        assert_eq!(parse::date(&date.to_string()), Some(date));
    }
    if let Some(moment) = parse::moment(text) {
        assert_eq!(parse::moment(&moment.to_string()), Some(moment));
    }
    if let Some(time) = parse::time(text) {
        assert_eq!(parse::time(&time.to_string()), Some(time));
    }
    assert!(parse::decimal(text).is_none_or(f64::is_finite));
    let class = parse::class_name(text);
    assert_eq!(parse::class_name(&class), class);
    let header = parse::header(text);
    assert_eq!(parse::header(&header), header);
    assert!(parse::list(text).all(|part| !part.is_empty()));
    let _ = (parse::flag(text), parse::is_blank(text), GradeSet::parse(text));
    let _ = (MarkValue::parse(text), TermValue::parse(text));
    report_with(text);
}

/// A report of NetSchool with the text in every place of its notation: a day's cell, a period, a month, a letter.
fn report_with(text: &str) {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    let days = format!("<tr><th>Предмет<th>Ноябрь<th>{text}<tr><th><th>6<th>7<th>{text}");
    let marks = format!("<tr><td>Физика<td>{text}<td>5<td>{text}");
    for period in ["с 05.11.24 по 27.12.24", &text] {
        let page = format!(
            "<h1>Отчёт об успеваемости и посещаемости ученика</h1><p>Учебный год: 2024/2025</p><p>Класс: 5А</p>\
             <p>Период: {period}</p><p>Ученик: Ольхина Вера</p><table>{days}{marks}</table><p>Н = {text}</p>"
        );
        read_in_year("Отчёт.html", page.as_bytes(), false);
    }
}

/// Tables of the exchange format as text: CSV, JSON, JSON lines, under every name there is.
fn tables(data: &[u8]) {
    let Some((table, rest)) = choose(Table::ALL, data) else { return };
    // The second byte also says whether the year is there: without it an input is read ten times as fast.
    let with_year = rest.first().is_some_and(|byte| *byte >= 128);
    let Some((ending, rest)) = choose(&["csv", "json", "jsonl", "txt"], rest) else { return };
    read_in_year(&format!("{}.{ending}", table.id()), rest, with_year);
}

/// Reports of NetSchool: pages, and the same stacks of blocks as text with tabs.
fn reports(data: &[u8]) {
    let Some((name, rest)) = choose(&["Отчёт.html", "Отчёт.tsv", "Отчёт.xls"], data) else {
        return;
    };
    read_in_year(name, rest, false);
}

/// Workbooks: XLS as it stands; XLSX and ODS packed from their parts, so that changes reach what is inside.
fn workbooks(data: &[u8]) {
    const XLSX: &[&str] = &[
        "xl/worksheets/sheet1.xml",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
    ];
    const ODS: &[&str] = &["content.xml", "mimetype", "META-INF/manifest.xml"];
    let Some((form, rest)) = choose(&[0, 1, 2], data) else { return };
    match form {
        0 => read_in_year("pupils.xls", rest, false),
        1 => read_in_year("Журнал.xlsx", &packed(XLSX, rest), false),
        _ => read_in_year("Журнал.ods", &packed(ODS, rest), false),
    }
}

/// Packs parts that stand one after another, parted by zero bytes.
fn packed(names: &[&str], data: &[u8]) -> Vec<u8> {
    let mut made = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, part) in names.iter().zip(data.split(|byte| *byte == 0)) {
        made.start_file(*name, options).expect("a part begins");
        made.write_all(part).expect("memory takes every write");
    }
    made.finish().expect("the ZIP is finished").into_inner()
}

/// Parquet.
fn parquet(data: &[u8]) {
    read_in_year("pupils.parquet", data, false);
}

/// A school's own profile beside data it may recognise, and data of the systems whose profiles are shipped.
fn profiles(data: &[u8]) {
    let Some((form, rest)) = choose(&["own", "8А.json", "marks.json", "дневник.json", "Ведомость.csv"], data)
    else {
        return;
    };
    if form != "own" {
        return read_in_year(form, rest, false);
    }
    let mut parts = rest.splitn(2, |byte| *byte == 0);
    let (profile, content) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let is_json = content.first().is_some_and(|first| matches!(first, b'{' | b'['));
    let name = if is_json { "файл.json" } else { "файл.csv" };
    let files = [("school.toml", SCHOOL.as_bytes()), ("profiles/own.toml", profile), (name, content)];
    read(&files);
    let (_, problems) = ingest::profiles_of(Some(&ingest::read_bundle(&FOLDER)));
    assert!(problems.iter().all(|problem| problem.code == "J601" && problem.row > Some(0)), "{problems:#?}");
}

/// A ZIP from outside: as a bundle, and as an archive package.
fn zips(data: &[u8]) {
    let folder = bundle(&[("год.zip", data)]);
    let path = folder.join("год.zip");
    let reading = ingest::read_journal(&ingest::read_bundle(&path));
    assert!(reading.problems.iter().all(|problem| !problem.message.is_empty()));
    let report = verify::verify(&[path]);
    assert!(report.bags.len() + report.findings.len() > 0);
}

/// `school.toml`, `policy.toml` and the deputy's lists.
fn settings(data: &[u8]) {
    let Some((form, rest)) = choose(&["school.toml", "policy.toml", "remarks_selected.csv"], data) else {
        return;
    };
    if form == "policy.toml" {
        let text = String::from_utf8_lossy(rest);
        if let Err(errors) = policy::read_policy(&text, &["homework-late", "topic-missing"]) {
            assert!(errors.iter().all(|error| error.line > 0 && !error.message.is_empty()), "{errors:#?}");
        }
        return;
    }
    read(&[("school.toml", SCHOOL.as_bytes()), (form, rest)]);
}

/// What the archive reads: signature files, the register, tag files of a bag.
fn archive(data: &[u8]) {
    let Some((form, rest)) = choose(&["signature", "register", "bag-info.txt", "manifest-sha256.txt"], data)
    else {
        return;
    };
    match form {
        "signature" => drop(cms::judge("x.sig", rest, b"document")),
        "register" => {
            let read = register::Register::read(rest);
            let _ = (read.states(), read.contradictions(), read.head(), read.text());
        }
        tag_file => {
            let declaration = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
            let mut files: Vec<(&str, &[u8])> =
                vec![("bagit.txt", declaration), ("data/x.txt", b"x"), (tag_file, rest)];
            if tag_file != "manifest-sha256.txt" {
                let sum = b"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881  data/x.txt\n";
                files.push(("manifest-sha256.txt", sum));
            }
            let report = verify::verify(&[bundle(&files)]);
            assert_eq!(report.bags.len(), 1);
        }
    }
}
