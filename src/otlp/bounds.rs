//! What a message may hold at most, and what it may hold once.
//!
//! Must not know what the fields mean. Keeps I2 (a singular field given twice is refused, because receivers disagree on
//! it) and I5.

use alloc::vec::Vec;

use super::slot::Slot;
use crate::error::BatchError;
use crate::limits::{MAX_ADDED_ATTRIBUTES, MAX_ATTRIBUTES, MAX_PLACES};

/// Which singular fields of a message were met, a bit for each number.
#[derive(Default)]
pub(super) struct Seen(u32);

impl Seen {
    #[inline(always)]
    pub(super) fn once(&mut self, number: u32, start: usize) -> Result<(), BatchError> {
        let bit = 1u32.checked_shl(number).unwrap_or_default();
        if self.0 & bit != 0 {
            return Err(BatchError::ambiguous(start, "a field that may stand once stands twice"));
        }
        self.0 |= bit;
        Ok(())
    }
}

#[inline(always)]
pub(super) fn count(attributes: &mut usize, start: usize) -> Result<(), BatchError> {
    *attributes += 1;
    at_most(*attributes, start)
}

/// Refuses more attributes than may be sent and added.
#[inline(always)]
pub(super) fn at_most(attributes: usize, start: usize) -> Result<(), BatchError> {
    if attributes > MAX_ATTRIBUTES + MAX_ADDED_ATTRIBUTES {
        return Err(BatchError::limit(start, "more than 1024 attributes in one place"));
    }
    Ok(())
}

/// Appends a slot.
#[inline(always)]
pub(super) fn push<'a>(slots: &mut Vec<Slot<'a>>, slot: Slot<'a>) -> Result<(), BatchError> {
    if slots.len() >= MAX_PLACES {
        return Err(BatchError::limit(slot.span().start as usize, "more than 4096 fields in one place"));
    }
    slots.push(slot);
    Ok(())
}

/// Some receivers cut a wide varint to 32 bits and some refuse it.
pub(super) fn fits_u32(number: u64, start: usize) -> Result<(), BatchError> {
    u32::try_from(number).map(drop).map_err(|_| too_wide(start))
}

#[cold]
pub(super) fn too_wide(start: usize) -> BatchError {
    BatchError::ambiguous(start, "number does not fit the 32 bits of its field")
}
