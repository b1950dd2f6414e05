//! What a rule is about: an attribute's name and perhaps a place inside its value.
//!
//! Must not know what is done there. A dot belongs to the name (`user.email` is one name); a place inside is a JSON
//! pointer after `#` (`arguments#/command/0`). Names are compared folded, here as on the wire, so a rule cannot be
//! dodged by spelling `user.email` as `User_Email`: keeps I1.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::codex;
use crate::limits::MAX_DEPTH;

/// An attribute, or a place inside its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The name as written.
    pub name: String,
    /// The members and indexes to go down, decoded; empty for the value itself.
    pub pointer: Vec<String>,
}

impl Target {
    /// Reads `name` or `name#/pointer`; an error says what is expected.
    pub(crate) fn read(text: &str) -> Result<Self, &'static str> {
        let (name, pointer) = match text.split_once('#') {
            None => (text, Vec::new()),
            Some((name, pointer)) => (name, read_pointer(pointer)?),
        };
        if name.is_empty() {
            return Err("expected an attribute's name before anything else");
        }
        Ok(Self { name: name.to_owned(), pointer })
    }

    /// What two targets have in common when one value is meant by both.
    pub(crate) fn identity(&self) -> (String, Vec<String>) {
        (fold(&self.name), self.pointer.clone())
    }
}

/// As it is written in a policy.
impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        for (depth, step) in self.pointer.iter().enumerate() {
            write!(f, "{}{}", if depth == 0 { "#/" } else { "/" }, step.replace('~', "~0").replace('/', "~1"))?;
        }
        Ok(())
    }
}

/// Why a second spelling of a name is refused: it would be left to chance which of the two holds.
pub(crate) const GIVEN_TWICE: &str = "given twice after folding: case and punctuation do not tell two names apart";

/// `name` as it is compared.
pub(crate) fn fold(name: &str) -> String {
    name.bytes().map(codex::fold_byte).map(char::from).collect()
}

// RFC 6901: steps after slashes, with ~1 for a slash and ~0 for a tilde inside a step.
fn read_pointer(text: &str) -> Result<Vec<String>, &'static str> {
    let Some(steps) = text.strip_prefix('/') else {
        return Err("expected a JSON pointer after #, as in arguments#/command");
    };
    let steps: Vec<String> = steps.split('/').map(read_step).collect::<Result<_, _>>()?;
    if steps.len() > MAX_DEPTH {
        return Err("the JSON pointer goes deeper than any value that is read");
    }
    Ok(steps)
}

fn read_step(step: &str) -> Result<String, &'static str> {
    let mut parts = step.split('~');
    let mut decoded = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (character, rest) = match (part.strip_prefix('0'), part.strip_prefix('1')) {
            (Some(rest), _) => ('~', rest),
            (_, Some(rest)) => ('/', rest),
            _ => return Err("in a JSON pointer ~ is followed by 0 (for ~) or 1 (for /)"),
        };
        decoded.push(character);
        decoded.push_str(rest);
    }
    Ok(decoded)
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn names_and_pointers_are_told_apart() {
        for (text, name, pointer) in [
            ("prompt", "prompt", &[][..]),
            ("user.email", "user.email", &[]),
            ("arguments#/command/0", "arguments", &["command", "0"]),
            ("body#/a~1b/~0c/~01", "body", &["a/b", "~c", "~1"]),
            ("x#/", "x", &[""]),
            ("x#/a#b//", "x", &["a#b", "", ""]),
        ] {
            let target = Target::read(text).unwrap();
            assert_eq!(
                (target.name.as_str(), target.pointer.as_slice()),
                (name, &pointer.iter().map(|step| step.to_string()).collect::<Vec<_>>()[..])
            );
            assert_eq!(target.to_string(), text);
        }
    }

    #[test]
    fn what_is_no_target_says_what_is_expected() {
        let pointer = "expected a JSON pointer after #, as in arguments#/command";
        assert_eq!(Target::read("a#"), Err(pointer));
        assert_eq!(Target::read("a#b"), Err(pointer));
        assert_eq!(Target::read(""), Err("expected an attribute's name before anything else"));
        assert_eq!(Target::read("#/a"), Err("expected an attribute's name before anything else"));
        for text in ["a#/~", "a#/~2", "a#/b~/c"] {
            assert_eq!(Target::read(text), Err("in a JSON pointer ~ is followed by 0 (for ~) or 1 (for /)"));
        }
        let deep = alloc::format!("a#{}", "/b".repeat(33));
        assert_eq!(Target::read(&deep), Err("the JSON pointer goes deeper than any value that is read"));
    }

    #[test]
    fn identity_is_folded_and_keeps_the_pointer() {
        let identity = |text| Target::read(text).unwrap().identity();
        assert_eq!(identity("User.Email"), identity("user_email"));
        assert_ne!(identity("user.email"), identity("user.email#/a"));
        assert_eq!(fold("gen_ai.Input-Messages/é"), "gen_ai_input_messages___");
    }
}
