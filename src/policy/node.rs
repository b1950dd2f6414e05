//! A policy document as a tree: JSON with nothing left to interpretation.
//!
//! Must not know what the members mean. Keeps I5 and I8: size and depth are bounded before anything is built, so the
//! recursion of the reader (and of whoever walks the tree) is at most [`MAX_POLICY_DEPTH`] deep.
//!
//! Two readers of one text must see one policy. So a name that is given twice is an error and not "the last wins", and
//! a number is a whole one that every JSON reader holds exactly: 0.1 and 2⁵³ + 1 are not the same everywhere.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::error::PolicyError;
use crate::limits::MAX_POLICY_BYTES;
use crate::policy::path::Path;
use crate::policy::words;

/// Objects and arrays inside each other. A policy reaches seven.
const MAX_POLICY_DEPTH: usize = 32;

/// The largest whole number that a double holds with all its neighbours.
const MAX_INTEGER: i64 = (1 << 53) - 1;

/// One value of the document; members stand in the order in which they were written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    Array(Vec<Node>),
    Bool(bool),
    Integer(i64),
    Null,
    Object(Vec<(String, Node)>),
    String(String),
}

impl Node {
    /// Reads a whole JSON text.
    pub(crate) fn parse(text: &str) -> Result<Self, PolicyError> {
        if text.len() > MAX_POLICY_BYTES {
            return Err(PolicyError::new("", format!("longer than {MAX_POLICY_BYTES} bytes, the most that is read")));
        }
        let mut refusal = None;
        let mut source = serde_json::Deserializer::from_str(text);
        let read = Reader { path: &Path::ROOT, refusal: &mut refusal }
            .deserialize(&mut source)
            .and_then(|node| source.end().map(|()| node));
        read.map_err(|error| {
            refusal.unwrap_or_else(|| {
                // Only errors of syntax are left here; their texts are fixed and quote nothing.
                let reason = if error.is_data() { "not a JSON document".to_string() } else { error.to_string() };
                PolicyError::new("", format!("not valid JSON: {reason}"))
            })
        })
    }

    /// The members of an object.
    pub(crate) fn object(&self, path: &Path<'_>) -> Result<&[(String, Node)], PolicyError> {
        match self {
            Self::Object(members) => Ok(members),
            _ => Err(PolicyError::new(path, "expected an object")),
        }
    }

    /// The elements of an array; `what` says of what.
    pub(crate) fn array(&self, path: &Path<'_>, what: &str) -> Result<&[Node], PolicyError> {
        match self {
            Self::Array(elements) => Ok(elements),
            _ => Err(PolicyError::new(path, format!("expected a list of {what}"))),
        }
    }

    /// A switch.
    pub(crate) fn boolean(&self, path: &Path<'_>) -> Result<bool, PolicyError> {
        match self {
            Self::Bool(value) => Ok(*value),
            _ => Err(PolicyError::new(path, "expected true or false")),
        }
    }

    /// A whole number from 0 to `most`.
    pub(crate) fn integer(&self, path: &Path<'_>, most: u32) -> Result<u32, PolicyError> {
        match self {
            Self::Integer(value) => u32::try_from(*value).ok().filter(|value| *value <= most),
            _ => None,
        }
        .ok_or_else(|| PolicyError::new(path, format!("expected a whole number from 0 to {most}")))
    }

    /// One of a closed set of words; `kind` says what they are.
    pub(crate) fn word<T: Copy>(&self, path: &Path<'_>, kind: &str, words: &[(&str, T)]) -> Result<T, PolicyError> {
        let expected = || words::list(words.iter().map(|(word, _)| *word));
        match self {
            Self::String(word) => words
                .iter()
                .find_map(|(known, value)| (known == word).then_some(*value))
                .ok_or_else(|| words::unknown_word(path, kind, word, &expected())),
            _ => Err(PolicyError::new(path, format!("expected one of {}", expected()))),
        }
    }
}

// Reads one value. serde's own errors carry no path, so the first refusal is put aside where the caller finds it, and
// what serde is told only ends the reading.
struct Reader<'p, 'r> {
    path: &'p Path<'p>,
    refusal: &'r mut Option<PolicyError>,
}

impl Reader<'_, '_> {
    // serde needs an error of its own kind; nobody reads its text.
    fn refuse<T, E: Error>(self, message: impl ToString) -> Result<T, E> {
        *self.refusal = Some(PolicyError::new(self.path, message));
        Err(E::custom("refused"))
    }

    fn is_too_deep(&self) -> bool {
        self.path.depth() >= MAX_POLICY_DEPTH
    }
}

