//! The same journal in any mix of forms is the same journal: random tables, written in random forms, read back alike.

// Tests lay bundles out in temporary folders.
#![allow(clippy::disallowed_methods)]

use std::fmt::Write as _;
use std::path::Path;

use letopis::base::problems::ProblemSeverity;
use letopis::data::{Extent, write};
use letopis::ingest::{parse, read_bundle, read_journal};
use letopis::model::Journal;
use letopis::model::schema::{Kind, TABLES, TableSchema};
use polars::prelude::{Column, DataFrame, Int32Chunked, Int64Chunked, IntoColumn, NewChunkedArray, TimeUnit};
use polars_io::parquet::write::ParquetWriter;

const SCHOOL: &str =
    "[school]\nname = \"Школа\"\n[year]\ntitle = \"2024-2025\"\nstart = 2024-09-01\nend = 2025-05-31\n";

/// A table as text, the ids of its columns first.
struct Plain {
    schema: &'static TableSchema,
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// A small journal nobody has seen before.
fn random_tables(random: &mut fastrand::Rng) -> Vec<(&'static str, String)> {
    let (pupils, lessons) = (random.usize(2..9), random.usize(2..12));
    let day = |number: usize| format!("2024-{:02}-{:02}", 9 + number / 25, number % 25 + 1);
    let mut tables = vec![
        ("staff", "staff_id,name\n007,Лапина Ольга Петровна\n".to_owned()),
        (
            "terms",
            "term_id,kind,title,start,end,grades\n1ч,quarter,1 четверть,2024-09-01,2024-10-27,1-9\n"
                .to_owned(),
        ),
        ("subjects", "subject_id,title,grading\n1,Математика,five\n".to_owned()),
        ("classes", "class_id,grade,teacher_id\n5А,5,007\n".to_owned()),
        ("courses", "course_id,subject_id,class_id,teacher_id,hours_week\nк1,1,5А,007,2.5\n".to_owned()),
        ("bells", "number,start,end\n1,08:30:00,09:15:00\n".to_owned()),
    ];
    let (mut roll, mut enrolment) =
        ("pupil_id,surname,given_name,birth_date\n".to_owned(), "pupil_id,class_id,from\n".to_owned());
    let mut consents = "pupil_id,parent,given,at,channels\n".to_owned();
    for pupil in 0..pupils {
        let _ = writeln!(
            roll,
            "у{pupil},Осипов{pupil},\"Ян, младший; \"\"{pupil}\"\"\",{}",
            day(random.usize(0..40))
        );
        let _ = writeln!(enrolment, "у{pupil},5А,2024-09-01");
        let _ = writeln!(consents, "у{pupil},Осипова,{},{}T18:05:30,portal;sms", random.u8(0..2), day(pupil));
    }
    let mut given = "lesson_id,course_id,date,number,status,teacher_id,topic,recorded_at\n".to_owned();
    let (mut marks, mut attendance) =
        ("mark_id,lesson_id,pupil_id,value\n".to_owned(), "lesson_id,pupil_id,reason\n".to_owned());
    for lesson in 0..lessons {
        let topic =
            random.choice(["", "Дроби", "Сложение; вычитание", "«Ёлка», 1 + 1"]).expect("there are some");
        let at = if random.bool() {
            format!("{}T09:2{}:07", day(lesson), random.u8(0..10))
        } else {
            String::new()
        };
        let _ = writeln!(given, "л{lesson},к1,{},{},held,007,\"{topic}\",{at}", day(lesson), random.u8(1..8));
        for pupil in 0..pupils {
            match random.u8(0..4) {
                0 => {
                    let value = random.choice(["5", "4", "3", "2", "зач", "."]).expect("there are some");
                    let _ = writeln!(marks, "м{lesson}-{pupil},л{lesson},у{pupil},{value}");
                }
                1 => {
                    let reason = random.choice(["б", "ну", "н", "оп", "?"]).expect("there are some");
                    let _ = writeln!(attendance, "л{lesson},у{pupil},{reason}");
                }
                _ => {}
            }
        }
    }
    tables.extend([("pupils", roll), ("enrolment", enrolment), ("consents", consents), ("lessons", given)]);
    tables.extend([("marks", marks), ("attendance", attendance)]);
    tables
}

fn plain(name: &str, text: &str) -> Plain {
    let schema = TABLES.iter().find(|schema| schema.table.id() == name).expect("a table of the format");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let mut rows = reader
        .records()
        .map(|row| row.expect("the text is whole").iter().map(str::to_owned).collect::<Vec<String>>());
    let header = rows.next().expect("a header");
    Plain { schema, header, rows: rows.collect() }
}

impl Plain {
    fn kind(&self, column: usize) -> Kind {
        self.schema.columns.iter().find(|known| known.id == self.header[column]).expect("a known column").kind
    }

