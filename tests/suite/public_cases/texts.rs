//! CSV and JSON: quotes, encodings, files joined.

use letopis::base::problems::ProblemSeverity;

use super::{errors, journal, read, read_case, read_whole, said};
use crate::bundle::TinyBundle;

#[test]
fn a_quote_that_is_never_closed_loses_no_row_and_is_named() {
    let reading = read_whole("01-csv-unbalanced-quote");
    let open = said(&reading, "J124");
    assert_eq!(
        (open[0].file.as_str(), open[0].row, open[0].severity),
        ("marks.csv", Some(6), ProblemSeverity::Error)
    );
    assert!(open[0].message.ru.contains("43"), "{}", open[0].message.ru);
}

#[test]
fn quotes_inside_a_topic_stay() {
    let reading = read_whole("02-csv-cell-begins-with-quoted-title");
    let topics: Vec<_> =
        journal(&reading).lessons.values().take(3).map(|lesson| lesson.topic.to_string()).collect();
    assert_eq!(
        topics,
        ["\"Муму\". Тургенев", "Рассказ \"Толстый и тонкий\"", "\"Бородино\" Лермонтова: \"строй\" стиха"]
    );
}

#[test]
fn lines_quoted_as_a_whole_and_files_joined_are_said_as_what_they_are() {
    for (name, words) in [("03-csv-whole-row-quoted", "взята в кавычки"), ("07-csv-files-joined", "склеены")]
    {
        let reading = read_whole(name);
        assert!(said(&reading, "J125")[0].message.ru.contains(words), "{:#?}", reading.problems);
        assert!(errors(&reading).is_empty(), "{name}");
    }
}

#[test]
fn two_columns_of_one_name_are_an_error_where_they_differ() {
    let reading = read_case("09-csv-two-columns-of-one-name");
    let twice = said(&reading, "J204");
    assert_eq!((twice.len(), twice[0].severity), (48, ProblemSeverity::Error));
    assert_eq!(journal(&reading).marks.len(), 0);
}

#[test]
fn encodings_without_a_mark_are_recognised_and_said() {
    for (name, files, encoding) in [
        ("04-csv-koi8r", 3, "KOI8-R"),
        ("06-csv-utf16-no-bom", 1, "UTF-16LE"),
        ("31-school-toml-ansi", 1, "Windows-1251"),
    ] {
        let reading = read_whole(name);
        let chosen = said(&reading, "J122");
        assert_eq!(chosen.len(), files, "{name}");
        assert!(chosen.iter().all(|problem| problem.message.ru.contains(encoding)), "{chosen:#?}");
        assert!(errors(&reading).is_empty(), "{name}");
    }
}

/// Every file of a small year in every encoding a Russian program has saved texts in.
#[test]
fn a_year_in_any_encoding_is_the_same_year() {
    let plain = read_case("00-base");
    let folder = super::case("00-base").join("bundle");
    let encode = |name: &str, text: &str| -> Vec<u8> {
        let wide = || text.encode_utf16().collect::<Vec<_>>();
        match name {
            "UTF-16BE" => wide().into_iter().flat_map(u16::to_be_bytes).collect(),
            "UTF-32LE" => text.chars().flat_map(|sign| u32::from(sign).to_le_bytes()).collect(),
            "UTF-8 дважды" => encoding_rs::WINDOWS_1251
                .decode_without_bom_handling(text.as_bytes())
                .0
                .into_owned()
                .into_bytes(),
            "x-mac-cyrillic" => text.chars().map(macintosh).collect(),
            label => {
                let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).expect("a known encoding");
                encoding.encode(text).0.into_owned()
            }
        }
    };
    for name in [
        "windows-1251",
        "koi8-r",
        "koi8-u",
        "ibm866",
        "iso-8859-5",
        "x-mac-cyrillic",
        "UTF-16BE",
        "UTF-32LE",
        "UTF-8 дважды",
    ] {
        let bundle = TinyBundle::new();
        for file in bundle.root().read_dir().expect("a folder").flatten() {
            std::fs::remove_file(file.path()).expect("a file");
        }
        for file in folder.read_dir().expect("a folder").flatten() {
            let text = std::fs::read_to_string(file.path()).expect("text");
            bundle.put(&file.file_name().to_string_lossy(), encode(name, &text));
        }
        let reading = read(&bundle.root());
        assert_eq!(
            super::marks(journal(&reading)),
            super::marks(journal(&plain)),
            "{name} {:#?}",
            reading.problems
        );
        assert_eq!(
            super::facts(journal(&reading)),
            super::facts(journal(&plain)),
            "{name} {:#?}",
            reading.problems
        );
        assert_eq!(journal(&reading).school.name, journal(&plain).school.name, "{name}");
        assert!(errors(&reading).is_empty(), "{name}: {:#?}", reading.problems);
    }
}

/// The library reads MacCyrillic only.
fn macintosh(sign: char) -> u8 {
    let decoded =
        |byte: u8| encoding_rs::X_MAC_CYRILLIC.decode_without_bom_handling(&[byte]).0.chars().next();
    (0..=255).find(|byte| decoded(*byte) == Some(sign)).unwrap_or(b'?')
}

#[test]
fn one_broken_byte_leaves_the_file_utf_8_and_is_said_at_its_line() {
    let reading = read_case("66-one-broken-byte-in-utf8");
    let broken: Vec<_> =
        said(&reading, "J123").iter().map(|one| (one.file.as_str(), one.row, one.severity)).collect();
    let error = ProblemSeverity::Error;
    assert_eq!(broken, [("lessons.csv", Some(8), error), ("pupils.csv", Some(4), error)]);
    let surnames: Vec<_> = journal(&reading).pupils.values().map(|pupil| pupil.surname.to_string()).collect();
    assert_eq!(surnames.iter().filter(|name| name.contains("[?]")).count(), 1, "{surnames:?}");
    assert!(surnames.contains(&"Бобров".to_owned()));
}

#[test]
fn settings_are_read_in_any_encoding_and_under_the_name_windows_gives_them() {
    for name in ["31-school-toml-ansi", "32-school-toml-utf16", "33-school-toml-txt"] {
        let reading = read_whole(name);
        assert_eq!(journal(&reading).school.name, "Школа деревни Примерово", "{name}");
    }
    let reading = read_case("33-school-toml-txt");
    let renamed = said(&reading, "J121");
    assert_eq!(renamed[0].file, "school.toml.txt");
}

#[test]
fn json_with_nan_and_in_an_object_is_read() {
    let reading = read_whole("45-json-nan-and-concatenated");
    assert!(said(&reading, "J125")[0].message.ru.contains("строка 7"), "{:#?}", reading.problems);
    assert!(journal(&reading).marks.values().all(|mark| mark.comment.is_empty()));
}

#[test]
fn a_text_of_two_lines_stands_in_its_cell_and_no_word_is_lost() {
    let reading = read_whole("28-ods-comments");
    assert!(journal(&reading).lessons.values().any(|lesson| lesson.topic.contains('\n')));
    let reading = read_whole("18-xlsx-x000d");
    let texts: Vec<_> =
        journal(&reading).homework.values().map(|homework| homework.text.to_string()).collect();
    assert_eq!(texts.iter().filter(|text| text.contains("_x000D_")).count(), 1, "{texts:?}");
    let reading = read_whole("14-xlsx-rich-text-after-plain");
    let topics: Vec<_> = journal(&reading).lessons.values().map(|lesson| lesson.topic.to_string()).collect();
    assert!(
        topics.contains(&"Дроби: сложение".to_owned()) && topics.contains(&"Слово".to_owned()),
        "{topics:?}"
    );
}
