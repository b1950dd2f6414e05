//! Bytes that must be refused, one fault in an otherwise ordinary batch.
//!
//! Must not put a fault where it would be none: each follows a line of the wire rules.

use proptest::prelude::*;

use super::dice::Dice;
use super::hostile::{self, Hostility};
use crate::message;
use crate::schema::{Kind, Type};
use crate::tree::{Content, Field, Tree};
use crate::wire::{self, bytes};

/// What is wrong with the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A singular field stands twice.
    Duplicate,
    /// A field number over 2²⁹−1.
    FieldTooLarge,
    /// Field number 0.
    FieldZero,
    /// A group, wire types 3 and 4.
    Group,
    /// A length that reaches beyond its message.
    LengthBeyond,
    /// A string that is not UTF-8.
    NotUtf8,
    /// `key_strindex` or `string_value_strindex`.
    Strindex,
    /// More levels of arrays than are read.
    TooDeep,
    /// The batch ends inside a field.
    Truncated,
    /// An AnyValue of two kinds.
    TwoKinds,
    /// An AnyValue of a kind that there is not.
    UnknownKind,
    /// A varint that does not fit 64 bits.
    VarintTooLong,
    /// Wire types 6 and 7.
    WireType,
    /// A known field with another wire type.
    WrongWireType,
}

impl Fault {
    /// Every fault.
    pub const ALL: [Self; 14] = [
        Self::Duplicate,
        Self::FieldTooLarge,
        Self::FieldZero,
        Self::Group,
        Self::LengthBeyond,
        Self::NotUtf8,
        Self::Strindex,
        Self::TooDeep,
        Self::Truncated,
        Self::TwoKinds,
        Self::UnknownKind,
        Self::VarintTooLong,
        Self::WireType,
        Self::WrongWireType,
    ];
}

/// A batch with one fault, sometimes in a hostile encoding besides.
pub fn invalid() -> impl Strategy<Value = (Fault, Vec<u8>)> {
    let faults = prop::sample::select(Fault::ALL.as_slice());
    (super::record(), super::batch(), faults, any::<u64>()).prop_map(|(record, mut batch, fault, seed)| {
        // A record, an attribute and a string are there in any case, so that every fault finds its place.
        let mut record = record;
        record.attributes.push(message::attribute("a", message::text("b")));
        record.severity_text = "INFO".into();
        let scope = message::ScopeLogs { log_records: vec![record], ..Default::default() };
        batch.resource_logs.push(message::ResourceLogs { scope_logs: vec![scope], ..Default::default() });
        let mut dice = Dice::new(seed);
        let encoded = if dice.once_in(2) {
            hostile::encode(&batch, Hostility { unknown: false, padding: false, ..Hostility::ALL }, dice.roll())
        } else {
            message::encode(&batch)
        };
        (fault, spoil(&encoded, fault, &mut dice))
    })
}

/// `batch` with that fault somewhere.
///
/// # Panics
///
/// Where there is no place for it: `batch` holds at least one record with a text and an attribute.
pub fn spoil(batch: &[u8], fault: Fault, dice: &mut Dice) -> Vec<u8> {
    if fault == Fault::Truncated {
        // The last byte of a batch that ends in a field with content is always missed.
        return batch[..batch.len() - 1].to_vec();
    }
    let mut tree = Tree::read(batch);
    let mut places = Vec::new();
    let mut at = 0;
    tree.each(&mut |message| {
        if variants(message, fault).next().is_some() {
            places.push(at);
        }
        at += 1;
    });
    assert!(!places.is_empty(), "no place for {fault:?}");
    let place = *dice.pick(&places);
    at = 0;
    tree.each(&mut |message| {
        if at == place {
            let variants: Vec<Field> = variants(message, fault).collect();
            let field = dice.pick(&variants).clone();
            let position = dice.below(message.fields.len() + 1);
            if fault == Fault::NotUtf8 {
                message.fields.retain(|present| present.number != field.number);
                message.fields.push(field);
            } else if fault == Fault::WrongWireType {
                message.fields.retain(|present| present.number != field.number);
                message.fields.insert(position.min(message.fields.len()), field);
            } else if fault == Fault::LengthBeyond {
                message.fields.push(field);
            } else {
                message.fields.insert(position, field);
            }
        }
        at += 1;
    });
    tree.bytes()
}

