//! JSON text, a whole request or what tools put into strings: read token by token where it lies, and strings with their
//! escapes taken off and put on again.
//!
//! Must not know OTLP or policies. Keeps I2: whatever strict JSON does not allow is not JSON here, so that nobody reads
//! a member where this reader saw none.
//!
//! Source: RFC 8259.

mod number;
mod reader;
mod scan;
mod string;

pub(crate) use number::{Integer, double, integer, put_double, put_signed, put_unsigned};
pub(crate) use reader::{NotJson, Reader, TOO_DEEP, Token, TokenKind};
pub(crate) use scan::plain_text;
pub(crate) use string::{escape, unescape};

/// Whether `text` begins like an object or an array.
pub(crate) fn looks_like_container(text: &[u8]) -> bool {
    matches!(trim_start(text), [b'{' | b'[', ..])
}

/// Whether `text` begins like an object or an array, or like a string that may hold one.
pub(crate) fn may_hold_names(text: &[u8]) -> bool {
    matches!(trim_start(text), [b'{' | b'[' | b'"', ..])
}

/// Whether `text` begins like that behind a byte order mark, or behind the quote of a string that holds it.
pub(crate) fn looks_like_wrapped_container(text: &[u8]) -> bool {
    let text = trim_start(text);
    match text.strip_prefix(b"\xef\xbb\xbf").or(text.strip_prefix(b"\"")) {
        Some(inside) => looks_like_container(inside),
        None => false,
    }
}

fn trim_start(text: &[u8]) -> &[u8] {
    let blanks = text.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
    text.get(blanks..).unwrap_or_default()
}
