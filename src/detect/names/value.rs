//! Whether the value of a secret name is a secret.
//!
//! Must not know notations.

use super::super::text::{judged, looks_random};
use super::placeholder::is_placeholder;
use super::table::{Kind, Name, Trust};

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// As it is.
    Bare,
    /// Between quotes.
    Quoted,
}

/// Whether `value` is one that its name may not let out.
pub(super) fn is_secret(value: &[u8], name: &Name, form: Form) -> bool {
    let quoted = form == Form::Quoted;
    let Kind::Secret(trust) = name.kind else { return false };
    // Small numbers are counts, ports and flags.
    let number = value.iter().all(u8::is_ascii_digit);
    if is_placeholder(value) {
        return false;
    }
    let judged = judged(value);
    match trust {
        Trust::Full => !number || value.len() >= 4,
        Trust::Some if number => value.len() >= 8,
        Trust::Some => {
            let plain = !quoted && value.len() <= LONGEST_WORD && value.iter().all(u8::is_ascii_lowercase);
            let prose = judged.iter().any(u8::is_ascii_whitespace) && !judged.iter().any(u8::is_ascii_digit);
            !plain && !prose
        }
        Trust::Little => {
            let credential = looks_random(judged) || judged.contains(&b':');
            !number && credential && value.len() >= 8 && !judged.iter().any(u8::is_ascii_whitespace)
        }
    }
}

/// The longest word that prose and code put after a colon.
const LONGEST_WORD: usize = 16;
