//! Where each field of the image lies in the JSON text.
//!
//! Must not know why it is asked.

use super::schema::Shape;

/// What a place is, and so how an edit of it is carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An `AnyValue` that is an element, or the member `body`.
    Any,
    /// A `KeyValue` of a record, a resource or a scope.
    Attribute,
    /// A `KeyValue` of a map.
    Entry,
    /// A message, which can be added to.
    Message(Shape),
    /// What can go and never changes: an id, or a member that no schema names.
    Other,
    /// A string.
    Text,
    /// `timeUnixNano`.
    Time,
}

/// A field of the image and the member or element that it stands for. Offsets have four bytes: a batch is at most 16 MiB.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Offset in the image of the field's tag.
    pub(super) image: u32,
    /// The member with its name, or the element.
    pub(super) start: u32,
    pub(super) end: u32,
    /// Of a value: the name of the one member of its `AnyValue`; 0 where it has none or several. Else unused.
    pub(super) name: u32,
    /// Of a value: what that one member holds, or the `AnyValue` itself, or the `null` in place of it; 0 where there is
    /// nothing. Of a message: its `attributes` or, of a
    /// `ResourceLogs`, its `resource` if that is `null`; 0 where it has none. Of any other: the value.
    pub(super) value: u32,
    pub(super) value_end: u32,
    pub(super) kind: Kind,
}

impl Place {
    /// A member or an element, of which the rest is not known yet.
    pub(super) fn new(kind: Kind, image: usize, start: usize) -> Self {
        Self { image: image as u32, start: start as u32, end: 0, name: 0, value: 0, value_end: 0, kind }
    }

    /// The same text at another place of the body, for another field of the image.
    pub(super) fn moved_to(&self, image: usize, start: usize) -> Self {
        let by = (start as u32).wrapping_sub(self.start);
        let moved = |offset: u32| if offset == 0 { 0 } else { offset.wrapping_add(by) };
        let (image, start, end) = (image as u32, start as u32, moved(self.end));
        let (name, value, value_end) = (moved(self.name), moved(self.value), moved(self.value_end));
        Self { image, start, end, name, value, value_end, kind: self.kind }
    }
}
