//! Values of attributes and bodies, and the KeyValues that hold them.
//!
//! Must not know which attributes there are. Writes the bytes that prost writes, and raw ones where a test asks.

use crate::wire::{self, Writer};

/// A value of an attribute or a body.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `array_value`.
    Array(Vec<Value>),
    /// `bool_value`.
    Bool(bool),
    /// `bytes_value`.
    Bytes(Vec<u8>),
    /// `double_value`.
    Double(f64),
    /// An AnyValue without a kind.
    Empty,
    /// `int_value`.
    Int(i64),
    /// `kvlist_value`; `None` is a KeyValue without a value.
    Map(Vec<(String, Option<Value>)>),
    /// The content of an AnyValue as raw bytes, however wrong.
    Raw(Vec<u8>),
    /// `string_value`.
    Text(String),
}

impl Value {
    /// Writes the content of an AnyValue.
    pub fn write<'a>(&self, w: &'a mut Writer) -> &'a mut Writer {
        match self {
            Self::Array(items) => w.message(5, |w| {
                w.each(items, |w, item| {
                    w.message(1, |w| item.write(w));
                })
            }),
            Self::Bool(value) => w.uint(2, u64::from(*value)),
            Self::Bytes(value) => w.bytes(7, value),
            Self::Double(value) => w.fixed64(4, value.to_bits()),
            Self::Empty => w,
            Self::Int(value) => w.uint(3, *value as u64),
            Self::Map(members) => w.message(6, |w| {
                w.each(members, |w, (key, value)| {
                    w.bytes(1, &key_value(key, value.as_ref()));
                })
            }),
            Self::Raw(bytes) => w.raw(bytes),
            Self::Text(value) => w.string(1, value),
        }
    }
}

/// The bytes of a KeyValue.
pub fn key_value(key: &str, value: Option<&Value>) -> Vec<u8> {
    wire::bytes(|w| {
        if !key.is_empty() {
            w.string(1, key);
        }
        if let Some(value) = value {
            w.message(2, |w| value.write(w));
        }
        w
    })
}

macro_rules! value_from {
    ($($from:ty => |$it:ident| $to:expr,)*) => {
        $(impl From<$from> for Value {
            fn from($it: $from) -> Self {
                $to
            }
        })*
    };
}

value_from! {
    &str => |it| Value::Text(it.to_owned()),
    String => |it| Value::Text(it),
    &String => |it| Value::Text(it.clone()),
    bool => |it| Value::Bool(it),
    f64 => |it| Value::Double(it),
    i64 => |it| Value::Int(it),
    i32 => |it| Value::Int(it.into()),
    Vec<Value> => |it| Value::Array(it),
    &[u8] => |it| Value::Bytes(it.to_vec()),
}

/// A map value.
pub fn map<const N: usize>(members: [(&str, Value); N]) -> Value {
    Value::Map(members.into_iter().map(|(key, value)| (key.to_owned(), Some(value))).collect())
}
