//! A configuration that Envoy hands over as the bytes of a `google.protobuf.Struct`, as JSON.
//!
//! Envoy gives a plugin the text of a `StringValue`, and of any other message the bytes. Must not know what a configuration
//! may say. Keeps I2: bytes that are not wholly a `Struct` are none.

/// Nesting, in messages. A policy needs ten.
const MAX_DEPTH: u8 = 64;

/// The JSON of a `Struct`.
pub(super) fn json(bytes: &[u8]) -> Option<String> {
    let mut json = String::new();
    object(bytes, MAX_DEPTH, &mut json)?;
    Some(json)
}

/// What a field holds.
enum Field<'b> {
    Bytes(&'b [u8]),
    Double(f64),
    Number(u64),
}

/// `Struct`: a map, whose entries are messages of a key and a value.
fn object(mut bytes: &[u8], depth: u8, json: &mut String) -> Option<()> {
    let mut separator = '{';
    while !bytes.is_empty() {
        let (1, Field::Bytes(mut entry)) = field(&mut bytes)? else { return None };
        let (mut key, mut value) = (&[][..], &[][..]);
        while !entry.is_empty() {
            match field(&mut entry)? {
                (1, Field::Bytes(bytes)) => key = bytes,
                (2, Field::Bytes(bytes)) => value = bytes,
                _ => return None,
            }
        }
        json.push(separator);
        separator = ',';
        text(key, json)?;
        json.push(':');
        self::value(value, depth, json)?;
    }
    json.push_str(if separator == '{' { "{}" } else { "}" });
    Some(())
}

/// `Value`: one field, which says of which kind it is.
fn value(mut bytes: &[u8], depth: u8, json: &mut String) -> Option<()> {
    let depth = depth.checked_sub(1)?;
    match field(&mut bytes)? {
        (1, Field::Number(_)) => json.push_str("null"),
        (2, Field::Double(number)) => json.push_str(&self::number(number)?),
        (3, Field::Bytes(bytes)) => text(bytes, json)?,
        (4, Field::Number(number)) => json.push_str(if number == 0 { "false" } else { "true" }),
        (5, Field::Bytes(bytes)) => object(bytes, depth, json)?,
        (6, Field::Bytes(bytes)) => list(bytes, depth, json)?,
        _ => return None,
    }
    bytes.is_empty().then_some(())
}

fn list(mut bytes: &[u8], depth: u8, json: &mut String) -> Option<()> {
    let mut separator = '[';
    while !bytes.is_empty() {
        let (1, Field::Bytes(item)) = field(&mut bytes)? else { return None };
        json.push(separator);
        separator = ',';
        value(item, depth, json)?;
    }
    json.push_str(if separator == '[' { "[]" } else { "]" });
    Some(())
}

/// A `Struct` has doubles alone; a whole one that a double holds exactly is a whole number.
fn number(number: f64) -> Option<String> {
    let is_whole = number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0;
    number.is_finite().then(|| if is_whole { (number as i64).to_string() } else { number.to_string() })
}

fn text(bytes: &[u8], json: &mut String) -> Option<()> {
    let text = std::str::from_utf8(bytes).ok()?;
    json.push_str(&serde_json::to_string(text).ok()?);
    Some(())
}

fn field<'b>(bytes: &mut &'b [u8]) -> Option<(u64, Field<'b>)> {
    let tag = varint(bytes)?;
    let field = match tag & 7 {
        0 => Field::Number(varint(bytes)?),
        1 => {
            let (number, rest) = bytes.split_first_chunk::<8>()?;
            *bytes = rest;
            Field::Double(f64::from_le_bytes(*number))
        }
        2 => {
            let length = usize::try_from(varint(bytes)?).ok()?;
            let (content, rest) = bytes.split_at_checked(length)?;
            *bytes = rest;
            Field::Bytes(content)
        }
        _ => return None,
    };
    Some((tag >> 3, field))
}

fn varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..63).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if *byte < 0x80 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(field: u8, content: &[u8]) -> Vec<u8> {
        [&[field << 3 | 2, content.len() as u8], content].concat()
    }

    fn entry(key: &str, value: &[u8]) -> Vec<u8> {
        message(1, &[message(1, key.as_bytes()), message(2, value)].concat())
    }

    fn double(number: f64) -> Vec<u8> {
        [[0x11].as_slice(), &number.to_le_bytes()].concat()
    }

    /// Scenario: every kind of value; damage at every byte; a text of JSON, also one that begins as a `Struct` does.
    /// Guarantees: the same in JSON, and nothing for what is no `Struct`.
    #[test]
    fn a_struct_is_json() {
        let items = [message(1, &double(16_777_216.0)), message(1, &double(0.5)), message(1, &[0x08, 0])].concat();
        let inner = entry("b\"", &message(3, "c\n".as_bytes()));
        let bytes = [
            entry("a", &message(5, &inner)),
            entry("l", &message(6, &items)),
            entry("t", &[0x20, 1]),
            entry("e", &message(5, b"")),
            entry("f", &message(6, b"")),
        ]
        .concat();
        let expected = r#"{"a":{"b\"":"c\n"},"l":[16777216,0.5,null],"t":true,"e":{},"f":[]}"#;
        assert_eq!(json(&bytes).as_deref(), Some(expected));
        assert_eq!(json(b"").as_deref(), Some("{}"));
        for end in 1..bytes.len() {
            assert_ne!(json(&bytes[..end]).as_deref(), Some(expected), "cut at {end}");
        }
        for text in ["{}", "\n{\"policy\": {}}", "\n{\n  \"policy\": {}\n}", " {}", "[]", "x"] {
            assert_eq!(json(text.as_bytes()), None, "{text}");
        }
        let deep = (0..100).fold(
            Vec::new(),
            |inner: Vec<u8>, _| if inner.len() > 90 { inner } else { entry("", &message(5, &inner)) },
        );
        assert!(json(&deep).is_some());
        assert_eq!(number(f64::NAN), None);
    }
}
