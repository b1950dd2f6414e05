//! Tokens of services through which people and programs talk to each other.
//!
//! Must not know how tokens are found.

use super::{Piece, at_least, exactly, token, tokens};
use crate::detect::registry::{Detector, Example, Group, Rule};
use crate::detect::text::Alphabet;

pub(in crate::detect) const SHELF: &[Detector] = &[
    Detector {
        id: "slack-token",
        group: Group::Secret,
        about: "tokens of Slack: bot, user, workspace, refresh, configuration, app-level, workflow, browser session",
        source: "Slack developer documentation, Token types",
        examples: &[
            Example("«xoxb-000000000000-0000FAKEexample»"),
            Example("SLACK: «xapp-1-A0000FAKE-0000-abcd»,"),
            Example("cookie d=«xoxd-FAKE0000%2BabcdEXAMPLE%2FFAKE0000abcdEXAMPLE%3D»; a"),
            Example("cut «xoxp-00»\r\n[... telemetry preview truncated ...]"),
            Example("xoxb-your-token-goes-here"),
            Example("xoxo-000000000000"),
        ],
        rule: Rule::Tokens(&[
            token("xapp-", &[at_least(Alphabet::Dash, 11)]),
            token("xoxa-", &[at_least(Alphabet::Dash, 11)]),
            token("xoxb-", &[at_least(Alphabet::Dash, 11)]),
            token("xoxc-", &[at_least(Alphabet::Dash, 11)]),
            token("xoxe-", &[at_least(Alphabet::Dash, 11)]),
            token("xoxp-", &[at_least(Alphabet::Dash, 11)]),
            token("xoxr-", &[at_least(Alphabet::Dash, 11)]),
            token("xoxs-", &[at_least(Alphabet::Dash, 11)]),
            token("xwfp-", &[at_least(Alphabet::Dash, 11)]),
            token("xoxe.xoxb-", &[at_least(Alphabet::Dash, 10)]),
            token("xoxe.xoxp-", &[at_least(Alphabet::Dash, 10)]),
            token("xoxo-", &[Piece::Run(Alphabet::Digit, 6, 13), Piece::Text("-"), at_least(Alphabet::Dash, 11)]),
            token("xoxd-", &[at_least(Alphabet::UrlEncoded, 40)]),
        ]),
    },
    Detector {
        id: "discord-bot-token",
        group: Group::Secret,
        about: "tokens of Discord bots: the id of the account, a time and a signature",
        source: "Discord developer documentation, Bot authorization flow; Snowflakes",
        examples: &[
            Example("\"«MTAFAKE0000-abcd_EXAMPL.FAKE00.FAKE0000-abcd_EXAMPLEFAKE00»\""),
            Example("'«OTkFAKE0000-abcd_EXAMPL.FAKE00.FAKE0000-abcd_EXAMPLEFAKE00»'"),
            Example("short MTAFAKE0000-abcd_EXAMPL.FAKE00.FAKE0000-abcd_EXAMPLEFAKE0"),
            Example("key=MTAxxxxxxxxxxxxxxxxxxxx.xxxxxx.xxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&tokens(
            [
                "MTA", "MTE", "MTI", "MTM", "MTQ", "MTU", "MTY", "MTc", "MTg", "MTk", "MjA", "MjE", "MjI", "MjM",
                "MjQ", "MjU", "MjY", "Mjc", "Mjg", "Mjk", "MzA", "MzE", "MzI", "MzM", "MzQ", "MzU", "MzY", "Mzc",
                "Mzg", "Mzk", "NDA", "NDE", "NDI", "NDM", "NDQ", "NDU", "NDY", "NDc", "NDg", "NDk", "NTA", "NTE",
                "NTI", "NTM", "NTQ", "NTU", "NTY", "NTc", "NTg", "NTk", "NjA", "NjE", "NjI", "NjM", "NjQ", "NjU",
                "NjY", "Njc", "Njg", "Njk", "NzA", "NzE", "NzI", "NzM", "NzQ", "NzU", "NzY", "Nzc", "Nzg", "Nzk",
                "ODA", "ODE", "ODI", "ODM", "ODQ", "ODU", "ODY", "ODc", "ODg", "ODk", "OTA", "OTE", "OTI", "OTM",
                "OTQ", "OTU", "OTY", "OTc", "OTg", "OTk",
            ],
            &[
                Piece::Run(Alphabet::WordDash, 20, 25),
                Piece::Text("."),
                Piece::Run(Alphabet::WordDash, 6, 7),
                Piece::Text("."),
                at_least(Alphabet::WordDash, 27),
            ],
        )),
    },
    Detector {
        id: "discord-user-token",
        group: Group::Secret,
        about: "tokens of Discord users with two factors",
        source: "Discord developer documentation, Reference, Authentication",
        examples: &[
            Example(concat!(
                "KEY: «mfa.FAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFAK",
                "E0000-abcd_EXA», and more"
            )),
            Example(concat!(
                "short mfa.FAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFAK",
                "E0000-abcd_EX"
            )),
            Example(concat!(
                "key=mfa.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "xxxxxxxxxxxx"
            )),
        ],
        rule: Rule::Tokens(&[token("mfa.", &[at_least(Alphabet::WordDash, 80)])]),
    },
    Detector {
        id: "matrix-access-token",
        group: Group::Secret,
        about: "access and refresh tokens of Matrix homeservers",
        source: "Synapse and Matrix Authentication Service documentation, token formats",
        examples: &[
            Example("«syt_FAKE0000_abcdEXAMPLEFAKE0000_a»"),
            Example("--key=«mar_FAKEfake0000abcdEXAMPLEFAKEfak_FAKEfa» -v"),
            Example("short syt_FAKE0000_abcdEXAMPLEFAKE0000_"),
            Example("key=syt_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("syt_", &[at_least(Alphabet::Word, 30)]),
            token("mct_", &[exactly(Alphabet::Alnum, 30), Piece::Text("_"), exactly(Alphabet::Alnum, 6)]),
            token("mcr_", &[exactly(Alphabet::Alnum, 30), Piece::Text("_"), exactly(Alphabet::Alnum, 6)]),
            token("mat_", &[exactly(Alphabet::Alnum, 30), Piece::Text("_"), exactly(Alphabet::Alnum, 6)]),
            token("mar_", &[exactly(Alphabet::Alnum, 30), Piece::Text("_"), exactly(Alphabet::Alnum, 6)]),
        ]),
    },
    Detector {
        id: "guilded-bot-token",
        group: Group::Secret,
        about: "tokens of Guilded bots",
        source: "Guilded API documentation, Authorization",
        examples: &[
            Example("'«gapi_FAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EXAMPLEFAKEfake0000»'"),
            Example("short gapi_FAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EXAMPLEFAKEfake000"),
            Example("key=gapi_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("gapi_", &[at_least(Alphabet::Token68, 60)])]),
    },
    Detector {
        id: "dingtalk-signing-secret",
        group: Group::Secret,
        about: "signing secrets of DingTalk robots",
        source: "DingTalk open platform, custom robot security settings",
        examples: &[
            Example("(«SEC0000fa4e0000abcd12340000fa4e0000abcd12340000fa4e0000abcd12340000»)"),
            Example("short SEC0000fa4e0000abcd12340000fa4e0000abcd12340000fa4e0000abcd1234000"),
            Example("key=SEC0000000000000000000000000000000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[token("SEC", &[exactly(Alphabet::LowerHex, 64)])]),
    },
    Detector {
        id: "fcm-server-key",
        group: Group::Secret,
        about: "server keys and registration tokens of Firebase Cloud Messaging",
        source: "Firebase documentation, Cloud Messaging, legacy HTTP protocol",
        examples: &[
            Example(concat!(
                "«FAKE0000-a:APA91bFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EX",
                "AMPLEFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFAKE0000-abcd_E»"
            )),
            Example(concat!(
                "short FAKE0000-a:APA91bFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFAKE0000-ab",
                "cd_EXAMPLEFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFAKE0000-abcd_"
            )),
            Example(concat!(
                "key=FAKE0000-a:APA91bxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            )),
        ],
        rule: Rule::Tokens(&[token("APA91b", &[at_least(Alphabet::WordDash, 120)]).after(
            Alphabet::WordDash,
            10,
            30,
            ":",
        )]),
    },
    Detector {
        id: "telegram-bot-token",
        group: Group::Secret,
        about: "tokens of Telegram bots",
        source: "Telegram Bot API, Authorizing your bot",
        examples: &[
            Example("key «01234567:AAEFAKE0000-abcd_EXAMPLEFAKE0000-ab»"),
            Example("key «01234567:AAHFAKE0000-abcd_EXAMPLEFAKE0000-ab»"),
            Example("key «0123456789:AB4FAKE0000-abcd_EXAMPLEFAKE0000-ab»"),
            Example("short 01234567:AAEFAKE0000-abcd_EXAMPLEFAKE0000-a"),
            Example("key=01234567:AAExxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("A", &[exactly(Alphabet::WordDash, 34)]).after(Alphabet::Digit, 6, 12, ":")]),
    },
    Detector {
        id: "pubnub-key",
        group: Group::Secret,
        about: "publish, subscribe and secret keys of PubNub",
        source: "PubNub documentation, API keys",
        examples: &[
            Example("\"«pub-c-0000fa4e-0000-abcd-1234-00000000fa4e»\""),
            Example("'«sec-c-FAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EXAMPLE»'"),
            Example("short pub-c-0000fa4e-0000-abcd-1234-00000000fa4"),
            Example("key=pub-c-000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[
            token("pub-c-", &[exactly(Alphabet::HexDash, 36)]),
            token("sub-c-", &[exactly(Alphabet::HexDash, 36)]),
            token("sec-c-", &[at_least(Alphabet::Token68, 48)]),
        ]),
    },
    Detector {
        id: "onesignal-api-key",
        group: Group::Secret,
        about: "API keys of OneSignal",
        source: "OneSignal documentation, Keys and IDs",
        examples: &[
            Example("«os_v2_app_fake0000abcdexamplefake0000abcdexamplefake0000abcdexamplefak»"),
            Example("(«os_v2_org_fake0000abcdexamplefake0000abcdexamplefake0000abcdexamplefak»)"),
            Example("short os_v2_app_fake0000abcdexamplefake0000abcdexamplefake0000abcdexamplefa"),
            Example("key=os_v2_app_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("os_v2_app_", &[at_least(Alphabet::Lower, 60)]),
            token("os_v2_org_", &[at_least(Alphabet::Lower, 60)]),
        ]),
    },
    Detector {
        id: "courier-api-key",
        group: Group::Secret,
        about: "API keys of Courier",
        source: "Courier documentation, API authentication",
        examples: &[
            Example("out\\n«pk_prod_FAKE0000ABCDEXAMPLEFAKE0000A»\\n"),
            Example("--key=«dk_test_FAKE0000ABCDEXAMPLEFAKE0000A» -v"),
            Example("short pk_prod_FAKE0000ABCDEXAMPLEFAKE0000"),
            Example("key=pk_prod_0000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&tokens(["pk_prod_", "pk_test_", "dk_prod_", "dk_test_"], &[exactly(Alphabet::Upper, 28)])),
    },
    Detector {
        id: "svix-api-key",
        group: Group::Secret,
        about: "API keys of Svix and of senders built on it",
        source: "Svix documentation, Authentication",
        examples: &[
            Example("'«testsk_FAKE0000-abcd_EXAMPLEFAKE0000-»'"),
            Example("short testsk_FAKE0000-abcd_EXAMPLEFAKE0000"),
            Example("key=testsk_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("testsk_", &[at_least(Alphabet::WordDash, 30)])]),
    },
    Detector {
        id: "liveblocks-secret-key",
        group: Group::Secret,
        about: "secret keys of Liveblocks",
        source: "Liveblocks documentation, API keys",
        examples: &[
            Example("«sk_dev_FAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMP»"),
            Example("\"«pk_dev_FAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMP»\""),
            Example("short sk_dev_FAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAM"),
            Example("key=sk_dev_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("sk_dev_", &[at_least(Alphabet::WordDash, 40)]),
            token("pk_dev_", &[at_least(Alphabet::WordDash, 40)]),
        ]),
    },
    Detector {
        id: "twilio-api-key",
        group: Group::Secret,
        about: "account and API key identifiers of Twilio",
        source: "Twilio documentation, API keys and String Identifiers (SIDs)",
        examples: &[
            Example("--key=«AC0000Fa4e0000abcd12340000Fa4e0000» -v"),
            Example("KEY: «SK0000Fa4e0000abcd12340000Fa4e0000», and more"),
            Example("short AC0000Fa4e0000abcd12340000Fa4e000"),
            Example("key=AC00000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[token("AC", &[exactly(Alphabet::Hex, 32)]), token("SK", &[exactly(Alphabet::Hex, 32)])]),
    },
    Detector {
        id: "telnyx-api-key",
        group: Group::Secret,
        about: "API keys of Telnyx",
        source: "Telnyx developer documentation, Authentication",
        examples: &[
            Example("key «KEY0000Fa4e0000abcd12340000Fa4e00_FAKEfake0000abcdEXAMPL»"),
            Example("short KEY0000Fa4e0000abcd12340000Fa4e00_FAKEfake0000abcdEXAMP"),
            Example("key=KEY000000000000000000000000000000_0000000000000000000000"),
        ],
        rule: Rule::Tokens(&[token(
            "KEY",
            &[Piece::Run(Alphabet::Hex, 30, 40), Piece::Text("_"), exactly(Alphabet::Alnum, 22)],
        )]),
    },
    Detector {
        id: "messagebird-access-key",
        group: Group::Secret,
        about: "access keys of MessageBird",
        source: "MessageBird API reference, Authentication",
        examples: &[
            Example("«live_FAKEfake0000abcdEXAMPLEFA»"),
            Example("'«test_FAKEfake0000abcdEXAMPLEFA»'"),
            Example("short live_FAKEfake0000abcdEXAMPLEF"),
            Example("key=live_xxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("live_", &[exactly(Alphabet::Alnum, 25)]),
            token("test_", &[exactly(Alphabet::Alnum, 25)]),
        ]),
    },
];
