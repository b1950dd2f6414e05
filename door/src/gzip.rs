//! gzip, as RFC 1952 has it and no looser: every member is read, and nothing else may stand between or behind them.
//!
//! Must not know what is inside. Keeps I5: no more than the bound is ever written, and memory that was taken is kept for
//! the next body. Keeps I2: a bad check sum, a wrong length, a reserved flag and a cut stream are refused.

use alloc::boxed::Box;
use alloc::vec::Vec;

use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

use crate::refusal::{Class, Refusal};

/// Text inflates to about eight times its size, so that most bodies need one attempt.
const USUAL_RATIO: usize = 8;
const LEAST_BYTES: usize = 16 << 10;

const FLAG_HEADER_CRC: u8 = 2;
const FLAG_EXTRA: u8 = 4;
const FLAG_NAME: u8 = 8;
const FLAG_COMMENT: u8 = 16;
const RESERVED_FLAGS: u8 = 0xe0;

/// Inflates one body after another.
pub(crate) struct Inflater {
    state: Box<DecompressorOxide>,
    /// As long as it has ever had to be; what is behind the end of the last body is old.
    output: Vec<u8>,
}

impl Inflater {
    pub(crate) fn new() -> Self {
        Self { state: Box::default(), output: Vec::new() }
    }

    /// What all members together hold, if that is no more than `limit` bytes.
    pub(crate) fn inflate(&mut self, mut input: &[u8], limit: usize) -> Result<&[u8], Refusal> {
        let mut end = 0;
        loop {
            input = behind_header(input)?;
            let start = end;
            (input, end) = self.member(input, start, limit)?;
            let written = self.output.get(start..end).unwrap_or_default();
            let (trailer, rest) = input.split_first_chunk::<8>().ok_or(CUT)?;
            let [c0, c1, c2, c3, l0, l1, l2, l3] = *trailer;
            if u32::from_le_bytes([c0, c1, c2, c3]) != crc32fast::hash(written)
                || u32::from_le_bytes([l0, l1, l2, l3]) != written.len() as u32
            {
                return Err(Refusal::new(Class::Malformed, "the check sum of the gzip body is wrong"));
            }
            input = rest;
            if input.is_empty() {
                return Ok(self.output.get(..end).unwrap_or_default());
            }
        }
    }

    /// Inflates one member's data behind `start`; what is left of the input, and the end of what was written.
    fn member<'i>(&mut self, mut input: &'i [u8], start: usize, limit: usize) -> Result<(&'i [u8], usize), Refusal> {
        self.state.init();
        let mut end = start;
        loop {
            // One byte more than the bound has room for, so that whoever fills that has passed it.
            let room = limit.saturating_add(1);
            if end >= self.output.len() {
                let wanted = input.len().saturating_mul(USUAL_RATIO).max(self.output.len()).max(LEAST_BYTES);
                self.output.resize(self.output.len().saturating_add(wanted).min(room), 0);
            }
            let window = self.output.len().min(room);
            let output = self.output.get_mut(..window).unwrap_or_default();
            let flags = TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
            let (status, read, written) = decompress(&mut self.state, input, output, end, flags);
            input = input.get(read..).unwrap_or_default();
            end += written;
            if end > limit {
                return Err(Refusal::new(Class::TooLarge, "the body is too large once it is inflated"));
            }
            match status {
                TINFLStatus::Done => return Ok((input, end)),
                TINFLStatus::HasMoreOutput => {}
                TINFLStatus::FailedCannotMakeProgress | TINFLStatus::NeedsMoreInput => return Err(CUT),
                _ => return Err(Refusal::new(Class::Malformed, "the gzip body cannot be inflated")),
            }
        }
    }
}

const CUT: Refusal = Refusal::new(Class::Malformed, "the gzip body is cut off");
const NO_MEMBER: Refusal = Refusal::new(Class::Malformed, "the body is not gzip, or something follows it");

/// The input behind a member's header.
fn behind_header(input: &[u8]) -> Result<&[u8], Refusal> {
    let whole = input;
    let Some((&[0x1f, 0x8b, 8, flags, _, _, _, _, _, _], mut input)) = input.split_first_chunk::<10>() else {
        return Err(if [0x1f, 0x8b, 8].starts_with(input) { CUT } else { NO_MEMBER });
    };
    if flags & RESERVED_FLAGS != 0 {
        return Err(NO_MEMBER);
    }
    if flags & FLAG_EXTRA != 0 {
        let (length, rest) = input.split_first_chunk::<2>().ok_or(CUT)?;
        input = rest.get(usize::from(u16::from_le_bytes(*length))..).ok_or(CUT)?;
    }
    for flag in [FLAG_NAME, FLAG_COMMENT] {
        if flags & flag != 0 {
            let end = input.iter().position(|byte| *byte == 0).ok_or(CUT)?;
            input = input.get(end + 1..).ok_or(CUT)?;
        }
    }
    if flags & FLAG_HEADER_CRC != 0 {
        let header = whole.get(..whole.len() - input.len()).unwrap_or_default();
        let (sum, rest) = input.split_first_chunk::<2>().ok_or(CUT)?;
        if u16::from_le_bytes(*sum) != crc32fast::hash(header) as u16 {
            return Err(Refusal::new(Class::Malformed, "the check sum of the gzip header is wrong"));
        }
        input = rest;
    }
    Ok(input)
}

