//! Other bytes of the same meaning: what the protobuf specification allows and no encoder writes.
//!
//! Must not change the meaning: decoding what comes out gives the message that went in, which the tests hold.

use super::dice::Dice;
use crate::message::{self, Batch};
use crate::schema::{Kind, Type};
use crate::tree::{Content, Field, Tree};

/// What may be done to the bytes.
#[derive(Clone, Copy, Debug)]
pub struct Hostility {
    /// Fields in any order; the elements of a repeated field keep theirs.
    pub order: bool,
    /// Tags, lengths and varints longer than need be.
    pub padding: bool,
    /// Fields that say their default value.
    pub defaults: bool,
    /// Fields that OTLP does not have.
    pub unknown: bool,
}

impl Hostility {
    /// All of it.
    pub const ALL: Self = Self { order: true, padding: true, defaults: true, unknown: true };
    /// All but unknown fields, which a reader has to remove.
    pub const KNOWN: Self = Self { unknown: false, ..Self::ALL };
}

/// The bytes of `batch`, made strange.
pub fn encode(batch: &Batch, hostility: Hostility, seed: u64) -> Vec<u8> {
    let mut tree = Tree::read(&message::encode(batch));
    let mut dice = Dice::new(seed);
    tree.each(&mut |message| {
        if hostility.defaults {
            add_defaults(message, &mut dice);
        }
        if hostility.unknown {
            add_unknown(message, &mut dice);
        }
        if hostility.order {
            reorder(message, &mut dice);
        }
        if hostility.padding {
            for field in &mut message.fields {
                field.padding = if dice.once_in(4) { 2 + dice.below(9) } else { 1 };
            }
        }
    });
    tree.bytes()
}

/// A field that its message does not have, if one can be put there without refusal: an AnyValue takes none.
pub fn unknown_field(kind: Kind, dice: &mut Dice) -> Option<Field> {
    if kind == Kind::AnyValue {
        return None;
    }
    // 3 of KeyValue is key_strindex, which is no unknown field.
    let numbers: Vec<u64> =
        [4, 15, 16, 99, 1_000, (1 << 29) - 1].into_iter().filter(|number| kind.field(*number).is_none()).collect();
    let content = match dice.below(5) {
        0 => Content::Varint(dice.roll()),
        1 => Content::Fixed64(dice.roll()),
        2 => Content::Fixed32(dice.roll() as u32),
        3 => Content::Bytes((0..dice.below(20)).map(|_| dice.roll() as u8).collect()),
        // A record that a receiver with another schema could find there.
        _ => Content::Bytes(crate::build::Record::default().body("codex body AKIAIOSFODNN7EXAMPLE").bytes()),
    };
    Some(Field::new(*dice.pick(&numbers), content))
}

fn reorder(message: &mut Tree, dice: &mut Dice) {
    // The numbers are shuffled; each then takes the next field of its number, so that repeated ones keep their order.
    let mut numbers: Vec<u64> = message.fields.iter().map(|field| field.number).collect();
    dice.shuffle(&mut numbers);
    let mut fields = std::mem::take(&mut message.fields);
    for number in numbers {
        let next = fields.iter().position(|field| field.number == number).expect("as many fields as numbers");
        message.fields.push(fields.remove(next));
    }
}

fn add_defaults(message: &mut Tree, dice: &mut Dice) {
    if message.kind == Kind::AnyValue {
        return;
    }
    for field in message.kind.fields() {
        if field.repeated || message.fields.iter().any(|present| present.number == field.number) || !dice.once_in(8) {
            continue;
        }
        let content = match field.holds {
            Type::Bytes | Type::String => Content::Bytes(Vec::new()),
            Type::Fixed32 => Content::Fixed32(0),
            Type::Fixed64 => Content::Fixed64(0),
            Type::Message(_) => continue,
            Type::Varint => Content::Varint(0),
        };
        message.fields.push(Field::new(field.number, content));
    }
}

fn add_unknown(message: &mut Tree, dice: &mut Dice) {
    while dice.once_in(4) {
        if let Some(field) = unknown_field(message.kind, dice) {
            message.fields.push(field);
        } else {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Scenario: any batch, any rearrangement.
        /// Guarantees: the bytes mean what they meant, so a difference downstream is the reader's.
        #[test]
        fn means_the_same(batch in crate::generate::batch(), seed: u64) {
            let hostile = encode(&batch, Hostility::ALL, seed);
            let decoded = message::decode(&hostile).expect("hostile is not invalid");
            prop_assert!(message::same(&decoded, &batch));
        }
    }
}
