//! Takes names that a client may not set out of JSON held in a string.
//!
//! Must not know the wire. Keeps I2: what replaces a value is `null`, so that the text stays JSON for whoever parses it,
//! and a string inside may hold JSON again. What is no strict JSON has no members that anybody would agree on.

use alloc::vec::Vec;

use super::inside::Above;
use crate::json::{Reader, TokenKind, escape, may_hold_names, unescape};
use crate::limits::MAX_JSON_LAYERS;
use crate::policy::Reserved;

/// Writes `text` without reserved members to `out`; how many there were. Where there was none, `out` is nothing to use.
pub(super) fn strip(reserved: &Reserved, above: &mut Above, text: &[u8], out: &mut Vec<u8>) -> u32 {
    strip_layer(reserved, above, text, 0, out)
}

// Calls itself once for each layer of JSON inside JSON, which are few.
fn strip_layer(reserved: &Reserved, above: &mut Above, text: &[u8], layer: usize, out: &mut Vec<u8>) -> u32 {
    if layer >= MAX_JSON_LAYERS || !may_hold_names(text) {
        return 0;
    }
    let before = above.begin_text();
    let read = read(reserved, above, text, layer, out);
    // What turns out to be no JSON was left in the middle of it.
    above.end_text(before);
    read.unwrap_or_default()
}

fn read(reserved: &Reserved, above: &mut Above, text: &[u8], layer: usize, out: &mut Vec<u8>) -> Option<u32> {
    let mut reader = Reader::new(text);
    // For each container that is open, whether a name was gone down to for it.
    let mut open: Vec<bool> = Vec::new();
    let (mut key, mut content, mut inner) = (Vec::new(), Vec::new(), Vec::new());
    let (mut copied, mut count) = (0, 0);
    // A key was read, and its value comes next.
    let mut is_named = false;
    out.clear();
    let mut replace = |from: usize, to: usize, with: &[u8], out: &mut Vec<u8>| {
        out.extend_from_slice(text.get(copied..from).unwrap_or_default());
        out.extend_from_slice(with);
        copied = to;
    };
    while let Some(token) = reader.next().ok()? {
        let source = text.get(token.start..token.end).unwrap_or_default();
        let inside = source.get(1..source.len().saturating_sub(1)).unwrap_or_default();
        match token.kind {
            TokenKind::Key(_) => {
                key.clear();
                unescape(inside, &mut key);
                above.push(&key);
                is_named = true;
                continue;
            }
            TokenKind::ObjectEnd | TokenKind::ArrayEnd => {
                if open.pop()? {
                    above.pop();
                }
                continue;
            }
            _ => {}
        }
        let was_named = core::mem::take(&mut is_named);
        let is_container = matches!(token.kind, TokenKind::ObjectStart | TokenKind::ArrayStart);
        // A first pass leaves null, in which nothing is said.
        if was_named && source != b"null" && above.is_reserved(reserved, &key) {
            let end = if is_container { reader.skip_container().ok()? } else { token.end };
            replace(token.start, end, b"null", out);
            count += 1;
        } else if is_container {
            open.push(was_named);
            continue;
        } else if let TokenKind::String(_) = token.kind {
            content.clear();
            unescape(inside, &mut content);
            let found = strip_layer(reserved, above, &content, layer + 1, &mut inner);
            if found > 0 {
                let mut string = Vec::from(*b"\"");
                escape(&inner, &mut string);
                string.push(b'"');
                replace(token.start, token.end, &string, out);
                count += found;
            }
        }
        if was_named {
            above.pop();
        }
    }
    out.extend_from_slice(text.get(copied..).unwrap_or_default());
    Some(count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{Policy, Tenancy};

    fn stripped(text: &str) -> Option<alloc::string::String> {
        let policy = r#"{"tenant":{"required":false,"reserved":["team","billing.*"]}}"#;
        let tenancy: Tenancy = Policy::parse(policy).unwrap().tenant.unwrap();
        let mut out = Vec::new();
        let mut above = Above::default();
        above.push(b"arguments");
        let count = strip(&tenancy.reserved, &mut above, text.as_bytes(), &mut out);
        (count > 0).then(|| alloc::string::String::from_utf8(out).unwrap())
    }

    /// Scenario: reserved names in JSON, spelt with escapes, nested, above each other, and in JSON inside JSON.
    /// Guarantees: each leaves `null`; everything else stays byte for byte (I3); a second pass finds nothing (I7).
    #[test]
    fn reserved_members_leave_null() {
        for (text, left) in [
            (r#"{"team":"x"}"#, r#"{"team":null}"#),
            (r#" { "a" : [ {"TEAM" : {"b":[1]} , "c":2} ] } "#, r#" { "a" : [ {"TEAM" : null , "c":2} ] } "#),
            (r#"{"t\u0065am":1}"#, r#"{"t\u0065am":null}"#),
            (r#"{"billing":{"id":1,"x":{"y":2}},"z":3}"#, r#"{"billing":{"id":null,"x":null},"z":3}"#),
            (r#"{"billing_id":true,"tenant.id":"x"}"#, r#"{"billing_id":null,"tenant.id":null}"#),
            (r#"{"a":"{\"billing\":{\"id\":1}}"}"#, r#"{"a":"{\"billing\":{\"id\":null}}"}"#),
            (r#"["{\"team\":\"x\"}"]"#, r#"["{\"team\":null}"]"#),
            (r#" "{\"team\":\"x\"}" "#, r#" "{\"team\":null}" "#),
            (r#"{"billing":"{\"id\":1}"}"#, r#"{"billing":"{\"id\":null}"}"#),
            (r#"{"x":"{\"billing\":\"[{\\\"id\\\":1}]\"}"}"#, r#"{"x":"{\"billing\":\"[{\\\"id\\\":null}]\"}"}"#),
            (r#"{"Billing--ID":1,"t__m":2}"#, r#"{"Billing--ID":null,"t__m":2}"#),
            (r#"[[{"a":[],"team":[]}],"team"]"#, r#"[[{"a":[],"team":null}],"team"]"#),
        ] {
            assert_eq!(stripped(text).as_deref(), Some(left), "{text}");
            assert_eq!(stripped(left), None);
        }
        for text in [r#"{"team":null}"#, r#"{"a":"team"}"#, r#"{"team":1"#, "team: x", r#"{"x":{"y":1},"teams":1}"#] {
            assert_eq!(stripped(text), None, "{text}");
        }
    }
}
