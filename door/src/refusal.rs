//! Why a request goes no further, and how a client is told: `google.rpc.Status` in its own encoding.
//!
//! Must not know what was refused. Keeps I1: a refusal is a class and words fixed beforehand, with at most a number.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::head::Protocol;

/// The class of a refusal: it decides the status, and is what refusals are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// The host itself failed; the client may try again.
    Internal,
    /// The request or the batch is not what it says it is, or two readers could read it differently.
    Malformed,
    /// Another method than POST.
    Method,
    /// Nothing is served under this path.
    Path,
    /// The policy does not want it.
    Policy,
    /// It is too large, or has too much of something.
    TooLarge,
    /// Nothing says whose it is.
    Unauthenticated,
    /// Whoever it is has no business here.
    Unauthorised,
    /// The content type, the encoding or a part of it is not read here.
    Unsupported,
}

impl Class {
    /// Every class, in the order of their names.
    pub const ALL: [Self; 9] = [
        Self::Internal,
        Self::Malformed,
        Self::Method,
        Self::Path,
        Self::Policy,
        Self::TooLarge,
        Self::Unauthenticated,
        Self::Unauthorised,
        Self::Unsupported,
    ];

    /// The name under which metrics count it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Internal => "internal",
            Self::Malformed => "malformed",
            Self::Method => "method",
            Self::Path => "path",
            Self::Policy => "policy",
            Self::TooLarge => "too-large",
            Self::Unauthenticated => "unauthenticated",
            Self::Unauthorised => "unauthorised",
            Self::Unsupported => "unsupported",
        }
    }

    /// The status of HTTP. Of these only 503 is one that an exporter tries again.
    pub fn http_status(self) -> u16 {
        match self {
            Self::Internal => 503,
            Self::Malformed | Self::Policy => 400,
            Self::Method => 405,
            Self::Path => 404,
            Self::TooLarge => 413,
            Self::Unauthenticated => 401,
            Self::Unauthorised => 403,
            Self::Unsupported => 415,
        }
    }

    /// The code of gRPC and of `google.rpc.Status`. What is too large is `RESOURCE_EXHAUSTED`, as gRPC itself has it:
    /// without a `RetryInfo` an exporter does not try that again.
    pub fn grpc_code(self) -> u8 {
        match self {
            Self::Internal => 14,
            Self::Malformed | Self::Policy => 3,
            Self::Method | Self::Path | Self::Unsupported => 12,
            Self::TooLarge => 8,
            Self::Unauthenticated => 16,
            Self::Unauthorised => 7,
        }
    }
}

/// Why a request goes no further. Nothing of it may be forwarded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    class: Class,
    message: Cow<'static, str>,
}

impl Refusal {
    /// A refusal in words that were fixed beforehand.
    #[cold]
    pub const fn new(class: Class, message: &'static str) -> Self {
        Self { class, message: Cow::Borrowed(message) }
    }

    /// A refusal in words that another part of the product has made, which quote nothing of the request either.
    #[cold]
    pub fn told(class: Class, message: String) -> Self {
        Self { class, message: Cow::Owned(message) }
    }

    /// The class.
    pub fn class(&self) -> Class {
        self.class
    }

    /// What is wrong.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The answer's content type and body over HTTP: `google.rpc.Status`, in protobuf for who speaks that.
    ///
    /// gRPC has the code and the message in its trailers, and no body.
    pub fn body(&self, protocol: Protocol) -> (&'static str, Vec<u8>) {
        let (code, message) = (self.class.grpc_code(), &*self.message);
        match protocol {
            Protocol::Protobuf | Protocol::Grpc => {
                // Field 1 is the code, field 2 the message.
                let mut body = Vec::with_capacity(message.len() + 8);
                body.extend([0x08, code, 0x12]);
                let mut length = message.len();
                while length > 0x7f {
                    body.push(length as u8 | 0x80);
                    length >>= 7;
                }
                body.push(length as u8);
                body.extend(message.bytes());
                ("application/x-protobuf", body)
            }
            Protocol::Json => {
                let mut text = String::with_capacity(message.len() + 32);
                for character in message.chars() {
                    match character {
                        '"' | '\\' => text.extend(['\\', character]),
                        character if character < ' ' => text.push_str(&format!("\\u{:04x}", u32::from(character))),
                        character => text.push(character),
                    }
                }
                ("application/json", format!(r#"{{"code":{code},"message":"{text}"}}"#).into_bytes())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    /// Scenario: short words, and words longer than one byte of length can say.
    /// Guarantees: both encodings of `google.rpc.Status`, byte for byte.
    #[test]
    fn a_client_is_told_in_its_encoding() {
        let refusal = Refusal::new(Class::Malformed, "gzip magic");
        let protobuf = [b"\x08\x03\x12\x0agzip magic".as_slice()].concat();
        assert_eq!(refusal.body(Protocol::Protobuf), ("application/x-protobuf", protobuf));
        let refusal = Refusal::told(Class::TooLarge, "a \"word\"\n".to_string());
        let json = br#"{"code":8,"message":"a \"word\"\u000a"}"#.to_vec();
        assert_eq!(refusal.body(Protocol::Json), ("application/json", json));
        let long = Refusal::told(Class::Path, "x".repeat(300)).body(Protocol::Grpc).1;
        assert_eq!(long.get(..5), Some([0x08, 12, 0x12, 0xac, 0x02].as_slice()));
        assert_eq!(long.len(), 305);
    }

    /// Scenario: every class.
    /// Guarantees: a refused batch is not sent again, for it stays what it is; only what the host itself failed at is. What
    /// OTLP has exporters try again is 429, 502, 503 and 504, and 1, 4, 10, 11, 14 and 15 of gRPC.
    #[test]
    fn only_the_hosts_own_failure_is_worth_another_try() {
        for class in Class::ALL {
            let again = [429, 502, 503, 504].contains(&class.http_status());
            assert_eq!(again, class == Class::Internal, "{class:?}");
            assert_eq!([1, 4, 10, 11, 14, 15].contains(&class.grpc_code()), class == Class::Internal, "{class:?}");
        }
        assert!(Class::ALL.is_sorted_by_key(|class| class.name()));
    }
}
