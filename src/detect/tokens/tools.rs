//! Tokens of services that programs are put together from.
//!
//! Must not know how tokens are found.

use super::{Piece, at_least, exactly, token, tokens};
use crate::detect::registry::{Detector, Example, Group, Rule};
use crate::detect::text::Alphabet;

pub(in crate::detect) const SHELF: &[Detector] = &[
    Detector {
        id: "zuplo-api-key",
        group: Group::Secret,
        about: "API keys of consumers behind Zuplo",
        source: "Zuplo documentation, API key format",
        examples: &[
            Example("«zpka_FAKE0000_abcdEXAMPLEFAKE0000_abc»"),
            Example("short zpka_FAKE0000_abcdEXAMPLEFAKE0000_ab"),
            Example("key=zpka_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("zpka_", &[at_least(Alphabet::Word, 32)])]),
    },
    Detector {
        id: "unkey-root-key",
        group: Group::Secret,
        about: "root keys of Unkey",
        source: "Unkey documentation, Root keys",
        examples: &[
            Example("\"«unkey_FAKEfake0000abcdEXAM»\""),
            Example("short unkey_FAKEfake0000abcdEXA"),
            Example("key=unkey_xxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("unkey_", &[at_least(Alphabet::Alnum, 20)])]),
    },
    Detector {
        id: "retool-api-token",
        group: Group::Secret,
        about: "API tokens of Retool",
        source: "Retool documentation, API authentication",
        examples: &[
            Example("KEY: «retool_fake0000abcdexamplefake0», and more"),
            Example("short retool_fake0000abcdexamplefake"),
            Example("key=retool_xxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("retool_", &[at_least(Alphabet::Lower, 24)])]),
    },
    Detector {
        id: "workato-api-token",
        group: Group::Secret,
        about: "API tokens of Workato",
        source: "Workato documentation, API clients",
        examples: &[
            Example("«wrkaus-FAKE.0000_abcd-EXAMPLEFAKE.0000_abcd-EXA»"),
            Example("--key=«wrkaau-FAKE.0000_abcd-EXAMPLEFAKE.0000_abcd-EXA» -v"),
            Example("short wrkaus-FAKE.0000_abcd-EXAMPLEFAKE.0000_abcd-EX"),
            Example("key=wrkaus-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&tokens(
            ["wrkaus-", "wrkaeu-", "wrkajp-", "wrkasg-", "wrkaau-"],
            &[at_least(Alphabet::Dotted, 40)],
        )),
    },
    Detector {
        id: "settlemint-token",
        group: Group::Secret,
        about: "access tokens of SettleMint",
        source: "SettleMint documentation, Access tokens",
        examples: &[
            Example("'«sm_aat_FAKEfake0000abcd»'"),
            Example("key «sm_sat_FAKEfake0000abcd»"),
            Example("short sm_aat_FAKEfake0000abc"),
            Example("key=sm_aat_xxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&tokens(["sm_aat_", "sm_pat_", "sm_sat_"], &[exactly(Alphabet::Alnum, 16)])),
    },
    Detector {
        id: "apify-token",
        group: Group::Secret,
        about: "API tokens of Apify",
        source: "Apify documentation, API tokens",
        examples: &[
            Example("(«apify_api_FAKEfake0000abcdEXAMPLEFAKEfak»)"),
            Example("short apify_api_FAKEfake0000abcdEXAMPLEFAKEfa"),
            Example("key=apify_api_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("apify_api_", &[at_least(Alphabet::Alnum, 30)])]),
    },
    Detector {
        id: "adafruit-io-key",
        group: Group::Secret,
        about: "keys of Adafruit IO",
        source: "Adafruit IO documentation, API keys",
        examples: &[
            Example("«aio_FAKEfake0000abcdEXAMPLEFAKEf»"),
            Example("short aio_FAKEfake0000abcdEXAMPLEFAKE"),
            Example("key=aio_xxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("aio_", &[exactly(Alphabet::Alnum, 28)])]),
    },
    Detector {
        id: "ubidots-token",
        group: Group::Secret,
        about: "API keys and tokens of Ubidots",
        source: "Ubidots documentation, API credentials",
        examples: &[
            Example("key «BBFF-FAKEfake0000abcdEXAMPLEFAKEf»"),
            Example("out\\n«BBAA-FAKEfake0000abcdEXAMPLEFAKEf»\\n"),
            Example("short BBFF-FAKEfake0000abcdEXAMPLEFAKE"),
            Example("key=BBFF-xxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&tokens(["BBFF-", "BBUS-", "BBAA-"], &[at_least(Alphabet::Alnum, 28)])),
    },
    Detector {
        id: "samsara-api-token",
        group: Group::Secret,
        about: "API tokens of Samsara",
        source: "Samsara developer documentation, Authentication",
        examples: &[
            Example("\"«samsara_api_FAKEfake0000abcdEXAMPLEFAKEf»\""),
            Example("short samsara_api_FAKEfake0000abcdEXAMPLEFAKE"),
            Example("key=samsara_api_xxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("samsara_api_", &[at_least(Alphabet::Alnum, 28)])]),
    },
    Detector {
        id: "infracost-api-key",
        group: Group::Secret,
        about: "API keys of Infracost",
        source: "Infracost documentation, API keys",
        examples: &[
            Example("«ico-FAKEfake0000abcdEXAMPLEFAKEfake0»"),
            Example("short ico-FAKEfake0000abcdEXAMPLEFAKEfake"),
            Example("key=ico-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("ico-", &[exactly(Alphabet::Alnum, 32)])]),
    },
    Detector {
        id: "defined-networking-token",
        group: Group::Secret,
        about: "API tokens of Defined Networking",
        source: "Defined Networking documentation, API tokens",
        examples: &[
            Example("out\\n«dnkey-FAKE0000-abcd_EXAMPLEFAKE0»\\n"),
            Example("«dnkey-fake0000-abcd_example=fake-fake0000-abcd_example=fake0000-abcd_example=fake0000»"),
            Example("short dnkey-FAKE0000-abcd_EXAMPLEFAKE"),
            Example("key=dnkey-xxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("dnkey-", &[at_least(Alphabet::WordDash, 26)]),
            token("dnkey-", &[exactly(Alphabet::Token68, 26), Piece::Text("-"), exactly(Alphabet::Token68, 52)]),
        ]),
    },
    Detector {
        id: "nkey-seed",
        group: Group::Secret,
        about: "seeds of NATS nkeys and accounts",
        source: "NATS documentation, NKeys",
        examples: &[
            Example("'«SAAFAKE2222ABCDEXAMPLEFAKE2222ABCDEXAMPLEFAKE2222ABCDEXAMP»'"),
            Example("key «SXAFAKE2222ABCDEXAMPLEFAKE2222ABCDEXAMPLEFAKE2222ABCDEXAMP»"),
            Example("short SAAFAKE2222ABCDEXAMPLEFAKE2222ABCDEXAMPLEFAKE2222ABCDEXAM"),
            Example("key=SAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
        ],
        rule: Rule::Tokens(&tokens(["SAA", "SUA", "SOA", "SNA", "SCA", "SXA"], &[exactly(Alphabet::Base32, 55)])),
    },
    Detector {
        id: "hex-api-token",
        group: Group::Secret,
        about: "API tokens of Hex",
        source: "Hex documentation, API authentication",
        examples: &[
            Example("«hxtp_0000fa4e0000abcd12340000fa4e0000abcd12340000fa4e0000abcd12340000»"),
            Example("\"«hxtw_0000fa4e0000abcd12340000fa4e0000abcd12340000fa4e0000abcd12340000»\""),
            Example("short hxtp_0000fa4e0000abcd12340000fa4e0000abcd12340000fa4e0000abcd1234000"),
            Example("key=hxtp_0000000000000000000000000000000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[
            token("hxtp_", &[at_least(Alphabet::LowerHex, 64)]),
            token("hxtw_", &[at_least(Alphabet::LowerHex, 64)]),
        ]),
    },
    Detector {
        id: "n8n-api-key",
        group: Group::Secret,
        about: "API keys of n8n",
        source: "n8n documentation, API authentication",
        examples: &[
            Example("X-N8N-API-KEY: «n8n_api_0000fa4e0000abcd12340000fa4e0000abcd1234»"),
            Example("n8n_api_0000fa4e0000abcd12340000fa4e0000abcd123"),
            Example("n8n_api_0000000000000000000000000000000000000000 and n8n_api_key_of_the_instance_in_production"),
        ],
        rule: Rule::Tokens(&[token("n8n_api_", &[exactly(Alphabet::LowerHex, 40)])]),
    },
    Detector {
        id: "the-things-stack-api-key",
        group: Group::Secret,
        about: "API keys of The Things Stack",
        source: "The Things Stack documentation, API keys",
        examples: &[
            Example(concat!(
                "Bearer «NNSXS.FAKE2222ABCDEXAMPLEFAKE2222ABCDEXAMPLEF.FAKE2222ABCDEXAMPLEFAKE2222ABCDEX",
                "AMPLEFAKE2222ABCDEX»"
            )),
            Example("NNSXS.FAKE2222ABCDEXAMPLEFAKE2222ABCDEXAMPLEF.FAKE2222ABCDEXAMPLE"),
            Example(
                "NNSXS.XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX.XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX",
            ),
        ],
        rule: Rule::Tokens(&[token(
            "NNSXS.",
            &[exactly(Alphabet::Base32, 39), Piece::Text("."), exactly(Alphabet::Base32, 52)],
        )]),
    },
    Detector {
        id: "wakatime-api-key",
        group: Group::Secret,
        about: "API keys of WakaTime",
        source: "WakaTime API documentation, Authentication",
        examples: &[
            Example("wakatime --key «waka_0000fa4e-0000-abcd-1234-00000000fa4e»"),
            Example("waka_0000fa4e-0000-abcd-1234-00000000fa4"),
            Example("waka_00000000-0000-0000-0000-000000000000"),
        ],
        rule: Rule::Tokens(&[token("waka_", &[exactly(Alphabet::HexDash, 36)])]),
    },
    Detector {
        id: "gc-notify-api-key",
        group: Group::Secret,
        about: "API keys of GC Notify: a name, a service and a secret",
        source: "GC Notify API documentation, API keys",
        examples: &[
            Example("«gcntfy-fake-0000fa4e-0000-abcd-1234-00000000fa4e-0000fa4e-0000-abcd-1234-00000000fa4e»"),
            Example("gcntfy-fake-0000fa4e-0000-abcd-1234-00000000fa4e"),
        ],
        rule: Rule::Tokens(&[token("gcntfy-", &[at_least(Alphabet::WordDash, 74)])]),
    },
    Detector {
        id: "scrapfly-api-key",
        group: Group::Secret,
        about: "API keys of Scrapfly",
        source: "Scrapfly documentation, Web scraping API",
        examples: &[
            Example("?key=«scp-live-0000fa4e0000abcd12340000fa4e0000»&url=x"),
            Example("scp-test-0000fa4e0000abcd12340000fa4e000"),
            Example("scp-live-00000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&tokens(["scp-live-", "scp-test-"], &[exactly(Alphabet::LowerHex, 32)])),
    },
    Detector {
        id: "fleetbase-api-key",
        group: Group::Secret,
        about: "API keys of Fleetbase",
        source: "Fleetbase API reference, Authentication",
        examples: &[
            Example("Bearer «flb_live_FAKE0000abcdFAKE0000»"),
            Example("flb_live_FAKE0000abcdFAKE000"),
            Example("flb_live_xxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&tokens(["flb_live_", "flb_test_"], &[exactly(Alphabet::Alnum, 20)])),
    },
    Detector {
        id: "fullstory-api-key",
        group: Group::Secret,
        about: "API keys of FullStory",
        source: "FullStory developer documentation, Authentication",
        examples: &[
            Example(concat!(
                "Basic «na1.FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcd",
                "FAKE0000abcdFAKE0000abcdFAKE»"
            )),
            Example("na1.FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcd"),
        ],
        rule: Rule::Tokens(&tokens(["na1.", "eu1."], &[exactly(Alphabet::Base64, 100)])),
    },
];
