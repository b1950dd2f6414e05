//! Secrets that are written as numbers: `[]byte{0x46, 0x41, …}`, `bytes([70, 65, 75, …])`, `new byte[] { 70, 65, … }`, `<D>…</D>`.
//!
//! Must not know names. Keeps I5: before the numbers only so much is read, and no name stands among them, so that no two
//! looks read the same ones.

use super::super::engine::Pass;
use super::super::text::{byte, looks_made, part};
use super::table::Trust;

/// The numbers of the list that begins near `start`, from the first to the last, if they may be a secret.
pub(super) fn array_at(text: &[u8], start: usize, trust: Trust) -> Option<(usize, usize)> {
    let head = part(text, start..start + LONGEST_HEAD);
    memchr::memchr3(b'[', b'{', b'(', head)?;
    for (offset, &sign) in head.iter().enumerate() {
        if b"[{(".contains(&sign)
            && let Some(list) = List::read(text, start + offset + 1)
            && list.is_secret(trust)
        {
            return Some((list.start, list.end));
        }
        if !sign.is_ascii_alphanumeric() && !b"[]{}(&*:;_.<> ".contains(&sign) {
            return None;
        }
    }
    None
}

/// The secret numbers of the RSA key in XML whose name ends at `end`: from the first factor to the exponent, or that alone.
pub(super) fn numbers(pass: &mut Pass<'_>, end: usize) {
    pass.pay(4 * super::JUDGE);
    let key = part(pass.text, end..end + LONGEST_KEY);
    let find = |tag: &[u8]| memchr::memmem::find(key, tag);
    if let Some(close) = find(b"</D>")
        && let Some(open) = [find(b"<P>"), find(b"<D>")].into_iter().flatten().min()
        && open + 3 < close
        && looks_made(part(key, open + 3..close))
    {
        pass.report(super::ID, end + open + 3, end + close);
    }
}

/// Of eight thousand bits.
const LONGEST_KEY: usize = 8192;

/// The longest beginning, such as `new ReadOnlySpan<byte>(new byte[] {`.
const LONGEST_HEAD: usize = 40;

/// Numbers with commas between them.
#[derive(Clone, Copy, Default)]
struct List {
    start: usize,
    end: usize,
    count: usize,
    /// How many are written in hexadecimal digits.
    hex: usize,
    /// How many are the one before, or follow it.
    steps: usize,
}

impl List {
    fn read(text: &[u8], start: usize) -> Option<List> {
        let start = gap_end(text, start);
        let mut list = List { start, end: start, ..List::default() };
        let (mut at, mut last) = (start, None);
        while let Some((value, end, hex)) = number(text, at) {
            list.count += 1;
            list.hex += usize::from(hex);
            list.steps += usize::from(last.is_some_and(|last| value == last || value == last + 1));
            (list.end, last) = (end, Some(value));
            at = gap_end(text, end);
            if byte(text, at) != Some(b',') {
                break;
            }
            at = gap_end(text, at + 1);
        }
        (list.count > 0).then_some(list)
    }

    /// Few numbers are dimensions or codes, and what counts up is made up.
    fn is_secret(self, trust: Trust) -> bool {
        let least = match trust {
            Trust::Full if self.hex == self.count => LEAST_HEX,
            Trust::Full | Trust::Some => LEAST,
            Trust::Little | Trust::Least | Trust::Hint => LEAST_ELSEWHERE,
        };
        self.count >= least && 2 * self.steps < self.count
    }
}

/// The fewest bytes of a secret: written in hexadecimal, and after a name that proves little.
const LEAST: usize = 8;
const LEAST_HEX: usize = 5;
const LEAST_ELSEWHERE: usize = 16;

/// White space and line feeds, escaped ones too.
fn gap_end(text: &[u8], start: usize) -> usize {
    let mut at = start;
    for _ in 0..LONGEST_GAP {
        match (byte(text, at), byte(text, at + 1)) {
            (Some(b' ' | b'\t' | b'\r' | b'\n'), _) => at += 1,
            (Some(b'\\'), Some(b'n' | b'r' | b't')) => at += 2,
            _ => break,
        }
    }
    at
}

const LONGEST_GAP: usize = 64;

/// A byte at `at`: its value, where it ends, and whether it is written in hexadecimal digits. Signs of signed bytes count.
fn number(text: &[u8], at: usize) -> Option<(u16, usize, bool)> {
    let hex = byte(text, at) == Some(b'0') && matches!(byte(text, at + 1), Some(b'x' | b'X'));
    let first = at + if hex { 2 } else { usize::from(byte(text, at) == Some(b'-')) };
    let most = if hex { 2 } else { 3 };
    let digits = part(text, first..first + most + 1);
    let radix = if hex { 16 } else { 10 };
    let count = digits.iter().take_while(|&&byte| char::from(byte).is_digit(radix)).count();
    if count == 0 || count > most {
        return None;
    }
    let value = digits
        .iter()
        .take(count)
        .fold(0, |value, &byte| value * radix + char::from(byte).to_digit(radix).unwrap_or_default());
    Some((value as u16, first + count, hex))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_found_in_every_notation() {
        for text in [
            "[]byte{«70, 65, 75, 69, 48, 49, 97, 122»}",
            "new byte[] { «0x46, 0x41, 0x4b, 0x45, 0x30» }",
            "bytes([«70,65,75,69,\n  48,97,49,122»])",
            "&[u8; 8] = [1, 2, 3]",
            "[«-12, 65, -75, 69,\\n 48, 97, 49, 122»,",
            "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]",
            "{70, 65, 75, 69}",
            "[15496, 995, 1234, 5678, 9101, 2345, 6789, 1011]",
        ] {
            let plain = text.replace(['«', '»'], "");
            let found = array_at(plain.as_bytes(), 0, Trust::Full);
            let expected = text.find('«').map(|start| (start, text.find('»').unwrap_or_default() - '«'.len_utf8()));
            assert_eq!(found, expected, "{text}");
        }
    }
}