    /// Headers as ids or as Russian titles, in any case.
    fn headers(&self, random: &mut fastrand::Rng) -> Vec<String> {
        let title = |id: &String| {
            self.schema.columns.iter().find(|column| column.id == *id).map(|column| column.title)
        };
        if random.bool() {
            return self.header.iter().map(|id| format!(" {} ", id.to_uppercase())).collect();
        }
        self.header.iter().map(|id| title(id).expect("a known column").to_owned()).collect()
    }

    /// A cell in another way of writing the same.
    fn spelled(&self, column: usize, text: &str, random: &mut fastrand::Rng) -> String {
        match self.kind(column) {
            _ if text.is_empty() => String::new(),
            Kind::Date if random.bool() => {
                parse::date(text).expect("a date").strftime("%d.%m.%Y").to_string()
            }
            Kind::Moment if random.bool() => {
                parse::moment(text).expect("a moment").strftime("%d.%m.%Y %H:%M:%S").to_string()
            }
            Kind::Flag => {
                let is_yes = parse::flag(text).expect("a flag");
                let ways = if is_yes { ["да", "TRUE", "1"] } else { ["нет", "False", "0"] };
                (*random.choice(&ways).expect("there are some")).to_owned()
            }
            Kind::Text if self.header[column] == "class_id" && random.bool() => "5 «a»".to_owned(),
            Kind::Decimal if random.bool() => text.replace('.', ","),
            _ => text.to_owned(),
        }
    }

    fn write(&self, folder: &Path, random: &mut fastrand::Rng) {
        let name = self.schema.table.id();
        let half = if random.bool() { random.usize(0..=self.rows.len()) } else { self.rows.len() };
        let (first, second) = self.rows.split_at(half);
        self.write_part(folder, name, first, random);
        if !second.is_empty() {
            self.write_part(folder, &format!("{name}.2"), second, random);
        }
    }

    fn write_part(&self, folder: &Path, stem: &str, rows: &[Vec<String>], random: &mut fastrand::Rng) {
        // Without rows JSON has no columns: only forms with a header can say that a table is there and empty.
        let forms = if rows.is_empty() { 2..6 } else { 0..6 };
        let (ending, bytes) = match random.u8(forms) {
            0 => ("json", self.json(rows)),
            1 => ("jsonl", self.json_lines(rows)),
            2 => ("xlsx", self.workbook(rows, random)),
            3 => ("ods", self.open_document(rows, random)),
            4 => ("parquet", self.parquet(rows)),
            _ => ("csv", self.delimited(rows, random)),
        };
        std::fs::write(folder.join(format!("{stem}.{ending}")), bytes).expect("a part is written");
    }

