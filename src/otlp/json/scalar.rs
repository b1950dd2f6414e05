//! Bytes as JSON writes them: ids in hexadecimal, other bytes in base64.
//!
//! Must not know where they stand. Keeps I2: what two readers could take for different bytes is not read.

use alloc::vec::Vec;

/// Appends the bytes that `text` gives in hexadecimal, of either case; `None` if it does not.
pub(super) fn put_hex(out: &mut Vec<u8>, text: &[u8]) -> Option<()> {
    let (pairs, rest) = text.as_chunks::<2>();
    for &[high, low] in pairs {
        out.push(hex_digit(high)? << 4 | hex_digit(low)?);
    }
    rest.is_empty().then_some(())
}

fn hex_digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

/// Appends the bytes that `text` gives in base64; `None` if it does not.
///
/// Only as the proto3 JSON mapping writes it: the standard alphabet, padded, with zeros in the bits that are left over.
/// The mapping's readers take the URL's alphabet and no padding too, the Collector does not, and bits that are left over
/// give two texts for the same bytes.
pub(super) fn put_base64(out: &mut Vec<u8>, text: &[u8]) -> Option<()> {
    let (blocks, []) = text.as_chunks::<4>() else { return None };
    let Some((last, blocks)) = blocks.split_last() else { return Some(()) };
    for &[a, b, c, d] in blocks {
        let bits = sextet(a)? << 18 | sextet(b)? << 12 | sextet(c)? << 6 | sextet(d)?;
        out.extend_from_slice(&[(bits >> 16) as u8, (bits >> 8) as u8, bits as u8]);
    }
    let (bits, count) = match *last {
        [a, b, b'=', b'='] => (sextet(a)? << 18 | sextet(b)? << 12, 1),
        [a, b, c, b'='] => (sextet(a)? << 18 | sextet(b)? << 12 | sextet(c)? << 6, 2),
        [a, b, c, d] => (sextet(a)? << 18 | sextet(b)? << 12 | sextet(c)? << 6 | sextet(d)?, 3),
    };
    let bytes = [(bits >> 16) as u8, (bits >> 8) as u8, bits as u8];
    let (used, left_over) = bytes.split_at_checked(count)?;
    out.extend_from_slice(used);
    left_over.iter().all(|&byte| byte == 0).then_some(())
}

fn sextet(byte: u8) -> Option<u32> {
    Some(u32::from(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base64(text: &str) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        put_base64(&mut out, text.as_bytes()).map(|()| out)
    }

    fn hex(text: &str) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        put_hex(&mut out, text.as_bytes()).map(|()| out)
    }

    #[test]
    fn base64_is_read_as_it_is_written() {
        for (text, bytes) in [
            ("", &b""[..]),
            ("Zg==", b"f"),
            ("Zm8=", b"fo"),
            ("Zm9v", b"foo"),
            ("Zm9vYmFy", b"foobar"),
            ("+/+/", b"\xfb\xff\xbf"),
        ] {
            assert_eq!(base64(text).as_deref(), Some(bytes), "{text}");
        }
    }

    /// Scenario: no padding, too much of it, the URL's alphabet, line ends, bits that are left over.
    /// Guarantees: none of them is read (I2).
    #[test]
    fn base64_of_another_spelling_is_not_read() {
        for text in
            ["Zg", "Zg=", "Zm9", "Z===", "====", "Zh==", "Zm9=", "-_-_", "Zm\n9", "Zg==Zg==", "Zm9v\n", "=Zm9", "Z=m9"]
        {
            assert_eq!(base64(text), None, "{text}");
        }
    }

    #[test]
    fn hexadecimal_comes_in_both_cases() {
        assert_eq!(hex("00fFA9").as_deref(), Some(&[0, 0xff, 0xa9][..]));
        assert_eq!(hex("").as_deref(), Some(&[][..]));
        for text in ["0", "0g", "000", "+1", " 1", "é"] {
            assert_eq!(hex(text), None, "{text}");
        }
    }
}
