//! The leak oracle: whether anything of a planted marker is in an output, in whatever way it was written there.
//!
//! Must not know what an output is: bytes of a batch, a report, an error, a log line. Holds I1: a leak is eight
//! bytes in a row of a marker, not only the whole of it.

use std::collections::HashMap;
use std::fmt;

/// The shortest piece of a marker that counts as a leak.
pub const PIECE: usize = 8;

/// Secrets and persons that were planted while the captures were recorded: no eight bytes in a row of these may leave.
pub const PLANTED: &[&str] = &[
    "AKIAIOSFODNN7EXAMPLE",
    "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
    "sk-FAKE0000abcdefghijklmnopqrstuvwxyzABCDEFGH0000",
    "xoxb-FAKE-000000000000-000000000000-abcdefFAKEabcdef",
    "hunter2-EXAMPLE",
    "s3cr3t-EXAMPLE",
    "4111 1111 1111 1111",
    "4111111111111111",
    "+1-202-555-0143",
    "078-05-1120",
    "alice.smith@",
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9",
    "SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c",
    "MIIBOgIBAAJBAKFAKEFAKEFAKE",
    "BEGIN RSA PRIVATE KEY",
    "00000000-fake-4000-8000-000000000001",
    "fake_secrets.env",
    "every value here is fake",
];

/// Markers to look for, cut into every piece of [`PIECE`] bytes.
#[derive(Clone, Debug)]
pub struct Leaks {
    /// Piece (in lower case, as it would be written) to the marker it is of and the way it is written.
    pieces: HashMap<Vec<u8>, (usize, Way)>,
    /// Lengths of the pieces, ascending.
    lengths: Vec<usize>,
    markers: Vec<String>,
}

/// A marker, or a part of one, that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leak {
    /// The marker.
    pub marker: String,
    /// How it is written in the haystack.
    pub way: Way,
    /// Which decoding of the haystack it was found in, how often applied.
    pub view: String,
    /// Where in that view.
    pub at: usize,
}

/// How a marker is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// In base64, at one of the three alignments.
    Base64,
    /// As two hexadecimal digits a byte.
    Hex,
    /// As it is, in any case of letters.
    Plain,
    /// Back to front.
    Reversed,
    /// A zero byte after each byte: UTF-16.
    Wide,
}

impl fmt::Display for Leak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "marker {:?} leaks: {:?} at byte {} of {}", self.marker, self.way, self.at, self.view)
    }
}

/// The first leak of any of the markers.
pub fn find<M: AsRef<str>>(markers: impl IntoIterator<Item = M>, haystack: &[u8]) -> Option<Leak> {
    Leaks::of(markers).find(haystack)
}

