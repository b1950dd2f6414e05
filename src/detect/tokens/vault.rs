//! Keys of stores of secrets, of what provisions infrastructure, and of keys themselves.
//!
//! Must not know how tokens are found.

use super::{PADDING, Piece, at_least, between, exactly, token};
use crate::detect::registry::{Detector, Example, Group, Rule};
use crate::detect::text::Alphabet;

pub(in crate::detect) const SHELF: &[Detector] = &[
    Detector {
        id: "vault-token",
        group: Group::Secret,
        about: "tokens of HashiCorp Vault: service, batch, recovery",
        source: "Vault documentation, Tokens, Token prefixes",
        examples: &[
            Example("run --key «hvb.FAKE0000abcdFAKE0000abcd» now"),
            Example("\\\"«hvr.FAKE0000abcdFAKE0000abcd»\\\","),
            Example("key = '«hvs.FAKE0000abcdFAKE0000abcd»';"),
            Example("hvb.FAKE0000abcdFAKE0000abc"),
            Example("hvs.xxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("hvb.", &[at_least(Alphabet::WordDash, 24)]),
            token("hvr.", &[at_least(Alphabet::WordDash, 24)]),
            token("hvs.", &[at_least(Alphabet::WordDash, 24)]),
        ]),
    },
    Detector {
        id: "pulumi-access-token",
        group: Group::Secret,
        about: "access tokens of Pulumi",
        source: "Pulumi documentation, Access tokens",
        examples: &[
            Example("out\\n«pul-0000fa4eabcd0000fa4eabcd0000fa4eabcd0000»\\n"),
            Example("pul-0000fa4eabcd0000fa4eabcd0000fa4eabcd0000f"),
            Example("pul-0000000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[token("pul-", &[exactly(Alphabet::LowerHex, 40)])]),
    },
    Detector {
        id: "doppler-token",
        group: Group::Secret,
        about: "tokens of Doppler: personal, service, service account, CLI, SCIM, audit",
        source: "Doppler documentation, Auth token formats",
        examples: &[
            Example("<key>«dp.audit.FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE»</key>"),
            Example("(«dp.sa.FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE»)"),
            Example("«dp.st.FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE»"),
            Example("dp.audit.FAKE0000abcdFAKE0000abcdFAKE0000abcdFAK"),
            Example("dp.st.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("dp.audit.", &[at_least(Alphabet::Alnum, 40)]),
            token("dp.ct.", &[at_least(Alphabet::Alnum, 40)]),
            token("dp.oauth.", &[at_least(Alphabet::Alnum, 40)]),
            token("dp.pt.", &[at_least(Alphabet::Alnum, 40)]),
            token("dp.sa.", &[at_least(Alphabet::Alnum, 40)]),
            token("dp.said.", &[at_least(Alphabet::Alnum, 40)]),
            token("dp.scim.", &[at_least(Alphabet::Alnum, 40)]),
            token("dp.st.", &[at_least(Alphabet::Dotted, 40)]),
        ]),
    },
    Detector {
        id: "infisical-service-token",
        group: Group::Secret,
        about: "service tokens of Infisical",
        source: "Infisical documentation, Service tokens",
        examples: &[
            Example("«st.0000fa4eabcd0000fa4eabcd.0000fa4eabcd0000fa4eabcd0000fa4e.0000fa4eabcd0000fa4eabcd0000fa4e»"),
            Example("st.0000fa4eabcd0000fa4eabcd.0000fa4eabcd0000fa4eabcd0000fa4e.0000fa4eabcd0000fa4eabcd0000fa4"),
            Example("st.000000000000000000000000.00000000000000000000000000000000.00000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[token(
            "st.",
            &[
                exactly(Alphabet::LowerHex, 24),
                Piece::Text("."),
                exactly(Alphabet::LowerHex, 32),
                Piece::Text("."),
                exactly(Alphabet::LowerHex, 32),
            ],
        )]),
    },
    Detector {
        id: "onepassword-service-token",
        group: Group::Secret,
        about: "service account tokens of 1Password",
        source: "1Password Developer documentation, Service accounts",
        examples: &[
            Example(concat!(
                "«ops_eyJFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000",
                "abcdFAKE=»",
            )),
            Example(concat!(
                "«ops_eyJFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000",
                "abcdFAKE=»",
            )),
            Example(concat!(
                "ops_eyJFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000a",
                "bcdFAK=",
            )),
            Example("export OP=ops_eyJzaWduSW5BZGRyZXNzIjoiaHR0cHM6..."),
        ],
        rule: Rule::Tokens(&[
            token("ops_eyJ", &[at_least(Alphabet::Base64, 100), PADDING]),
            token("ops_eyJ", &[at_least(Alphabet::WordDash, 100), PADDING]),
        ]),
    },
    Detector {
        id: "onepassword-secret-key",
        group: Group::Secret,
        about: "secret keys of 1Password accounts",
        source: "1Password Support, About your Secret Key",
        examples: &[
            Example("%3D«A3-FAKE00-FAKE00-FAKE0-FAKE0-FAKE0-FAKE0»&x=1"),
            Example("ONEPASSWORD_SECRET_KEY=«A3-FAKE00-FAKE0000ABC-FAKE0-FAKE0-FAKE0»"),
            Example("A3-FAKE00-FAKE00-FAKE0-FAKE0-FAKE0-FAKE"),
            Example("A3-XXXXXX-XXXXXXXXXXX-XXXXX-XXXXX-XXXXX"),
        ],
        rule: Rule::Tokens(&[
            token(
                "A3-",
                &[
                    exactly(Alphabet::Upper, 6),
                    Piece::Text("-"),
                    exactly(Alphabet::Upper, 6),
                    Piece::Text("-"),
                    exactly(Alphabet::Upper, 5),
                    Piece::Text("-"),
                    exactly(Alphabet::Upper, 5),
                    Piece::Text("-"),
                    exactly(Alphabet::Upper, 5),
                    Piece::Text("-"),
                    exactly(Alphabet::Upper, 5),
                ],
            ),
            token(
                "A3-",
                &[
                    exactly(Alphabet::Upper, 6),
                    Piece::Text("-"),
                    exactly(Alphabet::Upper, 11),
                    Piece::Text("-"),
                    exactly(Alphabet::Upper, 5),
                    Piece::Text("-"),
                    exactly(Alphabet::Upper, 5),
                    Piece::Text("-"),
                    exactly(Alphabet::Upper, 5),
                ],
            ),
        ]),
    },
    Detector {
        id: "age-secret-key",
        group: Group::Secret,
        about: "secret keys of age, those of plugins and post-quantum ones too",
        source: "age specification, X25519 and hybrid recipients; age manual",
        examples: &[
            Example("{\"key\": \"«AGE-SECRET-KEY-1FAKE0000ABCDFAKE0000ABCDFAKE0000ABCDFAKE0000ABCDFAKE0000AB»\"}"),
            Example("token: «AGE-SECRET-KEY-PQ-1FAKE0000ABCDFAKE0000ABCDFAKE0000ABCDFAKE»\\n"),
            Example("run --key «AGE-PLUGIN-FAKE0000abcdFAKE0000abcdFAKE00» now"),
            Example("AGE-SECRET-KEY-1FAKE0000ABCDFAKE0000ABCDFAKE0000ABCDFAKE0000ABCDFAKE0000A"),
            Example("AGE-SECRET-KEY-1FAKE"),
        ],
        rule: Rule::Tokens(&[
            token("AGE-SECRET-KEY-1", &[exactly(Alphabet::Upper, 58)]).any_body(),
            token("AGE-SECRET-KEY-PQ-1", &[at_least(Alphabet::Upper, 40)]).any_body(),
            token("AGE-PLUGIN-", &[at_least(Alphabet::Dash, 30)]),
        ]),
    },
    Detector {
        id: "basis-theory-api-key",
        group: Group::Secret,
        about: "API keys of Basis Theory",
        source: "Basis Theory documentation, API keys",
        examples: &[
            Example("\\\"«key_prod_us_pub_FAKE0000abcdFAKE0000»\\\","),
            Example("key = '«key_test_us_pub_FAKE0000abcdFAKE0000»';"),
            Example("out\\n«key_FAKE0000abcdFAKE0000ab»\\n"),
            Example("key_prod_us_pub_FAKE0000abcdFAKE000"),
            Example("key_xxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("key_prod_us_pub_", &[at_least(Alphabet::Alnum, 20)]),
            token("key_prod_us_pvt_", &[at_least(Alphabet::Alnum, 20)]),
            token("key_test_us_pub_", &[at_least(Alphabet::Alnum, 20)]),
            token("key_test_us_pvt_", &[at_least(Alphabet::Alnum, 20)]),
            token("key_", &[exactly(Alphabet::Alnum, 22)]),
        ]),
    },
    Detector {
        id: "k3s-token",
        group: Group::Secret,
        about: "join tokens of K3s and RKE2",
        source: "K3s documentation, k3s token",
        examples: &[
            Example("(«K100000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000::F:FAKE0000abcdFAKE»)"),
            Example("«K100000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000::FAKE0000abcdFAKE»"),
            Example("K100000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000::F:FAKE0000abcdFAK"),
            Example("K100000000000000000000000000000000000000000000000000000000000000000::xxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token(
                "K10",
                &[
                    exactly(Alphabet::LowerHex, 64),
                    Piece::Text("::"),
                    between(Alphabet::Alnum, 1, 40),
                    Piece::Text(":"),
                    at_least(Alphabet::Word, 16),
                ],
            ),
            token("K10", &[exactly(Alphabet::LowerHex, 64), Piece::Text("::"), at_least(Alphabet::Word, 16)]),
        ]),
    },
    Detector {
        id: "rancher-kubeconfig-token",
        group: Group::Secret,
        about: "tokens in kubeconfig files that Rancher wrote",
        source: "Rancher documentation, API tokens",
        examples: &[
            Example("%3D«kubeconfig-uFAKE:fake0000abcdfake0000abcdfake0000abcdfake0000abcdfake00»&x=1"),
            Example("kubeconfig-uFAKE:fake0000abcdfake0000abcdfake0000abcdfake0000abcdfake000"),
            Example("kubeconfig-uxxxx:xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token(
            "kubeconfig-u",
            &[between(Alphabet::Dash, 4, 40), Piece::Text(":"), exactly(Alphabet::Lower, 54)],
        )]),
    },
    Detector {
        id: "portainer-access-token",
        group: Group::Secret,
        about: "access tokens of Portainer",
        source: "Portainer documentation, Accessing the Portainer API",
        examples: &[
            Example("PORTAINER_ACCESS_TOKEN=«ptr_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE=»"),
            Example("ptr_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAK="),
            Example("ptr_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("ptr_", &[at_least(Alphabet::Base64, 40), PADDING])]),
    },
];
