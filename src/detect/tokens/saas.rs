//! Tokens of services in which work is planned, written down and stored.
//!
//! Must not know how tokens are found.

use super::{Piece, at_least, exactly, token, tokens};
use crate::detect::registry::{Detector, Example, Group, Rule};
use crate::detect::text::Alphabet;

pub(in crate::detect) const SHELF: &[Detector] = &[
    Detector {
        id: "airtable-token",
        group: Group::Secret,
        about: "personal access tokens of Airtable",
        source: "Airtable documentation, Personal access tokens",
        examples: &[
            Example(concat!(
                "«patFAKEfake0000ab.0000fa4e0000abcd12340000fa4e0000abcd12340000fa4e0000abcd1",
                "2340000»"
            )),
            Example(concat!(
                "short patFAKEfake0000ab.0000fa4e0000abcd12340000fa4e0000abcd12340000fa4e0000",
                "abcd1234000"
            )),
            Example(concat!(
                "key=pat00000000000000.000000000000000000000000000000000000000000000000000000",
                "0000000000"
            )),
        ],
        rule: Rule::Tokens(&[token(
            "pat",
            &[exactly(Alphabet::Alnum, 14), Piece::Text("."), exactly(Alphabet::LowerHex, 64)],
        )]),
    },
    Detector {
        id: "linear-token",
        group: Group::Secret,
        about: "API keys, OAuth tokens and webhook secrets of Linear",
        source: "Linear developer documentation, API keys",
        examples: &[
            Example("\"«lin_api_FAKEfake0000abcdEXAMPLEFAKEfak»\""),
            Example("'«lin_wh_FAKEfake0000abcdEXAMPLEFAKEfak»'"),
            Example("short lin_api_FAKEfake0000abcdEXAMPLEFAKEfa"),
            Example("key=lin_api_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&tokens(["lin_api_", "lin_oauth_", "lin_wh_"], &[at_least(Alphabet::Alnum, 30)])),
    },
    Detector {
        id: "clickup-token",
        group: Group::Secret,
        about: "personal tokens of ClickUp",
        source: "ClickUp API documentation, Authentication",
        examples: &[
            Example("KEY: «pk_01234_FAKE0000ABCDEXAMPLEFAKE0000ABCDE», and more"),
            Example("short pk_01234_FAKE0000ABCDEXAMPLEFAKE0000ABCD"),
            Example("key=pk_00000_00000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[token(
            "pk_",
            &[Piece::Run(Alphabet::Digit, 5, 12), Piece::Text("_"), exactly(Alphabet::Upper, 32)],
        )]),
    },
    Detector {
        id: "trello-token",
        group: Group::Secret,
        about: "tokens of Trello",
        source: "Atlassian developer documentation, Trello REST API, Authorization",
        examples: &[
            Example("«ATTA0000Fa4e0000abcd12340000Fa4e0000abcd12340000Fa4e0000abcd1234»"),
            Example("short ATTA0000Fa4e0000abcd12340000Fa4e0000abcd12340000Fa4e0000abcd123"),
            Example("key=ATTA000000000000000000000000000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[token("ATTA", &[at_least(Alphabet::Hex, 60)])]),
    },
    Detector {
        id: "notion-token",
        group: Group::Secret,
        about: "integration tokens of Notion",
        source: "Notion developer documentation, Authorization",
        examples: &[
            Example("'«ntn_FAKEfake0000abcdEXAMPLEFAKEfake0000abcdE»'"),
            Example("key «secret_FAKEfake0000abcdEXAMPLEFAKEfake0000abcdEXAM»"),
            Example("short ntn_FAKEfake0000abcdEXAMPLEFAKEfake0000abcd"),
            Example("key=ntn_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("ntn_", &[Piece::Run(Alphabet::Alnum, 40, 50)]),
            token("secret_", &[exactly(Alphabet::Alnum, 43)]),
        ]),
    },
    Detector {
        id: "intercom-access-token",
        group: Group::Secret,
        about: "access tokens of Intercom",
        source: "Intercom developer documentation, Authentication",
        examples: &[
            Example("(«dG9rOFAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EXAMPLEFA»)"),
            Example("short dG9rOFAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EXAMPLEF"),
            Example("key=dG9rOxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("dG9rO", &[at_least(Alphabet::Token68, 50)])]),
    },
    Detector {
        id: "hubspot-token",
        group: Group::Secret,
        about: "private app tokens and personal access keys of HubSpot",
        source: "HubSpot developer documentation, Private apps; Personal access key",
        examples: &[
            Example("«pat-fak-0000fa4e-0000-abcd-1234-00000000fa4e»"),
            Example("KEY: «CiRhcDEtFAKEfake0000abcd_EXAMPLEFAKEfake0000abcd», and more"),
            Example("short pat-fak-0000fa4e-0000-abcd-1234-00000000fa4"),
            Example("key=pat-000-000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[
            token("pat-", &[exactly(Alphabet::Lower, 3), Piece::Text("-"), exactly(Alphabet::HexDash, 36)]),
            token("CiRuYTEt", &[at_least(Alphabet::Token68, 40)]),
            token("CiRuYTIt", &[at_least(Alphabet::Token68, 40)]),
            token("CiRuYTMt", &[at_least(Alphabet::Token68, 40)]),
            token("CiRldTEt", &[at_least(Alphabet::Token68, 40)]),
            token("CiRhcDEt", &[at_least(Alphabet::Token68, 40)]),
        ]),
    },
    Detector {
        id: "salesforce-token",
        group: Group::Secret,
        about: "consumer keys and refresh tokens of Salesforce",
        source: "Salesforce help, Connected apps; OAuth tokens and scopes",
        examples: &[
            Example("key «3MVGFAKE.0000_abcd-EXAMPLEFAKE.0000_abcd-EXAMPLEFAKE.0000_abcd-E»"),
            Example("out\\n«5Aep861FAKE.0000_abcd-EXAMPLEFAKE.0000_abcd-EXAMPLEFAKE.0000_abcd-E»\\n"),
            Example("short 3MVGFAKE.0000_abcd-EXAMPLEFAKE.0000_abcd-EXAMPLEFAKE.0000_abcd-"),
            Example("key=3MVGxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("3MVG", &[at_least(Alphabet::Dotted, 60)]),
            token("5Aep861", &[at_least(Alphabet::Dotted, 60)]),
        ]),
    },
    Detector {
        id: "salesforce-org-id",
        group: Group::Secret,
        about: "ids of organisations at Salesforce, with which its sessions begin",
        source: "Salesforce developer documentation, ID field type",
        examples: &[
            Example("\"«00DFAKEfake0000a»\""),
            Example("short 00DFAKEfake0000"),
            Example("key=00Dxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("00D", &[Piece::Run(Alphabet::Alnum, 13, 15)])]),
    },
    Detector {
        id: "zoho-token",
        group: Group::Secret,
        about: "tokens of Zoho",
        source: "Zoho accounts documentation, OAuth 2.0 tokens",
        examples: &[
            Example("grant «1000.0000fa4e0000abcd12340000fa4e0000.0000fa4e0000abcd12340000fa4e0000»"),
            Example("short 1000.0000fa4e0000abcd12340000fa4e0000.0000fa4e0000abcd12340000fa4e000"),
            Example("key=1000.00000000000000000000000000000000.00000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[token(
            "1000.",
            &[exactly(Alphabet::LowerHex, 32), Piece::Text("."), exactly(Alphabet::LowerHex, 32)],
        )]),
    },
    Detector {
        id: "close-api-key",
        group: Group::Secret,
        about: "API keys of Close",
        source: "Close API documentation, Authentication",
        examples: &[
            Example("out\\n«api_FAKEfake0000abcdEXAMPL.FAKEfake0000abcdEXAMPL»\\n"),
            Example("short api_FAKEfake0000abcdEXAMPL.FAKEfake0000abcdEXAMP"),
            Example("key=api_xxxxxxxxxxxxxxxxxxxxxx.xxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token(
            "api_",
            &[exactly(Alphabet::Alnum, 22), Piece::Text("."), exactly(Alphabet::Alnum, 22)],
        )]),
    },
    Detector {
        id: "dropbox-token",
        group: Group::Secret,
        about: "short-lived access tokens of Dropbox",
        source: "Dropbox developer documentation, OAuth guide",
        examples: &[
            Example("'«sl.FAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EXAMPLEFAKEfake0000»'"),
            Example("short sl.FAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EXAMPLEFAKEfake000"),
            Example("key=sl.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("sl.", &[at_least(Alphabet::Token68, 60)])]),
    },
    Detector {
        id: "calcom-api-key",
        group: Group::Secret,
        about: "API keys of Cal.com",
        source: "Cal.com documentation, API keys",
        examples: &[
            Example("«cal_live_0000fa4e0000abcd12340000fa4e0000»"),
            Example("\"«cal_0000fa4e0000abcd12340000fa4e0000»\""),
            Example("short cal_live_0000fa4e0000abcd12340000fa4e000"),
            Example("key=cal_live_00000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&tokens(["cal_live_", "cal_test_", "cal_"], &[at_least(Alphabet::LowerHex, 32)])),
    },
    Detector {
        id: "savvycal-token",
        group: Group::Secret,
        about: "tokens of SavvyCal",
        source: "SavvyCal developer documentation, Authentication",
        examples: &[
            Example("--key=«pt_secret_FAKEfake0000abcdEXAM» -v"),
            Example("short pt_secret_FAKEfake0000abcdEXA"),
            Example("key=pt_secret_xxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("pt_secret_", &[at_least(Alphabet::Alnum, 20)])]),
    },
    Detector {
        id: "basecamp-token",
        group: Group::Secret,
        about: "access tokens of Basecamp",
        source: "Basecamp API documentation, Authentication",
        examples: &[
            Example("key «BAhbB0kiFAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EXAMPLEFAKEfake0000»"),
            Example("out\\n«BAhbCEkiFAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EXAMPLEFAKEfake0000»\\n"),
            Example("short BAhbB0kiFAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EXAMPLEFAKEfake000"),
            Example("key=BAhbB0kixxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("BAhbB0ki", &[at_least(Alphabet::Token68, 60)]),
            token("BAhbCEki", &[at_least(Alphabet::Token68, 60)]),
        ]),
    },
    Detector {
        id: "plain-api-key",
        group: Group::Secret,
        about: "API keys of Plain",
        source: "Plain documentation, API keys",
        examples: &[
            Example("«plainApiKey_FAKE0000-abcd_EXAMPLEFAKE0000-»"),
            Example("short plainApiKey_FAKE0000-abcd_EXAMPLEFAKE0000"),
            Example("key=plainApiKey_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("plainApiKey_", &[at_least(Alphabet::WordDash, 30)])]),
    },
    Detector {
        id: "pylon-api-token",
        group: Group::Secret,
        about: "API tokens of Pylon",
        source: "Pylon API documentation, Authentication",
        examples: &[
            Example(concat!(
                "KEY: «pylon_api_0000fa4e0000abcd12340000fa4e0000abcd12340000fa4e0000abcd1234",
                "», and more"
            )),
            Example("short pylon_api_0000fa4e0000abcd12340000fa4e0000abcd12340000fa4e0000abcd123"),
            Example("key=pylon_api_000000000000000000000000000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[token("pylon_api_", &[at_least(Alphabet::LowerHex, 60)])]),
    },
    Detector {
        id: "salesloft-api-key",
        group: Group::Secret,
        about: "API keys of Salesloft",
        source: "Salesloft developer documentation, API keys",
        examples: &[
            Example("out\\n«v2_ak_FAKE0000-abcd_EXAMPL»\\n"),
            Example("short v2_ak_FAKE0000-abcd_EXAMP"),
            Example("key=v2_ak_xxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("v2_ak_", &[at_least(Alphabet::WordDash, 20)])]),
    },
];
