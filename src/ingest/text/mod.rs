//! Bytes to text: the only reader of text files, tables and settings alike.
//!
//! UTF-8 is tried first, then a byte order mark or the pattern of zeros, then the file's own declaration,
//! then the shapes of the letters. A doubtful text is refused: a wrong name is worse than none. No character
//! that is not text passes.

mod decoded;
mod guess;
mod russian;
mod signs;
mod wide;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1251, WINDOWS_1252};
use memchr::memchr;

use self::guess::{Certainty, guess};
use self::wide::Wide;
use crate::base::problems::ProblemSeverity;
use crate::base::said::{Said, said};
pub(crate) use decoded::{Decoded, Note, Refusal};
pub(crate) use signs::{BROKEN, LOST, is_invisible, printable, shown, without_invisible};

/// What is known of a file's encoding besides its bytes.
#[derive(Clone, Copy, Default)]
pub(crate) struct Known<'a> {
    /// The file's own declaration, as in pages and XML. The bytes are trusted more.
    pub(crate) declared: Option<&'a str>,
    /// The encoding of the files beside it: a file of codes alone shows little itself.
    pub(crate) beside: Option<&'static Encoding>,
}

/// Turns bytes into text.
pub(crate) fn decode<'a>(bytes: &'a [u8], known: Known<'_>) -> Result<Decoded<'a>, Refusal> {
    let mut notes = Vec::new();
    if let Some((wide, mark)) = Wide::by_mark(bytes).filter(|(wide, mark)| wide.fits(&bytes[*mark..])) {
        return Ok(signs::cleaned(wide.decode(&bytes[mark..]).into(), notes));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Some(wide) = memchr(0, bytes).and_then(|_| Wide::by_zeros(bytes)) {
        notes.push(chosen(wide.name()));
        return Ok(signs::cleaned(wide.decode(bytes).into(), notes));
    }
    if has_many_zeros(bytes) {
        return Err(no_text());
    }
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return Ok(match encoded_twice(text) {
            Some(meant) => {
                notes.push(twice());
                signs::cleaned(meant.into(), notes)
            }
            None => signs::cleaned(text.into(), notes),
        });
    }
    if is_mostly_utf8(bytes) {
        return Ok(signs::cleaned(String::from_utf8_lossy(bytes), notes));
    }
    let encoding = match known.declared.and_then(|label| Encoding::for_label(label.trim().as_bytes())) {
        Some(encoding) if encoding != UTF_8 => encoding,
        _ => single_byte(bytes, known.beside, &mut notes)?,
    };
    Ok(signs::cleaned(encoding.decode_without_bom_handling(bytes).0, notes))
}

fn single_byte(
    bytes: &[u8],
    beside: Option<&'static Encoding>,
    notes: &mut Vec<Note>,
) -> Result<&'static Encoding, Refusal> {
    let guess = guess(bytes);
    let beside = beside.filter(|beside| {
        let is_possible = guess.certainty != Certainty::Clear && guess.likely.contains(beside);
        is_possible || guess.alike.contains(beside)
    });
    let best = guess.likely.first().filter(|_| guess.certainty != Certainty::None);
    match beside.or(best.copied()) {
        Some(encoding) => {
            notes.push(chosen(name(encoding)));
            Ok(encoding)
        }
        None => Err(match mixed(bytes) {
            Some(line) => two_encodings(line),
            None => unsure(&guess.likely),
        }),
    }
}

/// Returns the certain encodings of a text by its letters; several, if it reads alike in them. `None` if it
/// is in no old encoding, or shows little.
pub(crate) fn clear_encodings(bytes: &[u8]) -> Vec<&'static Encoding> {
    if memchr(0, bytes).is_some() || simdutf8::basic::from_utf8(bytes).is_ok() || is_mostly_utf8(bytes) {
        return Vec::new();
    }
    let guess = guess(bytes);
    if guess.certainty == Certainty::Clear { guess.alike } else { Vec::new() }
}

/// Returns the first line in another encoding, if a file mixes lines in UTF-8 and others.
fn mixed(bytes: &[u8]) -> Option<usize> {
    let lines = bytes.split(|byte| *byte == b'\n').zip(1..).filter(|(line, _)| !line.is_ascii());
    let marked = lines.map(|(line, number)| (std::str::from_utf8(line).is_ok(), number)).collect::<Vec<_>>();
    let first = marked.first()?.0;
    let utf8 = marked.iter().filter(|(is_utf8, _)| *is_utf8).count();
    let other = marked.iter().find(|(is_utf8, _)| *is_utf8 != first)?.1;
    (utf8 * 5 >= marked.len()).then_some(other)
}

