//! Keys of clouds and of the infrastructure that is rented there.
//!
//! Must not know how tokens are found.

use super::{exactly, token};
use crate::detect::registry::{Detector, Example, Group, Rule};
use crate::detect::text::Alphabet;

pub(in crate::detect) const SHELF: &[Detector] = &[Detector {
    id: "aws-access-key-id",
    group: Group::Secret,
    about: "access key ids of AWS, long-term and temporary",
    source: "AWS IAM User Guide, IAM identifiers, Understanding unique ID prefixes",
    examples: &[
        Example("id «AKIA0000FAKE0000ABCD»."),
        Example("\"«ASIAEXAMPLEEXAMPLE77»\""),
        Example("out\\n«AKIAEXAMPLE000000000»\\n"),
        Example("cut «AKIAEXAM»\n[... telemetry preview truncated ...]"),
        Example("XAKIA0000FAKE0000ABCD"),
        Example("AKIA0000FAKE0000ABCDE"),
        Example("AKIA0000fake0000abcd"),
    ],
    // The documented alphabet is base32; 0, 1, 8 and 9 are let in because made-up keys use them.
    rule: Rule::Tokens(&[
        token("ABIA", &[exactly(Alphabet::Upper, 16)]),
        token("ACCA", &[exactly(Alphabet::Upper, 16)]),
        token("AKIA", &[exactly(Alphabet::Upper, 16)]),
        token("ASIA", &[exactly(Alphabet::Upper, 16)]),
    ]),
}];
