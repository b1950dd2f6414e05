//! Functions that read or write what they are given the name of: `getenv("X", "…")`, `put("x", "…")`, `setX("…")`.
//!
//! Must not know which names matter. Keeps I5: so much is looked through for a name and for an argument.

use super::super::text::{Alphabet, before, byte, folded_at, folded_before, skip_back};
use super::LONGEST_NAME;
use super::quote::after_string;

/// Whether the name that goes on at `at` is handed to a function that reads or writes a setting, which gives its value.
pub(super) fn is_setting(text: &[u8], at: usize) -> bool {
    let name = skip_back(text, at, LONGEST_NAME, |byte| is_name(byte) || b".#".contains(&byte));
    let call = name.checked_sub(2).filter(|&call| byte(text, call) == Some(b'('));
    call.is_some_and(|call| SETTINGS.iter().any(|function| folded_before(text, call, function).is_some()))
}

/// What settings are read and written by, and the fields of forms.
const SETTINGS: [&[u8]; 20] = [
    b"getenv",
    b"setenv",
    b"environ.get",
    b"setdefault",
    b"set_var",
    b"define",
    b"setproperty",
    b"env.fetch",
    b"getordefault",
    b"env",
    b".put",
    b".add",
    b".append",
    b".option",
    b".get",
    b".set",
    b">set",
    b".fill",
    b".type",
    b".send_keys",
];

/// Whether the name that goes on at `at` is of a function that sets what it names: `setPassword`, `with_secret`.
pub(super) fn is_setter(text: &[u8], at: usize) -> bool {
    let name = skip_back(text, at, LONGEST_NAME, is_name);
    [&b"set"[..], b"with"].iter().any(|word| folded_at(text, name, word))
        || name == at && before(text, at) == Some(b'.')
}

/// Whether the string at `at` is the only argument: the first of several is whose it is.
pub(super) fn is_alone(text: &[u8], at: usize) -> bool {
    after_string(text, at).is_some_and(|after| byte(text, after) != Some(b','))
}

/// Whether names are made of such bytes.
pub(super) fn is_name(byte: u8) -> bool {
    Alphabet::WordDash.has(byte)
}
