//! What a batch in OTLP/JSON means, read by tables and by recursion.
//!
//! Must not be lenient: what two receivers could read differently is refused. Where the contract leaves a choice, the
//! batch has a *doubt*: to refuse it is as right as to read it, but who reads it must read it so.

use std::collections::BTreeSet;

use super::names::{self, Field, Form};
use super::parse::{Kind as Json, Node, parse};
use crate::message::{self, Batch};
use crate::schema::{Kind, Type};
use crate::wire::Writer;

/// Containers inside each other that are parsed: more than arrays of maps at the limit need.
const MAX_CONTAINERS: usize = 400;

/// Levels of arrays and maps in a value.
const MAX_DEPTH: usize = 32;

/// A batch that was read.
#[derive(Clone, Debug, Default)]
pub struct Read {
    /// What it means.
    pub batch: Batch,
    /// How many members it has that OTLP does not know; they are not in `batch`.
    pub unknown: usize,
    /// How many of them stand inside arrays and maps: whoever masks those need not look for them.
    pub unknown_inside: usize,
    /// Why refusing it would be right too.
    pub doubts: Vec<&'static str>,
}

/// Reads a batch.
///
/// # Errors
///
/// Why no gateway should.
pub fn read(bytes: &[u8]) -> Result<Read, &'static str> {
    let text = std::str::from_utf8(bytes).map_err(|_| "not UTF-8")?;
    let top = parse(text, MAX_CONTAINERS).ok_or("no JSON, or nested too deep")?;
    let mut reader = Reader { text, unknown: 0, unknown_inside: 0, doubts: Vec::new() };
    let encoded = reader.message(Kind::Export, &top, 0)?;
    let batch = message::decode(&encoded).map_err(|_| "the oracle wrote no batch")?;
    let Reader { unknown, unknown_inside, doubts, .. } = reader;
    Ok(Read { batch, unknown, unknown_inside, doubts })
}

struct Reader<'t> {
    text: &'t str,
    unknown: usize,
    unknown_inside: usize,
    doubts: Vec<&'static str>,
}

