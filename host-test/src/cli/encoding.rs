//! How a batch is encoded, when nobody says.
//!
//! Must not know the encodings. Keeps I2: what is neither is refused, not guessed.

use airlock::Encoding;

use crate::cli::EncodingName;
use crate::cli::failure::Failure;
use crate::view;

/// What was asked for, or what the first byte tells.
pub(super) fn choose(asked: Option<EncodingName>, batch: &[u8]) -> Result<Encoding, Failure> {
    match asked {
        Some(EncodingName::Json) => Ok(Encoding::Json),
        Some(EncodingName::Protobuf) => Ok(Encoding::Protobuf),
        None => view::encoding(batch).ok_or_else(|| {
            Failure::Refused(
                "the batch is refused and nothing was written: its first byte starts neither OTLP JSON nor OTLP \
                 protobuf; give --encoding where it is one of them, and decompress it first where it is compressed"
                    .into(),
            )
        }),
    }
}
