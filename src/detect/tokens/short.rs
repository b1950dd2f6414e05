//! Tokens whose first sixteen bytes are broken by a slash, a colon or the like.
//!
//! Must not know how tokens are found.

use super::{Piece, at_least, exactly, token, tokens};
use crate::detect::registry::{Detector, Example, Group, Rule};
use crate::detect::text::Alphabet;

pub(in crate::detect) const SHELF: &[Detector] = &[
    Detector {
        id: "slack-webhook",
        group: Group::Secret,
        about: "addresses of Slack's incoming webhooks, workflows and triggers",
        source: "Slack developer documentation, Sending messages using incoming webhooks",
        examples: &[
            Example("«hooks.slack.com/services/TFAKE00/BFAKE00/FAKEfake0000abcd»"),
            Example("out\\n«hooks.slack-gov.com/triggers/FAKE00/0123456789/FAKEfake0000abcd»\\n"),
            Example("short hooks.slack.com/services/TFAKE00/BFAKE00/FAKEfake0000abc"),
            Example("zhooks.slack.com/services/TFAKE00/BFAKE00/FAKEfake0000abcd"),
        ],
        rule: Rule::Tokens(&[
            token(
                "hooks.slack.com/",
                &[
                    Piece::Text("services/T"),
                    at_least(Alphabet::Upper, 6),
                    Piece::Text("/B"),
                    at_least(Alphabet::Upper, 6),
                    Piece::Text("/"),
                    at_least(Alphabet::Alnum, 16),
                ],
            ),
            token(
                "hooks.slack-gov.com/",
                &[
                    Piece::Text("services/T"),
                    at_least(Alphabet::Upper, 6),
                    Piece::Text("/B"),
                    at_least(Alphabet::Upper, 6),
                    Piece::Text("/"),
                    at_least(Alphabet::Alnum, 16),
                ],
            ),
            token(
                "hooks.slack.com/",
                &[
                    Piece::Text("workflows/T"),
                    at_least(Alphabet::Upper, 6),
                    Piece::Text("/A"),
                    at_least(Alphabet::Upper, 6),
                    Piece::Text("/"),
                    at_least(Alphabet::Digit, 10),
                    Piece::Text("/"),
                    at_least(Alphabet::Alnum, 16),
                ],
            ),
            token(
                "hooks.slack-gov.com/",
                &[
                    Piece::Text("workflows/T"),
                    at_least(Alphabet::Upper, 6),
                    Piece::Text("/A"),
                    at_least(Alphabet::Upper, 6),
                    Piece::Text("/"),
                    at_least(Alphabet::Digit, 10),
                    Piece::Text("/"),
                    at_least(Alphabet::Alnum, 16),
                ],
            ),
            token(
                "hooks.slack.com/",
                &[
                    Piece::Text("triggers/"),
                    at_least(Alphabet::Upper, 6),
                    Piece::Text("/"),
                    at_least(Alphabet::Digit, 10),
                    Piece::Text("/"),
                    at_least(Alphabet::Alnum, 16),
                ],
            ),
            token(
                "hooks.slack-gov.com/",
                &[
                    Piece::Text("triggers/"),
                    at_least(Alphabet::Upper, 6),
                    Piece::Text("/"),
                    at_least(Alphabet::Digit, 10),
                    Piece::Text("/"),
                    at_least(Alphabet::Alnum, 16),
                ],
            ),
        ]),
    },
    Detector {
        id: "discord-webhook",
        group: Group::Secret,
        about: "addresses of Discord's webhooks",
        source: "Discord developer documentation, Webhook resource",
        examples: &[
            Example(concat!(
                "\"«discord.com/api/webhooks/01234567890123456/FAKE0000-abcd_EXAMPLEFAKE0000-",
                "abcd_EXAMPLEFAKE0000-abcd_EXAM»\""
            )),
            Example(concat!(
                "'«discordapp.com/api/webhooks/01234567890123456/FAKE0000-abcd_EXAMPLEFAKE000",
                "0-abcd_EXAMPLEFAKE0000-abcd_EXAM»'"
            )),
            Example(concat!(
                "short discord.com/api/webhooks/01234567890123456/FAKE0000-abcd_EXAMPLEFAKE00",
                "00-abcd_EXAMPLEFAKE0000-abcd_EXA"
            )),
            Example(concat!(
                "key=discord.com/api/webhooks/00000000000000000/00000000000000000000000000000",
                "0000000000000000000000000000000"
            )),
        ],
        rule: Rule::Tokens(&[
            token(
                "discord.com/api/",
                &[
                    Piece::OneOf(&[
                        "webhooks/",
                        "v6/webhooks/",
                        "v7/webhooks/",
                        "v8/webhooks/",
                        "v9/webhooks/",
                        "v10/webhooks/",
                    ]),
                    Piece::Run(Alphabet::Digit, 17, 20),
                    Piece::Text("/"),
                    at_least(Alphabet::WordDash, 60),
                ],
            ),
            token(
                "discordapp.com/api/",
                &[
                    Piece::OneOf(&[
                        "webhooks/",
                        "v6/webhooks/",
                        "v7/webhooks/",
                        "v8/webhooks/",
                        "v9/webhooks/",
                        "v10/webhooks/",
                    ]),
                    Piece::Run(Alphabet::Digit, 17, 20),
                    Piece::Text("/"),
                    at_least(Alphabet::WordDash, 60),
                ],
            ),
        ]),
    },
    Detector {
        id: "feishu-webhook",
        group: Group::Secret,
        about: "addresses of Feishu's robots",
        source: "Feishu open platform, Custom bot",
        examples: &[
            Example(concat!(
                "KEY: «open.feishu.cn/open-apis/bot/v2/hook/0000fa4e-0000-abcd-1234-00000000f",
                "a4e», and more"
            )),
            Example("short open.feishu.cn/open-apis/bot/v2/hook/0000fa4e-0000-abcd-1234-00000000fa4"),
            Example("key=open.feishu.cn/open-apis/bot/v2/hook/000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[token("open.feishu.cn/open-apis/bot/v2/hook/", &[exactly(Alphabet::HexDash, 36)])]),
    },
    Detector {
        id: "webex-webhook",
        group: Group::Secret,
        about: "addresses of incoming webhooks of Webex",
        source: "Webex App Hub, Incoming Webhooks",
        examples: &[
            Example(concat!(
                "«webexapis.com/v1/webhooks/incoming/FAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMP",
                "LEFAKE0000-abcd_EXAM»"
            )),
            Example(concat!(
                "--key=«api.ciscospark.com/v1/webhooks/incoming/FAKE0000-abcd_EXAMPLEFAKE0000",
                "-abcd_EXAMPLEFAKE0000-abcd_EXAM» -v"
            )),
            Example(concat!(
                "short webexapis.com/v1/webhooks/incoming/FAKE0000-abcd_EXAMPLEFAKE0000-abcd_",
                "EXAMPLEFAKE0000-abcd_EXA"
            )),
            Example(concat!(
                "key=webexapis.com/v1/webhooks/incoming/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "xxxxxxxxxxxxxxxxxxxxxxx"
            )),
        ],
        rule: Rule::Tokens(&[
            token("webexapis.com/v1/webhooks/incoming/", &[at_least(Alphabet::WordDash, 60)]),
            token("api.ciscospark.com/v1/webhooks/incoming/", &[at_least(Alphabet::WordDash, 60)]),
        ]),
    },
    Detector {
        id: "ifttt-webhook",
        group: Group::Secret,
        about: "addresses of IFTTT's webhooks",
        source: "IFTTT documentation, Webhooks",
        examples: &[
            Example("'«maker.ifttt.com/trigger/F/with/key/FAKE0000-abcd_EXAMPL»'"),
            Example("key «maker.ifttt.com/use/FAKE0000-abcd_EXAMPL»"),
            Example("short maker.ifttt.com/trigger/F/with/key/FAKE0000-abcd_EXAMP"),
            Example("key=maker.ifttt.com/trigger/x/with/key/xxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token(
                "maker.ifttt.com/trigger/",
                &[at_least(Alphabet::WordDash, 1), Piece::Text("/with/key/"), at_least(Alphabet::WordDash, 20)],
            ),
            token(
                "maker.ifttt.com/trigger/",
                &[at_least(Alphabet::WordDash, 1), Piece::Text("/json/with/key/"), at_least(Alphabet::WordDash, 20)],
            ),
            token("maker.ifttt.com/use/", &[at_least(Alphabet::WordDash, 20)]),
        ]),
    },
    Detector {
        id: "healthchecks-ping-url",
        group: Group::Secret,
        about: "ping addresses of Healthchecks.io",
        source: "Healthchecks.io documentation, Pinging API",
        examples: &[
            Example("(«hc-ping.com/0000fa4e-0000-abcd-1234-00000000fa4e»)"),
            Example("\"«hc-ping.com/FAKE0000-abcd_EXAMPLEF/»\""),
            Example("short hc-ping.com/0000fa4e-0000-abcd-1234-00000000fa4"),
            Example("key=hc-ping.com/000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[
            token("hc-ping.com/", &[exactly(Alphabet::HexDash, 36)]),
            token("hc-ping.com/", &[exactly(Alphabet::WordDash, 22), Piece::Text("/")]),
        ]),
    },
    Detector {
        id: "quicknode-url",
        group: Group::Secret,
        about: "endpoints of QuickNode",
        source: "QuickNode documentation, endpoint security",
        examples: &[
            Example("«quiknode.pro/0000fa4e0000abcd12340000fa4e0000abcd1234»"),
            Example("short quiknode.pro/0000fa4e0000abcd12340000fa4e0000abcd123"),
            Example("key=quiknode.pro/0000000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[token("quiknode.pro/", &[exactly(Alphabet::LowerHex, 40)])]),
    },
    Detector {
        id: "salesforce-session",
        group: Group::Secret,
        about: "access tokens of Salesforce: the organisation, an exclamation mark and a session",
        source: "Salesforce REST API developer guide, OAuth 2.0",
        examples: &[
            Example(concat!("key «00DFAKEfake0000!FAKE.0000_abcd-EXAMPLEFAKE.0000_abcd-EXAMPLEFAKE.0000_a", "bcd-E»")),
            Example(concat!("short 00DFAKEfake0000!FAKE.0000_abcd-EXAMPLEFAKE.0000_abcd-EXAMPLEFAKE.0000_", "abcd-")),
            Example("key=00Dxxxxxxxxxxxx!xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token(
            "00D",
            &[Piece::Run(Alphabet::Alnum, 12, 15), Piece::Text("!"), at_least(Alphabet::Dotted, 60)],
        )]),
    },
    Detector {
        id: "paypal-braintree-token",
        group: Group::Secret,
        about: "access tokens of Braintree",
        source: "Braintree developer documentation, Access tokens",
        examples: &[
            Example("\"«access_token$production$fake0000abcdexam$0000fa4e0000abcd12340000fa4e0000»\""),
            Example("short access_token$production$fake0000abcdexam$0000fa4e0000abcd12340000fa4e000"),
            Example("key=access_token$production$0000000000000000$00000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[token(
            "access_token$",
            &[
                Piece::OneOf(&["production", "sandbox"]),
                Piece::Text("$"),
                exactly(Alphabet::Lower, 16),
                Piece::Text("$"),
                exactly(Alphabet::LowerHex, 32),
            ],
        )]),
    },
    Detector {
        id: "google-oauth-refresh",
        group: Group::Secret,
        about: "refresh tokens and authorisation codes of Google",
        source: "Google Identity documentation, Using OAuth 2.0",
        examples: &[
            Example("«1//0FAKE0000-abcd_EXAMPLEFAKE0000-»"),
            Example("(«4/0AFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMP»)"),
            Example("short 1//0FAKE0000-abcd_EXAMPLEFAKE0000"),
            Example("key=1//0xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("1//0", &[at_least(Alphabet::WordDash, 30)]),
            token("4/0A", &[at_least(Alphabet::WordDash, 40)]),
        ]),
    },
    Detector {
        id: "twitch-chat-token",
        group: Group::Secret,
        about: "tokens of Twitch chat",
        source: "Twitch developer documentation, Authenticating to the chat server",
        examples: &[
            Example("out\\n«oauth:fake0000abcdexamplefake0000abc»\\n"),
            Example("short oauth:fake0000abcdexamplefake0000ab"),
            Example("key=oauth:xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("oauth:", &[exactly(Alphabet::Lower, 30)])]),
    },
    Detector {
        id: "circle-api-key",
        group: Group::Secret,
        about: "API keys of Circle",
        source: "Circle developer documentation, API keys",
        examples: &[
            Example(concat!("'«TEST_API_KEY:0000fa4e0000abcd12340000fa4e0000:0000fa4e0000abcd12340000fa4e", "0000»'")),
            Example(concat!(
                "key «LIVE_CLIENT_KEY:0000fa4e0000abcd12340000fa4e0000:0000fa4e0000abcd123400",
                "00fa4e0000»"
            )),
            Example(concat!("short TEST_API_KEY:0000fa4e0000abcd12340000fa4e0000:0000fa4e0000abcd12340000", "fa4e000")),
            Example(concat!("key=TEST_API_KEY:00000000000000000000000000000000:00000000000000000000000000", "000000")),
        ],
        rule: Rule::Tokens(&tokens(
            ["TEST_API_KEY:", "LIVE_API_KEY:", "SAND_API_KEY:", "TEST_CLIENT_KEY:", "LIVE_CLIENT_KEY:"],
            &[exactly(Alphabet::LowerHex, 32), Piece::Text(":"), exactly(Alphabet::LowerHex, 32)],
        )),
    },
    Detector {
        id: "near-private-key",
        group: Group::Secret,
        about: "private keys of NEAR",
        source: "NEAR documentation, Access keys",
        examples: &[
            Example(concat!(
                "«ed25519:FAKE1111abcdEXAMP2EFAKE1111abcdEXAMP2EFAKE1111abcdEXAMP2EFAKE1111ab",
                "cdEXAMP2EFAKE1111ab»"
            )),
            Example(concat!(
                "\"«secp256k1:FAKE1111abcdEXAMP2EFAKE1111abcdEXAMP2EFAKE1111abcdEXAMP2EFAKE11",
                "11abcdEXAMP2EFAKE1111ab»\""
            )),
            Example(concat!(
                "short ed25519:FAKE1111abcdEXAMP2EFAKE1111abcdEXAMP2EFAKE1111abcdEXAMP2EFAKE1",
                "111abcdEXAMP2EFAKE1111a"
            )),
            Example(concat!(
                "key=ed25519:0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000"
            )),
        ],
        rule: Rule::Tokens(&[
            token("ed25519:", &[Piece::Run(Alphabet::Base58, 86, 88)]),
            token("secp256k1:", &[Piece::Run(Alphabet::Base58, 86, 88)]),
        ]),
    },
    Detector {
        id: "login-with-amazon-token",
        group: Group::Secret,
        about: "access and refresh tokens of Login with Amazon",
        source: "Login with Amazon documentation, Access token",
        examples: &[
            Example("--key=«Atza|FAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EXAMPLEFAKEfake0000» -v"),
            Example(concat!("KEY: «Atzr|FAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EXAMPLEFAKEfake0000», an", "d more")),
            Example("short Atza|FAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EXAMPLEFAKEfake000"),
            Example("key=Atza|xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("Atza|", &[at_least(Alphabet::Token68, 60)]),
            token("Atzr|", &[at_least(Alphabet::Token68, 60)]),
        ]),
    },
    Detector {
        id: "mapillary-token",
        group: Group::Secret,
        about: "access tokens of Mapillary",
        source: "Mapillary API documentation, Authentication",
        examples: &[
            Example("key «MLY|0123456789012|0000fa4e0000abcd12340000fa4e0000»"),
            Example("short MLY|0123456789012|0000fa4e0000abcd12340000fa4e000"),
            Example("key=MLY|0000000000000|00000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[token(
            "MLY|",
            &[Piece::Run(Alphabet::Digit, 13, 20), Piece::Text("|"), exactly(Alphabet::LowerHex, 32)],
        )]),
    },
    Detector {
        id: "secret-token-uri",
        group: Group::Secret,
        about: "secrets in the secret-token scheme",
        source: "RFC 8959, The secret-token URI scheme",
        examples: &[
            Example("«secret-token:FAKE0000abcdEXAM»"),
            Example("short secret-token:FAKE0000abcdEXA"),
            Example("key=secret-token:xxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("secret-token:", &[at_least(Alphabet::UrlEncoded, 16)])]),
    },
    Detector {
        id: "coinbase-key-name",
        group: Group::Secret,
        about: "names of API keys of Coinbase",
        source: "Coinbase Developer Platform documentation, API keys",
        examples: &[
            Example(concat!(
                "KEY: «organizations/0000fa4e-0000-abcd-1234-00000000fa4e/apiKeys/0000fa4e-00",
                "00-abcd-1234-00000000fa4e», and more"
            )),
            Example(concat!(
                "short organizations/0000fa4e-0000-abcd-1234-00000000fa4e/apiKeys/0000fa4e-00",
                "00-abcd-1234-00000000fa4"
            )),
            Example(concat!(
                "key=organizations/000000000000000000000000000000000000/apiKeys/0000000000000",
                "00000000000000000000000"
            )),
        ],
        rule: Rule::Tokens(&[token(
            "organizations/",
            &[exactly(Alphabet::HexDash, 36), Piece::Text("/apiKeys/"), exactly(Alphabet::HexDash, 36)],
        )]),
    },
    Detector {
        id: "asana-token",
        group: Group::Secret,
        about: "personal access tokens of Asana",
        source: "Asana developer documentation, Personal access token",
        examples: &[
            Example("out\\n«0/0123456789:0000fa4e0000abcd12340000fa4e0000»\\n"),
            Example("--key=«2/0123456789/0123456789:0000fa4e0000abcd12340000fa4e0000» -v"),
            Example("short 0/0123456789:0000fa4e0000abcd12340000fa4e000"),
            Example("key=0/0000000000:00000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[
            token("0/", &[Piece::Run(Alphabet::Digit, 10, 20), Piece::Text(":"), exactly(Alphabet::LowerHex, 32)]),
            token("1/", &[Piece::Run(Alphabet::Digit, 10, 20), Piece::Text(":"), exactly(Alphabet::LowerHex, 32)]),
            token("0/", &[exactly(Alphabet::LowerHex, 32)]),
            token(
                "2/",
                &[
                    Piece::Run(Alphabet::Digit, 10, 20),
                    Piece::Text("/"),
                    Piece::Run(Alphabet::Digit, 10, 20),
                    Piece::Text(":"),
                    exactly(Alphabet::LowerHex, 32),
                ],
            ),
        ]),
    },
    Detector {
        id: "pagerduty-user-token",
        group: Group::Secret,
        about: "user tokens of PagerDuty",
        source: "PagerDuty documentation, API access keys",
        examples: &[
            Example("«u+FAKE0000-abcd_EXAM»"),
            Example("short u+FAKE0000-abcd_EXA"),
            Example("key=u+xxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("u+", &[exactly(Alphabet::WordDash, 18)])]),
    },
];