impl Reader<'_> {
    /// The protobuf bytes of a message; `depth` counts the arrays and maps that a value stands in.
    fn message(&mut self, kind: Kind, node: &Node, depth: usize) -> Result<Vec<u8>, &'static str> {
        let Json::Object(members) = &node.kind else { return Err("a message that is no object") };
        let (mut folded, mut loosely) = (BTreeSet::new(), BTreeSet::new());
        for member in members {
            if member.key.is_empty() {
                return Err("an empty name");
            }
            if !folded.insert(names::snake(&member.key)) {
                return Err("two members of one name");
            }
            if !loosely.insert(member.key.replace('_', "").to_lowercase()) {
                self.doubts.push("two members of nearly one name");
            }
        }
        let (mut writer, mut kinds, mut nulls) = (Writer::new(), 0, 0);
        for member in members {
            let mut fields = names::fields(kind).iter();
            let Some(field) = fields.find(|it| it.snake == member.key || it.camel() == member.key) else {
                if matches!(names::snake(&member.key).as_str(), "string_value_strindex" | "key_strindex") {
                    return Err("a text in a table that is elsewhere");
                }
                let loosely = |name: &str| name.replace('_', "").to_lowercase();
                if names::fields(kind).iter().any(|it| loosely(it.snake) == loosely(&member.key)) {
                    self.doubts.push("a name that is nearly a field's");
                }
                if kind == Kind::AnyValue {
                    self.doubts.push("an unknown kind of value");
                }
                self.unknown += 1;
                self.unknown_inside += usize::from(depth > 0 || kind == Kind::AnyValue);
                self.unread(&member.value);
                continue;
            };
            match (&member.value.kind, field.repeated) {
                (Json::Null, _) => nulls += 1,
                (Json::Array(elements), true) => {
                    for element in elements {
                        self.field(&mut writer, kind, field, element, depth)?;
                    }
                }
                (_, true) => return Err("a list that is no array"),
                (_, false) => {
                    kinds += 1;
                    self.field(&mut writer, kind, field, &member.value, depth)?;
                }
            }
        }
        if kind == Kind::AnyValue && kinds > 1 {
            return Err("a value of two kinds");
        }
        if kind == Kind::AnyValue && kinds + nulls > 1 {
            self.doubts.push("a value of one kind and of null ones");
        }
        Ok(writer.into_bytes())
    }

    /// What is not read must be JSON all the same; more than that nobody has promised.
    fn unread(&mut self, node: &Node) {
        match &node.kind {
            Json::Array(elements) => elements.iter().for_each(|element| self.unread(element)),
            Json::Object(members) => {
                let names: BTreeSet<String> = members.iter().map(|it| it.key.replace('_', "").to_lowercase()).collect();
                if names.len() < members.len() || names.contains("") {
                    self.doubts.push("odd names in an unknown member");
                }
                members.iter().for_each(|member| self.unread(&member.value));
            }
            _ => {}
        }
    }

    fn field(
        &mut self,
        writer: &mut Writer,
        kind: Kind,
        field: &Field,
        node: &Node,
        depth: usize,
    ) -> Result<(), &'static str> {
        let number = field.number;
        let written = node.of(self.text);
        if matches!(written, "-0" | "\"-0\"") {
            self.doubts.push("a zero with a sign");
        }
        match (field.form, &node.kind) {
            (Form::Message(child), _) => {
                let depth = depth + usize::from(matches!(child, Kind::ArrayValue | Kind::KeyValueList));
                if depth > MAX_DEPTH {
                    return Err("values nest too deep");
                }
                let bytes = self.message(child, node, depth)?;
                writer.bytes(number, &bytes);
            }
            (Form::Text, Json::String(text)) => {
                writer.string(number, text);
            }
            (Form::Bool, Json::Bool(value)) => {
                writer.uint(number, u64::from(*value));
            }
            (Form::Base64, Json::String(text)) => {
                writer.bytes(number, &base64(text).ok_or("bytes that are no canonical base64")?);
            }
            (Form::Hex, Json::String(text)) => {
                if text.contains(|digit: char| digit.is_ascii_uppercase()) {
                    self.doubts.push("an id in capitals");
                }
                writer.bytes(number, &hex(text).ok_or("an id that is no hexadecimal")?);
            }
            (Form::Double, Json::Number) => {
                let value: f64 = written.parse().map_err(|_| "no number")?;
                if value.is_infinite() || has_more_digits_than_a_double(written) {
                    return Err("a number that no double holds");
                }
                writer.fixed64(number, value.to_bits());
            }
            (Form::Double, Json::String(text)) => {
                let value = match text.as_str() {
                    "NaN" => f64::NAN,
                    "Infinity" => f64::INFINITY,
                    "-Infinity" => f64::NEG_INFINITY,
                    _ => {
                        let is_number = parse(text, 1)
                            .is_some_and(|it| matches!(it.kind, Json::Number) && it.start == 0 && it.end == text.len());
                        self.doubts.push("a double in a string");
                        let is_number = is_number && !has_more_digits_than_a_double(text);
                        text.parse().ok().filter(|it: &f64| is_number && it.is_finite()).ok_or("no number")?
                    }
                };
                writer.fixed64(number, value.to_bits());
            }
            (Form::Int64, Json::Number) => {
                writer.uint(number, integer::<i64>(written)? as u64);
            }
            (Form::Int64, Json::String(text)) => {
                writer.uint(number, integer::<i64>(text)? as u64);
            }
            (Form::Uint64, Json::Number) => {
                writer.fixed64(number, integer(written)?);
            }
            (Form::Uint64, Json::String(text)) => {
                writer.fixed64(number, integer(text)?);
            }
            (Form::Uint32, Json::Number) => small(writer, kind, number, integer(written)?),
            (Form::Uint32, Json::String(text)) => {
                self.doubts.push("a number of 32 bits in a string");
                small(writer, kind, number, integer(text)?);
            }
            (Form::Severity, Json::Number) => {
                writer.uint(number, i64::from(integer::<i32>(written)?) as u64);
            }
            (Form::Severity, Json::String(text)) => {
                let severity = (0..=24).find(|number| names::severity(*number).as_ref() == Some(text));
                writer.uint(number, severity.ok_or("a severity that there is not")? as u64);
            }
            _ => return Err("a field that is written as another type"),
        }
        Ok(())
    }
}

fn small(writer: &mut Writer, kind: Kind, number: u64, value: u32) {
    match kind.field(number).map(|field| field.holds) {
        Some(Type::Fixed32) => writer.fixed32(number, value),
        _ => writer.uint(number, value.into()),
    };
}

/// An integer in its only form: no plus, no leading zero, no fraction, no exponent.
fn integer<N: std::str::FromStr>(text: &str) -> Result<N, &'static str> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_plain || digits.len() > 1 && digits.starts_with('0') {
        return Err("no integer");
    }
    // Minus zero is zero, also where there are no others.
    let text = if digits == "0" { digits } else { text };
    text.parse().map_err(|_| "an integer outside its field's range")
}

