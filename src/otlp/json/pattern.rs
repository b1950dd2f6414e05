//! What stands around the key and the value of an attribute, learned from the attribute before.
//!
//! A serialiser writes every attribute in the same way, so between the key and the value stand the same bytes each time:
//!
//! ```text
//! {⏎ "key": "model",⏎ "value": {⏎ "stringValue": "gpt-5"⏎ }⏎ }
//! └─ lead ─┘     └──────────── mid ─────────────┘     └ tail ┘
//! ```
//!
//! Where they do, comparing them is all the reading there is to do, for they were read once as JSON: the same bytes around
//! two texts without quotes, escapes and control characters are the same JSON.
//!
//! Must not know what the texts mean. Keeps I2: what differs in one byte is read the long way.

use crate::bytes::equal;
use crate::json::plain_text;
use crate::wire::Span;

/// The bytes around a key and a value, as they lie in the body.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pattern {
    lead: Span,
    mid: Span,
    tail: Span,
    /// From where `mid` begins to the name of the value's kind.
    name: u32,
}

/// How the attributes of a batch are written, by the kind of their values.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Patterns {
    /// A whole number in quotes.
    pub(super) integer: Option<Pattern>,
    pub(super) switch: Option<Pattern>,
    pub(super) text: Option<Pattern>,
}

/// What a pattern has found: all offsets in the body.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) key: Span,
    /// The name of the value's kind.
    pub(super) name: u32,
    /// Without quotes, if it has them.
    pub(super) value: Span,
    /// The end of the element.
    pub(super) end: usize,
}

impl Pattern {
    /// What is around `key` and `value`, both without quotes, in an element; `name` is where the name of the kind begins.
    pub(super) fn around(element: Span, key: Span, name: u32, value: Span) -> Option<Self> {
        let is_ordered = element.start < key.start && key.end < name && name < value.start && value.end < element.end;
        is_ordered.then(|| Self {
            lead: Span { start: element.start, end: key.start },
            mid: Span { start: key.end, end: value.start },
            tail: Span { start: value.end, end: element.end },
            name: name - key.end,
        })
    }

    /// The key of the element at `at`, if it begins like this.
    #[inline(always)]
    pub(super) fn key(&self, body: &[u8], at: usize) -> Option<Span> {
        let start = after(body, at, self.lead)?;
        Some(Span::new(start, start + plain_text(body, start)))
    }

    /// The rest of the element, if it goes on like this.
    #[inline(always)]
    pub(super) fn rest(&self, body: &[u8], key: Span, value_len: impl Fn(usize) -> usize) -> Option<Found> {
        let start = after(body, key.end as usize, self.mid)?;
        let value = Span::new(start, start + value_len(start));
        let end = after(body, value.end as usize, self.tail)?;
        Some(Found { key, name: key.end + self.name, value, end })
    }
}

/// Where that ends which stands at `at`, if it is the same as at `span`.
#[inline(always)]
fn after(body: &[u8], at: usize, span: Span) -> Option<usize> {
    let known = body.get(span.start as usize..span.end as usize)?;
    let end = at + known.len();
    equal(body.get(at..end)?, known).then_some(end)
}
