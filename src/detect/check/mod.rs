//! Check digits: one small file for each published rule, over bytes without separators, letters in upper case.
//!
//! Must not know which identifier asks. Keeps I5 (one step a byte) and I8 (a missing byte counts as zero).

pub(super) mod base58;
pub(super) mod bech32;
pub(super) mod iso7064;
pub(super) mod keccak;
pub(super) mod luhn;
pub(super) mod strkey;
pub(super) mod verhoeff;
pub(super) mod weighted;
