//! How a batch is encoded, when nobody says.
//!
//! Must not know the encodings beyond their first byte. Keeps I2: what is neither is refused, not guessed.

use airlock::Encoding;

use crate::cli::EncodingName;
use crate::cli::failure::Failure;

/// What was asked for, or what the first byte tells.
pub(super) fn choose(asked: Option<EncodingName>, batch: &[u8]) -> Result<Encoding, Failure> {
    match asked {
        Some(EncodingName::Json) => Ok(Encoding::Json),
        Some(EncodingName::Protobuf) => Ok(Encoding::Protobuf),
        None => detect(batch).ok_or_else(|| {
            Failure::Refused(
                "the batch is refused and nothing was written: its first byte starts neither OTLP JSON nor OTLP \
                 protobuf; give --encoding where it is one of them, and decompress it first where it is compressed"
                    .into(),
            )
        }),
    }
}

/// 0x0A is a line feed to JSON, but to protobuf it is the one field that an `ExportLogsServiceRequest` has; an empty
/// batch is a valid, empty request in protobuf and nothing in JSON.
fn detect(batch: &[u8]) -> Option<Encoding> {
    match batch.first() {
        Some(b'{' | b' ' | b'\t' | b'\r') => Some(Encoding::Json),
        Some(0x0a) | None => Some(Encoding::Protobuf),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_byte_decides() {
        for batch in [&b"{}"[..], b" {}", b"\t{", b"\r\n{"] {
            assert_eq!(detect(batch), Some(Encoding::Json));
        }
        for batch in [&b""[..], b"\x0a\x00"] {
            assert_eq!(detect(batch), Some(Encoding::Protobuf));
        }
        for batch in [&b"["[..], b"\x1f\x8b", b"\xef\xbb\xbf{", b"\x00", b"\x12"] {
            assert_eq!(detect(batch), None);
        }
    }
}
