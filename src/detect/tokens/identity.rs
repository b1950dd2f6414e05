//! Keys of identity providers and of what decides who may do what.
//!
//! Must not know how tokens are found.

use super::{Piece, at_least, between, exactly, token};
use crate::detect::registry::{Detector, Example, Group, Rule};
use crate::detect::text::Alphabet;

pub(in crate::detect) const SHELF: &[Detector] = &[
    Detector {
        id: "jwt-in-base64",
        group: Group::Secret,
        about: "JSON web tokens that were encoded once more, as secrets of Kubernetes are",
        source: "RFC 7519, section 3; RFC 4648, section 4; Kubernetes documentation, Secrets",
        examples: &[
            Example("JWT_IN_BASE64=«ZXlKFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcd»"),
            Example("ZXlKFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abc"),
            Example("ZXlK"),
        ],
        // A token starts with `eyJ`, whose base64 is this.
        rule: Rule::Tokens(&[token("ZXlK", &[at_least(Alphabet::Encoded, 60)])]),
    },
    Detector {
        id: "workos-api-key",
        group: Group::Secret,
        about: "API keys of WorkOS: base64 that starts with key_",
        source: "WorkOS documentation, API authentication",
        examples: &[
            Example("{\"key\": \"«sk_a2V5XzFAKE0000abcdFAKE0000abcdFAKE00»\"}"),
            Example("token: «sk_live_a2V5XzFAKE0000abcdFAKE0000abcdFAKE00»\\n"),
            Example("run --key «sk_test_a2V5XzFAKE0000abcdFAKE0000abcdFAKE00» now"),
            Example("sk_a2V5XzFAKE0000abcdFAKE0000abcdFAKE0"),
            Example("sk_test_a2V5Xzxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("sk_a2V5Xz", &[at_least(Alphabet::WordDash, 30)]),
            token("sk_live_a2V5Xz", &[at_least(Alphabet::WordDash, 30)]),
            token("sk_test_a2V5Xz", &[at_least(Alphabet::WordDash, 30)]),
        ]),
    },
    Detector {
        id: "clerk-secret-key",
        group: Group::Secret,
        about: "secret keys of Clerk",
        source: "Clerk documentation, API keys",
        examples: &[
            Example("\\\"«sk_live_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE»\\\","),
            Example("key = '«sk_test_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE»';"),
            Example("sk_live_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAK"),
            Example("sk_test_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("sk_live_", &[between(Alphabet::Alnum, 40, 50)]),
            token("sk_test_", &[between(Alphabet::Alnum, 40, 50)]),
        ]),
    },
    Detector {
        id: "magic-secret-key",
        group: Group::Secret,
        about: "secret keys of Magic",
        source: "Magic documentation, API keys",
        examples: &[
            Example("out\\n«sk_live_0000FA4EABCD0000»\\n"),
            Example("<key>«sk_test_0000FA4EABCD0000»</key>"),
            Example("sk_live_0000FA4EABCD000"),
            Example("sk_test_0000000000000000"),
        ],
        rule: Rule::Tokens(&[
            token("sk_live_", &[exactly(Alphabet::UpperHex, 16)]),
            token("sk_test_", &[exactly(Alphabet::UpperHex, 16)]),
        ]),
    },
    Detector {
        id: "userfront-api-key",
        group: Group::Secret,
        about: "API keys of Userfront",
        source: "Userfront documentation, API keys",
        examples: &[
            Example("(«uf_live_FAKE0000abcdFAKE0000»)"),
            Example("«uf_test_FAKE0000abcdFAKE0000»"),
            Example("uf_live_FAKE0000abcdFAKE000"),
            Example("uf_test_of_the_names_in_words"),
        ],
        rule: Rule::Tokens(&[
            token("uf_live_", &[at_least(Alphabet::Word, 20)]),
            token("uf_test_", &[at_least(Alphabet::Word, 20)]),
        ]),
    },
    Detector {
        id: "boundary-token",
        group: Group::Secret,
        about: "authentication tokens of HashiCorp Boundary",
        source: "Boundary documentation, Authentication tokens",
        examples: &[
            Example("%3D«at_FAKE0000ab_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE»&x=1"),
            Example("at_FAKE0000ab_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAK"),
            Example("at_xxxxxxxxxx_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token(
            "at_",
            &[exactly(Alphabet::Alnum, 10), Piece::Text("_"), at_least(Alphabet::Alnum, 40)],
        )]),
    },
    Detector {
        id: "kong-konnect-token",
        group: Group::Secret,
        about: "personal and system account tokens of Kong Konnect",
        source: "Kong documentation, Konnect access tokens",
        examples: &[
            Example("KONG_KONNECT_TOKEN=«kpat_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE»"),
            Example("{\"key\": \"«spat_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE»\"}"),
            Example("kpat_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAK"),
            Example("spat_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("kpat_", &[at_least(Alphabet::Alnum, 40)]),
            token("spat_", &[at_least(Alphabet::Alnum, 40)]),
        ]),
    },
    Detector {
        id: "permit-api-key",
        group: Group::Secret,
        about: "API keys of Permit.io",
        source: "Permit.io documentation, API key",
        examples: &[
            Example("token: «permit_key_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE»\\n"),
            Example("permit_key_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAK"),
            Example("permit_key_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("permit_key_", &[at_least(Alphabet::Alnum, 40)])]),
    },
];
