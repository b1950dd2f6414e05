//! Keys of those who sell goods and send them.
//!
//! Must not know how tokens are found.

use super::{Piece, at_least, exactly, token, tokens};
use crate::detect::registry::{Detector, Example, Group, Rule};
use crate::detect::text::Alphabet;

pub(in crate::detect) const SHELF: &[Detector] = &[
    Detector {
        id: "lob-api-key",
        group: Group::Secret,
        about: "secret and publishable keys of Lob",
        source: "Lob documentation, API keys",
        examples: &[
            Example("«live_0000fa4e0000abcd12340000fa4e0000abc»"),
            Example("out\\n«test_pub_0000fa4e0000abcd12340000fa4e000»\\n"),
            Example("short live_0000fa4e0000abcd12340000fa4e0000ab"),
            Example("key=live_00000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[
            token("live_", &[exactly(Alphabet::LowerHex, 35)]),
            token("test_", &[exactly(Alphabet::LowerHex, 35)]),
            token("live_pub_", &[exactly(Alphabet::LowerHex, 31)]),
            token("test_pub_", &[exactly(Alphabet::LowerHex, 31)]),
        ]),
    },
    Detector {
        id: "shopify-token",
        group: Group::Secret,
        about: "access tokens and secrets of Shopify apps, and of its partners",
        source: "Shopify developer documentation, Access tokens",
        examples: &[
            Example("\"«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»\""),
            Example("'«shpit_0000Fa4e0000abcd12340000Fa4e0000»'"),
            Example("«shprt_0000fa4e0000abcd12340000fa4e0000»"),
            Example("key «atkn_0000fa4e0000abcd12340000fa4e0000abcd12340000fa4e0000abcd12340000»"),
            Example("X-Shopify-Access-Token: «prtapi_0000fa4e0000abcd12340000fa4e0000»"),
            Example("short atkn_0000fa4e0000abcd12340000fa4e0000abcd12340000fa4e0000abcd1234000"),
            Example("short shpat_0000Fa4e0000abcd12340000Fa4e000"),
            Example("key=shpat_00000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[
            token("shpat_", SHOPIFY),
            token("shpca_", SHOPIFY),
            token("shppa_", SHOPIFY),
            token("shpss_", SHOPIFY),
            token("shptka_", SHOPIFY),
            token("shpua_", SHOPIFY),
            token("shpct_", SHOPIFY),
            token("shpit_", SHOPIFY),
            token("shprt_", SHOPIFY),
            token("atkn_", &[exactly(Alphabet::LowerHex, 64)]),
            token("prtapi_", &[exactly(Alphabet::LowerHex, 32)]),
        ]),
    },
    Detector {
        id: "woocommerce-key",
        group: Group::Secret,
        about: "consumer keys and secrets of WooCommerce",
        source: "WooCommerce REST API documentation, Authentication",
        examples: &[
            Example("KEY: «ck_0000fa4e0000abcd12340000fa4e0000abcd1234», and more"),
            Example("(«cs_0000fa4e0000abcd12340000fa4e0000abcd1234»)"),
            Example("short ck_0000fa4e0000abcd12340000fa4e0000abcd123"),
            Example("key=ck_0000000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[
            token("ck_", &[exactly(Alphabet::LowerHex, 40)]),
            token("cs_", &[exactly(Alphabet::LowerHex, 40)]),
        ]),
    },
    Detector {
        id: "easypost-api-key",
        group: Group::Secret,
        about: "API keys of EasyPost",
        source: "EasyPost documentation, Authentication",
        examples: &[
            Example("«EZAKFAKEfake0000abcdEXAMPLEFAKEfake0000abcdEXAMPLEFAKEfake»"),
            Example("--key=«EZTKFAKEfake0000abcdEXAMPLEFAKEfake0000abcdEXAMPLEFAKEfake» -v"),
            Example("short EZAKFAKEfake0000abcdEXAMPLEFAKEfake0000abcdEXAMPLEFAKEfak"),
            Example("key=EZAKxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("EZAK", &[exactly(Alphabet::Alnum, 54)]),
            token("EZTK", &[exactly(Alphabet::Alnum, 54)]),
        ]),
    },
    Detector {
        id: "shippo-api-token",
        group: Group::Secret,
        about: "API tokens of Shippo",
        source: "Shippo documentation, Authentication",
        examples: &[
            Example("'«shippo_live_0000fa4e0000abcd12340000fa4e0000abcd1234»'"),
            Example("key «shippo_test_0000fa4e0000abcd12340000fa4e0000abcd1234»"),
            Example("short shippo_live_0000fa4e0000abcd12340000fa4e0000abcd123"),
            Example("key=shippo_live_0000000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[
            token("shippo_live_", &[exactly(Alphabet::LowerHex, 40)]),
            token("shippo_test_", &[exactly(Alphabet::LowerHex, 40)]),
        ]),
    },
    Detector {
        id: "duffel-access-token",
        group: Group::Secret,
        about: "access tokens of Duffel",
        source: "Duffel documentation, Making requests",
        examples: &[
            Example("(«duffel_live_FAKEfake0000abcd_EXAMPLEFAKEfake0000abcd»)"),
            Example("\"«duffel_test_FAKEfake0000abcd_EXAMPLEFAKEfake0000abcd»\""),
            Example("short duffel_live_FAKEfake0000abcd_EXAMPLEFAKEfake0000abc"),
            Example("key=duffel_live_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("duffel_live_", &[at_least(Alphabet::Token68, 40)]),
            token("duffel_test_", &[at_least(Alphabet::Token68, 40)]),
        ]),
    },
    Detector {
        id: "paddle-api-key",
        group: Group::Secret,
        about: "API keys and notification secrets of Paddle",
        source: "Paddle developer documentation, API keys",
        examples: &[
            Example("«pdl_live_apikey_FAKE0000_abcdEXAMPLEFAKE0000_abcdEXAMPLE»"),
            Example("KEY: «pdl_ntfset_fake0000abcdexamplefake000_FAKEfake0000abcd_EXA», and more"),
            Example("short pdl_live_apikey_FAKE0000_abcdEXAMPLEFAKE0000_abcdEXAMPL"),
            Example("key=pdl_live_apikey_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("pdl_live_apikey_", &[at_least(Alphabet::Word, 40)]),
            token("pdl_sdbx_apikey_", &[at_least(Alphabet::Word, 40)]),
            token("pdl_ntfset_", &[exactly(Alphabet::Lower, 26), Piece::Text("_"), at_least(Alphabet::Token68, 20)]),
        ]),
    },
    Detector {
        id: "polar-token",
        group: Group::Secret,
        about: "access tokens of Polar",
        source: "Polar documentation, Access tokens",
        examples: &[
            Example("key «polar_oat_FAKE0000_abcdEXAMPLEFAKE0000_a»"),
            Example("out\\n«polar_cst_FAKE0000_abcdEXAMPLEFAKE0000_a»\\n"),
            Example("short polar_oat_FAKE0000_abcdEXAMPLEFAKE0000_"),
            Example("key=polar_oat_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&tokens(
            ["polar_oat_", "polar_pat_", "polar_at_", "polar_rt_", "polar_whs_", "polar_cs_", "polar_cst_"],
            &[at_least(Alphabet::Word, 30)],
        )),
    },
    Detector {
        id: "secret-key-prefix",
        group: Group::Secret,
        about: "secret keys of services that mark them with sk_ (RevenueCat, IEX Cloud, Clearbit, Plunk, PDFShift)",
        source: "RevenueCat, IEX Cloud and Plunk documentation, API keys",
        examples: &[
            Example("\"«sk_FAKEfake0000abcdEXAMPLEF»\""),
            Example("'«pk_0000fa4e0000abcd12340000fa4e0000abcd12340000fa4e»'"),
            Example("short sk_FAKEfake0000abcdEXAMPLE"),
            Example("key=sk_xxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("sk_", &[at_least(Alphabet::Alnum, 24)]),
            token("Tsk_", &[exactly(Alphabet::LowerHex, 32)]),
            token("Tpk_", &[exactly(Alphabet::LowerHex, 32)]),
            token("pk_", &[exactly(Alphabet::LowerHex, 32)]),
            token("pk_", &[exactly(Alphabet::LowerHex, 48)]),
        ]),
    },
    Detector {
        id: "easyship-token",
        group: Group::Secret,
        about: "API tokens of the sandbox of Easyship",
        source: "Easyship API documentation, Authentication",
        examples: &[
            Example("«sand_FAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EX»"),
            Example("short sand_FAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_E"),
            Example("key=sand_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("sand_", &[Piece::Run(Alphabet::Token68, 43, 44)])]),
    },
    Detector {
        id: "amazon-seller-token",
        group: Group::Secret,
        about: "tokens and secrets of Amazon's marketplace and Login with Amazon",
        source: "Amazon Selling Partner API and MWS documentation",
        examples: &[
            Example("out\\n«amzn.mws.0000fa4e-0000-abcd-1234-00000000fa4e»\\n"),
            Example("--key=«amzn1.application-oa2-client.0000fa4e0000abcd12340000fa4e0000» -v"),
            Example("short amzn.mws.0000fa4e-0000-abcd-1234-00000000fa4"),
            Example("key=amzn.mws.000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[
            token("amzn.mws.", &[exactly(Alphabet::HexDash, 36)]),
            token("amzn1.oa2-cs.v1.", &[exactly(Alphabet::LowerHex, 64)]),
            token("amzn1.application-oa2-client.", &[exactly(Alphabet::LowerHex, 32)]),
        ]),
    },
    Detector {
        id: "ebay-cert-id",
        group: Group::Secret,
        about: "certificate ids of eBay applications",
        source: "eBay developers program, Application keys",
        examples: &[
            Example("'«PRD-0000fa4e0000-0000-0000-0000-0000»'"),
            Example("key «SBX-0000fa4e0000-0000-0000-0000-0000»"),
            Example("short PRD-0000fa4e0000-0000-0000-0000-000"),
            Example("key=PRD-000000000000-0000-0000-0000-0000"),
        ],
        rule: Rule::Tokens(&[
            token(
                "PRD-",
                &[
                    exactly(Alphabet::LowerHex, 12),
                    Piece::Text("-"),
                    exactly(Alphabet::LowerHex, 4),
                    Piece::Text("-"),
                    exactly(Alphabet::LowerHex, 4),
                    Piece::Text("-"),
                    exactly(Alphabet::LowerHex, 4),
                    Piece::Text("-"),
                    exactly(Alphabet::LowerHex, 4),
                ],
            ),
            token(
                "SBX-",
                &[
                    exactly(Alphabet::LowerHex, 12),
                    Piece::Text("-"),
                    exactly(Alphabet::LowerHex, 4),
                    Piece::Text("-"),
                    exactly(Alphabet::LowerHex, 4),
                    Piece::Text("-"),
                    exactly(Alphabet::LowerHex, 4),
                    Piece::Text("-"),
                    exactly(Alphabet::LowerHex, 4),
                ],
            ),
        ]),
    },
    Detector {
        id: "crossmint-api-key",
        group: Group::Secret,
        about: "server and client keys of Crossmint",
        source: "Crossmint documentation, API keys",
        examples: &[
            Example("«sk_production_FAKEfake0000abcdEXAMPLEFAKEfake0000abcdEXAMPLEFAKEfake0000ab»"),
            Example(concat!("\"«ck_development_FAKEfake0000abcdEXAMPLEFAKEfake0000abcdEXAMPLEFAKEfake0000", "ab»\"")),
            Example("short sk_production_FAKEfake0000abcdEXAMPLEFAKEfake0000abcdEXAMPLEFAKEfake0000a"),
            Example("key=sk_production_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&tokens(
            ["sk_production_", "sk_staging_", "sk_development_", "ck_production_", "ck_staging_", "ck_development_"],
            &[at_least(Alphabet::Alnum, 60)],
        )),
    },
    Detector {
        id: "ecwid-token",
        group: Group::Secret,
        about: "secret and public tokens of Ecwid",
        source: "Ecwid API documentation, Authentication",
        examples: &[
            Example("--key=«secret_FAKEfake0000abcdEXAMPLEFAKEfake0» -v"),
            Example("KEY: «public_FAKEfake0000abcdEXAMPLEFAKEfake0», and more"),
            Example("short secret_FAKEfake0000abcdEXAMPLEFAKEfake"),
            Example("key=secret_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("secret_", &[exactly(Alphabet::Alnum, 32)]),
            token("public_", &[exactly(Alphabet::Alnum, 32)]),
        ]),
    },
    Detector {
        id: "radar-key",
        group: Group::Secret,
        about: "secret and publishable keys of Radar",
        source: "Radar documentation, Authentication",
        examples: &[
            Example("key «prj_live_sk_0000fa4e0000abcd12340000fa4e0000abcd1234»"),
            Example("out\\n«prj_test_pk_0000fa4e0000abcd12340000fa4e0000abcd1234»\\n"),
            Example("short prj_live_sk_0000fa4e0000abcd12340000fa4e0000abcd123"),
            Example("key=prj_live_sk_0000000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&tokens(
            ["prj_live_sk_", "prj_test_sk_", "prj_live_pk_", "prj_test_pk_"],
            &[exactly(Alphabet::LowerHex, 40)],
        )),
    },
];

/// What follows the kind of most tokens of Shopify.
const SHOPIFY: &[Piece] = &[at_least(Alphabet::Hex, 32)];
