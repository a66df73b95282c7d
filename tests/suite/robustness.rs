//! Seeded mutations of everything that is read: whatever comes in, reading ends without a panic and says what is wrong.

// Tests lay bundles out in temporary folders.
#![allow(clippy::disallowed_methods)]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use letopis::ingest::{Reading, parse, profiles_of, read_bundle, read_journal, shipped_profile};
use letopis::model::GradeSet;
use letopis::policy;
use letopis::rules::rule_ids;

const SCHOOL: &str =
    "[school]\nname = \"Школа\"\n[year]\ntitle = \"2024-2025\"\nstart = 2024-09-01\nend = 2025-05-31\n";
/// What a single mutated file may take: thousands of times what it does take.
const PATIENCE: Duration = Duration::from_secs(20);

fn journals() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/journals")
}

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(journals().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Flips bits, cuts, repeats and inserts, a few times each.
pub(crate) fn mutated(original: &[u8], random: &mut fastrand::Rng) -> Vec<u8> {
    let mut bytes = original.to_vec();
    for _ in 0..random.usize(1..6) {
        if bytes.is_empty() {
            return bytes;
        }
        let at = random.usize(0..bytes.len());
        match random.u8(0..5) {
            0 => bytes[at] ^= 1 << random.u8(0..8),
            1 => bytes.truncate(at),
            2 => bytes[at] = *random.choice(b"\0\"{}[]<>;,:=\n\xff\xd0 0-").expect("there are some"),
            3 => {
                let end = (at + random.usize(1..40)).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                let to = random.usize(0..=bytes.len());
                bytes.splice(to..to, piece);
            }
            _ => {
                let end = (at + random.usize(1..12)).min(bytes.len());
                bytes.drain(at..end);
            }
        }
    }
    bytes
}

fn mutated_text(original: &str, random: &mut fastrand::Rng) -> String {
    String::from_utf8_lossy(&mutated(original.as_bytes(), random)).into_owned()
}

/// Reads a bundle with one file that is not as it should be.
fn read(name: &str, content: &[u8]) -> Reading {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join(name);
    std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("the folder is made");
    std::fs::write(folder.path().join("school.toml"), SCHOOL).expect("school.toml is written");
    std::fs::write(path, content).expect("the file is written");
    let start = Instant::now();
    let reading = read_journal(&read_bundle(folder.path()));
    assert!(start.elapsed() < PATIENCE, "{name}: {:?}", start.elapsed());
    reading
}

fn assert_survives(name: &str, original: &[u8], cases: u64) {
    for seed in 0..cases {
        let content = mutated(original, &mut fastrand::Rng::with_seed(seed));
        let reading = read(name, &content);
        for problem in &reading.problems {
            let is_said = !problem.message.ru.is_empty()
                && !problem.message.en.is_empty()
                && !problem.hint.ru.is_empty();
            assert!(is_said, "{name} seed {seed}: {problem:#?}");
        }
    }
}

#[test]
fn cells_are_read_or_refused_and_what_is_read_stays() {
    let samples =
        ["2024-09-02", "02.09.2024", "2024-09-02T08:47:10", "8:30", "5 «a»", "1-9;10", "3,5", "да", "٣", "½"];
    for seed in 0..4_000 {
        let mut random = fastrand::Rng::with_seed(seed);
        let sample = *random.choice(&samples).expect("there are some");
        let text = mutated_text(sample, &mut random);
        if let Some(date) = parse::date(&text) {
            assert_eq!(parse::date(&date.to_string()), Some(date), "{text:?}");
        }
        if let Some(moment) = parse::moment(&text) {
            assert_eq!(parse::moment(&moment.to_string()), Some(moment), "{text:?}");
        }
        if let Some(number) = parse::decimal(&text) {
            assert!(number.is_finite(), "{text:?}");
        }
        let class = parse::class_name(&text);
        assert_eq!(parse::class_name(&class), class, "{text:?}");
        let header = parse::header(&text);
        assert_eq!(parse::header(&header), header, "{text:?}");
        assert!(parse::list(&text).all(|part| !part.is_empty()), "{text:?}");
        let _ = (parse::time(&text), parse::flag(&text), GradeSet::parse(&text));
    }
}

#[test]
fn texts_of_tables_are_survived() {
    let csv = "pupil_id;surname;given_name;birth_date\nу1;Осипов;Ян;02.09.2013\nу2;\"Пан;ов\";Лев;\n";
    assert_survives("pupils.csv", csv.as_bytes(), 60);
    let json = r#"[{"pupil_id": 1, "surname": "Осипов", "given_name": "Ян", "birth_date": "2013-09-02", "sex": null}]"#;
    assert_survives("pupils.json", json.as_bytes(), 60);
    assert_survives("pupils.jsonl", &json.as_bytes()[1..json.len() - 1], 30);
}

#[test]
fn workbooks_are_survived() {
    let forms = letopis::new_bundle::documents().expect("the files are formed");
    let xlsx = forms.iter().find(|document| document.path.ends_with(".xlsx")).expect("a workbook is there");
    assert_survives("Журнал.xlsx", &xlsx.bytes, 25);
    assert_survives("terms.xls", &bytes("year-mixed/inputs/terms_лист.xls"), 40);
}

#[test]
fn parquet_is_survived() {
    let journal = crate::reading::example("year").journal.expect("school.toml is whole");
    let extent = letopis::data::Extent::Everything;
    let tables = letopis::data::write(&journal, "", extent).expect("tables are encoded");
    let subjects = tables.into_iter().find(|draft| draft.path.ends_with("subjects.parquet"));
    let subjects = subjects.expect("a table is there").make().expect("a table is encoded");
    assert_survives("subjects.parquet", &subjects.bytes, 60);
}

#[test]
fn ods_is_survived() {
    assert_survives("subjects.ods", ODS, 40);
}

/// The smallest ODS: its parts stored, not packed, so that flipped bits reach the XML.
const ODS: &[u8] = include_bytes!("../journals/formats/subjects.ods");

#[test]
fn every_part_of_an_xlsx_is_survived_where_bits_reach_the_xml() {
    let forms = letopis::new_bundle::documents().expect("the files are formed");
    let xlsx = forms.iter().find(|document| document.path.ends_with(".xlsx")).expect("a workbook is there");
    for seed in 0..40 {
        let mut random = fastrand::Rng::with_seed(seed);
        let content = with_one_part_changed(&xlsx.bytes, |_, part| mutated(part, &mut random), seed);
        read("Журнал.xlsx", &content);
    }
}

#[test]
fn a_cell_at_the_end_of_the_sheet_takes_no_memory() {
    let forms = letopis::new_bundle::documents().expect("the files are formed");
    let xlsx = forms.iter().find(|document| document.path.ends_with(".xlsx")).expect("a workbook is there");
    let stray = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>";
    let change = |name: &str, part: &[u8]| match name {
        "xl/worksheets/sheet1.xml" => {
            String::from_utf8_lossy(part).replace("</sheetData>", stray).into_bytes()
        }
        _ => part.to_vec(),
    };
    let reading = read("Журнал.xlsx", &with_parts_changed(&xlsx.bytes, change));
    let faults: Vec<_> = reading.problems.iter().filter(|problem| problem.code == "J103").collect();
    assert!(matches!(faults[..], [fault] if fault.message.ru.contains("«Сотрудники»")), "{faults:#?}");
}

/// Changes the part of a workbook that the seed names.
fn with_one_part_changed(bytes: &[u8], mut change: impl FnMut(&str, &[u8]) -> Vec<u8>, seed: u64) -> Vec<u8> {
    let wanted = ["xl/worksheets/sheet2.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"];
    let wanted = wanted[usize::try_from(seed).expect("a small seed") % wanted.len()];
    with_parts_changed(bytes, |name, part| if name == wanted { change(name, part) } else { part.to_vec() })
}

pub(crate) fn with_parts_changed(bytes: &[u8], mut change: impl FnMut(&str, &[u8]) -> Vec<u8>) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut book = zip::ZipArchive::new(Cursor::new(bytes)).expect("a workbook is a ZIP");
    let mut made = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..book.len() {
        let mut part = book.by_index(index).expect("a part");
        let name = part.name().expect("a name is text").into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("a part is whole");
        let options = zip::write::SimpleFileOptions::default();
        made.start_file(name.as_str(), options).expect("a part begins");
        made.write_all(&change(&name, &content)).expect("memory takes every write");
    }
    made.finish().expect("the ZIP is finished").into_inner()
}

