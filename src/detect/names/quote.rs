//! Quotes: where a string opens and where it ends, as languages write it and hold it in another.
//!
//! Must not know what a string is the value of. Keeps I5: strings opened by one kind of quote never overlap.

use super::super::text::{any, byte, exact_at, part, rest, skip, skip_back};

/// An opening quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quote {
    /// The first byte after it.
    pub(super) inside: usize,
    mark: u8,
    /// How many backslashes stand before it: 0, 1, 3 or 7, as strings are held in strings.
    escapes: usize,
    /// How it is written where it is escaped as a whole; nothing elsewhere.
    entity: &'static [u8],
}

/// Quotes as HTML and JSON write them inside of strings.
const ENTITIES: [&[u8]; 8] = [b"&quot;", b"&#34;", b"&#39;", b"&apos;", b"&#x27;", b"&#x22;", b"\\u0022", b"\\u0027"];

/// The escaped quote that stands at `at`.
pub(super) fn entity_at(text: &[u8], at: usize) -> Option<&'static [u8]> {
    byte(text, at).filter(|byte| matches!(byte, b'&' | b'\\'))?;
    ENTITIES.into_iter().find(|entity| exact_at(text, at, entity))
}

/// Where an escaped quote starts whose last letter or digit is the one before `end`.
pub(super) fn before_entity(text: &[u8], end: usize) -> Option<usize> {
    // All end in a semicolon, or begin with a backslash so far before: nearly all names do neither.
    if byte(text, end) != Some(b';') && end.checked_sub(6).and_then(|at| byte(text, at)) != Some(b'\\') {
        return None;
    }
    ENTITIES.into_iter().find_map(|entity| {
        let name = entity.strip_suffix(b";").unwrap_or(entity);
        let start = end.checked_sub(name.len())?;
        exact_at(text, start, entity).then_some(start)
    })
}

/// The quote that opens at `at`, after the prefix letters of some languages (`r"…"`, `b'…'`, `$"…"`).
#[inline]
pub(super) fn opening(text: &[u8], at: usize) -> Option<Quote> {
    if let Some(entity) = entity_at(text, at) {
        return Some(Quote { inside: at + entity.len(), mark: 0, escapes: 0, entity });
    }
    let letters = part(text, at..at + 2).iter().take_while(|byte| b"rRbBfFuULN@$#".contains(byte)).count();
    let at = at + letters;
    let escapes = part(text, at..at + 8).iter().take_while(|&&byte| byte == b'\\').count();
    let mark = byte(text, at + escapes).filter(|&byte| is_quote(byte))?;
    // Three quotes in a row open one string, in which single ones may stand.
    // In BASIC the second and the third one are one inside of the string, which ends there.
    let is_triple = escapes == 0
        && part(text, at + 1..at + 3) == [mark; 2]
        && !matches!(part(text, at + 3..at + 5), [b' ', b'&' | b'+']);
    let inside = at + escapes + if is_triple { 3 } else { 1 };
    matches!(escapes, 0 | 1 | 3 | 7).then_some(Quote { inside, mark, escapes, entity: &[] })
}

/// Where the string that `quote` opened ends: before the closing quote and its backslashes, or where the line or the
/// text ends. Strings opened by one kind of quote never overlap, so all of a text's are read in linear time.
pub(super) fn string_end(text: &[u8], quote: Quote) -> usize {
    let mut at = quote.inside;
    if let [first, ..] = *quote.entity {
        loop {
            at = skip(text, at, |byte| byte != first && byte != b'\n');
            if byte(text, at) != Some(first) || exact_at(text, at, quote.entity) {
                return at;
            }
            at += 1;
        }
    }
    loop {
        at = skip(text, at, |byte| byte != quote.mark && byte != b'\n');
        if byte(text, at) != Some(quote.mark) {
            return at;
        }
        let escapes = at - skip_back(text, at, at - quote.inside, |byte| byte == b'\\');
        // Held one level deeper, a quote has twice the backslashes and one more; pairs of them are content.
        let own = escapes % (2 * (quote.escapes + 1));
        if own <= quote.escapes {
            return at - own;
        }
        at += 1;
    }
}

/// The place after the string that opens at `at`, if it is no longer than [`LONGEST_STRING`].
pub(super) fn after_string(text: &[u8], at: usize) -> Option<usize> {
    let quote = opening(text, at)?;
    closing_quote(text, string_end(part(text, 0..quote.inside + LONGEST_STRING), quote))
}

/// A longer string is no name, and no argument that is looked behind.
pub(super) const LONGEST_STRING: usize = 128;

/// Whether the name that ends at `end` is given, in plain JSON, fewer than `N` bytes, or fewer than [`WORDS`] of which none
/// is a digit or a capital letter.
pub(super) fn is_given_less<const N: usize>(text: &[u8], end: usize) -> bool {
    let inside = match part(text, end..end + 4) {
        [b'"', b':', b' ', b'"'] => end + 4,
        [b'"', b':', b'"', ..] => end + 3,
        _ => return false,
    };
    // Three quotes are one, and what they open may be long.
    part(text, inside..inside + 2) != b"\"\""
        && (is_shorter::<N>(text, Quote { inside, mark: b'"', escapes: 0, entity: &[] }) || is_in_words(text, inside))
}

/// Whether a string ends soon after `inside`, and all till then and a little further are signs and letters in lower case.
fn is_in_words(text: &[u8], inside: usize) -> bool {
    let more = |byte: u8| (byte == b'\\') | byte.is_ascii_digit() | byte.is_ascii_uppercase();
    let first = rest(text, inside).first_chunk::<WORDS>();
    first.is_some_and(|first| any(first, |byte| byte == b'"') && !any(first, more))
}

/// How much of a string is looked at for what is more than words.
const WORDS: usize = 32;

/// Whether the string that `quote` opened has fewer than `N` bytes.
pub(super) fn is_shorter<const N: usize>(text: &[u8], quote: Quote) -> bool {
    match rest(text, quote.inside).first_chunk::<N>() {
        None => true,
        Some(first) if !any(first, |byte| byte == quote.mark) => false,
        Some(first) if !any(first, |byte| byte == b'\\') => true,
        Some(_) => string_end(part(text, 0..quote.inside + N), quote) < quote.inside + N,
    }
}

/// The place after the quote that closes a name at `end`, if one does.
pub(super) fn closing_quote(text: &[u8], end: usize) -> Option<usize> {
    if let Some(entity) = entity_at(text, end) {
        return Some(end + entity.len());
    }
    let escapes = part(text, end..end + 8).iter().take_while(|&&byte| byte == b'\\').count();
    byte(text, end + escapes).filter(|&byte| is_quote(byte)).map(|_| end + escapes + 1)
}

/// Whether it opens or closes a string of some language.
pub(super) fn is_quote(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | b'`')
}
