//! A policy document's identity: SHA-256 over its canonical form (RFC 8785).
//!
//! Must not know what the members mean. White space and the order of members do not change the hash; everything else
//! does, even a default written out, since the hash says which document was in force. Keeps I4: the form is the one
//! that any JSON tool can make, so that an auditor can check a hash without this crate.
//!
//! The recursion is as deep as the document, which its reader bounds.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use sha2::{Digest, Sha256};

use crate::policy::node::Node;

/// The lower-case hexadecimal SHA-256 of the canonical form.
pub(crate) fn hash(document: &Node) -> String {
    let digest = Sha256::digest(canonical(document).as_bytes());
    digest
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

/// The RFC 8785 form. Numbers are whole and exact in a double here, so their form is their decimal digits.
fn canonical(document: &Node) -> String {
    let mut text = String::new();
    write_value(document, &mut text);
    text
}

fn write_value(node: &Node, text: &mut String) {
    match node {
        Node::Array(elements) => {
            text.push('[');
            for (index, element) in elements.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write_value(element, text);
            }
            text.push(']');
        }
        Node::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
        Node::Integer(value) => text.push_str(&value.to_string()),
        Node::Null => text.push_str("null"),
        Node::Object(members) => {
            let mut sorted: Vec<_> = members.iter().collect();
            // By UTF-16 code units, which differs from the order of bytes: U+FB33 comes after U+1F600 (D83D DE00).
            sorted.sort_by(|(one, _), (other, _)| one.encode_utf16().cmp(other.encode_utf16()));
            text.push('{');
            for (index, (name, value)) in sorted.into_iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write_string(name, text);
                text.push(':');
                write_value(value, text);
            }
            text.push('}');
        }
        Node::String(value) => write_string(value, text),
    }
}

// The escapes of ECMAScript's JSON.stringify: the short ones where they exist, \u00xx for other controls, no more.
fn write_string(value: &str, text: &mut String) {
    text.push('"');
    for character in value.chars() {
        match character {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\u{8}' => text.push_str("\\b"),
            '\t' => text.push_str("\\t"),
            '\n' => text.push_str("\\n"),
            '\u{c}' => text.push_str("\\f"),
            '\r' => text.push_str("\\r"),
            control @ '\0'..='\u{1f}' => {
                let code = u32::from(control);
                text.push_str(if code < 16 { "\\u000" } else { "\\u001" });
                text.extend(char::from_digit(code & 15, 16));
            }
            other => text.push(other),
        }
    }
    text.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(text: &str) -> String {
        canonical(&Node::parse(text).unwrap())
    }

    /// The names of the sorting example in RFC 8785, section 3.2.3, in the order that it gives.
    #[test]
    fn names_sort_by_utf16_code_units() {
        let text = r#"{"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7}"#;
        let sorted = "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"ö\":7,\"€\":1,\"\u{1f600}\":5,\"\u{fb33}\":3}";
        assert_eq!(form(text), sorted);
    }

    #[test]
    fn strings_are_escaped_as_little_as_possible() {
        let text = r#""\u0000\u0008\u0009\u000a\u000b\u000c\u000d\u001f\"\\\/\u007f\u2028é""#;
        let escaped = "\"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001f\\\"\\\\/\u{7f}\u{2028}é\"";
        assert_eq!(form(text), escaped);
    }

    #[test]
    fn white_space_and_order_do_not_count() {
        assert_eq!(form(" { \"b\" : [ 1 , -20 , null ] , \"a\" : { } } "), r#"{"a":{},"b":[1,-20,null]}"#);
    }

    /// The values are what `printf '{}' | sha256sum` and its like print.
    #[test]
    fn the_hash_is_that_of_the_form() {
        let hash = |text: &str| hash(&Node::parse(text).unwrap());
        assert_eq!(hash(" { } "), "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
        assert_eq!(hash(r#"{"b":2, "a":1}"#), "43258cff783fe7036d8a43033f830adfc60ec037382473548ac742b888292777");
    }
}
