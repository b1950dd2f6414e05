//! Tokens of maps, pictures, films, music and games.
//!
//! Must not know how tokens are found.

use super::{Piece, at_least, between, exactly, token, tokens};
use crate::detect::registry::{Detector, Example, Group, Rule};
use crate::detect::text::Alphabet;

pub(in crate::detect) const SHELF: &[Detector] = &[
    Detector {
        id: "arcgis-api-key",
        group: Group::Secret,
        about: "API keys of ArcGIS",
        source: "ArcGIS developer documentation, API key authentication",
        examples: &[
            Example("«AAPKFAKE.0000_abcd-EXAMPLEFAKE.0000_abcd-EXAMPLEFAKE.0000_abcd-E»"),
            Example("out\\n«AAPTFAKE.0000_abcd-EXAMPLEFAKE.0000_abcd-EXAMPLEFAKE.0000_abcd-E»\\n"),
            Example("short AAPKFAKE.0000_abcd-EXAMPLEFAKE.0000_abcd-EXAMPLEFAKE.0000_abcd-"),
            Example("key=AAPKxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("AAPK", &[at_least(Alphabet::Dotted, 60)]),
            token("AAPT", &[at_least(Alphabet::Dotted, 60)]),
        ]),
    },
    Detector {
        id: "foursquare-api-key",
        group: Group::Secret,
        about: "API keys of Foursquare",
        source: "Foursquare developer documentation, Authentication",
        examples: &[
            Example("\"«fsq3FAKEfake0000abcd_EXAMPLEFAKEfake0000abcd»\""),
            Example("short fsq3FAKEfake0000abcd_EXAMPLEFAKEfake0000abc"),
            Example("key=fsq3xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("fsq3", &[at_least(Alphabet::Token68, 40)])]),
    },
    Detector {
        id: "locationiq-token",
        group: Group::Secret,
        about: "tokens of LocationIQ",
        source: "LocationIQ documentation, Authentication",
        examples: &[
            Example("KEY: «pk.0000fa4e0000abcd12340000fa4e0000», and more"),
            Example("short pk.0000fa4e0000abcd12340000fa4e000"),
            Example("key=pk.00000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[token("pk.", &[exactly(Alphabet::LowerHex, 32)])]),
    },
    Detector {
        id: "frame-io-token",
        group: Group::Secret,
        about: "tokens of Frame.io",
        source: "Frame.io developer documentation, Developer tokens",
        examples: &[
            Example("«fio-u-FAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EXAMPLEFAKEfake0000»"),
            Example("short fio-u-FAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EXAMPLEFAKEfake000"),
            Example("key=fio-u-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("fio-", &[Piece::OneOf(&["u-", "v-"]), at_least(Alphabet::Token68, 60)])]),
    },
    Detector {
        id: "soundcloud-token",
        group: Group::Secret,
        about: "OAuth tokens of SoundCloud",
        source: "SoundCloud API documentation, Authentication",
        examples: &[
            Example("'«2-01234-0123-FAKE0000-abcd_»'"),
            Example("short 2-01234-0123-FAKE0000-abcd"),
            Example("key=2-00000-0000-00000000000000"),
        ],
        rule: Rule::Tokens(&[token(
            "2-",
            &[
                Piece::Run(Alphabet::Digit, 5, 7),
                Piece::Text("-"),
                Piece::Run(Alphabet::Digit, 4, 12),
                Piece::Text("-"),
                at_least(Alphabet::WordDash, 14),
            ],
        )]),
    },
    Detector {
        id: "spotify-access-token",
        group: Group::Secret,
        about: "access tokens of Spotify",
        source: "Spotify for Developers, Access token",
        examples: &[
            Example(concat!(
                "(«BQAFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFAKE0000",
                "-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFAKE0000-abcd_E»)"
            )),
            Example(concat!(
                "\"«BQDFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFAKE000",
                "0-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFAKE0000-abcd_E»\""
            )),
            Example(concat!(
                "short BQAFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFAKE",
                "0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFAKE0000-abcd_"
            )),
            Example(concat!(
                "key=BQAxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            )),
        ],
        rule: Rule::Tokens(&tokens(["BQA", "BQB", "BQC", "BQD"], &[at_least(Alphabet::WordDash, 120)])),
    },
    Detector {
        id: "roblox-session",
        group: Group::Secret,
        about: "session cookies of Roblox",
        source: "Roblox help, account security",
        examples: &[
            Example(concat!(
                "«DO-NOT-SHARE-THIS.FAKE.0000_abcd-EXAMPLEFAKE.0000_abcd-EXA|_FAKEfake0000abc",
                "dEXAMPLEFAKEfake0000abcdEXAMPLEFAKEfake0000abcdEXAMPLEFAKEfake0000abcdEXAMPL",
                "EFAKEfake»"
            )),
            Example(concat!(
                "short DO-NOT-SHARE-THIS.FAKE.0000_abcd-EXAMPLEFAKE.0000_abcd-EXA|_FAKEfake00",
                "00abcdEXAMPLEFAKEfake0000abcdEXAMPLEFAKEfake0000abcdEXAMPLEFAKEfake0000abcdE",
                "XAMPLEFAKEfak"
            )),
            Example(concat!(
                "key=DO-NOT-SHARE-THIS.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|_xxxxxxxxxxxx",
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "xxxxxxxxxxxx"
            )),
        ],
        rule: Rule::Tokens(&[token(
            "DO-NOT-SHARE-THIS.",
            &[at_least(Alphabet::Dotted, 40), Piece::Text("|_"), at_least(Alphabet::Alnum, 100)],
        )]),
    },
    Detector {
        id: "riot-api-key",
        group: Group::Secret,
        about: "API keys of Riot Games",
        source: "Riot developer portal, API keys",
        examples: &[
            Example("key «RGAPI-0000fa4e-0000-abcd-1234-00000000fa4e»"),
            Example("short RGAPI-0000fa4e-0000-abcd-1234-00000000fa4"),
            Example("key=RGAPI-000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[token("RGAPI-", &[exactly(Alphabet::HexDash, 36)])]),
    },
    Detector {
        id: "lichess-token",
        group: Group::Secret,
        about: "personal tokens of Lichess",
        source: "Lichess API documentation, Authentication",
        examples: &[
            Example("\"«lip_FAKEfake0000abcd»\""),
            Example("'«lio_FAKEfake0000abcd»'"),
            Example("short lip_FAKEfake0000abc"),
            Example("key=lip_xxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("lip_", &[at_least(Alphabet::Alnum, 16)]),
            token("lio_", &[at_least(Alphabet::Alnum, 16)]),
        ]),
    },
    Detector {
        id: "cfx-licence-key",
        group: Group::Secret,
        about: "licence keys of servers of Cfx.re",
        source: "Cfx.re documentation, Registering a server key",
        examples: &[
            Example("sv_licenseKey «cfxk_FAKE0000abcdFAKE0000_FAKE00» x"),
            Example("cfxk_FAKE0000abcdFAKE000"),
            Example("sv_licenseKey cfxk_the_key_of_the_server_from_the_portal"),
        ],
        rule: Rule::Tokens(&[token("cfxk_", &[between(Alphabet::WordDash, 20, 100)])]),
    },
];