#[test]
fn settings_and_profiles_are_survived() {
    for seed in 0..300 {
        let mut random = fastrand::Rng::with_seed(seed);
        let text = mutated_text(policy::DEFAULT_TEXT, &mut random);
        if let Err(errors) = policy::read_policy(&text, &rule_ids()) {
            assert!(errors.iter().all(|error| error.line > 0 && !error.message.ru.is_empty()), "seed {seed}");
        }
    }
    for seed in 0..60 {
        let mut random = fastrand::Rng::with_seed(seed);
        read("school.toml", mutated_text(SCHOOL, &mut random).as_bytes());
    }
    for seed in 0..120 {
        let mut random = fastrand::Rng::with_seed(seed);
        let id = *random.choice(&["shkala", "eljur", "bars"]).expect("there are some");
        let profile = mutated_text(shipped_profile(id).expect("it is shipped"), &mut random);
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::create_dir(folder.path().join("profiles")).expect("the folder is made");
        std::fs::write(folder.path().join("profiles/own.toml"), profile).expect("the profile is written");
        let (_, problems) = profiles_of(Some(&read_bundle(folder.path())));
        assert!(
            problems.iter().all(|problem| problem.code == "J601" && problem.row > Some(0)),
            "{problems:#?}"
        );
    }
}

