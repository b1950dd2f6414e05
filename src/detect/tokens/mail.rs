//! Keys of services that send mail and run campaigns.
//!
//! Must not know how tokens are found.

use super::{Piece, at_least, exactly, token, tokens};
use crate::detect::registry::{Detector, Example, Group, Rule};
use crate::detect::text::Alphabet;

pub(in crate::detect) const SHELF: &[Detector] = &[
    Detector {
        id: "sendgrid-api-key",
        group: Group::Secret,
        about: "API keys of SendGrid",
        source: "Twilio SendGrid documentation, API keys",
        examples: &[
            Example("«SG.FAKE0000-abcd_EX.FAKE0000-abcd_EX»"),
            Example("short SG.FAKE0000-abcd_EX.FAKE0000-abcd_E"),
            Example("key=SG.xxxxxxxxxxxxxxxx.xxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token(
            "SG.",
            &[Piece::Run(Alphabet::WordDash, 16, 32), Piece::Text("."), Piece::Run(Alphabet::WordDash, 16, 64)],
        )]),
    },
    Detector {
        id: "mailgun-api-key",
        group: Group::Secret,
        about: "private and public keys of Mailgun",
        source: "Mailgun documentation, API authentication",
        examples: &[
            Example("\"«key-fake0000abcdexamplefake0000abcde»\""),
            Example("'«pubkey-fake0000abcdexamplefake0000abcde»'"),
            Example("short key-fake0000abcdexamplefake0000abcd"),
            Example("key=key-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("key-", &[exactly(Alphabet::Lower, 32)]),
            token("pubkey-", &[exactly(Alphabet::Lower, 32)]),
        ]),
    },
    Detector {
        id: "mandrill-api-key",
        group: Group::Secret,
        about: "API keys of Mailchimp Transactional",
        source: "Mailchimp Transactional API, Authentication",
        examples: &[
            Example("KEY: «md-FAKE0000-abcd_EXAMPLEF», and more"),
            Example("short md-FAKE0000-abcd_EXAMPLE"),
            Example("key=md-xxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("md-", &[exactly(Alphabet::WordDash, 22)])]),
    },
    Detector {
        id: "brevo-api-key",
        group: Group::Secret,
        about: "API and SMTP keys of Brevo (Sendinblue)",
        source: "Brevo developer documentation, API keys",
        examples: &[
            Example(concat!(
                "«xkeysib-0000fa4e0000abcd12340000fa4e0000abcd12340000fa4e0000abcd12340000-FA",
                "KEfake0000abcd»"
            )),
            Example(concat!(
                "--key=«xsmtpsib-0000fa4e0000abcd12340000fa4e0000abcd12340000fa4e0000abcd1234",
                "0000-FAKEfake0000abcd» -v"
            )),
            Example(concat!(
                "short xkeysib-0000fa4e0000abcd12340000fa4e0000abcd12340000fa4e0000abcd123400",
                "00-FAKEfake0000abc"
            )),
            Example(concat!(
                "key=xkeysib-0000000000000000000000000000000000000000000000000000000000000000",
                "-0000000000000000"
            )),
        ],
        rule: Rule::Tokens(&[
            token("xkeysib-", &[exactly(Alphabet::LowerHex, 64), Piece::Text("-"), exactly(Alphabet::Alnum, 16)]),
            token("xsmtpsib-", &[exactly(Alphabet::LowerHex, 64), Piece::Text("-"), exactly(Alphabet::Alnum, 16)]),
        ]),
    },
    Detector {
        id: "resend-api-key",
        group: Group::Secret,
        about: "API keys of Resend",
        source: "Resend documentation, API keys",
        examples: &[
            Example("'«re_FAKEfake_FAKEfake0000abcdEXAM»'"),
            Example("short re_FAKEfake_FAKEfake0000abcdEXA"),
            Example("key=re_xxxxxxxx_xxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token(
            "re_",
            &[exactly(Alphabet::Alnum, 8), Piece::Text("_"), Piece::Run(Alphabet::Alnum, 20, 30)],
        )]),
    },
    Detector {
        id: "klaviyo-private-key",
        group: Group::Secret,
        about: "private keys of Klaviyo",
        source: "Klaviyo developer documentation, Authenticate API requests",
        examples: &[
            Example("(«pk_0000fa4e0000abcd12340000fa4e0000ab»)"),
            Example("\"«pk_FAKEfa_0000fa4e0000abcd12340000fa4e0000ab»\""),
            Example("see «pk_fake0000abcdfake0000abcdfake0000ab» in the vault"),
            Example("short pk_0000fa4e0000abcd12340000fa4e0000a"),
            Example("key=pk_0000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[
            token("pk_", &[exactly(Alphabet::Lower, 34)]),
            token("pk_", &[exactly(Alphabet::Alnum, 6), Piece::Text("_"), exactly(Alphabet::LowerHex, 34)]),
        ]),
    },
    Detector {
        id: "mailersend-api-token",
        group: Group::Secret,
        about: "API tokens of MailerSend",
        source: "MailerSend API reference, Authentication",
        examples: &[
            Example("«mlsn.0000fa4e0000abcd12340000fa4e0000abcd12340000fa4e0000abcd12340000»"),
            Example("short mlsn.0000fa4e0000abcd12340000fa4e0000abcd12340000fa4e0000abcd1234000"),
            Example("key=mlsn.0000000000000000000000000000000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[token("mlsn.", &[exactly(Alphabet::LowerHex, 64)])]),
    },
    Detector {
        id: "kit-api-key",
        group: Group::Secret,
        about: "API keys of Kit (ConvertKit)",
        source: "Kit developer documentation, API keys",
        examples: &[
            Example("key «kit_0000fa4e0000abcd12340000fa4e0000»"),
            Example("short kit_0000fa4e0000abcd12340000fa4e000"),
            Example("key=kit_00000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[token("kit_", &[exactly(Alphabet::LowerHex, 32)])]),
    },
    Detector {
        id: "emailoctopus-api-key",
        group: Group::Secret,
        about: "API keys of EmailOctopus",
        source: "EmailOctopus API documentation, Authentication",
        examples: &[
            Example("\"«eo_0000fa4e0000abcd12340000fa4e0000abcd12340000fa4e0000abcd12340000»\""),
            Example("short eo_0000fa4e0000abcd12340000fa4e0000abcd12340000fa4e0000abcd1234000"),
            Example("key=eo_0000000000000000000000000000000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[token("eo_", &[exactly(Alphabet::LowerHex, 64)])]),
    },
    Detector {
        id: "smtp2go-api-key",
        group: Group::Secret,
        about: "API keys of SMTP2GO",
        source: "SMTP2GO developer documentation, Authentication",
        examples: &[
            Example("«api-0000FACE0000ABCD12340000FACE0000»"),
            Example("short api-0000FACE0000ABCD12340000FACE000"),
            Example("key=api-00000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[token("api-", &[exactly(Alphabet::UpperHex, 32)])]),
    },
    Detector {
        id: "keap-api-key",
        group: Group::Secret,
        about: "personal access tokens and service account keys of Keap",
        source: "Keap developer documentation, Personal Access Tokens",
        examples: &[
            Example("out\\n«KeapAK-FAKEfake0000abcdEXAMPLEFAKEfake0000abcdE»\\n"),
            Example("short KeapAK-FAKEfake0000abcdEXAMPLEFAKEfake0000abcd"),
            Example("key=KeapAK-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("KeapAK-", &[at_least(Alphabet::Alnum, 40)])]),
    },
    Detector {
        id: "nylas-api-key",
        group: Group::Secret,
        about: "API keys of Nylas",
        source: "Nylas documentation, Authentication",
        examples: &[
            Example("'«nyk_v0_FAKEfake0000abcdEXAMPLEFAKEfake0000abcdE»'"),
            Example("short nyk_v0_FAKEfake0000abcdEXAMPLEFAKEfake0000abcd"),
            Example("key=nyk_v0_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("nyk_v0_", &[at_least(Alphabet::Alnum, 40)])]),
    },
    Detector {
        id: "branch-key",
        group: Group::Secret,
        about: "keys and secrets of Branch",
        source: "Branch documentation, Account settings",
        examples: &[
            Example("«key_live_FAKEfake0000abcdEXAM»"),
            Example("\"«secret_test_FAKEfake0000abcdEXAM»\""),
            Example("short key_live_FAKEfake0000abcdEXA"),
            Example("key=key_live_xxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&tokens(
            ["key_live_", "key_test_", "secret_live_", "secret_test_"],
            &[at_least(Alphabet::Alnum, 20)],
        )),
    },
    Detector {
        id: "segment-public-api-token",
        group: Group::Secret,
        about: "tokens of the public API of Segment",
        source: "Segment documentation, Public API",
        examples: &[
            Example("--key=«sgp_FAKEfake0000abcdEXAMPLEFAKEfake0000abcdE» -v"),
            Example("short sgp_FAKEfake0000abcdEXAMPLEFAKEfake0000abcd"),
            Example("key=sgp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("sgp_", &[at_least(Alphabet::Alnum, 40)])]),
    },
    Detector {
        id: "bannerbear-api-key",
        group: Group::Secret,
        about: "API keys of Bannerbear",
        source: "Bannerbear API reference, Authentication",
        examples: &[
            Example("key «bb_pr_0000fa4e0000abcd12340000»"),
            Example("out\\n«bb_ma_0000fa4e0000abcd12340000»\\n"),
            Example("short bb_pr_0000fa4e0000abcd1234000"),
            Example("key=bb_pr_000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[
            token("bb_pr_", &[at_least(Alphabet::LowerHex, 24)]),
            token("bb_ma_", &[at_least(Alphabet::LowerHex, 24)]),
        ]),
    },
    Detector {
        id: "dub-api-key",
        group: Group::Secret,
        about: "API keys of Dub",
        source: "Dub documentation, API keys",
        examples: &[
            Example("«dub_FAKEfake0000abcdEXAMPLEF»"),
            Example("short dub_FAKEfake0000abcdEXAMPLE"),
            Example("key=dub_xxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("dub_", &[Piece::Run(Alphabet::Alnum, 24, 40)])]),
    },
];
