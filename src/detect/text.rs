//! Bytes and words: classes, and where a word starts in text that may be escaped.
//!
//! Must not know any detector. Keeps I5 (every look back is bounded) and I8.

use core::ops::Range;

/// Sets of bytes that bodies of tokens are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alphabet {
    /// Letters and digits.
    Alnum,
    /// Upper-case letters and the digits 2 to 7: base32 without its padding (RFC 4648, section 6).
    Base32,
    /// Letters and digits that are told apart at a glance: no `0`, `O`, `I` and `l`.
    Base58,
    /// Letters, digits, `+` and `/`: base64 without its padding (RFC 4648, section 4).
    Base64,
    /// The characters of BIP 173, in lower case.
    Bech32,
    /// Letters, digits and `-`.
    Dash,
    /// Letters, digits, `.` and `/`: the base64 of crypt.
    Crypt,
    /// Digits.
    Digit,
    /// Digits and `/`.
    DigitSlash,
    /// `$`.
    Dollar,
    /// Letters, digits, `-`, `_` and `.`.
    Dotted,
    /// Base64 of either kind with its padding, as it stands or with percent escapes.
    Encoded,
    /// Hexadecimal digits in either case.
    Hex,
    /// Hexadecimal digits and `-`: what a UUID is made of.
    HexDash,
    /// Lower-case letters and digits.
    Lower,
    /// Lower-case hexadecimal digits.
    LowerHex,
    /// Upper-case letters and digits.
    Upper,
    /// What tokens are made of at the beginning: words, joints, `.` and a few signs that are rare elsewhere.
    Part,
    /// Letters, digits and `_`.
    Word,
    /// Letters, digits, `-` and `_`: base64url without its padding (RFC 4648, section 5).
    WordDash,
    /// `token68` of RFC 9110, section 11.2.
    Token68,
    /// Upper-case hexadecimal digits.
    UpperHex,
    /// `token68` with escapes of URLs in it.
    UrlEncoded,
}

impl Alphabet {
    /// How many there are.
    pub(super) const COUNT: usize = Self::ALL.len();

    const ALL: [Alphabet; 23] = [
        Alphabet::Alnum,
        Alphabet::Base32,
        Alphabet::Base58,
        Alphabet::Base64,
        Alphabet::Bech32,
        Alphabet::Dash,
        Alphabet::Crypt,
        Alphabet::Digit,
        Alphabet::DigitSlash,
        Alphabet::Dollar,
        Alphabet::Dotted,
        Alphabet::Encoded,
        Alphabet::Hex,
        Alphabet::HexDash,
        Alphabet::Lower,
        Alphabet::LowerHex,
        Alphabet::Upper,
        Alphabet::Part,
        Alphabet::Word,
        Alphabet::WordDash,
        Alphabet::Token68,
        Alphabet::UpperHex,
        Alphabet::UrlEncoded,
    ];

    /// Whether `byte` belongs to it.
    #[inline]
    pub(super) fn has(self, byte: u8) -> bool {
        // The table has a place for every byte, so the fallback is never taken and the check is compiled away.
        MEMBERS.get(usize::from(byte)).is_some_and(|alphabets| Alphabets(*alphabets).contain_all(Alphabets::one(self)))
    }

    /// Those that every one of `bytes` belongs to.
    pub(super) fn of_all(bytes: &[u8]) -> Alphabets {
        let of = |byte: &u8| MEMBERS.get(usize::from(*byte)).copied().unwrap_or_default();
        Alphabets(bytes.iter().map(of).fold(!0, |all, own| all & own))
    }

