//! Tokens of social networks, of their consumers' accounts and of their advertising.
//!
//! Must not know how tokens are found.

use super::{Piece, at_least, between, exactly, token, tokens};
use crate::detect::registry::{Detector, Example, Group, Rule};
use crate::detect::text::Alphabet;

pub(in crate::detect) const SHELF: &[Detector] = &[
    Detector {
        id: "facebook-access-token",
        group: Group::Secret,
        about: "access tokens of Facebook and WhatsApp",
        source: "Meta for Developers, Access tokens",
        examples: &[
            Example("«EAAFAKEfake0000abcdEXAMPLEFAKEfake0000abcdE»"),
            Example("x «072056193801234|FAKE0000abcdFAKE0000abcdFA-»"),
            Example("short EAAFAKEfake0000abcdEXAMPLEFAKEfake0000abcd"),
            Example("key=EAAxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("EAA", &[at_least(Alphabet::Alnum, 40)]),
            // Of an application.
            token("", &[between(Alphabet::Digit, 15, 16), Piece::Text("|"), between(Alphabet::WordDash, 27, 40)]),
        ]),
    },
    Detector {
        id: "instagram-access-token",
        group: Group::Secret,
        about: "access tokens of Instagram and Threads",
        source: "Meta for Developers, Instagram and Threads access tokens",
        examples: &[
            Example("\"«IGQVFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAM»\""),
            Example("'«THQVFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAM»'"),
            Example("short IGQVFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXA"),
            Example("key=IGQVxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&tokens(["IGQV", "IGAA", "IGQW", "THAA", "THQV"], &[at_least(Alphabet::WordDash, 60)])),
    },
    Detector {
        id: "x-bearer-token",
        group: Group::Secret,
        about: "application-only bearer tokens of X (Twitter)",
        source: "X developer documentation, OAuth 2.0 bearer token",
        examples: &[
            Example("KEY: «AAAAAAAAAAAAAAAAAAAAFAKEfake00%FAKE0000abcdEXAMPLEF», and more"),
            Example("short AAAAAAAAAAAAAAAAAAAAFAKEfake00%FAKE0000abcdEXAMPLE"),
            Example("key=AAAAAAAAAAAAAAAAAAAAxxxxxxxxxx%xxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token(
            "AAAAAAAAAAAAAAAAAAAA",
            &[Piece::Run(Alphabet::Alnum, 10, 90), Piece::Text("%"), at_least(Alphabet::UrlEncoded, 20)],
        )]),
    },
    Detector {
        id: "linkedin-token",
        group: Group::Secret,
        about: "access tokens and client secrets of LinkedIn",
        source: "LinkedIn developer documentation, OAuth 2.0",
        examples: &[
            Example(concat!(
                "«AQUFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFAKE0000-",
                "abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEF",
                "AKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFAKE0000-ab»"
            )),
            Example("--key=«WPL_AP1.FAKEfake0000abcd» -v"),
            Example(concat!(
                "short AQUFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFAKE",
                "0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXA",
                "MPLEFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFAKE0000-a"
            )),
            Example(concat!(
                "key=AQUxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            )),
        ],
        rule: Rule::Tokens(&[
            token("AQU", &[at_least(Alphabet::WordDash, 200)]),
            token("AQV", &[at_least(Alphabet::WordDash, 200)]),
            token("AQW", &[at_least(Alphabet::WordDash, 200)]),
            token("AQX", &[at_least(Alphabet::WordDash, 200)]),
            token("WPL_AP0.", &[at_least(Alphabet::Token68, 16)]),
            token("WPL_AP1.", &[at_least(Alphabet::Token68, 16)]),
        ]),
    },
    Detector {
        id: "pinterest-token",
        group: Group::Secret,
        about: "access and refresh tokens of Pinterest",
        source: "Pinterest developer documentation, Authentication",
        examples: &[
            Example("'«pina_FAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMP»'"),
            Example("key «pinc_FAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMP»"),
            Example("short pina_FAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAM"),
            Example("key=pina_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&tokens(["pina_", "pinr_", "pinc_"], &[at_least(Alphabet::WordDash, 40)])),
    },
    Detector {
        id: "tiktok-token",
        group: Group::Secret,
        about: "access, refresh and client tokens of TikTok",
        source: "TikTok for Developers, User access token management",
        examples: &[
            Example("(«act.FAKEfake0000abcdEXAMPLEFAKEfake0000abcdE»)"),
            Example("\"«clt.FAKEfake0000abcdEXAMPLEFAKEfake0000abcdE»\""),
            Example("short act.FAKEfake0000abcdEXAMPLEFAKEfake0000abcd"),
            Example("key=act.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&tokens(["act.", "rft.", "clt."], &[at_least(Alphabet::Alnum, 40)])),
    },
    Detector {
        id: "wechat-app-id",
        group: Group::Secret,
        about: "application ids of WeChat and WeCom",
        source: "WeChat open platform documentation, AppID",
        examples: &[
            Example("«ww0000fa4e0000abcd»"),
            Example("KEY: «wx0000fa4e0000abcd», and more"),
            Example("short ww0000fa4e0000abc"),
            Example("key=ww0000000000000000"),
        ],
        rule: Rule::Tokens(&[
            token("ww", &[exactly(Alphabet::LowerHex, 16)]),
            token("wx", &[exactly(Alphabet::LowerHex, 16)]),
        ]),
    },
    Detector {
        id: "yandex-token",
        group: Group::Secret,
        about: "IAM, OAuth, API and access keys of Yandex",
        source: "Yandex Cloud documentation, IAM token, API key; Yandex OAuth documentation",
        examples: &[
            Example("key «t1.FAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EXAMPLEFAKEfake0000»"),
            Example("out\\n«YCPFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EX»\\n"),
            Example("short t1.FAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EXAMPLEFAKEfake000"),
            Example("key=t1.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("t1.", &[at_least(Alphabet::Token68, 60)]),
            token("y0_", &[at_least(Alphabet::WordDash, 50)]),
            token("y1_", &[at_least(Alphabet::WordDash, 50)]),
            token("y2_", &[at_least(Alphabet::WordDash, 50)]),
            token("y3_", &[at_least(Alphabet::WordDash, 50)]),
            token("AQVN", &[Piece::Run(Alphabet::WordDash, 35, 38)]),
            token("AQAAAA", &[exactly(Alphabet::WordDash, 33)]),
            token("AgAAAA", &[exactly(Alphabet::WordDash, 33)]),
            token("YCAJE", &[exactly(Alphabet::WordDash, 20)]),
            token("YCM", &[exactly(Alphabet::WordDash, 37)]),
            token("YCN", &[exactly(Alphabet::WordDash, 37)]),
            token("YCO", &[exactly(Alphabet::WordDash, 37)]),
            token("YCP", &[exactly(Alphabet::WordDash, 37)]),
        ]),
    },
    Detector {
        id: "vk-access-token",
        group: Group::Secret,
        about: "access tokens of VK",
        source: "VK developer documentation, Access tokens",
        examples: &[
            Example("\"«vk1.a.FAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAM»\""),
            Example("'«vk2.a.FAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAM»'"),
            Example("short vk1.a.FAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXA"),
            Example("key=vk1.a.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("vk1.a.", &[at_least(Alphabet::WordDash, 60)]),
            token("vk2.a.", &[at_least(Alphabet::WordDash, 60)]),
        ]),
    },
    Detector {
        id: "weibo-access-token",
        group: Group::Secret,
        about: "access tokens of Weibo",
        source: "Weibo open platform documentation, OAuth 2.0",
        examples: &[
            Example("«2.00FAKE0000-abcd_EXAMPLEFAKE000»"),
            Example("short 2.00FAKE0000-abcd_EXAMPLEFAKE00"),
            Example("key=2.00xxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("2.00", &[exactly(Alphabet::WordDash, 28)])]),
    },
    Detector {
        id: "microsoft-account-token",
        group: Group::Secret,
        about: "access tokens of Microsoft accounts and Xbox",
        source: "Microsoft Learn, Microsoft account sign-in",
        examples: &[
            Example(concat!(
                "out\\n«EwAFAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_E",
                "XAMPLEFAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EXAMP",
                "LEFAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EXAMPLEFAKEfake»\\n"
            )),
            Example(concat!(
                "--key=«EwDFAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_E",
                "XAMPLEFAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EXAMP",
                "LEFAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EXAMPLEFAKEfake» -v"
            )),
            Example(concat!(
                "short EwAFAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EX",
                "AMPLEFAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EXAMPL",
                "EFAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EXAMPLEFAKEfak"
            )),
            Example(concat!(
                "key=EwAxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            )),
        ],
        rule: Rule::Tokens(&tokens(["EwA", "EwB", "EwC", "EwD"], &[at_least(Alphabet::Token68, 200)])),
    },
];
