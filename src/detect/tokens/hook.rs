//! Addresses that let whoever knows them in, and keys that are sent along with messages.
//!
//! Must not know how tokens are found.

use super::{Piece, at_least, exactly, token};
use crate::detect::registry::{Detector, Example, Group, Rule};
use crate::detect::text::Alphabet;

pub(in crate::detect) const SHELF: &[Detector] = &[
    Detector {
        id: "line-chat-webhook-key",
        group: Group::Secret,
        about: "addresses of WeCom, DingTalk and Lark robots",
        source: "WeCom, DingTalk and Lark developer documentation, incoming robots",
        examples: &[
            Example(concat!("«qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0000fa4e-0000-abcd-1234-000000", "00fa4e»")),
            Example(concat!(
                "out\\n«open.larksuite.com/open-apis/bot/v2/hook/0000fa4e-0000-abcd-1234-0000",
                "0000fa4e»\\n"
            )),
            Example(concat!(
                "short qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0000fa4e-0000-abcd-1234-0",
                "0000000fa4"
            )),
            Example(concat!(
                "key=qyapi.weixin.qq.com/cgi-bin/webhook/send?key=000000000000000000000000000",
                "000000000"
            )),
        ],
        rule: Rule::Tokens(&[
            token("qyapi.weixin.qq.com/cgi-bin/webhook/send?key=", &[exactly(Alphabet::HexDash, 36)]),
            token("oapi.dingtalk.com/robot/send?access_token=", &[exactly(Alphabet::LowerHex, 64)]),
            token("open.larksuite.com/open-apis/bot/v2/hook/", &[exactly(Alphabet::HexDash, 36)]),
        ]),
    },
    Detector {
        id: "teams-webhook",
        group: Group::Secret,
        about: "addresses of incoming webhooks of Microsoft Teams",
        source: "Microsoft Learn, Create incoming webhooks in Teams",
        examples: &[
            Example(concat!(
                "\"«webhook.office.com/webhookb2/FAKE0000-abcd-EXAMPLEFAKE0000-abcd-E@FAKE000",
                "0-abcd-EXAMPLEFAKE0000-abcd-E/IncomingWebhook/FAKEfake0000abcdEXAMPLEFAKEfak",
                "e0/FAKE0000-abcd-EXAMPLEFAKE0000-abcd-E»\""
            )),
            Example(concat!(
                "'«webhook.office.com/webhookb2/FAKE0000-abcd-EXAMPLEFAKE0000-abcd-E@FAKE0000",
                "-abcd-EXAMPLEFAKE0000-abcd-E/IncomingWebhook/FAKEfake0000abcdEXAMPLEFAKEfake",
                "0/FAKE0000-abcd-EXAMPLEFAKE0000-abcd-E/FAKE0000-abcd_EXAMPL»'"
            )),
            Example(concat!(
                "short webhook.office.com/webhookb2/FAKE0000-abcd-EXAMPLEFAKE0000-abcd-E@FAKE",
                "0000-abcd-EXAMPLEFAKE0000-abcd-E/IncomingWebhook/FAKEfake0000abcdEXAMPLEFAKE",
                "fake0/FAKE0000-abcd-EXAMPLEFAKE0000-abcd-"
            )),
            Example(concat!(
                "key=webhook.office.com/webhookb2/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx@xxxxxx",
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx/IncomingWebhook/xxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "xxx/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            )),
        ],
        rule: Rule::Tokens(&[
            token(
                "webhook.office.com/webhookb2/",
                &[
                    exactly(Alphabet::Dash, 36),
                    Piece::Text("@"),
                    exactly(Alphabet::Dash, 36),
                    Piece::Text("/IncomingWebhook/"),
                    exactly(Alphabet::Alnum, 32),
                    Piece::Text("/"),
                    exactly(Alphabet::Dash, 36),
                ],
            ),
            token(
                "outlook.office.com/webhook/",
                &[
                    exactly(Alphabet::Dash, 36),
                    Piece::Text("@"),
                    exactly(Alphabet::Dash, 36),
                    Piece::Text("/IncomingWebhook/"),
                    exactly(Alphabet::Alnum, 32),
                    Piece::Text("/"),
                    exactly(Alphabet::Dash, 36),
                ],
            ),
            token(
                "outlook.office365.com/webhook/",
                &[
                    exactly(Alphabet::Dash, 36),
                    Piece::Text("@"),
                    exactly(Alphabet::Dash, 36),
                    Piece::Text("/IncomingWebhook/"),
                    exactly(Alphabet::Alnum, 32),
                    Piece::Text("/"),
                    exactly(Alphabet::Dash, 36),
                ],
            ),
            token(
                "webhook.office.com/webhookb2/",
                &[
                    exactly(Alphabet::Dash, 36),
                    Piece::Text("@"),
                    exactly(Alphabet::Dash, 36),
                    Piece::Text("/IncomingWebhook/"),
                    exactly(Alphabet::Alnum, 32),
                    Piece::Text("/"),
                    exactly(Alphabet::Dash, 36),
                    Piece::Text("/"),
                    at_least(Alphabet::WordDash, 20),
                ],
            ),
        ]),
    },
    Detector {
        id: "google-chat-webhook",
        group: Group::Secret,
        about: "addresses of incoming webhooks of Google Chat",
        source: "Google Chat developer documentation, Build an app as a webhook",
        examples: &[
            Example(concat!(
                "KEY: «chat.googleapis.com/v1/spaces/FAKE00/messages?key=FAKE0000-abcd_EXAMPL",
                "EFAKE0000-&token=FAKE0000abcdEXAMPLEF», and more"
            )),
            Example(concat!(
                "short chat.googleapis.com/v1/spaces/FAKE00/messages?key=FAKE0000-abcd_EXAMPL",
                "EFAKE0000-&token=FAKE0000abcdEXAMPLE"
            )),
            Example(concat!(
                "key=chat.googleapis.com/v1/spaces/xxxxxx/messages?key=xxxxxxxxxxxxxxxxxxxxxx",
                "xxxxxxxx&token=xxxxxxxxxxxxxxxxxxxx"
            )),
        ],
        rule: Rule::Tokens(&[token(
            "chat.googleapis.com/v1/spaces/",
            &[
                at_least(Alphabet::WordDash, 6),
                Piece::Text("/messages?key="),
                at_least(Alphabet::WordDash, 30),
                Piece::Text("&token="),
                at_least(Alphabet::UrlEncoded, 20),
            ],
        )]),
    },
    Detector {
        id: "automation-webhook",
        group: Group::Secret,
        about: "addresses of webhooks of Zapier, Make and Airtable",
        source: "Zapier, Make and Airtable help, webhooks",
        examples: &[
            Example("«hooks.zapier.com/hooks/catch/01234/FAKEf»"),
            Example(concat!(
                "--key=«hooks.airtable.com/workflows/v1/genericWebhook/FAKEfake0000abcdE/FAKE",
                "fake0000abcdE/FAKEfake0000abcdE» -v"
            )),
            Example("short hooks.zapier.com/hooks/catch/01234/FAKE"),
            Example("zhooks.zapier.com/hooks/catch/01234/FAKEf"),
        ],
        rule: Rule::Tokens(&[
            token(
                "hooks.zapier.com/hooks/",
                &[
                    Piece::OneOf(&["catch", "standard"]),
                    Piece::Text("/"),
                    Piece::Run(Alphabet::Digit, 5, 12),
                    Piece::Text("/"),
                    at_least(Alphabet::Alnum, 5),
                ],
            ),
            token("hook.us1.make.com/", &[at_least(Alphabet::Lower, 24)]),
            token("hook.us2.make.com/", &[at_least(Alphabet::Lower, 24)]),
            token("hook.eu1.make.com/", &[at_least(Alphabet::Lower, 24)]),
            token("hook.eu2.make.com/", &[at_least(Alphabet::Lower, 24)]),
            token("hook.integromat.com/", &[at_least(Alphabet::Lower, 24)]),
            token(
                "hooks.airtable.com/workflows/v1/genericWebhook/",
                &[
                    exactly(Alphabet::Alnum, 17),
                    Piece::Text("/"),
                    exactly(Alphabet::Alnum, 17),
                    Piece::Text("/"),
                    exactly(Alphabet::Alnum, 17),
                ],
            ),
        ]),
    },
];