    fn delimited(&self, rows: &[Vec<String>], random: &mut fastrand::Rng) -> Vec<u8> {
        let delimiter = *random.choice(b",;\t").expect("there are some");
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
        writer.write_record(self.headers(random)).expect("memory takes every write");
        for row in rows {
            let cells = row.iter().enumerate().map(|(column, cell)| self.spelled(column, cell, random));
            writer.write_record(cells.collect::<Vec<_>>()).expect("memory takes every write");
        }
        let text = String::from_utf8(writer.into_inner().expect("memory takes every write")).expect("text");
        match random.u8(0..3) {
            0 => [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat(),
            1 => encoding_rs::WINDOWS_1251.encode(&text).0.into_owned(),
            _ => text.replace('\n', "\r\n").into_bytes(),
        }
    }

    fn objects(&self, rows: &[Vec<String>]) -> Vec<serde_json::Value> {
        let object = |row: &Vec<String>| {
            let fields = self.header.iter().cloned().zip(row.iter().map(|cell| cell.as_str().into()));
            serde_json::Value::Object(fields.collect())
        };
        rows.iter().map(object).collect()
    }

    fn json(&self, rows: &[Vec<String>]) -> Vec<u8> {
        serde_json::to_vec(&self.objects(rows)).expect("memory takes every write")
    }

    fn json_lines(&self, rows: &[Vec<String>]) -> Vec<u8> {
        let lines: Vec<String> = self.objects(rows).iter().map(ToString::to_string).collect();
        lines.join("\n").into_bytes()
    }

    /// A workbook with a title line above, the table on a sheet of its name, real dates among text.
    fn workbook(&self, rows: &[Vec<String>], random: &mut fastrand::Rng) -> Vec<u8> {
        let mut book = rust_xlsxwriter::Workbook::new();
        let page = book.add_worksheet();
        page.set_name(self.schema.title).expect("a title is a name");
        for (column, header) in (0..).zip(self.headers(random)) {
            page.write_string(1, column, header).expect("a cell is written");
        }
        let date = rust_xlsxwriter::Format::new().set_num_format("dd.mm.yyyy");
        for (at, row) in (2..).zip(rows) {
            for (column, cell) in row.iter().enumerate() {
                let place = u16::try_from(column).expect("few columns");
                if self.kind(column) == Kind::Date && !cell.is_empty() {
                    let day = rust_xlsxwriter::ExcelDateTime::parse_from_str(cell).expect("a date");
                    page.write_datetime_with_format(at, place, &day, &date).expect("a cell is written");
                } else {
                    page.write_string(at, place, self.spelled(column, cell, random))
                        .expect("a cell is written");
                }
            }
        }
        book.save_to_buffer().expect("the workbook is formed")
    }

    /// An ODS with the table on a sheet of its name, real dates among text.
    fn open_document(&self, rows: &[Vec<String>], random: &mut fastrand::Rng) -> Vec<u8> {
        use std::io::Write as _;
        let text = |cell: &str| {
            format!(
                "<table:table-cell office:value-type=\"string\"><text:p>{}</text:p></table:table-cell>",
                escaped(cell)
            )
        };
        let mut lines: String = self.headers(random).iter().map(|header| text(header)).collect();
        for row in rows {
            lines += "</table:table-row><table:table-row>";
            for (column, cell) in row.iter().enumerate() {
                lines += &match self.kind(column) {
                    Kind::Date if !cell.is_empty() => {
                        format!("<table:table-cell office:value-type=\"date\" office:date-value=\"{cell}\"/>")
                    }
                    _ if cell.is_empty() => "<table:table-cell/>".to_owned(),
                    _ => text(&self.spelled(column, cell, random)),
                };
            }
        }
        let content = format!(
            "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
             xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
             xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet>\
             <table:table table:name=\"{}\"><table:table-row>{lines}</table:table-row></table:table>\
             </office:spreadsheet></office:body></office:document-content>",
            self.schema.title
        );
        let mut made = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let stored =
            zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        let kind = "application/vnd.oasis.opendocument.spreadsheet";
        let manifest =
            "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
        let parts = [("mimetype", kind), ("META-INF/manifest.xml", manifest), ("content.xml", &content)];
        for (name, part) in parts {
            made.start_file(name, stored).expect("a part begins");
            made.write_all(part.as_bytes()).expect("memory takes every write");
        }
        made.finish().expect("memory takes every write").into_inner()
    }

    /// A Parquet file with typed columns under the ids.
    fn parquet(&self, rows: &[Vec<String>]) -> Vec<u8> {
        let columns = (0..self.header.len()).map(|place| {
            let cells: Vec<&str> = rows.iter().map(|row| row[place].as_str()).collect();
            column(&self.header[place], self.kind(place), &cells)
        });
        let mut frame = DataFrame::new(rows.len(), columns.collect()).expect("columns of one length");
        let mut bytes = Vec::new();
        ParquetWriter::new(&mut bytes).finish(&mut frame).expect("the frame is written");
        bytes
    }
}

/// A frame's column in the kind that the exchange format gives it.
fn column(name: &str, kind: Kind, cells: &[&str]) -> Column {
    let given = || cells.iter().map(|cell| (!cell.is_empty()).then_some(*cell));
    let epoch = jiff::civil::date(1970, 1, 1);
    match kind {
        Kind::Date => {
            let days = given().map(|cell| {
                let date = parse::date(cell?).expect("a date");
                Some(epoch.until(date).expect("near enough").get_days())
            });
            Int32Chunked::from_iter_options(name.into(), days).into_date().into_column()
        }
        Kind::Moment => {
            let ticks = given().map(|cell| {
                let moment = parse::moment(cell?).expect("a moment");
                let span = epoch.to_datetime(jiff::civil::Time::midnight()).duration_until(moment);
                Some(span.as_secs() * 1_000_000)
            });
            let ticks = Int64Chunked::from_iter_options(name.into(), ticks);
            ticks.into_datetime(TimeUnit::Microseconds, None).into_column()
        }
        Kind::Flag => {
            let flags = given().map(|cell| parse::flag(cell?)).collect::<Vec<_>>();
            Column::new(name.into(), flags)
        }
        _ => Column::new(name.into(), given().collect::<Vec<_>>()),
    }
}

/// Text between XML tags.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Packs a bundle's files into an archive beside its folder, and returns it.
fn zipped(folder: &Path) -> std::path::PathBuf {
    use std::io::Write as _;
    let mut made = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut paths: Vec<_> =
        folder.read_dir().expect("a folder").flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        made.start_file(name, zip::write::SimpleFileOptions::default()).expect("a new name");
        made.write_all(&std::fs::read(&path).expect("a file")).expect("memory");
    }
    let archive = folder.join("год.zip");
    std::fs::write(&archive, made.finish().expect("memory").into_inner()).expect("the archive is written");
    archive
}

fn read(folder: &Path) -> Journal {
    let reading = read_journal(&read_bundle(folder));
    let errors: Vec<_> =
        reading.problems.iter().filter(|problem| problem.severity == ProblemSeverity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    reading.journal.expect("school.toml is whole")
}

/// Every table, its rows in order: parts are read by file name, so rows may come in another order.
fn sorted_tables(journal: &Journal) -> Vec<(String, Vec<String>)> {
    let documents = write(journal, "", Extent::Everything).expect("tables are encoded");
    let tables = documents.into_iter().filter(|draft| draft.path.ends_with(".csv"));
    let mut tables: Vec<_> = tables
        .map(|draft| {
            let document = draft.make().expect("a table is encoded");
            let text = String::from_utf8_lossy(&document.bytes).into_owned();
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            lines.sort();
            (document.path, lines)
        })
        .filter(|(_, lines)| lines.len() > 1)
        .collect();
    tables.sort();
    tables
}

#[test]
fn a_random_journal_in_a_random_mix_of_forms_is_the_same_journal() {
    for seed in 0..25 {
        let mut random = fastrand::Rng::with_seed(seed);
        let tables = random_tables(&mut random);
        let (one, other) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        for folder in [&one, &other] {
            std::fs::write(folder.path().join("school.toml"), SCHOOL).expect("school.toml is written");
        }
        for (name, text) in &tables {
            std::fs::write(one.path().join(format!("{name}.csv")), text).expect("a table is written");
            plain(name, text).write(other.path(), &mut random);
        }
        let other = if random.bool() { zipped(other.path()) } else { other.path().to_owned() };
        let (expected, found) = (sorted_tables(&read(one.path())), sorted_tables(&read(&other)));
        for (expected, found) in expected.iter().zip(&found) {
            assert_eq!(expected, found, "seed {seed}");
        }
        assert!(expected.len() >= 10 && expected.len() == found.len(), "seed {seed}");
    }
}