#[test]
fn files_of_other_systems_are_survived() {
    for name in [
        "profiles/shkala/inputs/8А.json",
        "profiles/shkala/inputs/Сводная ведомость 8А.csv",
        "profiles/eljur/inputs/6Б/дневник.json",
        "profiles/dnevnik/inputs/5А/marks.json",
    ] {
        let inside = name.split_once("/inputs/").expect("an input").1;
        assert_survives(inside, &bytes(name), 40);
    }
}

/// A page of text can promise a hundred million cells: one, repeated over every column, in thousands of rows.
#[test]
fn cells_repeated_without_end_take_no_memory() {
    let row = "<table:table-row table:number-rows-repeated=\"9000\"><table:table-cell office:value-type=\"float\" \
               office:value=\"1\" table:number-columns-repeated=\"16384\"><text:p>1</text:p></table:table-cell></table:table-row>";
    let many = row.replace(" table:number-rows-repeated=\"9000\"", "").repeat(9000);
    for rows in [row, &many] {
        let change = |name: &str, part: &[u8]| match name {
            "content.xml" => String::from_utf8_lossy(part)
                .replacen("</table:table>", &format!("{rows}</table:table>"), 1)
                .into_bytes(),
            _ => part.to_vec(),
        };
        let reading = read("subjects.ods", &with_parts_changed(ODS, change));
        let fault = reading.problems.iter().find(|problem| problem.code == "J102");
        assert!(
            fault.is_some_and(|fault| fault.message.ru.contains("во много раз больше")),
            "{:#?}",
            reading.problems
        );
    }
}

#[test]
fn a_workbook_that_unpacks_without_end_is_refused() {
    let forms = letopis::new_bundle::documents().expect("the files are formed");
    let xlsx = forms.iter().find(|document| document.path.ends_with(".xlsx")).expect("a workbook is there");
    let change = |name: &str, part: &[u8]| match name {
        "xl/sharedStrings.xml" => [part, vec![b' '; 70 << 20].as_slice()].concat(),
        _ => part.to_vec(),
    };
    let reading = read("Журнал.xlsx", &with_parts_changed(&xlsx.bytes, change));
    assert!(reading.problems.iter().any(|problem| problem.code == "J102"), "{:#?}", reading.problems);
}

