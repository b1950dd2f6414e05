//! Tokens of services that hold content, forms and designs.
//!
//! Must not know how tokens are found.

use super::{Piece, at_least, exactly, token};
use crate::detect::registry::{Detector, Example, Group, Rule};
use crate::detect::text::Alphabet;

pub(in crate::detect) const SHELF: &[Detector] = &[
    Detector {
        id: "contentful-token",
        group: Group::Secret,
        about: "personal access tokens of Contentful",
        source: "Contentful documentation, Content Management API, Authentication",
        examples: &[
            Example("«CFPAT-FAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMP»"),
            Example("short CFPAT-FAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAM"),
            Example("key=CFPAT-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("CFPAT-", &[at_least(Alphabet::WordDash, 40)])]),
    },
    Detector {
        id: "prismic-token",
        group: Group::Secret,
        about: "access tokens of Prismic",
        source: "Prismic documentation, Access tokens",
        examples: &[
            Example("\"«MC5FAKEfake0000abcdEXAM.FAKE0000-abcd_EXAMPL»\""),
            Example("short MC5FAKEfake0000abcdEXAM.FAKE0000-abcd_EXAMP"),
            Example("key=MC5xxxxxxxxxxxxxxxxxxxx.xxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token(
            "MC5",
            &[Piece::Run(Alphabet::Alnum, 20, 48), Piece::Text("."), at_least(Alphabet::WordDash, 20)],
        )]),
    },
    Detector {
        id: "typeform-token",
        group: Group::Secret,
        about: "personal access tokens of Typeform",
        source: "Typeform developer documentation, Personal access tokens",
        examples: &[
            Example("KEY: «tfp_FAKEfake0000abcd_EXAMPLEFAKEfake0000abcd», and more"),
            Example("short tfp_FAKEfake0000abcd_EXAMPLEFAKEfake0000abc"),
            Example("key=tfp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("tfp_", &[at_least(Alphabet::Token68, 40)])]),
    },
    Detector {
        id: "canva-client-secret",
        group: Group::Secret,
        about: "client secrets of Canva",
        source: "Canva developer documentation, Authentication",
        examples: &[
            Example("«cnvcaFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMP»"),
            Example("short cnvcaFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAM"),
            Example("key=cnvcaxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("cnvca", &[at_least(Alphabet::WordDash, 40)])]),
    },
    Detector {
        id: "webflow-token",
        group: Group::Secret,
        about: "site tokens of Webflow",
        source: "Webflow developer documentation, Site tokens",
        examples: &[
            Example("'«ws-0000fa4e0000abcd12340000fa4e0000abcd12340000fa4e0000abcd12340000»'"),
            Example("short ws-0000fa4e0000abcd12340000fa4e0000abcd12340000fa4e0000abcd1234000"),
            Example("key=ws-0000000000000000000000000000000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[token("ws-", &[exactly(Alphabet::LowerHex, 64)])]),
    },
    Detector {
        id: "wix-api-key",
        group: Group::Secret,
        about: "API keys of Wix",
        source: "Wix developer documentation, API keys",
        examples: &[
            Example("(«IST.FAKE.0000_abcd-EXAMPLEFAKE.0000_abcd-EXAMPLEFAKE.0000_abcd-E»)"),
            Example("short IST.FAKE.0000_abcd-EXAMPLEFAKE.0000_abcd-EXAMPLEFAKE.0000_abcd-"),
            Example("key=IST.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("IST.", &[at_least(Alphabet::Dotted, 60)])]),
    },
    Detector {
        id: "builder-io-private-key",
        group: Group::Secret,
        about: "private keys of Builder.io",
        source: "Builder.io documentation, API keys",
        examples: &[
            Example("«bpk-0000fa4e0000abcd12340000fa4e0000»"),
            Example("short bpk-0000fa4e0000abcd12340000fa4e000"),
            Example("key=bpk-00000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[token("bpk-", &[exactly(Alphabet::LowerHex, 32)])]),
    },
    Detector {
        id: "contentstack-token",
        group: Group::Secret,
        about: "API keys and tokens of Contentstack",
        source: "Contentstack documentation, Tokens",
        examples: &[
            Example("key «blt0000fa4e0000abcd»"),
            Example("out\\n«cs0000fa4e0000abcd12340000fa4e00»\\n"),
            Example("short blt0000fa4e0000abc"),
            Example("key=blt0000000000000000"),
        ],
        rule: Rule::Tokens(&[
            token("blt", &[exactly(Alphabet::LowerHex, 16)]),
            token("cs", &[Piece::Run(Alphabet::LowerHex, 30, 42)]),
        ]),
    },
    Detector {
        id: "imagekit-private-key",
        group: Group::Secret,
        about: "private keys of ImageKit",
        source: "ImageKit documentation, API keys",
        examples: &[
            Example("\"«private_FAKEfake0000abcd+EXAMPLEFAKE»\""),
            Example("'«private_FAKEfake0000abcd+EXAMPLEFAK=»'"),
            Example("short private_FAKEfake0000abcd+EXAMPLEFAK"),
            Example("key=private_xxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("private_", &[exactly(Alphabet::Base64, 28)]),
            token("private_", &[exactly(Alphabet::Base64, 27), Piece::Text("=")]),
        ]),
    },
    Detector {
        id: "adobe-client-secret",
        group: Group::Secret,
        about: "client secrets of Adobe",
        source: "Adobe developer documentation, OAuth server-to-server credentials",
        examples: &[
            Example("«p8e-FAKE0000-abcd_EXAMPLEFAKE0000-ab»"),
            Example("(«s8e-FAKE0000-abcd_EXAMPLEFAKE0000-ab»)"),
            Example("short p8e-FAKE0000-abcd_EXAMPLEFAKE0000-a"),
            Example("key=p8e-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("p8e-", &[exactly(Alphabet::WordDash, 32)]),
            token("s8e-", &[exactly(Alphabet::WordDash, 32)]),
        ]),
    },
    Detector {
        id: "readme-api-key",
        group: Group::Secret,
        about: "API keys of ReadMe",
        source: "ReadMe documentation, Authentication",
        examples: &[
            Example("out\\n«rdme_fake0000abcdexamplefake0000abcdexamplefa»\\n"),
            Example("short rdme_fake0000abcdexamplefake0000abcdexamplef"),
            Example("key=rdme_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("rdme_", &[at_least(Alphabet::Lower, 40)])]),
    },
    Detector {
        id: "gitbook-api-token",
        group: Group::Secret,
        about: "API tokens of GitBook",
        source: "GitBook developer documentation, Authentication",
        examples: &[
            Example("'«gb_api_FAKEfake0000abcdEXAMPLEFAKEfake0000a»'"),
            Example("short gb_api_FAKEfake0000abcdEXAMPLEFAKEfake0000"),
            Example("key=gb_api_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("gb_api_", &[at_least(Alphabet::Alnum, 36)])]),
    },
    Detector {
        id: "formbricks-api-key",
        group: Group::Secret,
        about: "API keys of Formbricks",
        source: "Formbricks documentation, API keys",
        examples: &[
            Example("«fbk_FAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMP»"),
            Example("short fbk_FAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAM"),
            Example("key=fbk_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("fbk_", &[at_least(Alphabet::WordDash, 40)])]),
    },
    Detector {
        id: "tally-api-key",
        group: Group::Secret,
        about: "API keys of Tally",
        source: "Tally developer documentation, API keys",
        examples: &[
            Example("--key=«tly-FAKEfake0000abcdEXAMPLEFAKEfak» -v"),
            Example("short tly-FAKEfake0000abcdEXAMPLEFAKEfa"),
            Example("key=tly-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("tly-", &[at_least(Alphabet::Alnum, 30)])]),
    },
    Detector {
        id: "block-protocol-api-key",
        group: Group::Secret,
        about: "API keys of the Block Protocol",
        source: "Block Protocol documentation, API keys",
        examples: &[
            Example("«b10ck5.0000fa4e0000abcd12340000fa4e0000.0000fa4e-0000-abcd-1234-00000000fa4e»"),
            Example("b10ck5.0000fa4e0000abcd12340000fa4e0000"),
        ],
        rule: Rule::Tokens(&[token(
            "b10ck5.",
            &[exactly(Alphabet::Alnum, 32), Piece::Text("."), exactly(Alphabet::HexDash, 36)],
        )]),
    },
];