#[cfg(test)]
mod tests {
    use miniz_oxide::deflate::compress_to_vec;

    use super::*;

    fn member(flags: u8, fields: &[u8], content: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::from([0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 255]);
        bytes.extend(fields);
        if flags & FLAG_HEADER_CRC != 0 {
            bytes.extend((crc32fast::hash(&bytes) as u16).to_le_bytes());
        }
        bytes.extend(compress_to_vec(content, 6));
        bytes.extend(crc32fast::hash(content).to_le_bytes());
        bytes.extend((content.len() as u32).to_le_bytes());
        bytes
    }

    fn inflate(input: &[u8], limit: usize) -> Result<Vec<u8>, Class> {
        Inflater::new().inflate(input, limit).map(<[u8]>::to_vec).map_err(|refusal| refusal.class())
    }

    /// Scenario: members with every optional field, several members, an empty one.
    /// Guarantees: all are read, by a used inflater as by a new one.
    #[test]
    fn every_member_is_read() {
        let text: Vec<u8> = (0..100_000_u32).flat_map(|at| (at % 251).to_le_bytes()).collect();
        let all = FLAG_HEADER_CRC | FLAG_EXTRA | FLAG_NAME | FLAG_COMMENT | 1;
        let first = member(all, b"\x03\x00abcname\0comment\0", b"hello ");
        let mut inflater = Inflater::new();
        for _ in 0..2 {
            assert_eq!(inflater.inflate(&first, 100).unwrap(), b"hello ");
            let bodies = [first.clone(), member(0, b"", b""), member(0, b"", &text)].concat();
            let inflated = inflater.inflate(&bodies, 1 << 20).unwrap();
            assert_eq!(inflated, [b"hello ".as_slice(), &text].concat());
        }
    }

    /// Scenario: a member cut at every byte; every one of its bytes changed; something behind it.
    /// Guarantees: keeps I2: each is refused, or is the same content.
    #[test]
    fn damage_is_seen() {
        let content = b"the quick brown fox jumps over the lazy dog, the quick brown fox";
        let whole = member(FLAG_HEADER_CRC | FLAG_NAME, b"n\0", content);
        for end in 0..whole.len() {
            assert_eq!(inflate(&whole[..end], 1000), Err(Class::Malformed), "cut at {end}");
        }
        for at in 0..whole.len() {
            for change in [1, 0x80, 0xff] {
                let mut damaged = whole.clone();
                damaged[at] ^= change;
                if let Ok(inflated) = inflate(&damaged, 1000) {
                    assert_eq!(inflated, content, "byte {at} changed by {change:#x}");
                }
            }
        }
        for behind in [b"\0".as_slice(), b"{}", &whole[..3], &[0x1f, 0x8b, 9, 0, 0, 0, 0, 0, 0, 0, 3, 0]] {
            assert_eq!(inflate(&[&whole, behind].concat(), 1000), Err(Class::Malformed), "{behind:x?}");
        }
        assert_eq!(inflate(&member(0x20, b"", b"x"), 1000), Err(Class::Malformed));
    }

    /// Scenario: content of just the bound and of one byte more; a megabyte of nothing in a kilobyte, in one member and in
    /// many.
    /// Guarantees: keeps I5: no more than the bound, and a byte to see that it was passed, is ever written.
    #[test]
    fn a_bomb_is_bounded() {
        let content = [7; 5000];
        assert_eq!(inflate(&member(0, b"", &content), 5000), Ok(content.to_vec()));
        assert_eq!(inflate(&member(0, b"", &content), 4999), Err(Class::TooLarge));
        let bomb = member(0, b"", &[0; 1 << 20]);
        assert!(bomb.len() < 2000);
        let mut inflater = Inflater::new();
        assert_eq!(inflater.inflate(&bomb, 100_000).unwrap_err().class(), Class::TooLarge);
        assert_eq!(inflater.inflate(&bomb.repeat(3), 100_000).unwrap_err().class(), Class::TooLarge);
        assert!(inflater.output.capacity() <= 200_002, "{}", inflater.output.capacity());
        let two = [member(0, b"", &[1; 3000]), member(0, b"", &[1; 3000])].concat();
        assert_eq!(inflate(&two, 5999), Err(Class::TooLarge));
        assert_eq!(inflate(&two, 6000).map(|content| content.len()), Ok(6000));
    }
}