/// A made-up marker: 20 letters and digits that occur nowhere by chance, the same for the same number.
pub fn marker(number: u64) -> String {
    // SplitMix64: well mixed from any seed, and stable for ever.
    let mut state = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5a71_37c0_ffee_0bad;
    let mut text = String::from("Zq7");
    while text.len() < 20 {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (state ^ state >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        // Letters and digits alternate, so that no piece is a word, a number, or hexadecimal throughout.
        let letters = b"GHJKMNPQRTVWXYZghjkmnpqrtvwxyz";
        text.push(char::from(letters[(mixed >> 33) as usize % letters.len()]));
        text.push(char::from(b'2' + ((mixed >> 13) % 8) as u8));
    }
    text.truncate(20);
    text
}

impl Leaks {
    /// Prepares the search.
    ///
    /// # Panics
    ///
    /// On a marker shorter than [`PIECE`]: it would be found by chance.
    pub fn of<M: AsRef<str>>(markers: impl IntoIterator<Item = M>) -> Self {
        let markers: Vec<String> = markers.into_iter().map(|marker| marker.as_ref().to_owned()).collect();
        let mut pieces = HashMap::new();
        for (index, marker) in markers.iter().enumerate() {
            assert!(marker.len() >= PIECE, "the marker {marker:?} is too short to be looked for");
            for piece in marker.as_bytes().windows(PIECE) {
                for (written, way) in ways(piece) {
                    pieces.entry(written.to_ascii_lowercase()).or_insert((index, way));
                }
            }
        }
        let mut lengths: Vec<usize> = pieces.keys().map(Vec::len).collect();
        lengths.sort_unstable();
        lengths.dedup();
        Self { pieces, lengths, markers }
    }

    /// The first leak in `haystack`, read as it is and with its escapes undone.
    pub fn find(&self, haystack: &[u8]) -> Option<Leak> {
        views(haystack).into_iter().find_map(|(view, bytes)| self.find_in(&view, &bytes))
    }

    /// Asserts that nothing leaks.
    ///
    /// # Panics
    ///
    /// Where something does, naming `what` was looked at.
    #[track_caller]
    pub fn assert_none(&self, what: &str, haystack: &[u8]) {
        if let Some(leak) = self.find(haystack) {
            panic!("{what}: {leak}\n{}", String::from_utf8_lossy(haystack));
        }
    }

    fn find_in(&self, view: &str, bytes: &[u8]) -> Option<Leak> {
        let folded = bytes.to_ascii_lowercase();
        self.lengths.iter().find_map(|length| {
            folded.windows(*length).enumerate().find_map(|(at, window)| {
                let (marker, way) = self.pieces.get(window)?;
                Some(Leak { marker: self.markers[*marker].clone(), way: *way, view: view.to_owned(), at })
            })
        })
    }
}

/// Every way in which a piece could stand without escapes.
fn ways(piece: &[u8]) -> Vec<(Vec<u8>, Way)> {
    let mut ways = vec![
        (piece.to_vec(), Way::Plain),
        (piece.iter().rev().copied().collect(), Way::Reversed),
        (piece.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect(), Way::Hex),
        (piece.iter().flat_map(|byte| [*byte, 0]).take(2 * piece.len() - 1).collect(), Way::Wide),
    ];
    ways.extend((0..3).map(|alignment| (base64_core(piece, alignment), Way::Base64)));
    ways
}

/// The characters of the base64 form that depend on `piece` alone, where `alignment` bytes stand before it.
fn base64_core(piece: &[u8], alignment: usize) -> Vec<u8> {
    let mut padded = vec![0; alignment];
    padded.extend_from_slice(piece);
    let first = (alignment * 8).div_ceil(6);
    let last = padded.len() * 8 / 6;
    base64(&padded).into_bytes()[first..last].to_vec()
}

/// Base64 in the standard alphabet, padded.
pub fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let group = (0..3).fold(0_u32, |group, at| group << 8 | u32::from(chunk.get(at).copied().unwrap_or(0)));
        for at in 0..4 {
            let digit = ALPHABET[(group >> (18 - 6 * at) & 63) as usize];
            text.push(if at <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    text
}

/// The haystack as it is, and with its percent and JSON escapes undone, up to three times over.
fn views(haystack: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut views = vec![("the output".to_owned(), haystack.to_vec())];
    for (name, undo) in [("percent escapes", unpercent as fn(&[u8]) -> Vec<u8>), ("JSON escapes", unescape)] {
        let mut current = haystack.to_vec();
        for times in 1..=3 {
            let undone = undo(&current);
            if undone == current {
                break;
            }
            views.push((format!("the output without {name}, {times} times"), undone.clone()));
            current = undone;
        }
    }
    views
}

fn unpercent(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        match (first, tail) {
            (b'%', [high, low, after @ ..]) if hex(*high).is_some() && hex(*low).is_some() => {
                out.push(hex(*high).unwrap_or(0) << 4 | hex(*low).unwrap_or(0));
                rest = after;
            }
            _ => {
                out.push(*first);
                rest = tail;
            }
        }
    }
    out
}

fn unescape(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        rest = tail;
        match (first, tail) {
            (b'\\', [b'u', a, b, c, d, after @ ..]) if [a, b, c, d].iter().all(|digit| hex(**digit).is_some()) => {
                let code = [a, b, c, d].iter().fold(0, |code, digit| code << 4 | u32::from(hex(**digit).unwrap_or(0)));
                let character = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
                out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                rest = after;
            }
            (b'\\', [escaped @ (b'"' | b'\\' | b'/'), after @ ..]) => {
                out.push(*escaped);
                rest = after;
            }
            _ => out.push(*first),
        }
    }
    out
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).map(|value| value as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(haystack: impl AsRef<[u8]>) -> Option<Way> {
        find([marker(1), marker(2)], haystack.as_ref()).map(|leak| leak.way)
    }

    fn each_byte(of: &str, write: impl Fn(u8) -> String) -> String {
        of.bytes().map(write).collect()
    }

    /// Scenario: a marker stands in an output raw, escaped, encoded, in parts.
    /// Guarantees: the oracle sees each, so that its silence means something.
    #[test]
    fn finds_what_is_planted() {
        let marker = marker(2);
        assert_eq!(way(format!("before {marker} after")), Some(Way::Plain));
        assert_eq!(way(marker.to_ascii_uppercase()), Some(Way::Plain));
        assert_eq!(way(&marker[5..13]), Some(Way::Plain));
        assert_eq!(way(marker.chars().rev().collect::<String>()), Some(Way::Reversed));
        assert_eq!(way(each_byte(&marker, |byte| format!("{byte:02x}"))), Some(Way::Hex));
        assert_eq!(way(each_byte(&marker, |byte| format!("{byte:02X}"))), Some(Way::Hex));
        assert_eq!(way(each_byte(&marker, |byte| format!("%{byte:02X}"))), Some(Way::Plain));
        assert_eq!(way(each_byte(&marker, |byte| format!("\\u{byte:04x}"))), Some(Way::Plain));
        assert_eq!(way(each_byte(&marker, |byte| format!("\\\\\\\\u{byte:04x}"))), Some(Way::Plain));
        assert_eq!(way(each_byte(&marker, |byte| format!("{}\0", char::from(byte)))), Some(Way::Wide));
        for before in ["", "x", "xy", "xyz"] {
            assert_eq!(way(base64(format!("{before}{marker} and more").as_bytes())), Some(Way::Base64), "{before}");
        }
    }

    #[test]
    fn finds_a_marker_with_a_part_escaped() {
        let marker = marker(1);
        let (front, back) = marker.split_at(4);
        let escaped = each_byte(back, |byte| format!("\\u{byte:04X}"));
        assert_eq!(way(format!("{{\"a\":\"{front}{escaped}\"}}")), Some(Way::Plain));
        let percent = each_byte(back, |byte| format!("%{byte:02x}"));
        assert_eq!(way(format!("{front}{percent}")), Some(Way::Plain));
    }

    #[test]
    fn is_silent_where_nothing_leaks() {
        assert_eq!(way("[redacted 20 chars] codex.user_prompt 12345678"), None);
        assert_eq!(way(&marker(2)[..7]), None);
        assert_eq!(way(marker(3)), None);
        assert_eq!(way(b""), None);
    }

    #[test]
    fn base64_follows_rfc_4648() {
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }
}