/// Digits that rounding would take away are not in the batch that is read, but in its text.
fn has_more_digits_than_a_double(number: &str) -> bool {
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, ""));
    let digits = |text: &str| text.replace(['+', '-', '.'], "");
    digits(mantissa).trim_matches('0').len() > 17 || digits(exponent).len() > 3
}

fn hex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u32> = text.chars().map(|digit| digit.to_digit(16)).collect::<Option<_>>()?;
    let pairs = digits.chunks(2).map(|pair| match pair {
        [high, low] => Some((high << 4 | low) as u8),
        _ => None,
    });
    pairs.collect()
}

/// The standard alphabet, padded, and what encoding gives again.
fn base64(text: &str) -> Option<Vec<u8>> {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::new();
    let (mut group, mut bits) = (0_u32, 0);
    for digit in text.trim_end_matches('=').chars() {
        group = group << 6 | ALPHABET.find(digit)? as u32;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((group >> bits) as u8);
        }
    }
    (crate::leak::base64(&bytes) == text).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::show;

    fn value(value: &str) -> Result<Read, &'static str> {
        let batch = format!(r#"{{"resourceLogs":[{{"scopeLogs":[{{"logRecords":[{{"body":{value}}}]}}]}}]}}"#);
        read(batch.as_bytes())
    }

    #[test]
    fn every_field_is_read() {
        let read = read(
            br#"{"resource_logs": [{"resource": {"attributes": [{"value": {"int_value": "-5"}, "key": "a"}],
                "droppedAttributesCount": 2, "entityRefs": [{"type": "t", "idKeys": ["i"]}]}, "schemaUrl": "u",
                "scopeLogs": [{"scope": {"name": "n", "version": null}, "logRecords": [{
                    "timeUnixNano": "1", "observed_time_unix_nano": 2, "severityNumber": "SEVERITY_NUMBER_INFO",
                    "severityText": "INFO", "traceId": "", "spanId": "0001020304050607", "flags": 1, "later": {},
                    "body": {"arrayValue": {"values": [{"doubleValue": 1}, {"bytesValue": "AP8="}, {},
                        {"kvlistValue": {"values": [{"key": "k", "value": {"boolValue": true}}, {"key": "\u006d"}]}}]}}
                }]}]}]}"#,
        )
        .expect("it is a batch");
        let expected = r#"resource
  a = -5
  dropped attributes: 2
  entity "t" of "" by ["i"] about []
  schema url: "u"
  scope "n"
    record (no event)
      time: 1970-01-01T00:00:00.000000001Z
      observed: 1970-01-01T00:00:00.000000002Z
      severity: 9 "INFO"
      body: [1.0 (double), bytes "AP8=", (empty), {"k": true, "m": (absent)}]
      span id: 0001020304050607
      flags: 1
"#;
        assert_eq!(show(&read.batch), expected);
        assert_eq!((read.unknown, read.doubts.len()), (1, 0));
    }

    #[test]
    fn what_is_not_certain_is_refused() {
        for odd in [
            r#"{"stringValue": 1}"#,
            r#"{"stringValue": "a", "string_value": "b"}"#,
            r#"{"stringValue": "a", "intValue": 1}"#,
            r#"{"": 1}"#,
            r#""text""#,
            "[]",
            r#"{"intValue": 1.0}"#,
            r#"{"intValue": 9223372036854775808}"#,
            r#"{"intValue": "007"}"#,
            r#"{"boolValue": "true"}"#,
            r#"{"bytesValue": "AA"}"#,
            r#"{"bytesValue": "_w=="}"#,
            r#"{"bytesValue": "/x=="}"#,
            r#"{"doubleValue": 1e999}"#,
            r#"{"arrayValue": {"values": [null]}}"#,
            r#"{"kvlistValue": {"values": {"k": "v"}}}"#,
            r#"{"string_value_strindex": 1}"#,
        ] {
            assert!(value(odd).is_err(), "{odd}");
        }
        assert!(read(b"\xef\xbb\xbf{}").is_err() && read(b"{} {}").is_err() && read(b"").is_err());
    }

    #[test]
    fn values_nest_to_the_limit() {
        let nested = |count: usize| {
            let (open, close) = (r#"{"arrayValue":{"values":["#.repeat(count), "]}}".repeat(count));
            format!("{open}{{}}{close}")
        };
        assert!(value(&nested(32)).is_ok());
        assert!(value(&nested(33)).is_err());
    }
}
