//! Tokens of services that know who somebody is and whom they work for.
//!
//! Must not know how tokens are found.

use super::{Piece, at_least, exactly, token, tokens};
use crate::detect::registry::{Detector, Example, Group, Rule};
use crate::detect::text::Alphabet;

pub(in crate::detect) const SHELF: &[Detector] = &[
    Detector {
        id: "authress-access-key",
        group: Group::Secret,
        about: "service client keys of Authress",
        source: "Authress documentation, Service clients",
        examples: &[
            Example("«sc_fake0.fake.acc_fake0000ab.FAKEfake0000abcd_EXAMPLEFAKEfa»"),
            Example("out\\n«authress_fake0.fake.acc_fake0000ab.FAKEfake0000abcd_EXAMPLEFAKEfa»\\n"),
            Example("a=«sc_fake0.fake.acc_fake-0000-ab.FAKE/fake0000abcd_EXAMPLE=FAKEf»;b=2"),
            Example("short sc_fake0.fake.acc_fake0000ab.FAKEfake0000abcd_EXAMPLEFAKEf"),
            Example("key=sc_xxxxx.xxxx.acc_xxxxxxxxxx.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&tokens(
            ["sc_", "ext_", "scauth_", "authress_"],
            &[
                Piece::Run(Alphabet::Lower, 5, 30),
                Piece::Text("."),
                Piece::Run(Alphabet::Lower, 4, 6),
                Piece::Text(".acc"),
                Piece::OneOf(&["_", "-"]),
                Piece::Run(Alphabet::Dash, 10, 32),
                Piece::Text("."),
                at_least(Alphabet::Token68, 30),
            ],
        )),
    },
    Detector {
        id: "bitwarden-access-token",
        group: Group::Secret,
        about: "access tokens of Bitwarden machine accounts",
        source: "Bitwarden help, Access tokens",
        examples: &[
            Example(concat!(
                "\"«0.0000fa4e-0000-abcd-1234-00000000fa4e.FAKEfake0000abcdEXAMPLEFAKEfak:FAK",
                "Efake0000abcd_EXAMPLE»\""
            )),
            Example(concat!(
                "short 0.0000fa4e-0000-abcd-1234-00000000fa4e.FAKEfake0000abcdEXAMPLEFAKEfak:",
                "FAKEfake0000abcd_EXAMPL"
            )),
            Example(concat!(
                "key=0.000000000000000000000000000000000000.000000000000000000000000000000:00",
                "0000000000000000000000"
            )),
        ],
        rule: Rule::Tokens(&[token(
            "0.",
            &[
                exactly(Alphabet::HexDash, 36),
                Piece::Text("."),
                exactly(Alphabet::Alnum, 30),
                Piece::Text(":"),
                at_least(Alphabet::Token68, 24),
            ],
        )]),
    },
    Detector {
        id: "dashlane-token",
        group: Group::Secret,
        about: "enrolled device keys and public API keys of Dashlane",
        source: "Dashlane help, CLI for admins",
        examples: &[
            Example("KEY: «dls_FAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMP», and more"),
            Example("short dls_FAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAM"),
            Example("key=dls_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("dls_", &[at_least(Alphabet::WordDash, 40)])]),
    },
    Detector {
        id: "persona-api-key",
        group: Group::Secret,
        about: "API keys of Persona",
        source: "Persona documentation, API keys",
        examples: &[
            Example("«persona_production_0000fa4e-0000-abcd-1234-00000000fa4e»"),
            Example("--key=«persona_sandbox_0000fa4e-0000-abcd-1234-00000000fa4e» -v"),
            Example("short persona_production_0000fa4e-0000-abcd-1234-00000000fa4"),
            Example("key=persona_production_000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[
            token("persona_production_", &[exactly(Alphabet::HexDash, 36)]),
            token("persona_sandbox_", &[exactly(Alphabet::HexDash, 36)]),
        ]),
    },
    Detector {
        id: "onfido-api-token",
        group: Group::Secret,
        about: "API tokens of Onfido",
        source: "Onfido documentation, Token authentication",
        examples: &[
            Example("'«api_live.FAKE0000-ab.FAKE0000-abcd_EXAMPLEFAKE0000-ab»'"),
            Example("key «api_sandbox_ca.FAKE0000-ab.FAKE0000-abcd_EXAMPLEFAKE0000-ab»"),
            Example("short api_live.FAKE0000-ab.FAKE0000-abcd_EXAMPLEFAKE0000-a"),
            Example("key=api_live.xxxxxxxxxxx.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&tokens(
            ["api_live.", "api_sandbox.", "api_live_us.", "api_live_ca.", "api_sandbox_us.", "api_sandbox_ca."],
            &[exactly(Alphabet::WordDash, 11), Piece::Text("."), exactly(Alphabet::WordDash, 32)],
        )),
    },
    Detector {
        id: "stytch-secret",
        group: Group::Secret,
        about: "project secrets of Stytch",
        source: "Stytch documentation, API keys",
        examples: &[
            Example("(«secret-live-FAKEfake0000abcd_EXAMPLEFAKEfa»)"),
            Example("\"«secret-test-FAKEfake0000abcd_EXAMPLEFAKEfa»\""),
            Example("short secret-live-FAKEfake0000abcd_EXAMPLEFAKEf"),
            Example("key=secret-live-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("secret-live-", &[at_least(Alphabet::Token68, 30)]),
            token("secret-test-", &[at_least(Alphabet::Token68, 30)]),
        ]),
    },
    Detector {
        id: "ory-token",
        group: Group::Secret,
        about: "API keys and tokens of Ory",
        source: "Ory documentation, Personal access tokens and OAuth2 tokens",
        examples: &[
            Example("«ory_pat_FAKE.0000_abcd-EXAMPLEFAKE.000»"),
            Example("KEY: «ory_lo_FAKE.0000_abcd-EXAMPLEFAKE.000», and more"),
            Example("short ory_pat_FAKE.0000_abcd-EXAMPLEFAKE.00"),
            Example("key=ory_pat_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&tokens(
            ["ory_pat_", "ory_apikey_", "ory_wak_", "ory_at_", "ory_rt_", "ory_ac_", "ory_st_", "ory_lo_"],
            &[at_least(Alphabet::Dotted, 30)],
        )),
    },
    Detector {
        id: "jumpcloud-api-key",
        group: Group::Secret,
        about: "API keys of JumpCloud",
        source: "JumpCloud documentation, API authentication",
        examples: &[
            Example("key «jca_FAKEfake0000abcdEXAMPLEFAKEfake0000a»"),
            Example("short jca_FAKEfake0000abcdEXAMPLEFAKEfake0000"),
            Example("key=jca_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("jca_", &[exactly(Alphabet::Alnum, 36)])]),
    },
    Detector {
        id: "personio-token",
        group: Group::Secret,
        about: "tokens of Personio",
        source: "Personio developer hub, Authentication",
        examples: &[
            Example("\"«papi-0000fa4e-0000-abcd-1234-00000000fa4e»\""),
            Example("short papi-0000fa4e-0000-abcd-1234-00000000fa4"),
            Example("key=papi-000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[token("papi-", &[exactly(Alphabet::HexDash, 36)])]),
    },
    Detector {
        id: "remote-api-token",
        group: Group::Secret,
        about: "API tokens of Remote",
        source: "Remote developer documentation, Authentication",
        examples: &[
            Example("«ra_live_FAKE0000-abcd_EXAMPL»"),
            Example("(«ra_test_FAKE0000-abcd_EXAMPL»)"),
            Example("short ra_live_FAKE0000-abcd_EXAMP"),
            Example("key=ra_live_xxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("ra_live_", &[at_least(Alphabet::WordDash, 20)]),
            token("ra_test_", &[at_least(Alphabet::WordDash, 20)]),
        ]),
    },
    Detector {
        id: "intra42-client-secret",
        group: Group::Secret,
        about: "client ids and secrets of the 42 intranet",
        source: "42 API documentation, Getting started",
        examples: &[
            Example(concat!(
                "out\\n«s-s4t2ud-0000fa4e0000abcd12340000fa4e0000abcd12340000fa4e0000abcd1234",
                "0000»\\n"
            )),
            Example(concat!(
                "--key=«u-s4t2af-0000fa4e0000abcd12340000fa4e0000abcd12340000fa4e0000abcd1234",
                "0000» -v"
            )),
            Example("short s-s4t2ud-0000fa4e0000abcd12340000fa4e0000abcd12340000fa4e0000abcd1234000"),
            Example("key=s-s4t2ud-0000000000000000000000000000000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&tokens(
            ["s-s4t2ud-", "s-s4t2af-", "u-s4t2ud-", "u-s4t2af-"],
            &[exactly(Alphabet::LowerHex, 64)],
        )),
    },
];