fn two_encodings(line: usize) -> Refusal {
    Refusal {
        message: said!(
            "в файле две кодировки: со строки {line} начинается другая; похоже, склеены два файла",
            "the file is in two encodings, another from line {line} on: perhaps two files were joined"
        ),
        hint: said!(
            "положите в папку оба файла по отдельности или выгрузите таблицу снова",
            "put both files into the folder one by one, or export the table again"
        ),
    }
}

/// Returns the name of an encoding in Russian programs.
fn name(encoding: &'static Encoding) -> &'static str {
    match encoding.name() {
        "windows-1251" => "Windows-1251",
        "IBM866" => "CP866 (DOS)",
        "x-mac-cyrillic" => "MacCyrillic",
        other => other,
    }
}

/// A text has no zeros; a few are the fault of one cell.
fn has_many_zeros(bytes: &[u8]) -> bool {
    let Some(first) = memchr(0, bytes) else { return false };
    let zeros = bytes[first..].iter().filter(|byte| **byte == 0).count();
    zeros * 100 > bytes.len()
}

/// Returns whether bytes are UTF-8 with few exceptions: a column's length limit cuts letters in half.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > 0 && whole >= broken * 4
}

/// Returns the original of a text whose UTF-8 was taken for another encoding and written as UTF-8 once more:
/// `РђРЅРЅР°` is «Анна».
fn encoded_twice(text: &str) -> Option<String> {
    const LOOKED_AT: usize = 1 << 14;
    let head = &text[..text.floor_char_boundary(LOOKED_AT)];
    if head.is_ascii() {
        return None;
    }
    // The last letter of the examined part may be incomplete.
    let line = head.rfind('\n').filter(|_| head.len() < text.len()).map_or(head, |end| &head[..end]);
    [Some(WINDOWS_1251), Some(WINDOWS_1252), None].into_iter().find_map(|wrong| {
        back(wrong, line)?;
        back(wrong, text)
    })
}

/// Converts a text back to its bytes; `None`: each character is a byte, as in ISO-8859-1, which the library
/// lacks.
fn back(wrong: Option<&'static Encoding>, text: &str) -> Option<String> {
    let bytes = match wrong {
        Some(wrong) => Some(wrong.encode(text)).filter(|(.., is_lossy)| !is_lossy)?.0.into_owned(),
        None => text.chars().map(u8::try_from).collect::<Result<_, _>>().ok()?,
    };
    let meant = String::from_utf8(bytes).ok()?;
    let is_russian = meant.chars().any(|sign| ('а'..='я').contains(&sign));
    is_russian.then_some(meant)
}

fn chosen(name: &str) -> Note {
    Note {
        code: "J122",
        severity: ProblemSeverity::Notice,
        row: 0,
        message: said!(
            "кодировка не указана, по буквам это {name}: файл так и прочитан",
            "the encoding is not stated; by its letters it is {name}, and so the file was read"
        ),
        hint: said!(
            "если имена в документах неверны, сохраните файл в UTF-8",
            "if names in the documents are wrong, save the file as UTF-8"
        ),
    }
}

fn twice() -> Note {
    Note {
        code: "J122",
        severity: ProblemSeverity::Notice,
        row: 0,
        message: said!(
            "текст закодирован в UTF-8 дважды: прочитан так, как был до этого",
            "the text was encoded as UTF-8 twice: it was read as it was before"
        ),
        hint: said!("сохраните файл в UTF-8 один раз", "save the file as UTF-8 once"),
    }
}

fn no_text() -> Refusal {
    Refusal {
        message: said!("файл не текстовый: в нём нулевые байты", "the file is no text: it has zero bytes"),
        hint: said!(
            "выгрузите таблицу снова как CSV в кодировке UTF-8 или как XLSX",
            "export the table again as CSV in UTF-8, or as XLSX"
        ),
    }
}

