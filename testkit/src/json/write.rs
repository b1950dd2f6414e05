//! A batch as OTLP/JSON: as Codex writes it, or in any spelling that means the same.
//!
//! Must not change the meaning: reading what comes out gives the batch that went in, which the tests hold.

use std::fmt::Write;

use super::names::{self, Form};
use super::parse::quoted;
use crate::generate::dice::Dice;
use crate::leak::base64;
use crate::message::{self, Batch};
use crate::schema::{Kind, Type};
use crate::tree::{Content, Tree};

/// How a batch is spelt. What is switched on happens at some places and not at others.
#[derive(Clone, Copy, Debug)]
pub struct Spelling {
    /// Two blanks a level and a member a line; else everything in one line.
    pub pretty: bool,
    /// White space of any kind between tokens.
    pub blanks: bool,
    /// Names in snake_case.
    pub snake: bool,
    /// Characters of names and strings as escapes.
    pub escapes: bool,
    /// Members in any order.
    pub order: bool,
    /// 64-bit integers as numbers, severities by name.
    pub numbers: bool,
    /// What is not there as `null`, `""`, `0` or `[]`.
    pub defaults: bool,
    /// Members that OTLP does not have.
    pub unknown: bool,
}

impl Spelling {
    /// As Codex writes: pretty, everything in its place, defaults included.
    pub const CODEX: Self = Self {
        pretty: true,
        blanks: false,
        snake: false,
        escapes: false,
        order: false,
        numbers: false,
        defaults: true,
        unknown: false,
    };
    /// As short as can be.
    pub const COMPACT: Self = Self { pretty: false, defaults: false, ..Self::CODEX };
    /// Everything that a reader must take.
    pub const KNOWN: Self =
        Self { blanks: true, snake: true, escapes: true, order: true, numbers: true, ..Self::COMPACT_WITH_DEFAULTS };
    /// And members that a reader has to remove.
    pub const ALL: Self = Self { unknown: true, ..Self::KNOWN };

    const COMPACT_WITH_DEFAULTS: Self = Self { defaults: true, ..Self::COMPACT };
}

/// The batch as text.
pub fn write(batch: &Batch, spelling: Spelling, seed: u64) -> String {
    let tree = Tree::read(&message::encode(batch));
    // A spelling that leaves nothing to chance is the same for every seed.
    let is_plain = !(spelling.blanks || spelling.order || spelling.escapes || spelling.numbers || spelling.snake);
    let mut writer = Text { spelling, is_plain, dice: Dice::new(seed), out: String::new(), level: 0 };
    writer.blank();
    writer.message(&tree);
    writer.blank();
    writer.out
}

struct Text {
    spelling: Spelling,
    is_plain: bool,
    dice: Dice,
    out: String,
    level: usize,
}

/// A member of an object that is to be written.
enum Member<'t> {
    Absent(&'t names::Field),
    Field(&'t names::Field, Vec<&'t Content>),
    Unknown,
}

impl Text {
    fn message(&mut self, tree: &Tree) {
        let mut members = Vec::new();
        for field in names::fields(tree.kind) {
            let contents: Vec<&Content> =
                tree.fields.iter().filter(|it| it.number == field.number).map(|it| &it.content).collect();
            if !contents.is_empty() {
                members.push(Member::Field(field, contents));
            } else if self.spelling.defaults && tree.kind != Kind::AnyValue && (self.is_plain || self.dice.once_in(4)) {
                members.push(Member::Absent(field));
            }
        }
        while self.spelling.unknown && tree.kind != Kind::AnyValue && members.len() < 20 && self.dice.once_in(4) {
            let is_there = members.iter().any(|member| matches!(member, Member::Unknown));
            if is_there {
                break;
            }
            members.push(Member::Unknown);
        }
        if self.spelling.order {
            self.dice.shuffle(&mut members);
        }
        self.list('{', '}', &members, |writer, member| match member {
            Member::Absent(field) => {
                writer.name(field);
                writer.absent(tree.kind, field);
            }
            Member::Field(field, contents) => {
                writer.name(field);
                if field.repeated {
                    writer.list('[', ']', contents, |writer, content| writer.value(field.form, content));
                } else {
                    writer.value(field.form, contents[0]);
                }
            }
            Member::Unknown => writer.unknown(),
        });
    }

