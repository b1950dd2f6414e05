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
            Example("https://«hooks.slack.com/services/TFAKE00/BFAKE00/FAKEfake0000abcd»"),
            Example("out\\nhttps://«hooks.slack-gov.com/triggers/FAKE00/0720561938/FAKEfake0000abcd»\\n"),
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
                "\"https://«discord.com/api/webhooks/07205619380720561/FAKE0000-abcd_EXAMPLEFAKE0000-",
                "abcd_EXAMPLEFAKE0000-abcd_EXAM»\""
            )),
            Example(concat!(
                "'https://«discordapp.com/api/webhooks/07205619380720561/FAKE0000-abcd_EXAMPLEFAKE000",
                "0-abcd_EXAMPLEFAKE0000-abcd_EXAM»'"
            )),
            Example(concat!(
                "https://«ptb.discord.com/api/webhooks/07205619380720561/FAKE0000-abcd_EXAMPLEFAKE000",
                "0-abcd_EXAMPLEFAKE0000-abcd_EXAM»"
            )),
            Example(concat!(
                "short discord.com/api/webhooks/07205619380720561/FAKE0000-abcd_EXAMPLEFAKE00",
                "00-abcd_EXAMPLEFAKE0000-abcd_EXA"
            )),
            Example(concat!(
                "key=discord.com/api/webhooks/00000000000000000/00000000000000000000000000000",
                "0000000000000000000000000000000"
            )),
        ],
        rule: Rule::Tokens(&tokens(
            ["discord.com/api/", "discordapp.com/api/", "ptb.discord.com/api/", "canary.discord.com/api/"],
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
        )),
    },
    Detector {
        id: "feishu-webhook",
        group: Group::Secret,
        about: "addresses of Feishu's robots",
        source: "Feishu open platform, Custom bot",
        examples: &[
            Example(concat!(
                "KEY: https://«open.feishu.cn/open-apis/bot/v2/hook/0000fa4e-0000-abcd-1234-00000000f",
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
                "https://«webexapis.com/v1/webhooks/incoming/FAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMP",
                "LEFAKE0000-abcd_EXAM»"
            )),
            Example(concat!(
                "--key=https://«api.ciscospark.com/v1/webhooks/incoming/FAKE0000-abcd_EXAMPLEFAKE0000",
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
            Example("'https://«maker.ifttt.com/trigger/F/with/key/FAKE0000-abcd_EXAMPL»'"),
            Example("key https://«maker.ifttt.com/use/FAKE0000-abcd_EXAMPL»"),
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
            Example("(https://«hc-ping.com/0000fa4e-0000-abcd-1234-00000000fa4e»)"),
            Example("\"https://«hc-ping.com/FAKE0000-abcd_EXAMPLEF/»\""),
            Example("short hc-ping.com/0000fa4e-0000-abcd-1234-00000000fa4"),
            Example("key=hc-ping.com/000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[
            token("hc-ping.com/", &[exactly(Alphabet::HexDash, 36)]),
            token("hc-ping.com/", &[exactly(Alphabet::WordDash, 22), Piece::Text("/")]),
        ]),
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
            Example("short 1//0FAKE0000-abcd_EXAMPLEFAKE0000"),
            Example("key=1//0xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("1//0", &[at_least(Alphabet::WordDash, 30)])]),
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
            Example("key «MLY|0720561938012|0000fa4e0000abcd12340000fa4e0000»"),
            Example("short MLY|0720561938012|0000fa4e0000abcd12340000fa4e000"),
            Example("key=MLY|0000000000000|00000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[token(
            "MLY|",
            &[Piece::Run(Alphabet::Digit, 13, 20), Piece::Text("|"), exactly(Alphabet::LowerHex, 32)],
        )]),
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
