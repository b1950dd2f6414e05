//! Keys of databases, of search and of platforms for data.
//!
//! Must not know how tokens are found.

use super::{PADDING, Piece, at_least, between, exactly, token};
use crate::detect::registry::{Detector, Example, Group, Rule};
use crate::detect::text::Alphabet;

pub(in crate::detect) const SHELF: &[Detector] = &[
    Detector {
        id: "databricks-token",
        group: Group::Secret,
        about: "personal access tokens and OAuth secrets of Databricks",
        source: "Databricks documentation, Personal access tokens and OAuth secrets",
        examples: &[
            Example("DATABRICKS_TOKEN=«dapi0000fa4eabcd0000fa4eabcd0000fa4e»"),
            Example("{\"key\": \"«dapi0000fa4eabcd0000fa4eabcd0000fa4e-0»\"}"),
            Example("token: «dose0000fa4eabcd0000fa4eabcd0000fa4e»\\n"),
            Example("\"«dkea0000fa4eabcd0000fa4eabcd0000fa4e»\""),
            Example("dapi0000fa4eabcd0000fa4eabcd0000fa4ea"),
            Example("DATABRICKS=dapi0000fa4e0000abcd0000g000000"),
            Example("dapi0000fa4e0000abcd"),
        ],
        rule: Rule::Tokens(&[
            token("dapi", &[exactly(Alphabet::LowerHex, 32)]),
            token("dapi", &[exactly(Alphabet::LowerHex, 32), Piece::Text("-"), between(Alphabet::Digit, 1, 2)]),
            token("dose", &[exactly(Alphabet::LowerHex, 32)]),
            token("dkea", &[exactly(Alphabet::LowerHex, 32)]),
        ]),
    },
    Detector {
        id: "dbt-token",
        group: Group::Secret,
        about: "tokens of dbt: account-scoped, service, user",
        source: "dbt documentation, Service account and personal access tokens",
        examples: &[
            Example("run --key «dbtc_FAKE0000abcdFAKE0000abcdFAKE00» now"),
            Example("\\\"«dbts_FAKE0000abcdFAKE0000abcdFAKE00»\\\","),
            Example("key = '«dbtu_FAKE0000abcdFAKE0000abcdFAKE00»';"),
            Example("dbtc_FAKE0000abcdFAKE0000abcdFAKE0"),
            Example("dbtc_of_the_transformation_in_plain_words"),
        ],
        rule: Rule::Tokens(&[
            token("dbtc_", &[at_least(Alphabet::WordDash, 30)]),
            token("dbts_", &[at_least(Alphabet::WordDash, 30)]),
            token("dbtu_", &[at_least(Alphabet::WordDash, 30)]),
        ]),
    },
    Detector {
        id: "prefect-api-key",
        group: Group::Secret,
        about: "API keys of Prefect Cloud: of users and of service accounts",
        source: "Prefect documentation, Manage API keys",
        examples: &[
            Example("out\\n«pnb_FAKE0000abcdFAKE0000abcdFAKE0000abcd»\\n"),
            Example("<key>«pnu_FAKE0000abcdFAKE0000abcdFAKE0000abcd»</key>"),
            Example("pnb_FAKE0000abcdFAKE0000abcdFAKE0000abc"),
            Example("pnu_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("pnb_", &[exactly(Alphabet::Alnum, 36)]),
            token("pnu_", &[exactly(Alphabet::Alnum, 36)]),
        ]),
    },
    Detector {
        id: "mongodb-atlas-secret",
        group: Group::Secret,
        about: "service account ids and secrets of MongoDB Atlas",
        source: "MongoDB Atlas documentation, Service accounts",
        examples: &[
            Example("(«mdb_sa_id_0000fa4eabcd0000fa4eabcd»)"),
            Example("«mdb_sa_sk_FAKE0000abcdFAKE0000abcdFAKE0000abcd»"),
            Example("mdb_sa_id_0000fa4eabcd0000fa4eabc"),
            Example("mdb_sa_sk_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("mdb_sa_id_", &[exactly(Alphabet::LowerHex, 24)]),
            token("mdb_sa_sk_", &[at_least(Alphabet::WordDash, 36)]),
        ]),
    },
    Detector {
        id: "confluent-api-secret",
        group: Group::Secret,
        about: "API secrets of Confluent Cloud",
        source: "Confluent documentation, API keys",
        examples: &[
            Example("%3D«cfltFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFA=»&x=1"),
            Example("cfltFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdF="),
            Example("cfltxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("cflt", &[between(Alphabet::Base64, 50, 64), PADDING])]),
    },
    Detector {
        id: "aiven-password",
        group: Group::Secret,
        about: "passwords of Aiven services",
        source: "Aiven documentation, Service users",
        examples: &[
            Example("AIVEN_PASSWORD=«AVNS_FAKE0000abcdFAK»"),
            Example("AVNS_FAKE0000abcdFA"),
            Example("AVNS_is_the_prefix_of_a_password"),
        ],
        rule: Rule::Tokens(&[token("AVNS_", &[at_least(Alphabet::WordDash, 15)])]),
    },
    Detector {
        id: "clickhouse-cloud-key",
        group: Group::Secret,
        about: "API key secrets of ClickHouse Cloud",
        source: "ClickHouse documentation, Managing API keys",
        examples: &[
            Example("{\"key\": \"«4b1dFAKE0000abcdFAKE0000abcdFAKE0000abcdFA»\"}"),
            Example("4b1dFAKE0000abcdFAKE0000abcdFAKE0000abcdF"),
            Example("4b1d0000fake0000abcd0000"),
        ],
        rule: Rule::Tokens(&[token("4b1d", &[exactly(Alphabet::Alnum, 38)])]),
    },
    Detector {
        id: "supabase-key",
        group: Group::Secret,
        about: "access tokens and secret keys of Supabase",
        source: "Supabase documentation, API keys and Access tokens",
        examples: &[
            Example("token: «sb_secret_FAKE0000abcdFAKE0000ab»\\n"),
            Example("run --key «sbp_oauth_0000fa4eabcd0000fa4eabcd0000fa4eabcd0000» now"),
            Example("\\\"«sbp_v0_0000fa4eabcd0000fa4eabcd0000fa4eabcd0000»\\\","),
            Example("sb_secret_FAKE0000abcdFAKE0000a"),
            Example("sb_secret_of_the_project_in_words"),
        ],
        rule: Rule::Tokens(&[
            token("sb_secret_", &[at_least(Alphabet::WordDash, 22)]),
            token("sbp_", &[exactly(Alphabet::LowerHex, 40)]),
            token("sbp_oauth_", &[exactly(Alphabet::LowerHex, 40)]),
            token("sbp_v0_", &[exactly(Alphabet::LowerHex, 40)]),
        ]),
    },
    Detector {
        id: "neon-key",
        group: Group::Secret,
        about: "API keys and database passwords of Neon",
        source: "Neon documentation, Manage API keys",
        examples: &[
            Example("key = '«napi_fake0000abcdfake0000abcdfake0000abcdfake»';"),
            Example("out\\n«npg_FAKE0000abcd»\\n"),
            Example("napi_fake0000abcdfake0000abcdfake0000abcdfak"),
            Example("napi_get_value_string_utf8"),
            Example("npg_connect_"),
        ],
        rule: Rule::Tokens(&[
            token("napi_", &[at_least(Alphabet::Lower, 40)]),
            token("npg_", &[at_least(Alphabet::Alnum, 12)]),
        ]),
    },
    Detector {
        id: "planetscale-key",
        group: Group::Secret,
        about: "service tokens, OAuth tokens and passwords of PlanetScale",
        source: "PlanetScale documentation, Service tokens",
        examples: &[
            Example("<key>«pscale_oauth_FAKE0000abcdFAKE0000abcdFAKE0000»</key>"),
            Example("(«pscale_pw_FAKE0000abcdFAKE0000abcdFAKE0000»)"),
            Example("«pscale_tkn_FAKE0000abcdFAKE0000abcdFAKE0000»"),
            Example("pscale_oauth_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0"),
            Example("pscale_pw_of_the_branch_in_plain_words_only"),
        ],
        rule: Rule::Tokens(&[
            token("pscale_oauth_", &[between(Alphabet::Token68, 32, 64)]),
            token("pscale_pw_", &[between(Alphabet::Token68, 32, 64)]),
            token("pscale_tkn_", &[between(Alphabet::Token68, 32, 64)]),
        ]),
    },
    Detector {
        id: "xata-api-key",
        group: Group::Secret,
        about: "API keys of Xata",
        source: "Xata documentation, API keys",
        examples: &[
            Example("%3D«xau_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE»&x=1"),
            Example("xau_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAK"),
            Example("xau_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("xau_", &[at_least(Alphabet::Alnum, 40)])]),
    },
    Detector {
        id: "fauna-key",
        group: Group::Secret,
        about: "keys of Fauna",
        source: "Fauna documentation, Keys",
        examples: &[
            Example("FAUNA_KEY=«fnAFAKE0000abcdFAKE0000abcdFAKE0000abcdF»"),
            Example("fnAFAKE0000abcdFAKE0000abcdFAKE0000abcd"),
            Example("fnAxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("fnA", &[between(Alphabet::WordDash, 37, 40)])]),
    },
    Detector {
        id: "cockroachdb-cloud-key",
        group: Group::Secret,
        about: "API keys of CockroachDB Cloud",
        source: "CockroachDB documentation, API access",
        examples: &[
            Example("{\"key\": \"«CCDB1_FAKE0000abcdFAKE0000ab_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE»\"}"),
            Example("CCDB1_FAKE0000abcdFAKE0000ab_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0"),
            Example("CCDB1_xxxxxxxxxxxxxxxxxxxxxx_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token(
            "CCDB1_",
            &[exactly(Alphabet::Alnum, 22), Piece::Text("_"), exactly(Alphabet::Alnum, 40)],
        )]),
    },
    Detector {
        id: "momento-api-key",
        group: Group::Secret,
        about: "API keys of Momento: JSON in base64 that starts with endpoint",
        source: "Momento documentation, API keys",
        examples: &[
            Example("token: «eyJlbmRwb2ludCI6FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcd=»\\n"),
            Example("eyJlbmRwb2ludCI6FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abc="),
            Example("eyJlbmRwb2ludCI6xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("eyJlbmRwb2ludCI6", &[at_least(Alphabet::Base64, 60), PADDING])]),
    },
    Detector {
        id: "appwrite-api-key",
        group: Group::Secret,
        about: "API keys of Appwrite",
        source: "Appwrite documentation, API keys",
        examples: &[
            Example(concat!(
                "«standard_0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa",
                "4eabcd0000fa4eabcd0000fa4eabcd0000fa4e»",
            )),
            Example(concat!(
                "standard_0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4",
                "eabcd0000fa4eabcd0000fa4eabcd0000fa4",
            )),
            Example(concat!(
                "standard_0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000",
            )),
        ],
        rule: Rule::Tokens(&[token("standard_", &[at_least(Alphabet::LowerHex, 128)])]),
    },
    Detector {
        id: "elastic-cloud-key",
        group: Group::Secret,
        about: "API keys of Elastic Cloud and service tokens of Elasticsearch",
        source: "Elastic documentation, Elastic Cloud API keys and Service tokens",
        examples: &[
            Example("run --key «essu_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE=» now"),
            Example("\\\"«AAEAAWVsYXN0aWMvFAKE0000abcdFAKE0000=»\\\","),
            Example("see «essu_-FAKE0000abcd_FAKE0000abcdFAKE0000abcdFAKE==» now"),
            Example("essu_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAK="),
            Example("AAEAAWVsYXN0aWMvxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("essu_", &[at_least(Alphabet::Base64, 40), PADDING]),
            token("essu_", &[at_least(Alphabet::WordDash, 40), PADDING]),
            token("AAEAAWVsYXN0aWMv", &[at_least(Alphabet::Base64, 20), PADDING]),
        ]),
    },
    Detector {
        id: "materialize-app-password",
        group: Group::Secret,
        about: "app passwords of Materialize",
        source: "Materialize documentation, App passwords",
        examples: &[
            Example("key = '«mzp_0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000»';"),
            Example("mzp_0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000f"),
            Example("mzp_0000000000000000000000000000000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[token("mzp_", &[exactly(Alphabet::LowerHex, 64)])]),
    },
    Detector {
        id: "tinybird-token",
        group: Group::Secret,
        about: "tokens of Tinybird",
        source: "Tinybird documentation, Tokens",
        examples: &[
            Example("out\\n«p.eyJFAKE0000abcdFAKE0000abcdFAKE00.FAKE0000abcdFAKE0000»\\n"),
            Example("p.eyJFAKE0000abcdFAKE0000abcdFAKE00.FAKE0000abcdFAKE000"),
            Example("p.eyJxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx.xxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token(
            "p.eyJ",
            &[at_least(Alphabet::WordDash, 30), Piece::Text("."), at_least(Alphabet::WordDash, 20)],
        )]),
    },
    Detector {
        id: "bigeye-api-key",
        group: Group::Secret,
        about: "personal API keys of Bigeye",
        source: "Bigeye documentation, API keys",
        examples: &[
            Example("<key>«bigeye_pak_FAKE0000abcdFAKE0000»</key>"),
            Example("bigeye_pak_FAKE0000abcdFAKE000"),
            Example("bigeye_pak_xxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("bigeye_pak_", &[at_least(Alphabet::WordDash, 20)])]),
    },
    Detector {
        id: "lightdash-token",
        group: Group::Secret,
        about: "personal access tokens of Lightdash",
        source: "Lightdash documentation, Personal access tokens",
        examples: &[
            Example("(«ldpat_0000fa4eabcd0000fa4eabcd0000fa4e»)"),
            Example("ldpat_0000fa4eabcd0000fa4eabcd0000fa4ea"),
            Example("ldpat_00000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[token("ldpat_", &[exactly(Alphabet::LowerHex, 32)])]),
    },
    Detector {
        id: "qdrant-api-key",
        group: Group::Secret,
        about: "database keys of Qdrant Cloud: an id and a secret",
        source: "Qdrant documentation, Database authentication",
        examples: &[
            Example(
                "api-key: «0000fa4e-0000-abcd-1234-00000000fa4e|FAKEfake0000abcd_EXAMPLE-FAKEfake0000abcd_EXAMPLE-F»",
            ),
            Example("0000fa4e-0000-abcd-1234-00000000fa4e|FAKEfake0000abcd"),
            Example("|0000fa4e-0000-abcd-1234-00000000fa4e|xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
            Example("0000fa4e-0000-abcd-1234-00000000fa4e | FAKEfake0000abcd_EXAMPLE-FAKEfake0000abcd_EXAMPLE-F"),
        ],
        rule: Rule::Tokens(&[token("", &[at_least(Alphabet::WordDash, 40)]).after(Alphabet::HexDash, 36, 36, "|")]),
    },
    Detector {
        id: "convex-deploy-key",
        group: Group::Secret,
        about: "deploy keys of Convex: the name of a deployment, and a secret",
        source: "Convex documentation, Deploy keys",
        examples: &[
            Example("CONVEX_DEPLOY_KEY=prod:«fake-otter-000|eyJ2FAKE0000abcdEXAMPLEFAKE0000abcdEXAMPLEFAKE==»"),
            Example("dev:«fake-otter-000|eyJ2FAKE0000abcdEXAMPLEFAKE0000abcdEXAMPLEFAKE==»"),
            Example("prod:fake-otter-000|eyJ2FAKE"),
            Example("|name|eyJ2xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|"),
        ],
        rule: Rule::Tokens(&[token("eyJ", &[at_least(Alphabet::Base64, 40), PADDING]).after(
            Alphabet::Dash,
            6,
            64,
            "|",
        )]),
    },
];