/// Bits flipped anywhere in a ZIP of a bundle, and every length it may be cut to.
#[test]
fn zips_of_bundles_are_survived() {
    use std::io::{Cursor, Write};
    let mut made = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [("год/school.toml", SCHOOL), ("год/staff.csv", "staff_id,name\nп1,Лапина Ольга\n")]
    {
        made.start_file(name, zip::write::SimpleFileOptions::default()).expect("a new name");
        made.write_all(text.as_bytes()).expect("memory takes every write");
    }
    let whole = made.finish().expect("the ZIP is finished").into_inner();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("год.zip");
    let mut random = fastrand::Rng::with_seed(11);
    let mut is_read = 0;
    for case in 0..400 {
        let content = if case < 200 {
            mutated(&whole, &mut random)
        } else {
            whole[..random.usize(0..whole.len())].to_vec()
        };
        std::fs::write(&path, &content).expect("the archive is written");
        let reading = read_journal(&read_bundle(&path));
        assert!(!reading.problems.is_empty() || reading.journal.is_some(), "case {case}");
        is_read += usize::from(reading.journal.is_some_and(|journal| journal.staff.len() == 1));
    }
    assert!((1..200).contains(&is_read), "{is_read} of 400 were read");
}

/// The register of an archive and the settings of a deputy: texts that people and damage change.
#[test]
fn registers_and_lists_are_survived() {
    use letopis::register::{Event, Record, Register};
    let record = |event: Event, edition: u32| Record {
        moment: "2025-06-30T10:00:00+04:00".to_owned(),
        event,
        bag: letopis::base::inside::BagName::new("journals-2024-2025").expect("a name"),
        edition,
        tag_manifest: "0".repeat(64),
        note: "за год".to_owned(),
        by: "завуч".to_owned(),
    };
    let mut register = Register::default();
    [record(Event::Created, 1), record(Event::Verified, 1)].iter().for_each(|record| register.append(record));
    let text = register.text();
    for seed in 0..400 {
        let mut random = fastrand::Rng::with_seed(seed);
        let read = Register::read(&mutated(text.as_bytes(), &mut random));
        let _ = (read.states(), read.contradictions(), read.head(), read.text());
    }
    let list = "rule,class_id,key,text\nhomework-late,5А,,исправить\n,,abc,\"две\nстроки\"\n";
    assert_survives("remarks_selected.csv", list.as_bytes(), 60);
}

/// Small files that would be very large in memory, or take for ever: each is refused at once, and said.
#[test]
fn what_repeats_itself_takes_neither_memory_nor_time() {
    let wide = "<td rowspan=65534 colspan=1000>".repeat(1_000);
    let pages = [
        ("filled", format!("<table><tr>{wide}{}", "<tr><td>1".repeat(100_000))),
        ("empty", format!("<table><tr>{wide}{}", "<tr></tr>".repeat(500_000))),
    ];
    for (name, page) in pages {
        let reading = read("Отчёт.html", page.as_bytes());
        let fault = reading.problems.iter().find(|problem| problem.code == "J102");
        assert!(
            fault.is_some_and(|fault| fault.message.ru.contains("ячеек")),
            "{name}: {:#?}",
            reading.problems
        );
    }
    let fields: Vec<String> = (0..60_000).map(|number| format!("{{\"staff_id{number}\":1}}")).collect();
    let reading = read("staff.json", format!("[{}]", fields.join(",")).as_bytes());
    let codes: Vec<_> = reading.problems.iter().map(|problem| problem.code).collect();
    assert!(codes.contains(&"J103") && codes.contains(&"J203"), "{codes:?}");
    let last =
        format!("{{\"name\":1{}}}", (0..1_990).map(|number| format!(",\"f{number}\":1")).collect::<String>());
    let many = format!("[{last}{}]", ",{\"f1989\":2}".repeat(60_000));
    let reading = read("staff.json", many.as_bytes());
    let messages: Vec<_> = reading.problems.iter().map(|problem| problem.message.ru.as_str()).collect();
    assert!(messages.iter().any(|message| message.contains(" полей")), "{:?}", messages.first());
}

/// What the fuzzer found, kept: `far-cells.xls` made the reader of XLS ask for 53 GB.
#[test]
fn what_was_found_by_fuzzing_stays_mended() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzzed");
    let mut count = 0;
    for entry in folder.read_dir().expect("the folder is there").flatten() {
        let content = std::fs::read(entry.path()).expect("a case is there");
        let ending = entry.path().extension().map(|ending| ending.to_string_lossy().into_owned());
        let name = format!("terms.{}", ending.expect("a case has an ending"));
        let reading = read(&name, &content);
        assert!(!reading.problems.is_empty(), "{}", entry.path().display());
        count += 1;
    }
    assert!(count > 0);
}