fn unsure(likely: &[&'static Encoding]) -> Refusal {
    let names = likely.iter().map(|encoding| name(encoding)).collect::<Vec<_>>();
    let message = if names.is_empty() {
        said!(
            "кодировка файла не распознана: это не UTF-8, и русских слов ни в одной из Windows-1251, KOI8-R, CP866, \
             MacCyrillic, ISO-8859-5 не видно",
            "the file's encoding was not recognised: it is not UTF-8, and in none of Windows-1251, KOI8-R, CP866, \
             MacCyrillic and ISO-8859-5 does it look Russian"
        )
    } else {
        Said::new(
            format!("кодировка файла неясна: подходят {}", names.join(" и ")),
            format!("the file's encoding is not clear: it may be {}", names.join(" or ")),
        )
    };
    let hint = said!(
        "откройте файл там, где буквы видны верно, и сохраните как «CSV UTF-8»",
        "open the file where its letters show right and save it as \"CSV UTF-8\""
    );
    Refusal { message, hint }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, Vec<(u32, ProblemSeverity)>) {
        let decoded =
            decode(bytes, Known::default()).unwrap_or_else(|refusal| panic!("{}", refusal.message.en));
        let notes = decoded.notes.iter().map(|note| (note.row, note.severity)).collect();
        (decoded.text.into_owned(), notes)
    }

    #[test]
    fn utf_8_and_marked_texts_are_read_without_a_word() {
        let text = "Код;ФИО\nс1;Лапина";
        let wide: Vec<u16> = text.encode_utf16().collect();
        let little: Vec<u8> = [0xFEFF].iter().chain(&wide).flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = [0xFEFF].iter().chain(&wide).flat_map(|unit| unit.to_be_bytes()).collect();
        let marked = [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat();
        for bytes in [text.as_bytes(), &marked, &little, &big] {
            assert_eq!(read(bytes), (text.to_owned(), vec![]));
        }
        assert!(decode(b"\x00\xff\x00", Known::default()).is_err());
    }

    #[test]
    fn one_broken_byte_is_said_with_its_line_and_the_rest_is_utf_8() {
        let mut bytes = "Код;Тема\n1;Дроби\n2;Сложени".as_bytes().to_vec();
        bytes.extend_from_slice(b"\xd0\n3;x");
        let (text, notes) = read(&bytes);
        assert_eq!(text, format!("Код;Тема\n1;Дроби\n2;Сложени{BROKEN}\n3;x"));
        assert_eq!(notes, [(3, ProblemSeverity::Error)]);
    }

    #[test]
    fn what_was_encoded_twice_is_read_as_it_was() {
        let text = "Код;ФИО\nс1;Анна Ильинична №5";
        for wrong in [WINDOWS_1251, encoding_rs::WINDOWS_1252] {
            let twice = wrong.decode_without_bom_handling(text.as_bytes()).0;
            assert_eq!(read(twice.as_bytes()).0, text);
        }
        // ISO-8859-1 as most programming languages define it, with control characters among the letters.
        let twice: String = text.bytes().map(char::from).collect();
        assert_eq!(read(twice.as_bytes()).0, text);
    }

    #[test]
    fn what_declares_its_encoding_is_read_in_it() {
        let bytes = [0xE1u8, 0xE2];
        let known = Known { declared: Some("koi8-r"), beside: None };
        let read = decode(&bytes, known).map(|decoded| decoded.text.into_owned());
        assert_eq!(read.map_err(|refusal| refusal.message.en), Ok("АБ".to_owned()));
    }

    #[test]
    fn a_file_of_codes_alone_is_in_what_the_files_beside_it_are_in() {
        let bytes = encoding_rs::KOI8_R.encode("P01,5А,К1\n").0;
        let names = encoding_rs::KOI8_R.encode("Аистова,Вера,Павловна\nБобров,Олег,Ильич\n").0;
        assert_eq!(clear_encodings(&names), [encoding_rs::KOI8_R]);
        let beside = Some(encoding_rs::KOI8_R);
        let read = decode(&bytes, Known { declared: None, beside }).map(|decoded| decoded.text.into_owned());
        assert_eq!(read.map_err(|refusal| refusal.message.en), Ok("P01,5А,К1\n".to_owned()));
    }

    #[test]
    fn two_encodings_in_one_file_are_named_with_their_line() {
        let first = "код;имя\n1;Аистова Вера\n2;Бобров Олег\n".as_bytes();
        let second = WINDOWS_1251.encode("3;Воронина Дина\n4;Галкин Юрий\n").0;
        let refusal = decode(&[first, &second].concat(), Known::default()).err().expect("it is refused");
        assert!(refusal.message.ru.contains("со строки 4"), "{}", refusal.message.ru);
    }
}
