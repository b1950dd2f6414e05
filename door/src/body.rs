//! The body of a request: out of its coding and its frame comes a batch.
//!
//! Must not know what a batch is. Keeps I2: a frame that is cut, a second one, and one that is coded as nobody said are
//! refused. Keeps I3: what is not coded is not copied.

use crate::gzip::Inflater;
use crate::head::{Coding, Protocol, Request};
use crate::refusal::{Class, Refusal};

const FRAME_PREFIX_BYTES: usize = 5;

/// Opens one body after another; holds the memory that inflating needs.
pub struct Opener {
    inflater: Inflater,
}

impl Default for Opener {
    fn default() -> Self {
        Self { inflater: Inflater::new() }
    }
}

impl Opener {
    /// The batch in a body, if it is of no more than `limit` bytes.
    pub fn open<'b>(&'b mut self, request: &Request, body: &'b [u8], limit: usize) -> Result<&'b [u8], Refusal> {
        let (coding, content) = match request.protocol {
            Protocol::Grpc => of_frame(body, request.coding)?,
            Protocol::Json | Protocol::Protobuf => (request.coding, body),
        };
        match coding {
            Coding::Gzip => self.inflater.inflate(content, limit),
            Coding::Identity if content.len() > limit => Err(Refusal::new(Class::TooLarge, "the body is too large")),
            Coding::Identity => Ok(content),
        }
    }
}

/// The five bytes before a message of gRPC that is not compressed; nothing where a frame cannot hold it.
pub fn frame_prefix(length: usize) -> Option<[u8; FRAME_PREFIX_BYTES]> {
    let [a, b, c, d] = u32::try_from(length).ok()?.to_be_bytes();
    Some([0, a, b, c, d])
}

/// The one message of a unary call, and how it is coded.
fn of_frame(body: &[u8], coding: Coding) -> Result<(Coding, &[u8]), Refusal> {
    let malformed = |message| Refusal::new(Class::Malformed, message);
    let Some((&[flag, a, b, c, d], message)) = body.split_first_chunk::<FRAME_PREFIX_BYTES>() else {
        return Err(malformed("the body ends before a gRPC message begins"));
    };
    let coding = match (flag, coding) {
        (0, _) => Coding::Identity,
        (1, Coding::Gzip) => Coding::Gzip,
        (1, Coding::Identity) => {
            return Err(malformed("the message is compressed, and grpc-encoding does not say how"));
        }
        _ => return Err(malformed("the flag of a gRPC message is 0 or 1")),
    };
    let length = u32::from_be_bytes([a, b, c, d]) as usize;
    if message.len() < length {
        return Err(malformed("the gRPC message is cut off"));
    }
    if message.len() > length {
        return Err(malformed("a call of Export has one message, and something follows it"));
    }
    Ok((coding, message))
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    const GRPC: Request = Request { protocol: Protocol::Grpc, coding: Coding::Identity };

    fn open(request: Request, body: &[u8]) -> Result<Vec<u8>, Class> {
        Opener::default().open(&request, body, 10).map(<[u8]>::to_vec).map_err(|refusal| refusal.class())
    }

    /// Scenario: a frame of each flag, cut at every byte, and two in one body.
    /// Guarantees: keeps I2: exactly one whole message, coded as was said.
    #[test]
    fn a_call_has_one_message() {
        let gzip = Request { coding: Coding::Gzip, ..GRPC };
        let whole = b"\0\0\0\0\x03abc";
        assert_eq!(open(GRPC, whole), Ok(b"abc".to_vec()));
        assert_eq!(open(gzip, whole), Ok(b"abc".to_vec()));
        assert_eq!(open(GRPC, b"\0\0\0\0\0"), Ok(Vec::new()));
        for end in 0..whole.len() {
            assert_eq!(open(GRPC, &whole[..end]), Err(Class::Malformed), "cut at {end}");
        }
        assert_eq!(open(GRPC, &whole.repeat(2)), Err(Class::Malformed));
        assert_eq!(open(GRPC, b"\x01\0\0\0\x03abc"), Err(Class::Malformed));
        for flag in [2, 0x80, 0xff] {
            assert_eq!(open(GRPC, &[flag, 0, 0, 0, 0]), Err(Class::Malformed));
        }
        assert_eq!(open(GRPC, b"\0\0\0\0\x0bhello world"), Err(Class::TooLarge));
        assert_eq!(open(GRPC, b"\0\xff\xff\xff\xffabc"), Err(Class::Malformed));
        assert_eq!(frame_prefix(0x0102), Some([0, 0, 0, 1, 2]));
    }

    /// Scenario: a body that is not coded.
    /// Guarantees: keeps I3: it is the batch itself, not a copy.
    #[test]
    fn what_is_not_coded_is_not_copied() {
        let request = Request { protocol: Protocol::Json, ..GRPC };
        let mut opener = Opener::default();
        let body = b"{}".as_slice();
        assert_eq!(opener.open(&request, body, 2).unwrap().as_ptr(), body.as_ptr());
        assert_eq!(opener.open(&request, b"{ }", 2).unwrap_err().class(), Class::TooLarge);
    }
}