    fn list<T>(&mut self, open: char, close: char, items: &[T], mut write: impl FnMut(&mut Self, &T)) {
        self.out.push(open);
        self.level += 1;
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                self.blank();
                self.out.push(',');
            }
            self.line();
            self.blank();
            write(self, item);
        }
        self.level -= 1;
        if !items.is_empty() {
            self.line();
        }
        self.blank();
        self.out.push(close);
    }

    fn line(&mut self) {
        if self.spelling.pretty {
            self.out.push('\n');
            self.out.push_str(&"  ".repeat(self.level));
        }
    }

    fn blank(&mut self) {
        while self.spelling.blanks && self.dice.once_in(4) {
            self.out.push(*self.dice.pick(&[' ', '\t', '\n', '\r']));
        }
    }

    fn colon(&mut self) {
        self.blank();
        self.out.push_str(if self.spelling.pretty { ": " } else { ":" });
        self.blank();
    }

    fn name(&mut self, field: &names::Field) {
        let is_snake = self.spelling.snake && self.dice.once_in(3);
        self.text(&if is_snake { field.snake.to_owned() } else { field.camel() });
        self.colon();
    }

    /// A field that is not there, said aloud.
    fn absent(&mut self, kind: Kind, field: &names::Field) {
        if !self.is_plain && self.dice.once_in(3) {
            self.out.push_str("null");
            return;
        }
        let zero = match kind.field(field.number).map(|it| it.holds) {
            _ if field.repeated => return self.list::<()>('[', ']', &[], |_, ()| {}),
            Some(Type::Message(_)) | None => return self.out.push_str("null"),
            Some(Type::Fixed32) => Content::Fixed32(0),
            Some(Type::Fixed64) => Content::Fixed64(0),
            Some(Type::Varint) => Content::Varint(0),
            Some(Type::Bytes | Type::String) => Content::Bytes(Vec::new()),
        };
        self.value(field.form, &zero);
    }

    fn value(&mut self, form: Form, content: &Content) {
        match (form, content) {
            (_, Content::Message(tree)) => self.message(tree),
            (Form::Base64, Content::Bytes(bytes)) => self.text(&base64(bytes)),
            (Form::Hex, Content::Bytes(bytes)) => {
                let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
                self.text(&digits);
            }
            (Form::Text, Content::Bytes(bytes)) => {
                let text = std::str::from_utf8(bytes).expect("a string of prost's is UTF-8");
                self.text(text);
            }
            (Form::Bool, Content::Varint(value)) => self.out.push_str(if *value == 0 { "false" } else { "true" }),
            (Form::Double, Content::Fixed64(bits)) => match f64::from_bits(*bits) {
                number if number.is_nan() => self.text("NaN"),
                f64::INFINITY => self.text("Infinity"),
                f64::NEG_INFINITY => self.text("-Infinity"),
                number => write!(self.out, "{number:?}").expect("a String takes all"),
            },
            (Form::Int64, Content::Varint(value)) => self.integer(&(*value as i64).to_string()),
            (Form::Uint64, Content::Fixed64(value)) => self.integer(&value.to_string()),
            (Form::Uint32, Content::Varint(value)) => self.out.push_str(&value.to_string()),
            (Form::Uint32, Content::Fixed32(value)) => self.out.push_str(&value.to_string()),
            (Form::Severity, Content::Varint(value)) => {
                match names::severity(*value as usize).filter(|_| self.spelling.numbers && self.dice.once_in(2)) {
                    Some(name) => self.text(&name),
                    None => self.out.push_str(&(*value as i64).to_string()),
                }
            }
            _ => unreachable!("the tables of names and of numbers agree"),
        }
    }

    fn integer(&mut self, digits: &str) {
        if self.spelling.numbers && self.dice.once_in(2) {
            self.out.push_str(digits);
        } else {
            self.text(digits);
        }
    }

    fn text(&mut self, text: &str) {
        if !self.spelling.escapes || self.dice.once_in(2) {
            self.out.push_str(&quoted(text));
            return;
        }
        self.out.push('"');
        for character in text.chars() {
            if !self.dice.once_in(4) {
                let quoted = quoted(character.encode_utf8(&mut [0; 4]));
                self.out.push_str(&quoted[1..quoted.len() - 1]);
            } else if character == '/' {
                self.out.push_str("\\/");
            } else {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    let digits = if self.dice.once_in(2) { format!("{unit:04x}") } else { format!("{unit:04X}") };
                    write!(self.out, "\\u{digits}").expect("a String takes all");
                }
            }
        }
        self.out.push('"');
    }

    /// A member that no message of OTLP has.
    fn unknown(&mut self) {
        let name = *self.dice.pick(&["later", "x-y", "spans", "0", "ключ", "logs"]);
        self.text(name);
        self.colon();
        let value = *self.dice.pick(&[
            "null",
            "[ ]",
            "-0.5e3",
            "\"codex AKIAIOSFODNN7EXAMPLE \\\\ \\\" \"",
            "{\"logRecords\": [{\"body\": {\"stringValue\": \"x\"}}], \"a\": {}}",
            "[1, [2, {\"b\": false}], \"]\"]",
        ]);
        self.out.push_str(value);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::generate::batch;
    use crate::json::read;
    use crate::show::{diff, show};

    proptest! {
        #![proptest_config(crate::property::config(64))]

        /// Scenario: any batch, in every spelling.
        /// Guarantees: it reads as what it was, without doubt, so a difference downstream is the reader's.
        #[test]
        fn means_the_same(batch in batch(), seed: u64) {
            for spelling in [Spelling::CODEX, Spelling::COMPACT, Spelling::KNOWN, Spelling::ALL] {
                let text = write(&batch, spelling, seed);
                let read = read(text.as_bytes()).map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
                prop_assert!(message::same(&read.batch, &batch), "{}\n{text}", diff(&show(&batch), &show(&read.batch)));
                prop_assert!(read.doubts.is_empty(), "{:?}\n{text}", read.doubts);
                prop_assert!(spelling.unknown || read.unknown == 0);
            }
        }
    }

    #[test]
    fn strange_spellings_are_met() {
        let batch = crate::build::batch().record(|it| it.event("codex.user_prompt").severity(9, "INFO")).bytes();
        let batch = message::decode(&batch).expect("it is a batch");
        let texts: String = (0..200).map(|seed| write(&batch, Spelling::ALL, seed)).collect();
        for part in ["log_records", "\"attributes\":[", "\\u006", "null", "SEVERITY_NUMBER_INFO", "later", "\t"] {
            assert!(texts.contains(part), "{part}");
        }
    }
}
