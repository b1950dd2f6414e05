//! Keys of services that watch over running programs and their users.
//!
//! Must not know how tokens are found.

use super::{Piece, at_least, exactly, token, tokens};
use crate::detect::registry::{Detector, Example, Group, Rule};
use crate::detect::text::Alphabet;

pub(in crate::detect) const SHELF: &[Detector] = &[
    Detector {
        id: "new-relic-key",
        group: Group::Secret,
        about: "user, licence, ingest, query, browser and admin keys of New Relic",
        source: "New Relic documentation, API keys",
        examples: &[
            Example("«NRAK-FAKE0000ABCDEXAMPLEFAKE0000»"),
            Example("out\\n«gov01xFAKEfake0000abcdEXAMPLEFAKEfak»\\n"),
            Example("short NRAK-FAKE0000ABCDEXAMPLEFAKE000"),
            Example("key=NRAK-000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[
            token("NRAK-", &[exactly(Alphabet::Upper, 27)]),
            token("NRII-", &[exactly(Alphabet::WordDash, 32)]),
            token("NRIQ-", &[exactly(Alphabet::WordDash, 32)]),
            token("NRJS-", &[exactly(Alphabet::LowerHex, 19)]),
            token("NRRA-", &[exactly(Alphabet::LowerHex, 42)]),
            token("NRAA-", &[at_least(Alphabet::Alnum, 20)]),
            token("NRSP-", &[at_least(Alphabet::Alnum, 20)]),
            token("NRBR-", &[at_least(Alphabet::Alnum, 20)]),
            token("eu01x", &[Piece::Run(Alphabet::Alnum, 30, 36)]),
            token("jp01x", &[Piece::Run(Alphabet::Alnum, 30, 36)]),
            token("gov01x", &[Piece::Run(Alphabet::Alnum, 30, 36)]),
        ]),
    },
    Detector {
        id: "datadog-token",
        group: Group::Secret,
        about: "application keys and client tokens of Datadog",
        source: "Datadog documentation, API and application keys",
        examples: &[
            Example("\"«ddapp_FAKEfake0000abcdEXAMPLEFAKEfak»\""),
            Example("'«pub0000fa4e0000abcd12340000fa4e0000»'"),
            Example("key «ddpat_FAKEfake0000abcd_EXAMPLEFAKEfake0000»"),
            Example("short ddapp_FAKEfake0000abcdEXAMPLEFAKEfa"),
            Example("key=ddapp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("ddapp_", &[at_least(Alphabet::Alnum, 30)]),
            token("ddpat_", &[at_least(Alphabet::Word, 30)]),
            token("pub", &[exactly(Alphabet::LowerHex, 32)]),
        ]),
    },
    Detector {
        id: "honeycomb-key",
        group: Group::Secret,
        about: "ingest, configuration and management keys of Honeycomb",
        source: "Honeycomb documentation, API keys",
        examples: &[
            Example("KEY: «hcaik_fake0000abcdexamplefake0000abc», and more"),
            Example("(«hcxlk_fake0000abcdexamplefake0000abc»)"),
            Example("short hcaik_fake0000abcdexamplefake0000ab"),
            Example("key=hcaik_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&tokens(
            ["hcaik_", "hcbik_", "hcxik_", "hcaic_", "hcalk_", "hcamk_", "hcxmk_", "hcxlk_"],
            &[at_least(Alphabet::Lower, 30)],
        )),
    },
    Detector {
        id: "dynatrace-token",
        group: Group::Secret,
        about: "tokens and OAuth secrets of Dynatrace",
        source: "Dynatrace documentation, Access tokens, Token format",
        examples: &[
            Example("«dt0fak.FAKEfake.FAKEfake0000abcdEXAMPLEFAKEfake0000abcdEXAMPLEFAKEfake0000ab»"),
            Example(concat!(
                "--key=«dt0fak.FAKEfake.FAKEfake0000abcdEXAMPLEFAKEfake0000abcdEXAMPLEFAKEfak",
                "e0000abcdEX» -v"
            )),
            Example(concat!("short dt0fak.FAKEfake.FAKEfake0000abcdEXAMPLEFAKEfake0000abcdEXAMPLEFAKEfake", "0000a")),
            Example("key=dt0xxx.xxxxxxxx.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token(
                "dt0",
                &[
                    exactly(Alphabet::Lower, 3),
                    Piece::Text("."),
                    Piece::Run(Alphabet::Alnum, 8, 32),
                    Piece::Text("."),
                    at_least(Alphabet::Alnum, 60),
                ],
            ),
            token(
                "dt0",
                &[
                    exactly(Alphabet::Lower, 3),
                    Piece::Text("."),
                    exactly(Alphabet::Alnum, 8),
                    Piece::Text("."),
                    exactly(Alphabet::Alnum, 64),
                ],
            ),
        ]),
    },
    Detector {
        id: "axiom-token",
        group: Group::Secret,
        about: "API and personal tokens of Axiom",
        source: "Axiom documentation, Tokens",
        examples: &[
            Example("'«xaat-0000fa4e-0000-abcd-1234-00000000fa4e»'"),
            Example("key «xait-0000fa4e-0000-abcd-1234-00000000fa4e»"),
            Example("short xaat-0000fa4e-0000-abcd-1234-00000000fa4"),
            Example("key=xaat-000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&tokens(["xaat-", "xapt-", "xait-"], &[exactly(Alphabet::HexDash, 36)])),
    },
    Detector {
        id: "coralogix-key",
        group: Group::Secret,
        about: "API keys of Coralogix",
        source: "Coralogix documentation, API keys",
        examples: &[
            Example("(«cxtp_FAKEfake0000abcdEXAMPLEFAKEfak»)"),
            Example("\"«cxte_FAKEfake0000abcdEXAMPLEFAKEfak»\""),
            Example("short cxtp_FAKEfake0000abcdEXAMPLEFAKEfa"),
            Example("key=cxtp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&tokens(["cxtp_", "cxth_", "cxup_", "cxte_"], &[exactly(Alphabet::Alnum, 30)])),
    },
    Detector {
        id: "checkly-api-key",
        group: Group::Secret,
        about: "API keys of Checkly",
        source: "Checkly documentation, API authentication",
        examples: &[
            Example("«cu_0000fa4e0000abcd12340000fa4e0000»"),
            Example("KEY: «sv_0000fa4e0000abcd12340000fa4e0000», and more"),
            Example("short cu_0000fa4e0000abcd12340000fa4e000"),
            Example("key=cu_00000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[
            token("cu_", &[exactly(Alphabet::LowerHex, 32)]),
            token("sv_", &[exactly(Alphabet::LowerHex, 32)]),
        ]),
    },
    Detector {
        id: "honeybadger-token",
        group: Group::Secret,
        about: "personal and API tokens of Honeybadger",
        source: "Honeybadger documentation, API keys",
        examples: &[
            Example("key «hbp_FAKEfake0000abcdEXAMPLEFAKEfak»"),
            Example("short hbp_FAKEfake0000abcdEXAMPLEFAKEfa"),
            Example("key=hbp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("hbp_", &[at_least(Alphabet::Alnum, 30)])]),
    },
    Detector {
        id: "rootly-api-key",
        group: Group::Secret,
        about: "API keys of Rootly",
        source: "Rootly documentation, API authentication",
        examples: &[
            Example("\"«rootly_0000fa4e0000abcd12340000fa4e0000abcd12340000fa4e0000abcd1234»\""),
            Example("short rootly_0000fa4e0000abcd12340000fa4e0000abcd12340000fa4e0000abcd123"),
            Example("key=rootly_000000000000000000000000000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[token("rootly_", &[at_least(Alphabet::LowerHex, 60)])]),
    },
    Detector {
        id: "firehydrant-token",
        group: Group::Secret,
        about: "bot tokens and API keys of FireHydrant",
        source: "FireHydrant documentation, API keys",
        examples: &[
            Example("«fhb-0000fa4e0000abcd12340000fa4e0000»"),
            Example("short fhb-0000fa4e0000abcd12340000fa4e000"),
            Example("key=fhb-00000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[token("fhb-", &[exactly(Alphabet::LowerHex, 32)])]),
    },
    Detector {
        id: "pagerduty-integration-url",
        group: Group::Secret,
        about: "addresses of PagerDuty integrations",
        source: "PagerDuty documentation, Events API v1",
        examples: &[
            Example(concat!(
                "out\\n«events.pagerduty.com/integration/FAKEfake0000abcdEXAMPLEFAKEfake0/enq",
                "ueue»\\n"
            )),
            Example("short events.pagerduty.com/integration/FAKEfake0000abcdEXAMPLEFAKEfake/enqueue"),
            Example("key=events.pagerduty.com/integration/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx/enqueue"),
        ],
        rule: Rule::Tokens(&[token(
            "events.pagerduty.com/integration/",
            &[exactly(Alphabet::Alnum, 32), Piece::Text("/enqueue")],
        )]),
    },
    Detector {
        id: "better-stack-heartbeat",
        group: Group::Secret,
        about: "addresses of heartbeats of Better Stack",
        source: "Better Stack documentation, Cron and heartbeat monitor",
        examples: &[
            Example("'«uptime.betterstack.com/api/v1/heartbeat/FAKEfake0000abcdEXAM»'"),
            Example("key «betteruptime.com/api/v1/heartbeat/FAKEfake0000abcdEXAM»"),
            Example("short uptime.betterstack.com/api/v1/heartbeat/FAKEfake0000abcdEXA"),
            Example("key=uptime.betterstack.com/api/v1/heartbeat/xxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("uptime.betterstack.com/api/v1/heartbeat/", &[at_least(Alphabet::Alnum, 20)]),
            token("betteruptime.com/api/v1/heartbeat/", &[at_least(Alphabet::Alnum, 20)]),
        ]),
    },
    Detector {
        id: "metabase-api-key",
        group: Group::Secret,
        about: "API keys of Metabase",
        source: "Metabase documentation, API keys",
        examples: &[
            Example("«mb_FAKEfake0000abcd+EXAMPLEFAKEfake0000abcd+EX=»"),
            Example("\"«mb_FAKEfake0000abcd+EXAMPLEFAKEfake0000abcd+EX»\""),
            Example("short mb_FAKEfake0000abcd+EXAMPLEFAKEfake0000abcd+E="),
            Example("key=mb_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx="),
        ],
        rule: Rule::Tokens(&[
            token("mb_", &[exactly(Alphabet::Base64, 43), Piece::Text("=")]),
            token("mb_", &[exactly(Alphabet::Base64, 43)]),
        ]),
    },
];