impl<'de> DeserializeSeed<'de> for Reader<'_, '_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Node, D::Error> {
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_, '_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Node, E> {
        if value.unsigned_abs() > MAX_INTEGER.unsigned_abs() {
            return self.refuse(format!("expected a whole number of at most {MAX_INTEGER}"));
        }
        Ok(Node::Integer(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Node, E> {
        self.visit_i64(i64::try_from(value).unwrap_or(i64::MAX))
    }

    // serde_json gives a whole number beyond 64 bits, and -0, as a double too.
    fn visit_f64<E: Error>(self, _: f64) -> Result<Node, E> {
        self.refuse("expected a whole number, without a fraction or an exponent")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Node, E> {
        Ok(Node::String(value.to_string()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Node, E> {
        Ok(Node::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut source: A) -> Result<Node, A::Error> {
        if self.is_too_deep() {
            return self.refuse(format!("nested deeper than {MAX_POLICY_DEPTH} objects and arrays"));
        }
        let mut elements = Vec::new();
        loop {
            let path = self.path.index(elements.len());
            match source.next_element_seed(Reader { path: &path, refusal: &mut *self.refusal })? {
                Some(element) => elements.push(element),
                None => return Ok(Node::Array(elements)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut source: A) -> Result<Node, A::Error> {
        if self.is_too_deep() {
            return self.refuse(format!("nested deeper than {MAX_POLICY_DEPTH} objects and arrays"));
        }
        let mut members: Vec<(String, Node)> = Vec::new();
        while let Some(name) = source.next_key::<String>()? {
            let path = self.path.member(&name);
            let value = source.next_value_seed(Reader { path: &path, refusal: &mut *self.refusal })?;
            members.push((name, value));
        }
        match given_twice(&members) {
            None => Ok(Node::Object(members)),
            Some(_) if self.path.is_private() => self.refuse("a member is given twice"),
            Some(name) => {
                let name = words::quote(name);
                self.refuse(format!("{name} is given twice"))
            }
        }
    }
}

// Sorted first: a document with a hundred thousand names must not cost their square.
fn given_twice(members: &[(String, Node)]) -> Option<&str> {
    let mut names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    names.iter().zip(names.iter().skip(1)).find_map(|(one, next)| (one == next).then_some(*one))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> String {
        Node::parse(text).unwrap_err().to_string()
    }

    #[test]
    fn members_keep_their_order() {
        let node = Node::parse(r#" {"b": [1, -2, true, null], "a": {"x": "\u00e9\n"}} "#).unwrap();
        let list = Node::Array(Vec::from([Node::Integer(1), Node::Integer(-2), Node::Bool(true), Node::Null]));
        let inner = Node::Object(Vec::from([("x".into(), Node::String("é\n".into()))]));
        assert_eq!(node, Node::Object(Vec::from([("b".into(), list), ("a".into(), inner)])));
    }

    #[test]
    fn a_name_given_twice_is_refused_however_it_is_written() {
        assert_eq!(
            refusal(r#"{"redact":{"attributes":{"prompt":"mask","x":"mask","prompt":"keep"}}}"#),
            r#"redact.attributes: "prompt" is given twice"#
        );
        assert_eq!(refusal(r#"{"a":1,"\u0061":2}"#), r#""a" is given twice"#);
    }

    /// Scenario: mistakes inside the list of allowed values.
    /// Guarantees: keeps I1; the error names the place and nothing that stands there.
    #[test]
    fn nothing_under_the_allow_list_is_quoted() {
        let text = r#"{"detect":{"allow":{"ops@corp.example":1,"ops@corp.example":2}}}"#;
        assert_eq!(refusal(text), "detect.allow: a member is given twice");
        let text = r#"{"detect":{"allow":{"ops@corp.example":1.5}}}"#;
        assert_eq!(refusal(text), "detect.allow: expected a whole number, without a fraction or an exponent");
    }

    #[test]
    fn numbers_that_readers_disagree_on_are_refused() {
        for text in ["[1.5]", "[1.0]", "[1e2]", "[-0]", "[123456789012345678901]"] {
            assert_eq!(refusal(text), "[0]: expected a whole number, without a fraction or an exponent", "{text}");
        }
        for text in ["[9007199254740992]", "[-9007199254740992]", "[18446744073709551615]"] {
            assert_eq!(refusal(text), "[0]: expected a whole number of at most 9007199254740991", "{text}");
        }
        assert!(Node::parse("[9007199254740991,-9007199254740991]").is_ok());
    }

    #[test]
    fn depth_and_size_are_bounded() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(Node::parse(&nested(32)).is_ok());
        assert!(refusal(&nested(33)).ends_with("[0]: nested deeper than 32 objects and arrays"));
        assert!(refusal(&"[".repeat(100_000)).ends_with("nested deeper than 32 objects and arrays"));
        assert!(refusal(&r#"{"a":"#.repeat(100_000)).ends_with("nested deeper than 32 objects and arrays"));
        let long = " ".repeat(MAX_POLICY_BYTES) + "{}";
        assert_eq!(refusal(&long), "longer than 1048576 bytes, the most that is read");
    }

    #[test]
    fn errors_of_syntax_say_where_and_quote_nothing() {
        assert_eq!(refusal(""), "not valid JSON: EOF while parsing a value at line 1 column 0");
        assert_eq!(refusal("{} {}"), "not valid JSON: trailing characters at line 1 column 4");
        assert_eq!(refusal("{\"a\":\n sk-FAKE}"), "not valid JSON: expected value at line 2 column 2");
        assert_eq!(refusal("{'a':1}"), "not valid JSON: key must be a string at line 1 column 2");
        assert_eq!(refusal(r#"["\ud800"]"#), "not valid JSON: unexpected end of hex escape at line 1 column 9");
    }
}
