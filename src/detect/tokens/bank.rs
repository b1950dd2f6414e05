//! Tokens of banks, of ledgers and of those who stand between them and programs.
//!
//! Must not know how tokens are found.

use super::{Piece, at_least, exactly, token, tokens};
use crate::detect::registry::{Detector, Example, Group, Rule};
use crate::detect::text::Alphabet;

pub(in crate::detect) const SHELF: &[Detector] = &[
    Detector {
        id: "gocardless-access-token",
        group: Group::Secret,
        about: "access tokens of GoCardless",
        source: "GoCardless API reference, Making requests",
        examples: &[
            Example("«live_FAKEfake0000abcd_EXAMPLEFAKEfake0000abcd»"),
            Example("out\\n«sandbox_FAKEfake0000abcd_EXAMPLEFAKEfake0000abcd»\\n"),
            Example("short live_FAKEfake0000abcd_EXAMPLEFAKEfake0000abc"),
            Example("key=live_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("live_", &[exactly(Alphabet::Token68, 40)]),
            token("sandbox_", &[exactly(Alphabet::Token68, 40)]),
        ]),
    },
    Detector {
        id: "plaid-token",
        group: Group::Secret,
        about: "access, public, link and processor tokens of Plaid",
        source: "Plaid documentation, Tokens",
        examples: &[
            Example("\"«access-sandbox-0000fa4e-0000-abcd-1234-00000000fa4e»\""),
            Example("'«processor-production-0000fa4e-0000-abcd-1234-00000000fa4e»'"),
            Example("short access-sandbox-0000fa4e-0000-abcd-1234-00000000fa4"),
            Example("key=access-sandbox-000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&tokens(
            [
                "access-sandbox-",
                "access-development-",
                "access-production-",
                "link-sandbox-",
                "link-development-",
                "link-production-",
                "public-sandbox-",
                "public-development-",
                "public-production-",
                "processor-sandbox-",
                "processor-development-",
                "processor-production-",
            ],
            &[exactly(Alphabet::HexDash, 36)],
        )),
    },
    Detector {
        id: "intuit-refresh-token",
        group: Group::Secret,
        about: "refresh tokens of Intuit (QuickBooks)",
        source: "Intuit developer documentation, OAuth 2.0",
        examples: &[
            Example("KEY: «AB1101234FAKEfake0000abcdEXAM», and more"),
            Example("short AB1101234FAKEfake0000abcdEXA"),
            Example("key=AB110000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[token(
            "AB11",
            &[Piece::Run(Alphabet::Digit, 5, 16), Piece::Run(Alphabet::Alnum, 20, 45)],
        )]),
    },
    Detector {
        id: "ramp-token",
        group: Group::Secret,
        about: "access tokens and secrets of Ramp",
        source: "Ramp developer documentation, Authorization",
        examples: &[
            Example("«ramp_tok_FAKEfake0000abcdEXAMPLEFAKEfak»"),
            Example("--key=«ramp_business_tok_FAKEfake0000abcdEXAMPLEFAKEfak» -v"),
            Example("short ramp_tok_FAKEfake0000abcdEXAMPLEFAKEfa"),
            Example("key=ramp_tok_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&tokens(
            ["ramp_tok_", "ramp_sec_", "ramp_id_", "ramp_business_tok_"],
            &[at_least(Alphabet::Alnum, 30)],
        )),
    },
    Detector {
        id: "brex-user-token",
        group: Group::Secret,
        about: "user tokens of Brex",
        source: "Brex developer documentation, Authentication",
        examples: &[
            Example("'«bxt_FAKEfake0000abcdEXAMPLEFAKEfak»'"),
            Example("short bxt_FAKEfake0000abcdEXAMPLEFAKEfa"),
            Example("key=bxt_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("bxt_", &[at_least(Alphabet::Alnum, 30)])]),
    },
    Detector {
        id: "mercury-api-token",
        group: Group::Secret,
        about: "API tokens of Mercury",
        source: "Mercury API documentation, Getting started",
        examples: &[
            Example("(«mercury_production_FAKE0000_abcdEXAMPLEFAKE0000_abcdEXAMPLE»)"),
            Example("\"«mercury_sandbox_FAKE0000_abcdEXAMPLEFAKE0000_abcdEXAMPLE»\""),
            Example("short mercury_production_FAKE0000_abcdEXAMPLEFAKE0000_abcdEXAMPL"),
            Example("key=mercury_production_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("mercury_production_", &[at_least(Alphabet::Word, 40)]),
            token("mercury_sandbox_", &[at_least(Alphabet::Word, 40)]),
        ]),
    },
    Detector {
        id: "teller-access-token",
        group: Group::Secret,
        about: "access tokens of Teller",
        source: "Teller documentation, Authentication",
        examples: &[
            Example("«token_fake0000abcdexamplefake000»"),
            Example("KEY: «test_token_fake0000abcde», and more"),
            Example("short token_fake0000abcdexamplefake00"),
            Example("key=token_xxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("token_", &[exactly(Alphabet::Lower, 26)]),
            token("test_token_", &[at_least(Alphabet::Lower, 13)]),
        ]),
    },
    Detector {
        id: "revolut-access-token",
        group: Group::Secret,
        about: "access tokens of Revolut",
        source: "Revolut developer documentation, Business API",
        examples: &[
            Example("key «oa_prod_FAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMP»"),
            Example("out\\n«oa_sand_FAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMP»\\n"),
            Example("short oa_prod_FAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAM"),
            Example("key=oa_prod_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("oa_prod_", &[at_least(Alphabet::WordDash, 40)]),
            token("oa_sand_", &[at_least(Alphabet::WordDash, 40)]),
        ]),
    },
    Detector {
        id: "paseto",
        group: Group::Secret,
        about: "tokens in the PASETO format",
        source: "PASETO specification, Message format",
        examples: &[
            Example("\"«v1.local.FAKE.0000_abcd-EXAMPLEFAKE.0000_abcd-EXAMPLEFAKE.0000_abcd-E»\""),
            Example("'«v4.public.FAKE.0000_abcd-EXAMPLEFAKE.0000_abcd-EXAMPLEFAKE.0000_abcd-E»'"),
            Example("short v1.local.FAKE.0000_abcd-EXAMPLEFAKE.0000_abcd-EXAMPLEFAKE.0000_abcd-"),
            Example("key=v1.local.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&tokens(
            [
                "v1.local.",
                "v2.local.",
                "v3.local.",
                "v4.local.",
                "v1.public.",
                "v2.public.",
                "v3.public.",
                "v4.public.",
            ],
            &[at_least(Alphabet::Dotted, 60)],
        )),
    },
    Detector {
        id: "databento-api-key",
        group: Group::Secret,
        about: "API keys of Databento",
        source: "Databento documentation, Authentication",
        examples: &[
            Example("DATABENTO_API_KEY=«db-FAKE0000abcdFAKE0000abcdFAKE0»"),
            Example("db-FAKE0000abcdFAKE0000abcdFAKE"),
            Example("db-the-name-of-a-service-with-32"),
        ],
        rule: Rule::Tokens(&[token("db-", &[exactly(Alphabet::Alnum, 29)])]),
    },
    Detector {
        id: "finage-api-key",
        group: Group::Secret,
        about: "API keys of Finage",
        source: "Finage documentation, Authentication",
        examples: &[
            Example("?apikey=«API_KEYFAKE0000ABCDFAKE0000ABCDFAKE0000»"),
            Example("API_KEYFAKE0000ABCDFAKE0000ABCDFAKE000"),
            Example("API_KEYXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX"),
        ],
        rule: Rule::Tokens(&[token("API_KEY", &[exactly(Alphabet::Upper, 32)])]),
    },
];
