//! How much a word looks like Russian: the frequency of its letter pairs, and the places of its capitals.

/// The letters, ё as е; the last place means the ends of a word.
const LETTERS: &str = "абвгдежзийклмнопрстуфхцчшщъыьэюя";
const END: usize = 32;

/// How often a letter (row) is followed by another (column): digits of base-2 logarithms, 6 for chance.
/// Counted over Russian names, topics and prose.
const FOLLOWS: [&[u8; 33]; 33] = [
    b"067466563567781666724555430000569",
    b"732008236058479084070550075700357",
    b"903208047056388356550301400730048",
    b"730456008037239082060002000002007",
    b"805449238045688575370140300520057",
    b"257675552667794477832335330000118",
    b"750089208060096002080000000230006",
    b"947475316065677050060032002640067",
    b"446447366676685467814557310000578",
    b"020050020276064227600022300000059",
    b"914007138007039065770040000000007",
    b"840408508055068003060001000590677",
    b"821019008045658503070000000631059",
    b"801258009060078114654053000840067",
    b"078776553667764677723235420001048",
    b"700108008046039590260000000320046",
    b"905428408040669135572402100550056",
    b"626047106087467756963304100551176",
    b"807018008054568177360004000670048",
    b"546675661267660688710308550000608",
    b"931418149111519161165111111441116",
    b"606004008000368075050300000000009",
    b"815119119111117111151131111711137",
    b"800009008063082041640001100040008",
    b"613119119197385111331111311131117",
    b"700009008000040000040000090030005",
    b"444449444444444444444444447444487",
    b"057548321866730646620805500100019",
    b"005346056060593006700403500020669",
    b"222252652289522626925222522225227",
    b"151171311115151171811117191111419",
    b"164356260265660055800534130000549",
    b"667575477175678878675435410004240",
];
const CHANCE: i32 = 6;

/// The kind of a word's character.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// A Russian letter, by its index in [`FOLLOWS`], and whether it is a capital.
    Letter(usize, bool),
    Digit,
    Latin,
    /// Punctuation of Russian texts.
    Sign,
    /// Letters of neighbouring languages, and rarer punctuation.
    Rare,
    /// Characters of no Russian text: graphics, letters of the Balkans, control characters.
    Junk,
}

/// Words that are complete cells of exports.
const CODES: &[&str] = &["б", "ну", "н", "оп", "осв", "зач", "незач", "да", "нет", "м", "ж"];

/// Returns how much likelier than by chance a word is Russian, as a base-2 logarithm.
pub(super) fn likeness(word: &str) -> i32 {
    let kinds: Vec<Kind> = word.chars().map(kind).collect();
    let code = if CODES.contains(&word) { 6 } else { 0 };
    let pairs = kinds.windows(2).map(|pair| pair_likeness(pair[0], pair[1]));
    let ends = kinds.first().map_or(0, |first| pair_likeness(Kind::Sign, *first))
        + kinds.last().map_or(0, |last| pair_likeness(*last, Kind::Sign));
    code + class_name(&kinds) + kinds.iter().map(|kind| alone(*kind)).sum::<i32>() + pairs.sum::<i32>() + ends
}

fn kind(sign: char) -> Kind {
    let lower = sign.to_lowercase().next().unwrap_or(sign);
    let folded = if lower == 'ё' { 'е' } else { lower };
    if let Some(place) = LETTERS.chars().position(|letter| letter == folded) {
        return Kind::Letter(place, lower != sign);
    }
    match sign {
        '0'..='9' => Kind::Digit,
        'A'..='Z' | 'a'..='z' => Kind::Latin,
        '«' | '»' | '„' | '“' | '”' | '’' | '–' | '—' | '…' | '№' | '§' | '°' | '\u{a0}' | '\u{ad}' => {
            Kind::Sign
        }
        'і' | 'І' | 'ї' | 'Ї' | 'є' | 'Є' | 'ґ' | 'Ґ' | 'ў' | 'Ў' | '±' | '·' | '©' | '€' | '²' | '×' => {
            Kind::Rare
        }
        _ => Kind::Junk,
    }
}

fn alone(kind: Kind) -> i32 {
    match kind {
        Kind::Letter(..) | Kind::Digit | Kind::Latin | Kind::Sign => 0,
        Kind::Rare => -3,
        Kind::Junk => -8,
    }
}

fn pair_likeness(before: Kind, after: Kind) -> i32 {
    let follows = |row: usize, column: usize| i32::from(FOLLOWS[row][column] - b'0') - CHANCE;
    match (before, after) {
        // A capital inside a word is rarer than any pair of letters.
        (Kind::Letter(_, false), Kind::Letter(_, true)) => -6,
        (Kind::Letter(one, _), Kind::Letter(other, _)) => follows(one, other),
        (Kind::Letter(..), Kind::Latin) | (Kind::Latin, Kind::Letter(..)) => -3,
        (Kind::Letter(one, _), _) => follows(one, END),
        (_, Kind::Letter(other, _)) => follows(END, other),
        _ => 0,
    }
}

/// `5А` is a class; `5б` and `5Ю` hardly are.
fn class_name(kinds: &[Kind]) -> i32 {
    const LAST_OF_MANY: usize = 5;
    let (numbers, letter) = kinds.split_at(kinds.len().saturating_sub(1));
    if !matches!(numbers.len(), 1 | 2) || numbers.iter().any(|kind| *kind != Kind::Digit) {
        return 0;
    }
    match letter {
        [Kind::Letter(0..=LAST_OF_MANY, true)] => 5,
        [Kind::Letter(_, true)] => 0,
        [Kind::Letter(_, false)] => -2,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::likeness;

    #[test]
    fn russian_words_are_likelier_than_the_same_bytes_of_another_encoding() {
        for word in ["Иванова", "тема", "ШКОЛА", "Контрольная", "б", "5А", "отметка", "Ёжикова"]
        {
            let bytes = encoding_rs::KOI8_R.encode(word).0;
            let wrong = encoding_rs::WINDOWS_1251.decode(&bytes).0;
            assert!(likeness(word) > likeness(&wrong), "{word} {wrong}");
        }
    }
}
