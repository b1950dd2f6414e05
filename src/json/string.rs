//! The text of a JSON string: its escapes taken off, and put on again.
//!
//! Must not know where the string stands. Keeps I4: one way to write each character, in every artifact.

use alloc::vec::Vec;

use super::scan::plain_text;
use crate::bytes::append;

/// Appends the text of a string token's inside. The token was read before, so its escapes are right; what is not is
/// left out.
pub(crate) fn unescape(inside: &[u8], out: &mut Vec<u8>) {
    let mut rest = inside;
    while let Some(at) = memchr::memchr(b'\\', rest) {
        out.extend_from_slice(rest.get(..at).unwrap_or_default());
        let escape = rest.get(at + 1..).unwrap_or_default();
        let (character, taken) = match escape.first() {
            Some(b'b') => ('\u{8}', 1),
            Some(b'f') => ('\u{c}', 1),
            Some(b'n') => ('\n', 1),
            Some(b'r') => ('\r', 1),
            Some(b't') => ('\t', 1),
            Some(b'u') => unicode(escape),
            Some(&byte) => (char::from(byte), 1),
            None => return,
        };
        out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        rest = escape.get(taken..).unwrap_or_default();
    }
    out.extend_from_slice(rest);
}

/// The character of `uXXXX` or of the pair `uXXXX\uXXXX`, and how many bytes it takes.
fn unicode(escape: &[u8]) -> (char, usize) {
    let hex = |at: usize| {
        let digits = escape.get(at..at + 4).unwrap_or_default();
        digits.iter().try_fold(0, |value, &byte| Some(value << 4 | char::from(byte).to_digit(16)?)).unwrap_or(0xfffd)
    };
    let first = hex(1);
    if (0xd800..0xdc00).contains(&first) {
        let low = hex(7).wrapping_sub(0xdc00) & 0x3ff;
        let code = 0x10000 + ((first - 0xd800) << 10 | low);
        return (char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), 11);
    }
    (char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER), 5)
}

/// Appends `text` as the inside of a JSON string.
pub(crate) fn escape(text: &[u8], out: &mut Vec<u8>) {
    let mut rest = text;
    loop {
        let (plain, stop) = rest.split_at_checked(plain_text(rest, 0)).unwrap_or_default();
        append(out, plain);
        let Some((&byte, behind)) = stop.split_first() else { return };
        rest = behind;
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            0..0x20 => {
                let hex = |nibble: u8| b"0123456789abcdef".get(usize::from(nibble)).copied().unwrap_or(b'0');
                out.extend_from_slice(&[b'\\', b'u', b'0', b'0', hex(byte >> 4), hex(byte & 15)]);
            }
            _ => out.push(byte),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unescaped(inside: &str) -> Vec<u8> {
        let mut out = Vec::new();
        unescape(inside.as_bytes(), &mut out);
        out
    }

    #[test]
    fn takes_every_escape_off() {
        assert_eq!(unescaped(r#"a\"b\\c\/d\b\f\n\r\t\u00e9\ud83d\ude00z"#), "a\"b\\c/d\u{8}\u{c}\n\r\té😀z".as_bytes());
    }

    #[test]
    fn what_is_put_on_comes_off_again() {
        let text: alloc::string::String = (0..0x250u32).filter_map(char::from_u32).chain("😀".chars()).collect();
        let mut inside = Vec::new();
        escape(text.as_bytes(), &mut inside);
        assert_eq!(unescaped(core::str::from_utf8(&inside).unwrap()), text.as_bytes());
    }
}
