//! Removes the text armour of a signature file: PEM (RFC 7468) or bare base64, both of which signing programs
//! write.

use std::borrow::Cow;

/// Returns the bytes within a text armour, or the file itself when it is binary.
pub(super) fn strip(file: &[u8]) -> Option<Cow<'_, [u8]>> {
    // Every binary signature file is a sequence. No base64 of a sequence begins with that byte, the digit 0.
    if file.first() == Some(&super::der::tag::SEQUENCE) {
        return Some(Cow::Borrowed(file));
    }
    let text = std::str::from_utf8(file).ok()?.trim_start_matches('\u{FEFF}').trim();
    let body = match text.strip_prefix("-----BEGIN ") {
        Some(rest) => {
            let (_, rest) = rest.split_once("-----")?;
            rest.split_once("-----END ")?.0
        }
        None => text,
    };
    decode(body).map(Cow::Owned)
}

/// Decodes base64 with blanks anywhere (RFC 4648, 4).
fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    let mut signs = text.bytes().filter(|sign| !sign.is_ascii_whitespace());
    for sign in signs.by_ref().take_while(|sign| *sign != b'=') {
        bits = bits << 6 | value(sign)?;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xFF).expect("eight bits fit a byte"));
        }
    }
    // After the first padding only one more may follow, and the bits must make whole bytes.
    let is_whole = count < 6 && signs.all(|sign| sign == b'=');
    (is_whole && !bytes.is_empty()).then_some(bytes)
}

/// The place of a character in the alphabet.
fn value(sign: u8) -> Option<u32> {
    let value = match sign {
        b'A'..=b'Z' => sign - b'A',
        b'a'..=b'z' => sign - b'a' + 26,
        b'0'..=b'9' => sign - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(u32::from(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4648, 10.
    #[test]
    fn the_published_examples_are_decoded() {
        for (text, plain) in [("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9v\r\nYmFy", "foobar")] {
            assert_eq!(decode(text).as_deref(), Some(plain.as_bytes()), "{text}");
        }
        assert_eq!(decode("Zm9v!"), None);
        assert_eq!(decode("Z"), None);
        assert_eq!(decode("Zg==Zg"), None);
    }

    #[test]
    fn armour_comes_off_and_binary_stays() {
        let pem = b"-----BEGIN CMS-----\nMAA=\n-----END CMS-----\n";
        assert_eq!(strip(pem).as_deref(), Some(&[0x30, 0][..]));
        assert_eq!(strip(b"MAA=").as_deref(), Some(&[0x30, 0][..]));
        assert_eq!(strip(&[0x30, 0]).as_deref(), Some(&[0x30, 0][..]));
        assert_eq!(strip(b"-----BEGIN CMS-----\nMAA="), None);
        assert_eq!(strip(&[0x89, 0xFF]), None);
    }
}