    /// The same, for tables that are made when the crate is built.
    pub(super) const fn holds(self, byte: u8) -> bool {
        let alnum = byte.is_ascii_alphanumeric();
        match self {
            Alphabet::Alnum => alnum,
            Alphabet::Base32 => matches!(byte, b'A'..=b'Z' | b'2'..=b'7'),
            Alphabet::Base58 => alnum && !matches!(byte, b'0' | b'O' | b'I' | b'l'),
            Alphabet::Base64 => alnum || matches!(byte, b'+' | b'/'),
            Alphabet::Bech32 => Alphabet::Lower.holds(byte) && !matches!(byte, b'1' | b'b' | b'i' | b'o'),
            Alphabet::Dash => alnum || byte == b'-',
            Alphabet::Crypt => alnum || matches!(byte, b'.' | b'/'),
            Alphabet::Digit => byte.is_ascii_digit(),
            Alphabet::DigitSlash => byte.is_ascii_digit() || byte == b'/',
            Alphabet::Dollar => byte == b'$',
            Alphabet::Dotted => alnum || matches!(byte, b'-' | b'_' | b'.'),
            Alphabet::Encoded => alnum || matches!(byte, b'+' | b'/' | b'=' | b'-' | b'_' | b'%'),
            Alphabet::UrlEncoded => alnum || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'+' | b'/' | b'=' | b'%'),
            Alphabet::Hex => byte.is_ascii_hexdigit(),
            Alphabet::HexDash => byte.is_ascii_hexdigit() || byte == b'-',
            Alphabet::Lower => byte.is_ascii_lowercase() || byte.is_ascii_digit(),
            Alphabet::LowerHex => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
            Alphabet::Token68 => alnum || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'+' | b'/' | b'='),
            Alphabet::Upper => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
            Alphabet::UpperHex => matches!(byte, b'0'..=b'9' | b'A'..=b'F'),
            Alphabet::Part => alnum || matches!(byte, b'_' | b'-' | b'.' | b'+' | b'%' | b'~' | b'!' | b'|' | b'$'),
            Alphabet::Word => alnum || byte == b'_',
            Alphabet::WordDash => alnum || byte == b'-' || byte == b'_',
        }
    }
}

/// A set of alphabets.
#[derive(Clone, Copy, Debug)]
pub(super) struct Alphabets(u32);

impl Alphabets {
    pub(super) const NONE: Self = Alphabets(0);

    pub(super) const fn one(alphabet: Alphabet) -> Self {
        Alphabets(1 << alphabet as u32)
    }

    pub(super) const fn contain_all(self, others: Self) -> bool {
        self.0 & others.0 == others.0
    }
}

/// Which alphabets each byte belongs to: bit by bit.
static MEMBERS: [u32; 256] = {
    let mut members = [0; 256];
    let (mut byte, mut free): (u8, &mut [u32]) = (0, &mut members);
    while let [slot, rest @ ..] = free {
        let mut alphabets: &[Alphabet] = &Alphabet::ALL;
        while let [alphabet, others @ ..] = alphabets {
            *slot |= (alphabet.holds(byte) as u32) << *alphabet as u32;
            alphabets = others;
        }
        byte = byte.wrapping_add(1);
        free = rest;
    }
    members
};

/// The byte at `at`.
pub(super) fn byte(text: &[u8], at: usize) -> Option<u8> {
    text.get(at).copied()
}

/// A set of ASCII bytes, a bit each: asked of many bytes, it costs less than a list.
#[derive(Clone, Copy)]
pub(super) struct Signs(u128);

