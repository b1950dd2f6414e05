//! Looks over JSON text in words of eight bytes: to the end of plain text in a string, and over white space.
//!
//! Must not know tokens. Keeps I5: each byte is looked at once, and I8: every read is a checked one.

/// How many bytes of plain text stand from `at`: up to a quote, a backslash, a control character, a byte that is not
/// ASCII, or the end.
///
/// Eight bytes at a time: taking a character from each byte sets the byte's high bit where the byte was that character
/// (or, by the borrow, in a byte above such a one, which does not matter to who looks for the lowest).
#[inline(always)]
pub(crate) fn plain_text(text: &[u8], at: usize) -> usize {
    let mut end = at;
    while let Some(word) = word(text, end) {
        let quote = (word ^ QUOTES).wrapping_sub(ONES);
        let backslash = (word ^ BACKSLASHES).wrapping_sub(ONES);
        let control = word.wrapping_sub(SPACES);
        let stops = (quote | backslash | control | word) & HIGH;
        if stops != 0 {
            return end - at + (stops.trailing_zeros() / 8) as usize;
        }
        end += 8;
    }
    let rest = text.get(end..).unwrap_or_default();
    end - at + rest.iter().take_while(|&&byte| !matches!(byte, b'"' | b'\\' | 0..0x20 | 0x80..)).count()
}

/// Where the white space ends that stands at `at`, if any does.
#[inline(always)]
pub(super) fn white_space(text: &[u8], at: usize) -> usize {
    match text.get(at) {
        Some(b' ' | b'\n' | b'\r' | b'\t') => long_white_space(text, at + 1),
        _ => at,
    }
}

/// An indented text has a line's end and then blanks only.
#[inline]
fn long_white_space(text: &[u8], mut at: usize) -> usize {
    loop {
        while let Some(word) = word(text, at) {
            let others = word ^ SPACES;
            if others != 0 {
                at += (others.trailing_zeros() / 8) as usize;
                break;
            }
            at += 8;
        }
        match text.get(at) {
            Some(b' ' | b'\n' | b'\r' | b'\t') => at += 1,
            _ => return at,
        }
    }
}

#[inline(always)]
fn word(text: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(*text.get(at..)?.first_chunk()?))
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = ONES << 7;
const QUOTES: u64 = ONES * b'"' as u64;
const BACKSLASHES: u64 = ONES * b'\\' as u64;
const SPACES: u64 = ONES * b' ' as u64;

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    /// Scenario: every byte at every place of a text of every short length, from every start.
    /// Guarantees: plain text ends at the first byte that is not, and at no other.
    #[test]
    fn plain_text_ends_where_it_ends() {
        for length in 0..20 {
            for place in 0..length {
                for byte in 0..=255 {
                    let mut text = vec![b'a'; length];
                    text[place] = byte;
                    let stops = byte == b'"' || byte == b'\\' || !(0x20..0x80).contains(&byte);
                    for at in 0..length {
                        let expected = if stops && place >= at { place - at } else { length - at };
                        assert_eq!(plain_text(&text, at), expected, "{byte:#x} at {place} of {length} from {at}");
                    }
                }
            }
        }
    }

    #[test]
    fn white_space_ends_where_it_ends() {
        for length in 0..20 {
            for blank in [b' ', b'\n', b'\t', b'\r'] {
                for place in 0..length {
                    for byte in 0..=255 {
                        let mut text = vec![blank; length];
                        text[place] = byte;
                        let expected = if b" \n\r\t".contains(&byte) { length } else { place };
                        assert_eq!(white_space(&text, 0), expected, "{byte:#x} at {place} of {length}");
                    }
                }
            }
        }
    }
}
