//! Tokens of those who host applications, and of content delivery and domain names.
//!
//! Must not know how tokens are found.

use super::{PADDING, Piece, at_least, between, exactly, token};
use crate::detect::registry::{Detector, Example, Group, Rule};
use crate::detect::text::Alphabet;

pub(in crate::detect) const SHELF: &[Detector] = &[
    Detector {
        id: "heroku-api-key",
        group: Group::Secret,
        about: "API keys and OAuth tokens of Heroku",
        source: "Heroku Dev Center, Platform API and OAuth: HRKU- prefix",
        examples: &[
            Example("HEROKU_API_KEY=«HRKU-FAKE0000abcdFAKE0000abcdFAKE0000abcd»"),
            Example("HRKU-FAKE0000abcdFAKE0000abcdFAKE0000abc"),
            Example("HRKU-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("HRKU-", &[at_least(Alphabet::WordDash, 36)])]),
    },
    Detector {
        id: "fly-token",
        group: Group::Secret,
        about: "access tokens of Fly.io: macaroons and personal tokens",
        source: "Fly.io documentation, Access tokens",
        examples: &[
            Example("{\"key\": \"«fm1a_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcd=»\"}"),
            Example("token: «fm2_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcd=»\\n"),
            Example("run --key «fo1_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE000» now"),
            Example("fm1a_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abc="),
            Example("fo1_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("fm1a_", &[at_least(Alphabet::Base64, 60), PADDING]),
            token("fm1r_", &[at_least(Alphabet::Base64, 60), PADDING]),
            token("fm2_", &[at_least(Alphabet::Base64, 60), PADDING]),
            token("fo1_", &[exactly(Alphabet::WordDash, 43)]),
        ]),
    },
    Detector {
        id: "render-api-key",
        group: Group::Secret,
        about: "API keys of Render",
        source: "Render documentation, The Render API",
        examples: &[
            Example("\\\"«rnd_FAKE0000abcdFAKE0000abcdFAKE»\\\","),
            Example("rnd_FAKE0000abcdFAKE0000abcdFAK"),
            Example("rnd_generator_with_a_seed_of_0000_x"),
        ],
        rule: Rule::Tokens(&[token("rnd_", &[between(Alphabet::Alnum, 28, 40)])]),
    },
    Detector {
        id: "vercel-token",
        group: Group::Secret,
        about: "tokens of Vercel: personal, integration, app access and refresh, AI gateway, blob store",
        source: "Vercel documentation, Token formats and Vercel Blob",
        examples: &[
            Example("key = '«vca_FAKE0000abcdFAKE0000abcd»';"),
            Example("out\\n«vcp_FAKE0000abcdFAKE0000abcd»\\n"),
            Example("<key>«vercel_blob_rw_FAKE0000abcdFAKE0000abcdFAKE00»</key>"),
            Example("see «vck_FAKE_000-abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE000» now"),
            Example("vca_FAKE0000abcdFAKE0000abc"),
            Example("vcp_the_name_of_a_variable_1234"),
        ],
        rule: Rule::Tokens(&[
            token("vca_", &[at_least(Alphabet::Alnum, 24)]),
            token("vci_", &[at_least(Alphabet::Alnum, 24)]),
            token("vck_", &[at_least(Alphabet::Alnum, 24)]),
            token("vcp_", &[at_least(Alphabet::Alnum, 24)]),
            token("vcr_", &[at_least(Alphabet::Alnum, 24)]),
            token("vca_", &[exactly(Alphabet::WordDash, 56)]),
            token("vci_", &[exactly(Alphabet::WordDash, 56)]),
            token("vck_", &[exactly(Alphabet::WordDash, 56)]),
            token("vcp_", &[exactly(Alphabet::WordDash, 56)]),
            token("vcr_", &[exactly(Alphabet::WordDash, 56)]),
            token("vercel_blob_rw_", &[at_least(Alphabet::Word, 30)]),
        ]),
    },
    Detector {
        id: "netlify-token",
        group: Group::Secret,
        about: "tokens of Netlify: personal, command line, OAuth, of its pages and builds",
        source: "Netlify Support Guide, Change to the authentication token format",
        examples: &[
            Example("(«nfb_FAKE0000abcdFAKE0000abcdFAKE0000abcd»)"),
            Example("«nfo_FAKE0000abcdFAKE0000abcdFAKE0000abcd»"),
            Example("%3D«nfu_FAKE0000abcdFAKE0000abcdFAKE0000abcd»&x=1"),
            Example("nfb_FAKE0000abcdFAKE0000abcdFAKE0000abc"),
            Example("nfu_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("nfb_", &[between(Alphabet::Alnum, 36, 40)]),
            token("nfc_", &[between(Alphabet::Alnum, 36, 40)]),
            token("nfo_", &[between(Alphabet::Alnum, 36, 40)]),
            token("nfp_", &[between(Alphabet::Alnum, 36, 40)]),
            token("nfu_", &[between(Alphabet::Alnum, 36, 40)]),
        ]),
    },
    Detector {
        id: "cloudflare-token",
        group: Group::Secret,
        about: "API tokens and keys of Cloudflare, scannable formats",
        source: "Cloudflare Fundamentals documentation, Token formats",
        examples: &[
            Example("CLOUDFLARE_TOKEN=«cfat_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE»"),
            Example("{\"key\": \"«cfk_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE»\"}"),
            Example("token: «cfut_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE»\\n"),
            Example("cfat_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAK"),
            Example("cfut_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("cfat_", &[at_least(Alphabet::Alnum, 40)]),
            token("cfk_", &[at_least(Alphabet::Alnum, 40)]),
            token("cfut_", &[at_least(Alphabet::Alnum, 40)]),
        ]),
    },
    Detector {
        id: "cloudflare-origin-ca-key",
        group: Group::Secret,
        about: "origin CA keys of Cloudflare",
        source: "Cloudflare documentation, Origin CA keys",
        examples: &[
            Example(concat!(
                "«v1.0-0000fa4eabcd0000fa4eabcd-0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4ea",
                "bcd0000fa4eabcd0000fa4eabcd0000»",
            )),
            Example(concat!(
                "v1.0-0000fa4eabcd0000fa4eabcd-0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eab",
                "cd0000fa4eabcd0000fa4eabcd000",
            )),
            Example(concat!(
                "v1.0-000000000000000000000000-0000000000000000000000000000000000000000000000000000000000000000000000",
                "000000000000000000000000000000",
            )),
        ],
        rule: Rule::Tokens(&[token(
            "v1.0-",
            &[exactly(Alphabet::LowerHex, 24), Piece::Text("-"), at_least(Alphabet::LowerHex, 100)],
        )]),
    },
    Detector {
        id: "cloudflare-tunnel-token",
        group: Group::Secret,
        about: "tokens that run a Cloudflare tunnel",
        source: "Cloudflare One documentation, Tunnel tokens",
        examples: &[
            Example(concat!(
                "«eyJhIjoiFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE000",
                "0abcdFAKE=»",
            )),
            Example(concat!(
                "eyJhIjoiFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000",
                "abcdFAK=",
            )),
            Example(concat!(
                "eyJhIjoixxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "xxxxxxxx",
            )),
        ],
        rule: Rule::Tokens(&[token("eyJhIjoi", &[at_least(Alphabet::Base64, 100), PADDING])]),
    },
    Detector {
        id: "cloudflare-turnstile-secret",
        group: Group::Secret,
        about: "secret keys of Cloudflare Turnstile",
        source: "Cloudflare Turnstile documentation, Get started",
        examples: &[
            Example("run --key «0x4AAAAFAKE0000abcdFAKE0000abcdFA» now"),
            Example("0x4AAAAFAKE0000abcdFAKE0000abcdF"),
            Example("0x4AAAAAAAsitekey00abcd"),
        ],
        rule: Rule::Tokens(&[token("0x4AAAA", &[at_least(Alphabet::WordDash, 26)])]),
    },
    Detector {
        id: "akamai-edgegrid-token",
        group: Group::Secret,
        about: "client and access tokens of Akamai EdgeGrid",
        source: "Akamai TechDocs, Authenticate with EdgeGrid",
        examples: &[
            Example("\\\"«akab-FAKE0000abcdFAKE-FAKE0000abcdFAKE»\\\","),
            Example("akab-FAKE0000abcdFAKE-FAKE0000abcdFAK"),
            Example("akab-xxxxxxxxxxxxxxxx-xxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token(
            "akab-",
            &[exactly(Alphabet::WordDash, 16), Piece::Text("-"), exactly(Alphabet::WordDash, 16)],
        )]),
    },
    Detector {
        id: "deno-deploy-token",
        group: Group::Secret,
        about: "access tokens of Deno Deploy",
        source: "Deno Deploy documentation, Access tokens",
        examples: &[
            Example("key = '«ddo_FAKE0000abcdFAKE0000abcdFAKE0000abcd»';"),
            Example("out\\n«ddp_FAKE0000abcdFAKE0000abcdFAKE0000abcd»\\n"),
            Example("<key>«ddw_FAKE0000abcdFAKE0000abcdFAKE0000abcd»</key>"),
            Example("ddo_FAKE0000abcdFAKE0000abcdFAKE0000abc"),
            Example("ddw_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("ddo_", &[exactly(Alphabet::Alnum, 36)]),
            token("ddp_", &[exactly(Alphabet::Alnum, 36)]),
            token("ddw_", &[exactly(Alphabet::Alnum, 36)]),
        ]),
    },
    Detector {
        id: "porkbun-api-key",
        group: Group::Secret,
        about: "API keys and secrets of Porkbun",
        source: "Porkbun API documentation, Authentication",
        examples: &[
            Example("(«pk1_0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000»)"),
            Example("«sk1_0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000»"),
            Example("pk1_0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd000"),
            Example("sk1_0000000000000000000000000000000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[
            token("pk1_", &[exactly(Alphabet::LowerHex, 64)]),
            token("sk1_", &[exactly(Alphabet::LowerHex, 64)]),
        ]),
    },
    Detector {
        id: "dnsimple-token",
        group: Group::Secret,
        about: "access tokens of DNSimple",
        source: "DNSimple API documentation, API access tokens",
        examples: &[
            Example("%3D«dnsimple_a_FAKE0000abcdFAKE0000ab»&x=1"),
            Example("DNSIMPLE_TOKEN=«dnsimple_u_FAKE0000abcdFAKE0000ab»"),
            Example("{\"key\": \"«dnsimple_o_FAKE0000abcdFAKE0000ab»\"}"),
            Example("dnsimple_a_FAKE0000abcdFAKE0000a"),
            Example("dnsimple_a_record_of_the_example_zone1"),
        ],
        rule: Rule::Tokens(&[
            token("dnsimple_a_", &[at_least(Alphabet::Alnum, 22)]),
            token("dnsimple_u_", &[at_least(Alphabet::Alnum, 22)]),
            token("dnsimple_o_", &[at_least(Alphabet::Alnum, 22)]),
        ]),
    },
    Detector {
        id: "gitpod-token",
        group: Group::Secret,
        about: "personal access tokens of Gitpod",
        source: "Gitpod documentation, Access tokens",
        examples: &[
            Example("token: «gitpod_pat_FAKE0000abcdFAKE0000abcdFAKE00»\\n"),
            Example("gitpod_pat_FAKE0000abcdFAKE0000abcdFAKE0"),
            Example("gitpod_pat_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("gitpod_pat_", &[at_least(Alphabet::Dotted, 30)])]),
    },
    Detector {
        id: "codesandbox-token",
        group: Group::Secret,
        about: "API tokens of CodeSandbox",
        source: "CodeSandbox SDK documentation, API key",
        examples: &[
            Example("run --key «csb_v1_FAKE0000abcdFAKE0000abcdFAKE00» now"),
            Example("csb_v1_FAKE0000abcdFAKE0000abcdFAKE0"),
            Example("csb_v1_of_the_library_in_our_own_words"),
        ],
        rule: Rule::Tokens(&[token("csb_v1_", &[at_least(Alphabet::WordDash, 30)])]),
    },
    Detector {
        id: "scalingo-token",
        group: Group::Secret,
        about: "API tokens of Scalingo",
        source: "Scalingo developer documentation, Authentication",
        examples: &[
            Example("\\\"«tk-us-FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcd»\\\","),
            Example("tk-us-FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abc"),
            Example("tk-us-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("tk-us-", &[exactly(Alphabet::WordDash, 48)])]),
    },
];
