//! Keys of identity providers and of what decides who may do what.
//!
//! Must not know how tokens are found.

use super::{PADDING, Piece, at_least, between, exactly, token};
use crate::detect::registry::{Detector, Example, Group, Rule};
use crate::detect::text::Alphabet;

pub(in crate::detect) const SHELF: &[Detector] = &[
    Detector {
        id: "jwt-in-base64",
        group: Group::Secret,
        about: "JSON web tokens that were encoded once more, as secrets of Kubernetes are",
        source: "RFC 7519, section 3; RFC 4648, section 4; Kubernetes documentation, Secrets",
        examples: &[
            Example("run --key «ZXlKFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcd» now"),
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
            Example("\\\"«sk_a2V5XzFAKE0000abcdFAKE0000abcdFAKE00»\\\","),
            Example("key = '«sk_live_a2V5XzFAKE0000abcdFAKE0000abcdFAKE00»';"),
            Example("out\\n«sk_test_a2V5XzFAKE0000abcdFAKE0000abcdFAKE00»\\n"),
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
            Example("<key>«sk_live_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE»</key>"),
            Example("(«sk_test_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE»)"),
            Example("sk_live_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAK"),
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
            Example("«sk_live_0000FA4EABCD0000»"),
            Example("%3D«sk_test_0000FA4EABCD0000»&x=1"),
            Example("sk_live_0000FA4EABCD0000F"),
            Example("sk_test_0000000000000000"),
        ],
        rule: Rule::Tokens(&[
            token("sk_live_", &[exactly(Alphabet::UpperHex, 16)]),
            token("sk_test_", &[exactly(Alphabet::UpperHex, 16)]),
        ]),
    },
    Detector {
        id: "stytch-secret",
        group: Group::Secret,
        about: "secrets of Stytch projects",
        source: "Stytch documentation, API keys",
        examples: &[
            Example("STYTCH_SECRET=«secret-live-FAKE0000abcdFAKE0000abcdFAKE00=»"),
            Example("{\"key\": \"«secret-test-FAKE0000abcdFAKE0000abcdFAKE00=»\"}"),
            Example("secret-live-FAKE0000abcdFAKE0000abcdF0="),
            Example("secret-test-of-the-login-page-with-a-long-name"),
        ],
        rule: Rule::Tokens(&[
            token("secret-live-", &[at_least(Alphabet::WordDash, 30), PADDING]),
            token("secret-test-", &[at_least(Alphabet::WordDash, 30), PADDING]),
        ]),
    },
    Detector {
        id: "jumpcloud-api-key",
        group: Group::Secret,
        about: "API keys of JumpCloud",
        source: "JumpCloud documentation, API keys",
        examples: &[
            Example("token: «jca_FAKE0000abcdFAKE0000abcdFAKE00»\\n"),
            Example("jca_FAKE0000abcdFAKE0000abcdFAKE0"),
            Example("jca_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("jca_", &[at_least(Alphabet::Alnum, 30)])]),
    },
    Detector {
        id: "ory-token",
        group: Group::Secret,
        about: "tokens and API keys of Ory: access, refresh, session, personal, workspace",
        source: "Ory documentation, API keys and token formats",
        examples: &[
            Example("run --key «ory_ac_FAKE0000abcdFAKE0000abcdFAKE00» now"),
            Example("\\\"«ory_pat_FAKE0000abcdFAKE0000»\\\","),
            Example("key = '«ory_wak_FAKE0000abcdFAKE0000»';"),
            Example("ory_ac_FAKE0000abcdFAKE0000abcdFAKE0"),
            Example("ory_wak_xxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("ory_ac_", &[at_least(Alphabet::Dotted, 30)]),
            token("ory_apikey_", &[at_least(Alphabet::Dotted, 20)]),
            token("ory_at_", &[at_least(Alphabet::Dotted, 30)]),
            token("ory_pat_", &[at_least(Alphabet::Dotted, 20)]),
            token("ory_rt_", &[at_least(Alphabet::Dotted, 30)]),
            token("ory_st_", &[at_least(Alphabet::Dotted, 20)]),
            token("ory_wak_", &[at_least(Alphabet::Dotted, 20)]),
        ]),
    },
    Detector {
        id: "userfront-api-key",
        group: Group::Secret,
        about: "API keys of Userfront",
        source: "Userfront documentation, API keys",
        examples: &[
            Example("out\\n«uf_live_FAKE0000abcdFAKE0000»\\n"),
            Example("<key>«uf_test_FAKE0000abcdFAKE0000»</key>"),
            Example("uf_live_FAKE0000abcdFAKE000"),
            Example("uf_test_of_the_names_in_words"),
        ],
        rule: Rule::Tokens(&[
            token("uf_live_", &[at_least(Alphabet::Word, 20)]),
            token("uf_test_", &[at_least(Alphabet::Word, 20)]),
        ]),
    },
    Detector {
        id: "dynamic-api-token",
        group: Group::Secret,
        about: "API tokens of Dynamic",
        source: "Dynamic documentation, API tokens",
        examples: &[
            Example("(«dyn_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE»)"),
            Example("dyn_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAK"),
            Example("dyn_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("dyn_", &[at_least(Alphabet::Alnum, 40)])]),
    },
    Detector {
        id: "persona-api-key",
        group: Group::Secret,
        about: "API keys of Persona",
        source: "Persona documentation, API keys",
        examples: &[
            Example("«persona_production_FAKE0000abcdFAKE0000»"),
            Example("%3D«persona_sandbox_FAKE0000abcdFAKE0000»&x=1"),
            Example("persona_production_FAKE0000abcdFAKE000"),
            Example("persona_sandbox_xxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("persona_production_", &[at_least(Alphabet::WordDash, 20)]),
            token("persona_sandbox_", &[at_least(Alphabet::WordDash, 20)]),
        ]),
    },
    Detector {
        id: "onfido-api-token",
        group: Group::Secret,
        about: "API tokens of Onfido",
        source: "Onfido API documentation, API tokens",
        examples: &[
            Example("ONFIDO_API_TOKEN=«api_live.FAKE0000abcdFAKE0000»"),
            Example("{\"key\": \"«api_sandbox.FAKE0000abcdFAKE0000»\"}"),
            Example("token: «api_sandbox_us.FAKE0000abcdFAKE0000»\\n"),
            Example("api_live.FAKE0000abcdFAKE000"),
            Example("api_sandbox_us.xxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("api_live.", &[at_least(Alphabet::Dotted, 20)]),
            token("api_live_ca.", &[at_least(Alphabet::Dotted, 20)]),
            token("api_live_us.", &[at_least(Alphabet::Dotted, 20)]),
            token("api_sandbox.", &[at_least(Alphabet::Dotted, 20)]),
            token("api_sandbox_ca.", &[at_least(Alphabet::Dotted, 20)]),
            token("api_sandbox_us.", &[at_least(Alphabet::Dotted, 20)]),
        ]),
    },
    Detector {
        id: "authress-access-key",
        group: Group::Secret,
        about: "access keys of Authress service clients",
        source: "Authress knowledge base, Service client access keys",
        examples: &[
            Example("run --key «authress_fake0.fake.acc_FAKE0000ab.FAKE0000abcdFAKE0000abcdFAKE00» now"),
            Example("\\\"«sc_fake0.fake.acc_FAKE0000ab.FAKE0000abcdFAKE0000abcdFAKE00»\\\","),
            Example("key = '«scauth_fake0.fake.acc_FAKE0000ab.FAKE0000abcdFAKE0000abcdFAKE00»';"),
            Example("authress_fake0.fake.acc_FAKE0000ab.FAKE0000abcdFAKE0000abcdFAKE0"),
            Example("sc_fake0000.abcd.acc_0000"),
        ],
        rule: Rule::Tokens(&[
            token(
                "authress_",
                &[
                    between(Alphabet::Lower, 5, 30),
                    Piece::Text("."),
                    between(Alphabet::Lower, 4, 6),
                    Piece::Text(".acc"),
                    Piece::OneOf(&["_", "-"]),
                    between(Alphabet::Dash, 10, 32),
                    Piece::Text("."),
                    at_least(Alphabet::Encoded, 30),
                ],
            ),
            token(
                "ext_",
                &[
                    between(Alphabet::Lower, 5, 30),
                    Piece::Text("."),
                    between(Alphabet::Lower, 4, 6),
                    Piece::Text(".acc"),
                    Piece::OneOf(&["_", "-"]),
                    between(Alphabet::Dash, 10, 32),
                    Piece::Text("."),
                    at_least(Alphabet::Encoded, 30),
                ],
            ),
            token(
                "sc_",
                &[
                    between(Alphabet::Lower, 5, 30),
                    Piece::Text("."),
                    between(Alphabet::Lower, 4, 6),
                    Piece::Text(".acc"),
                    Piece::OneOf(&["_", "-"]),
                    between(Alphabet::Dash, 10, 32),
                    Piece::Text("."),
                    at_least(Alphabet::Encoded, 30),
                ],
            ),
            token(
                "scauth_",
                &[
                    between(Alphabet::Lower, 5, 30),
                    Piece::Text("."),
                    between(Alphabet::Lower, 4, 6),
                    Piece::Text(".acc"),
                    Piece::OneOf(&["_", "-"]),
                    between(Alphabet::Dash, 10, 32),
                    Piece::Text("."),
                    at_least(Alphabet::Encoded, 30),
                ],
            ),
        ]),
    },
    Detector {
        id: "boundary-token",
        group: Group::Secret,
        about: "authentication tokens of HashiCorp Boundary",
        source: "Boundary documentation, Authentication tokens",
        examples: &[
            Example("out\\n«at_FAKE0000ab_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE»\\n"),
            Example("at_FAKE0000ab_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAK"),
            Example("at_xxxxxxxxxx_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token(
            "at_",
            &[exactly(Alphabet::Alnum, 10), Piece::Text("_"), at_least(Alphabet::Alnum, 40)],
        )]),
    },
    Detector {
        id: "unkey-key",
        group: Group::Secret,
        about: "root keys of Unkey",
        source: "Unkey documentation, Root keys",
        examples: &[
            Example("<key>«unkey_FAKE0000abcdFAKE0000»</key>"),
            Example("unkey_FAKE0000abcdFAKE000"),
            Example("unkey_xxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("unkey_", &[at_least(Alphabet::Alnum, 20)])]),
    },
    Detector {
        id: "zuplo-api-key",
        group: Group::Secret,
        about: "API keys of Zuplo gateways",
        source: "Zuplo documentation, API key format",
        examples: &[
            Example("(«zpka_FAKE0000abcdFAKE0000abcdFAKE0000_0000fa4e»)"),
            Example("«zpka_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE»"),
            Example("zpka_FAKE0000abcdFAKE0000abcdFAKE0000_0000fa4ea"),
            Example("zpka_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("zpka_", &[exactly(Alphabet::Alnum, 32), Piece::Text("_"), exactly(Alphabet::LowerHex, 8)]),
            token("zpka_", &[at_least(Alphabet::Alnum, 40)]),
        ]),
    },
    Detector {
        id: "kong-konnect-token",
        group: Group::Secret,
        about: "personal and system account tokens of Kong Konnect",
        source: "Kong documentation, Konnect access tokens",
        examples: &[
            Example("%3D«kpat_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE»&x=1"),
            Example("KONG_KONNECT_TOKEN=«spat_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE»"),
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
            Example("{\"key\": \"«permit_key_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE»\"}"),
            Example("permit_key_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAK"),
            Example("permit_key_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("permit_key_", &[at_least(Alphabet::Alnum, 40)])]),
    },
];