/// The fields that would put that fault into that message.
fn variants<'a>(message: &'a Tree, fault: Fault) -> Box<dyn Iterator<Item = Field> + 'a> {
    let raw = |write: &dyn Fn(&mut wire::Writer)| {
        let content = bytes(|w| {
            write(w);
            w
        });
        Field::new(0, Content::Raw(content))
    };
    let always = |write: &dyn Fn(&mut wire::Writer)| -> Box<dyn Iterator<Item = Field> + 'a> {
        Box::new(std::iter::once(raw(write)))
    };
    let only = |kind: Kind, fields: Vec<Field>| -> Box<dyn Iterator<Item = Field> + 'a> {
        Box::new(fields.into_iter().filter(move |_| message.kind == kind))
    };
    match fault {
        Fault::Duplicate => Box::new(message.fields.iter().filter(|field| is_singular(message.kind, field)).cloned()),
        Fault::FieldTooLarge => always(&|w| {
            w.tag(1 << 29, wire::VARINT).varint(0);
        }),
        Fault::FieldZero => always(&|w| {
            w.tag(0, wire::VARINT).varint(0);
        }),
        Fault::Group => always(&|w| {
            w.tag(77, wire::GROUP_START).tag(77, wire::GROUP_END);
        }),
        Fault::LengthBeyond => always(&|w| {
            w.tag(77, wire::LEN).varint(1);
        }),
        Fault::NotUtf8 => Box::new(message.fields.iter().filter_map(|field| {
            let holds = message.kind.field(field.number)?.holds;
            (holds == Type::String).then(|| Field::new(field.number, Content::Bytes(b"a\xc0\xafb".to_vec())))
        })),
        Fault::Strindex => {
            let (number, kind) = if message.kind == Kind::KeyValue { (3, Kind::KeyValue) } else { (8, Kind::AnyValue) };
            only(kind, vec![Field::new(number, Content::Varint(1))])
        }
        Fault::TooDeep => {
            // The key is named again in a KeyValue of its own, below the first list of attributes that is met.
            let mut value = wire::bytes(|w| w.string(1, "deep"));
            for _ in 0..40 {
                value = wire::bytes(|w| w.message(5, |w| w.bytes(1, &value)));
            }
            let attribute = wire::bytes(|w| w.string(1, "prompt").bytes(2, &value));
            only(Kind::LogRecord, vec![Field::new(6, Content::Bytes(attribute))])
        }
        Fault::Truncated => Box::new(std::iter::empty()),
        Fault::TwoKinds => {
            let other = if message.fields.iter().any(|field| field.number == 2) { 3 } else { 2 };
            let fields = if message.fields.is_empty() { vec![] } else { vec![Field::new(other, Content::Varint(1))] };
            only(Kind::AnyValue, fields)
        }
        Fault::UnknownKind => only(Kind::AnyValue, vec![Field::new(9, Content::Bytes(b"x".to_vec()))]),
        Fault::VarintTooLong => Box::new(
            [bytes(|w| w.tag(77, wire::VARINT).varint_padded(1, 11)), {
                // Ten bytes, of which the last says more than the 64th bit.
                bytes(|w| w.tag(77, wire::VARINT).raw(&[0xff; 9]).raw(&[0x02]))
            }]
            .map(|content| Field::new(0, Content::Raw(content)))
            .into_iter(),
        ),
        Fault::WireType => Box::new(
            [6, 7]
                .into_iter()
                .map(move |wire_type| Field::new(0, Content::Raw(bytes(|w| w.tag(77, wire_type).varint(0))))),
        ),
        Fault::WrongWireType => Box::new(message.kind.fields().iter().flat_map(|field| {
            let others = [Content::Varint(0), Content::Fixed64(0), Content::Bytes(Vec::new()), Content::Fixed32(0)];
            others
                .into_iter()
                .enumerate()
                .filter(move |(at, _)| {
                    [wire::VARINT, wire::FIXED64, wire::LEN, wire::FIXED32][*at] != field.holds.wire_type()
                })
                .map(move |(_, content)| Field::new(field.number, content))
        })),
    }
}

fn is_singular(kind: Kind, field: &Field) -> bool {
    kind.field(field.number).is_some_and(|known| !known.repeated)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::batch;

    /// Scenario: every fault, in an ordinary batch.
    /// Guarantees: it is in the bytes; those that prost reads over are ambiguities, which prost does not mind.
    #[test]
    fn every_fault_is_put_in() {
        let bytes = batch().resource(|r| r).record(|r| r.event("codex.user_prompt").body("b").severity(9, "I")).bytes();
        let read_by_prost =
            [Fault::Duplicate, Fault::Group, Fault::Strindex, Fault::TooDeep, Fault::TwoKinds, Fault::UnknownKind];
        for fault in Fault::ALL {
            for seed in 0..50 {
                let spoilt = spoil(&bytes, fault, &mut Dice::new(seed));
                assert_ne!(spoilt, bytes, "{fault:?}");
                let refused = message::decode(&spoilt).is_err();
                assert_eq!(refused, !read_by_prost.contains(&fault), "{fault:?}");
            }
        }
    }
}
