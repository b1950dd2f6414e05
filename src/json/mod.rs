//! JSON text, as tools put it into strings: read token by token where it lies, and strings with their escapes taken off
//! and put on again.
//!
//! Must not know OTLP or policies. Keeps I2: whatever strict JSON does not allow is not JSON here, so that nobody reads
//! a member where this reader saw none.
//!
//! Source: RFC 8259.

mod reader;
mod string;

pub(crate) use reader::{Reader, Token, TokenKind};
pub(crate) use string::{escape, unescape};

/// Whether `text` begins like an object or an array.
pub(crate) fn looks_like_container(text: &[u8]) -> bool {
    let first = text.iter().find(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
    matches!(first, Some(b'{' | b'['))
}
