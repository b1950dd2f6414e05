//! A batch as a tree of protobuf fields, read by the schema, to be rearranged or spoilt and written again.
//!
//! Must not judge: it writes what it is told. Reading works on well-formed bytes only.

use crate::schema::{Kind, Type};
use crate::wire::{self, Writer};

/// A message: its type and its fields in the order they are written.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    /// The type of the message.
    pub kind: Kind,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// One field as it stands on the wire.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its number.
    pub number: u64,
    /// What it holds.
    pub content: Content,
    /// How many bytes its tag and its length take at least: more than needed is padding.
    pub padding: usize,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// Bytes, text, or a message that is not looked into.
    Bytes(Vec<u8>),
    /// Four bytes.
    Fixed32(u32),
    /// Eight bytes.
    Fixed64(u64),
    /// A message.
    Message(Tree),
    /// Written as it is, tag included; the number is not used.
    Raw(Vec<u8>),
    /// A varint.
    Varint(u64),
}

impl Field {
    /// A field without padding.
    pub fn new(number: u64, content: Content) -> Self {
        Self { number, content, padding: 1 }
    }
}

impl Tree {
    /// Reads a batch, an ExportLogsServiceRequest, that prost or a builder wrote.
    ///
    /// # Panics
    ///
    /// On bytes that are not well formed.
    pub fn read(bytes: &[u8]) -> Self {
        read(Kind::Export, bytes)
    }

    /// Writes it, with the padding asked for.
    pub fn bytes(&self) -> Vec<u8> {
        wire::bytes(|w| self.write(w))
    }

    /// Calls `visit` on this message and on every one below it, in order.
    pub fn each(&mut self, visit: &mut impl FnMut(&mut Tree)) {
        visit(self);
        for field in &mut self.fields {
            if let Content::Message(child) = &mut field.content {
                child.each(visit);
            }
        }
    }

    /// How many messages there are, this one included.
    pub fn count(&self) -> usize {
        1 + self
            .fields
            .iter()
            .map(|field| if let Content::Message(child) = &field.content { child.count() } else { 0 })
            .sum::<usize>()
    }

    fn write<'a>(&self, w: &'a mut Writer) -> &'a mut Writer {
        for field in &self.fields {
            let tag = |w: &mut Writer, wire_type: u8| {
                w.varint_padded(field.number << 3 | u64::from(wire_type), field.padding);
            };
            let delimited = |w: &mut Writer, bytes: &[u8]| {
                tag(w, wire::LEN);
                w.varint_padded(bytes.len() as u64, field.padding).raw(bytes);
            };
            match &field.content {
                Content::Bytes(bytes) => delimited(w, bytes),
                Content::Fixed32(value) => {
                    tag(w, wire::FIXED32);
                    w.raw(&value.to_le_bytes());
                }
                Content::Fixed64(value) => {
                    tag(w, wire::FIXED64);
                    w.raw(&value.to_le_bytes());
                }
                Content::Message(child) => delimited(w, &child.bytes()),
                Content::Raw(bytes) => {
                    w.raw(bytes);
                }
                Content::Varint(value) => {
                    tag(w, wire::VARINT);
                    w.varint_padded(*value, field.padding);
                }
            }
        }
        w
    }
}

/// What the records of a batch are encoded as, each as it lies there.
///
/// # Panics
///
/// On bytes that are not well formed.
pub fn records(batch: &[u8]) -> Vec<&[u8]> {
    let scopes = contents(batch, 1).into_iter().flat_map(|resource| contents(resource, 2));
    scopes.flat_map(|scope| contents(scope, 2)).collect()
}

/// What the length-delimited fields with this number hold.
fn contents(mut bytes: &[u8], number: u64) -> Vec<&[u8]> {
    let mut contents = Vec::new();
    while !bytes.is_empty() {
        let tag = varint(&mut bytes);
        let length = match (tag & 7) as u8 {
            wire::VARINT => {
                varint(&mut bytes);
                continue;
            }
            wire::FIXED64 => 8,
            wire::FIXED32 => 4,
            wire::LEN => varint(&mut bytes) as usize,
            other => panic!("wire type {other} is not read here"),
        };
        let content = take(&mut bytes, length);
        if tag == number << 3 | u64::from(wire::LEN) {
            contents.push(content);
        }
    }
    contents
}

fn read(kind: Kind, mut bytes: &[u8]) -> Tree {
    let mut fields = Vec::new();
    while !bytes.is_empty() {
        let tag = varint(&mut bytes);
        let number = tag >> 3;
        let holds = kind.field(number).map(|field| field.holds);
        let content = match (tag & 7) as u8 {
            wire::VARINT => Content::Varint(varint(&mut bytes)),
            wire::FIXED64 => Content::Fixed64(u64::from_le_bytes(take(&mut bytes, 8).try_into().expect("eight bytes"))),
            wire::FIXED32 => Content::Fixed32(u32::from_le_bytes(take(&mut bytes, 4).try_into().expect("four bytes"))),
            wire::LEN => {
                let length = varint(&mut bytes) as usize;
                let content = take(&mut bytes, length);
                match holds {
                    Some(Type::Message(child)) => Content::Message(read(child, content)),
                    _ => Content::Bytes(content.to_vec()),
                }
            }
            other => panic!("wire type {other} is not read here"),
        };
        fields.push(Field::new(number, content));
    }
    Tree { kind, fields }
}

fn varint(bytes: &mut &[u8]) -> u64 {
    let mut value = 0;
    for shift in 0..10 {
        let byte = take(bytes, 1)[0];
        value |= u64::from(byte & 0x7f) << (7 * shift);
        if byte < 0x80 {
            return value;
        }
    }
    panic!("a varint of more than ten bytes is not read here")
}

fn take<'a>(bytes: &mut &'a [u8], count: usize) -> &'a [u8] {
    let (taken, rest) = bytes.split_at(count);
    *bytes = rest;
    taken
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::{Value, batch, map};
    use crate::message;

    #[test]
    fn finds_every_record_as_it_lies() {
        let first = crate::build::Record::default().event("e").bytes();
        let bytes = batch().resource(|r| r.attribute("a", 1)).raw_record(&first).record(|r| r.time(5)).bytes();
        let second = crate::build::Record::default().time(5).bytes();
        assert_eq!(records(&bytes), [first, second]);
    }

    #[test]
    fn reads_and_writes_every_field() {
        let bytes = batch()
            .resource(|r| r.attribute("a", map([("b", Value::Array(vec![1.into()]))])).entity("u", "t", &["i"], &["d"]))
            .scope(|s| s.name("n"))
            .record(|r| r.event("e").time(5).flags(1).trace_id(&[7; 16]).body("x"))
            .bytes();
        let tree = Tree::read(&bytes);
        assert_eq!(tree.bytes(), bytes);
        assert!(tree.count() > 10);
    }

    #[test]
    fn padding_changes_the_bytes_and_not_the_meaning() {
        let bytes = batch().record(|r| r.event("codex.user_prompt").attribute("n", 5)).bytes();
        let mut tree = Tree::read(&bytes);
        tree.each(&mut |message| message.fields.iter_mut().for_each(|field| field.padding = 5));
        let padded = tree.bytes();
        assert!(padded.len() > bytes.len());
        assert_eq!(message::decode(&padded), message::decode(&bytes));
    }
}