impl Signs {
    pub(super) const LETTERS: Self = Signs::of(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    pub(super) const fn of(signs: &[u8]) -> Self {
        Signs(0).with(signs)
    }

    /// The same, with others.
    pub(super) const fn with(self, others: &[u8]) -> Self {
        let (mut bits, mut signs) = (self.0, others);
        while let [sign, others @ ..] = signs {
            bits |= 1 << *sign;
            signs = others;
        }
        Signs(bits)
    }

    #[inline(always)]
    pub(super) fn have(self, byte: u8) -> bool {
        // A shift of both halves would be a call on a WebAssembly machine.
        let half = if byte < 64 { self.0 as u64 } else { (self.0 >> 64) as u64 };
        byte.is_ascii() && half >> (byte % 64) & 1 == 1
    }
}

/// Whether one of `bytes` is such: all are asked at once, for that is what vectors do.
#[inline(always)]
pub(super) fn any<const N: usize>(bytes: &[u8; N], is: impl Fn(u8) -> bool) -> bool {
    bytes.iter().fold(false, |any, byte| any | is(*byte))
}

/// The byte before `at`.
pub(super) fn before(text: &[u8], at: usize) -> Option<u8> {
    at.checked_sub(1).and_then(|at| byte(text, at))
}

/// The bytes of `range`, as far as the text goes.
pub(super) fn part(text: &[u8], range: Range<usize>) -> &[u8] {
    text.get(range.start..range.end.min(text.len())).unwrap_or_default()
}

/// Everything from `at` on.
pub(super) fn rest(text: &[u8], at: usize) -> &[u8] {
    text.get(at..).unwrap_or_default()
}

/// Whether `word` stands at `at`. Its first byte is asked before the comparison is called: most often it says no, and an
/// empty word points nowhere, which comparisons by masked loads pay for with a fault.
#[inline]
pub(super) fn exact_at(text: &[u8], at: usize, word: &[u8]) -> bool {
    word.first().is_none_or(|first| text.get(at) == Some(first) && rest(text, at).starts_with(word))
}

/// Whether `word`, in either case, stands at `at`.
#[inline]
pub(super) fn folded_at(text: &[u8], at: usize, word: &[u8]) -> bool {
    part(text, at..at.saturating_add(word.len())).eq_ignore_ascii_case(word)
}

/// Whether `word`, in either case, ends at `end`; gives its start.
pub(super) fn folded_before(text: &[u8], end: usize, word: &[u8]) -> Option<usize> {
    let start = end.checked_sub(word.len())?;
    folded_at(text, start, word).then_some(start)
}

/// The first place from `at` on whose byte is not `wanted`.
pub(super) fn skip(text: &[u8], at: usize, wanted: impl Fn(u8) -> bool) -> usize {
    at + rest(text, at).iter().take_while(|&&byte| wanted(byte)).count()
}

/// The first place before `at` from which on every byte is `wanted`, looking back at most `limit` bytes.
pub(super) fn skip_back(text: &[u8], at: usize, limit: usize, wanted: impl Fn(u8) -> bool) -> usize {
    at - part(text, at.saturating_sub(limit)..at).iter().rev().take_while(|&&byte| wanted(byte)).count()
}

/// How much of a value is judged: enough for any real one, and no more work however often a hostile text asks.
const JUDGED: usize = 64;

/// The beginning of `value` that is judged.
pub(super) fn judged(value: &[u8]) -> &[u8] {
    part(value, 0..JUDGED)
}

/// Whether a full stop stands at `at`, and no word goes on behind it.
pub(super) fn ends_sentence(text: &[u8], at: usize) -> bool {
    byte(text, at) == Some(b'.') && !byte(text, at + 1).is_some_and(|byte| byte.is_ascii_alphanumeric())
}

/// Whether `byte` separates words on one line.
pub(super) fn is_blank(byte: u8) -> bool {
    byte == b' ' || byte == b'\t'
}

/// Whether a word starts at `start`: no letter or digit stands before it, save one that belongs to an escape: `\n`,
/// `\u003d`, `\x1b`, `%3D`, or the `m` that ends a colour (`ESC [ 1 ; 3 2 m`). Telemetry is full of these.
pub(super) fn starts_word(text: &[u8], start: usize) -> bool {
    match before(text, start) {
        Some(last) if last.is_ascii_alphanumeric() => after_escape(text, start),
        _ => true,
    }
}

/// Whether what stands before `start` is the sign of a line that was added or taken away.
pub(super) fn is_in_diff(text: &[u8], start: usize) -> bool {
    matches!(before(text, start), Some(b'+' | b'-')) && before(text, start - 1).is_none_or(|byte| byte == b'\n')
}

/// Where a word really starts that seems to start at `start`, after a byte that may belong to an escape.
pub(super) fn inner_start(text: &[u8], start: usize) -> usize {
    let near = part(text, start.saturating_sub(1)..start + 4);
    if !near.iter().any(|byte| matches!(byte, b'\\' | b'%' | b'[' | b';')) {
        return start;
    }
    (1..=5).map(|length| start + length).find(|&at| after_escape(text, at)).unwrap_or(start)
}

/// Whether an escape ends at `end`.
pub(super) fn after_escape(text: &[u8], end: usize) -> bool {
    let tail = part(text, end.saturating_sub(6)..end);
    let hex = |bytes: &[u8]| bytes.iter().all(u8::is_ascii_hexdigit);
    match tail {
        [.., b'\\', b'n' | b'r' | b't' | b'f' | b'b' | b'0'] => true,
        [b'\\', b'u', digits @ ..] if digits.len() == 4 && hex(digits) => true,
        [.., b'\\', b'x', a, b] | [.., b'%', a, b] if hex(&[*a, *b]) => true,
        [.., b'm'] => {
            let colour = end - 1;
            let digits = skip_back(text, colour, 12, |byte| byte.is_ascii_digit() || byte == b';');
            before(text, digits) == Some(b'[')
        }
        _ => false,
    }
}

/// Whether `bytes` look like something a machine made: a digit, or letters of both cases. Prose and names in kebab case
/// have neither.
pub(super) fn looks_random(bytes: &[u8]) -> bool {
    let (mut digit, mut upper, mut lower) = (false, false, false);
    // All at once, for that is what vectors do.
    for byte in judged(bytes) {
        digit |= byte.is_ascii_digit();
        upper |= byte.is_ascii_uppercase();
        lower |= byte.is_ascii_lowercase();
    }
    digit || upper && lower
}

/// Whether there are digits and letters in `bytes`.
pub(super) fn has_digits_and_letters(bytes: &[u8]) -> bool {
    bytes.iter().any(u8::is_ascii_digit) && bytes.iter().any(u8::is_ascii_alphabetic)
}

/// Whether `bytes` could be the body of a token: random in looks, of several letters, and not mostly one byte over and
/// over, as `xxxxxxxxxxxx0` in documentation is.
pub(super) fn looks_made(bytes: &[u8]) -> bool {
    let judged = judged(bytes);
    looks_random(judged) && has_several(judged) && 4 * repeats(judged) < 3 * judged.len()
}

/// How many of `judged` are the byte before.
pub(super) fn repeats(judged: &[u8]) -> usize {
    count(judged.array_windows().map(|[last, next]| last == next))
}

/// How many answers are so, of at most 255; in a byte, for that is what vectors do.
pub(super) fn count(answers: impl Iterator<Item = bool>) -> usize {
    usize::from(answers.fold(0_u8, |count, is_so| count.wrapping_add(u8::from(is_so))))
}

/// Whether `judged` is a filler behind what may be a prefix, or in groups: so many tenths of its letters and digits are the
/// same one. Or whether it counts: three of four bytes are the one after the byte before.
pub(super) fn is_filler(judged: &[u8], tenths: usize) -> bool {
    let (mut counts, mut most, mut all) = ([0_u8; 128], 0, 0);
    for byte in judged.iter().filter(|byte| byte.is_ascii_alphanumeric()) {
        if let Some(count) = counts.get_mut(usize::from(*byte)) {
            *count += 1;
            (most, all) = (usize::from(*count).max(most), all + 1);
        }
    }
    let steps = count(judged.array_windows().map(|[last, next]| last.wrapping_add(1) == *next));
    all >= 12 && (10 * most >= tenths * all || 4 * steps >= 3 * judged.len())
}

/// Whether there are [`FEWEST`] different bytes, or nothing but different ones.
fn has_several(bytes: &[u8]) -> bool {
    let mut seen = [0; FEWEST];
    let mut count = 0;
    for byte in bytes {
        let (known, free) = seen.split_at_mut(count);
        if !known.contains(byte)
            && let [place, ..] = free
        {
            *place = *byte;
            count += 1;
        }
        if count == FEWEST {
            return true;
        }
    }
    count == bytes.len()
}

/// A token of fewer different letters is a filler.
const FEWEST: usize = 5;

/// Decodes the base64 (either alphabet) at the start of `text` into `out`; gives the decoded part.
pub(super) fn decode_base64<'o>(text: &[u8], out: &'o mut [u8]) -> &'o [u8] {
    let mut bits = 0_u32;
    let mut count = 0;
    let mut filled = 0;
    for &byte in text {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => break,
        };
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            let Some(slot) = out.get_mut(filled) else { break };
            *slot = (bits >> count) as u8;
            filled += 1;
        }
    }
    out.get(..filled).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_start_after_escapes() {
        for (text, start, expected) in [
            ("AKIA", 0, true),
            (" AKIA", 1, true),
            ("xAKIA", 1, false),
            ("\\nAKIA", 2, true),
            ("\\u003dAKIA", 6, true),
            ("%3DAKIA", 3, true),
            ("\\x1bAKIA", 4, true),
            ("\u{1b}[1;32mAKIA", 7, true),
            ("mAKIA", 1, false),
            ("é!AKIA", 3, true),
        ] {
            assert_eq!(starts_word(text.as_bytes(), start), expected, "{text}");
        }
    }

    #[test]
    fn base64_is_decoded_as_far_as_it_goes() {
        let mut out = [0; 8];
        assert_eq!(decode_base64(b"dXNlcjpw!!", &mut out), b"user:p");
        assert_eq!(decode_base64(b"", &mut out), b"");
        assert_eq!(decode_base64(b"QUFBQUFBQUFBQUFBQUFB", &mut out), b"AAAAAAAA", "no more than there is room");
    }
}
