//! How large values are: what may be told of a value that may not be shown.
//!
//! Must not hold anything of a value but its kind and its size. Keeps I1.

use std::fmt;

use opentelemetry_proto::tonic::common::v1::AnyValue;
use opentelemetry_proto::tonic::common::v1::any_value::Value;

/// The kind of some values, and the sizes of the smallest and the largest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    kind: Kind,
    least: usize,
    most: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Bytes,
    List,
    Map,
    Nothing,
    Number,
    Other,
    Switch,
    Text,
}

impl Size {
    /// The size of one value.
    pub fn of(value: &AnyValue) -> Self {
        let (kind, size) = match &value.value {
            None => (Kind::Nothing, 0),
            Some(Value::ArrayValue(list)) => (Kind::List, list.values.len()),
            Some(Value::BoolValue(_)) => (Kind::Switch, 0),
            Some(Value::BytesValue(bytes)) => (Kind::Bytes, bytes.len()),
            Some(Value::DoubleValue(_) | Value::IntValue(_)) => (Kind::Number, 0),
            Some(Value::KvlistValue(map)) => (Kind::Map, map.values.len()),
            Some(Value::StringValue(text)) => (Kind::Text, text.chars().count()),
            Some(_) => (Kind::Other, 0),
        };
        Self { kind, least: size, most: size }
    }

    /// Whether both are of one kind.
    pub fn is_like(&self, other: &Self) -> bool {
        self.kind == other.kind
    }

    /// Takes in another of the same kind.
    pub fn widen(&mut self, other: &Self) {
        self.least = self.least.min(other.least);
        self.most = self.most.max(other.most);
    }
}

/// As in `text, 12–220 chars`.
impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (before, one) = match self.kind {
            Kind::Bytes => ("", "byte"),
            Kind::List => ("list of ", "value"),
            Kind::Map => ("map of ", "value"),
            Kind::Text => ("text, ", "char"),
            Kind::Nothing => return f.write_str("nothing"),
            Kind::Number => return f.write_str("number"),
            Kind::Other => return f.write_str("unknown kind"),
            Kind::Switch => return f.write_str("switch"),
        };
        let plural = if self.most == 1 { "" } else { "s" };
        if self.least == self.most {
            write!(f, "{before}{} {one}{plural}", self.most)
        } else {
            write!(f, "{before}{}–{} {one}{plural}", self.least, self.most)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_widen() {
        let text = |text: &str| Size::of(&AnyValue { value: Some(Value::StringValue(text.into())) });
        let mut size = text("ä");
        assert_eq!(size.to_string(), "text, 1 char");
        size.widen(&text("äöü"));
        size.widen(&text("äö"));
        assert_eq!(size.to_string(), "text, 1–3 chars");
        let number = Size::of(&AnyValue { value: Some(Value::IntValue(123_456)) });
        assert_eq!(number.to_string(), "number");
        assert!(!number.is_like(&size) && size.is_like(&text("")));
        assert_eq!(Size::of(&AnyValue { value: None }).to_string(), "nothing");
    }
}
