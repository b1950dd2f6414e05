//! Tokens of what builds, tests and ships code.
//!
//! Must not know how tokens are found.

use super::{Piece, at_least, between, exactly, token};
use crate::detect::registry::{Detector, Example, Group, Rule};
use crate::detect::text::Alphabet;

pub(in crate::detect) const SHELF: &[Detector] = &[
    Detector {
        id: "circleci-token",
        group: Group::Secret,
        about: "personal and project tokens of CircleCI",
        source: "CircleCI documentation, Managing API tokens",
        examples: &[
            Example("token: «CCIPAT_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE»\\n"),
            Example("run --key «CCIPRJ_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE» now"),
            Example("CCIPAT_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAK"),
            Example("CCIPRJ_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("CCIPAT_", &[at_least(Alphabet::Word, 40)]),
            token("CCIPRJ_", &[at_least(Alphabet::Word, 40)]),
        ]),
    },
    Detector {
        id: "buildkite-token",
        group: Group::Secret,
        about: "tokens of Buildkite: API, agent, job, cluster, packages",
        source: "Buildkite documentation, Managing API access tokens and Agent tokens",
        examples: &[
            Example("\\\"«bkaj_FAKE0000abcdFAKE0000abcdFAKE00»\\\","),
            Example("key = '«bkct_FAKE0000abcdFAKE0000abcdFAKE00»';"),
            Example("out\\n«bkua_0000fa4eabcd0000fa4eabcd0000fa4eabcd0000»\\n"),
            Example("bkaj_FAKE0000abcdFAKE0000abcdFAKE0"),
            Example("bkaj_the_name_of_a_job_in_words_and_words"),
        ],
        rule: Rule::Tokens(&[
            token("bkaj_", &[at_least(Alphabet::Dotted, 30)]),
            token("bkar_", &[at_least(Alphabet::Dotted, 30)]),
            token("bkat_", &[at_least(Alphabet::Dotted, 30)]),
            token("bkct_", &[at_least(Alphabet::Dotted, 30)]),
            token("bkpt_", &[at_least(Alphabet::Dotted, 30)]),
            token("bkua_", &[exactly(Alphabet::LowerHex, 40)]),
        ]),
    },
    Detector {
        id: "harness-token",
        group: Group::Secret,
        about: "personal and service account tokens of Harness",
        source: "Harness Developer Hub, Manage API keys",
        examples: &[
            Example("<key>«pat.FAKE0000abcdFAKE0000ab.0000fa4eabcd0000fa4eabcd.FAKE0000abcdFAKE0000»</key>"),
            Example("(«sat.FAKE0000abcdFAKE0000ab.0000fa4eabcd0000fa4eabcd.FAKE0000abcdFAKE0000»)"),
            Example("pat.FAKE0000abcdFAKE0000ab.0000fa4eabcd0000fa4eabcd.FAKE0000abcdFAKE000"),
            Example("sat.xxxxxxxxxxxxxxxxxxxxxx.000000000000000000000000.xxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token(
                "pat.",
                &[
                    exactly(Alphabet::WordDash, 22),
                    Piece::Text("."),
                    exactly(Alphabet::LowerHex, 24),
                    Piece::Text("."),
                    exactly(Alphabet::Alnum, 20),
                ],
            ),
            token(
                "sat.",
                &[
                    exactly(Alphabet::WordDash, 22),
                    Piece::Text("."),
                    exactly(Alphabet::LowerHex, 24),
                    Piece::Text("."),
                    exactly(Alphabet::Alnum, 20),
                ],
            ),
        ]),
    },
    Detector {
        id: "appveyor-api-token",
        group: Group::Secret,
        about: "API tokens of AppVeyor",
        source: "AppVeyor documentation, REST API authentication",
        examples: &[
            Example("«v2.FAKE0000abcdFAKE0000»"),
            Example("v2.FAKE0000abcdFAKE0000a"),
            Example("v2.ReleaseNotes"),
        ],
        rule: Rule::Tokens(&[token("v2.", &[exactly(Alphabet::Alnum, 20)])]),
    },
    Detector {
        id: "teamcity-access-token",
        group: Group::Secret,
        about: "access tokens of TeamCity",
        source: "TeamCity documentation, Managing your user account, access tokens",
        examples: &[
            Example("%3D«eyJ0eXAiOiAiVENWMiJ9.FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE»&x=1"),
            Example("eyJ0eXAiOiAiVENWMiJ9.FAKE0000abcdFAKE0000abcdFAKE0000abcdFAK"),
            Example("eyJ0eXAiOiAiVENWMiJ9.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("eyJ0eXAiOiAiVENWMiJ9.", &[at_least(Alphabet::Dotted, 40)])]),
    },
    Detector {
        id: "jenkins-api-token",
        group: Group::Secret,
        about: "API tokens of Jenkins users",
        source: "Jenkins documentation, Authenticating scripted clients; source of ApiTokenStore",
        examples: &[
            Example("JENKINS_API_TOKEN=«110000fa4eabcd0000fa4eabcd0000fa4e»"),
            Example("110000fa4eabcd0000fa4eabcd0000fa4"),
            Example("1100000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[token("11", &[exactly(Alphabet::LowerHex, 32)])]),
    },
    Detector {
        id: "octopus-api-key",
        group: Group::Secret,
        about: "API keys of Octopus Deploy",
        source: "Octopus Deploy documentation, How to create an API key",
        examples: &[
            Example("{\"key\": \"«API-FAKE0000ABCDFAKE0000ABCDF»\"}"),
            Example("API-FAKE0000ABCDFAKE0000ABCDFAKE000"),
            Example("API-BD80F56CDC14"),
            Example("API-CALCULADORA_DE_INVESTIMENTOS1"),
        ],
        rule: Rule::Tokens(&[token("API-", &[between(Alphabet::Upper, 25, 30)])]),
    },
    Detector {
        id: "sentry-token",
        group: Group::Secret,
        about: "auth tokens of Sentry: organisation, user, integration",
        source: "Sentry documentation, Auth tokens",
        examples: &[
            Example("token: «sntrys_eyJFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcd»\\n"),
            Example("run --key «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» now"),
            Example("\\\"«sntrya_0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000»\\\","),
            Example("sntrys_eyJFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abc"),
            Example("sntryu_0000fa4e0000abcd0000fa4e0000abcd"),
        ],
        rule: Rule::Tokens(&[
            token("sntrys_eyJ", &[at_least(Alphabet::Encoded, 60)]),
            token("sntryi_", &[exactly(Alphabet::LowerHex, 64)]),
            token("sntryu_", &[exactly(Alphabet::LowerHex, 64)]),
            token("sntrya_", &[exactly(Alphabet::LowerHex, 64)]),
        ]),
    },
    Detector {
        id: "percy-token",
        group: Group::Secret,
        about: "project tokens of Percy",
        source: "Percy documentation, Environment variables",
        examples: &[
            Example("key = '«app_0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000»';"),
            Example("out\\n«ss_0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000»\\n"),
            Example("<key>«web_0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000»</key>"),
            Example("app_0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000f"),
            Example("web_0000000000000000000000000000000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[
            token("app_", &[exactly(Alphabet::LowerHex, 64)]),
            token("auto_", &[exactly(Alphabet::LowerHex, 64)]),
            token("ss_", &[exactly(Alphabet::LowerHex, 64)]),
            token("web_", &[exactly(Alphabet::LowerHex, 64)]),
        ]),
    },
    Detector {
        id: "chromatic-project-token",
        group: Group::Secret,
        about: "project tokens of Chromatic",
        source: "Chromatic documentation, Setup",
        examples: &[Example("(«chpt_0000fa4eabcd»)"), Example("chpt_0000fa4eabc"), Example("chpt_000000000000")],
        rule: Rule::Tokens(&[token("chpt_", &[between(Alphabet::LowerHex, 12, 20)])]),
    },
    Detector {
        id: "checkly-api-key",
        group: Group::Secret,
        about: "API keys of Checkly: user and service",
        source: "Checkly documentation, API keys",
        examples: &[
            Example("«cu_0000fa4eabcd0000fa4eabcd0000fa4e»"),
            Example("%3D«sv_0000fa4eabcd0000fa4eabcd0000fa4e»&x=1"),
            Example("cu_0000fa4eabcd0000fa4eabcd0000fa4ea"),
            Example("sv_00000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[
            token("cu_", &[exactly(Alphabet::LowerHex, 32)]),
            token("sv_", &[exactly(Alphabet::LowerHex, 32)]),
        ]),
    },
    Detector {
        id: "replay-api-key",
        group: Group::Secret,
        about: "API keys of Replay",
        source: "Replay documentation, API keys",
        examples: &[
            Example("REPLAY_API_KEY=«rwk_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE»"),
            Example("rwk_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAK"),
            Example("rwk_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("rwk_", &[at_least(Alphabet::Alnum, 40)])]),
    },
    Detector {
        id: "lambdatest-access-key",
        group: Group::Secret,
        about: "access keys of LambdaTest",
        source: "LambdaTest documentation, Access key",
        examples: &[
            Example("{\"key\": \"«LT_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE»\"}"),
            Example("LT_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAK"),
            Example("LT_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("LT_", &[at_least(Alphabet::Alnum, 40)])]),
    },
    Detector {
        id: "depot-token",
        group: Group::Secret,
        about: "tokens of Depot: user, project and organisation",
        source: "Depot documentation, Authentication",
        examples: &[
            Example("token: «depot_org_0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000»\\n"),
            Example("run --key «depot_project_0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000» now"),
            Example("\\\"«depot_user_0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000»\\\","),
            Example("depot_org_0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd000"),
            Example("depot_user_0000000000000000000000000000000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[
            token("depot_org_", &[exactly(Alphabet::LowerHex, 64)]),
            token("depot_project_", &[exactly(Alphabet::LowerHex, 64)]),
            token("depot_user_", &[exactly(Alphabet::LowerHex, 64)]),
        ]),
    },
    Detector {
        id: "namespace-token",
        group: Group::Secret,
        about: "tokens of Namespace",
        source: "Namespace documentation, Authentication",
        examples: &[
            Example("key = '«nsct_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE»';"),
            Example("out\\n«nsrt_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE»\\n"),
            Example("nsct_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAK"),
            Example("nsrt_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("nsct_", &[at_least(Alphabet::Dotted, 40)]),
            token("nsrt_", &[at_least(Alphabet::Dotted, 40)]),
        ]),
    },
    Detector {
        id: "docker-token",
        group: Group::Secret,
        about: "access tokens of Docker Hub: personal and organisation",
        source: "Docker documentation, Personal and organization access tokens",
        examples: &[
            Example("<key>«dckr_oat_FAKE0000abcdFAKE0000abcdFAK»</key>"),
            Example("(«dckr_pat_FAKE0000abcdFAKE0000abcdFAK»)"),
            Example("dckr_oat_FAKE0000abcdFAKE0000abcdFA"),
            Example("dckr_pat_xxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("dckr_oat_", &[at_least(Alphabet::WordDash, 27)]),
            token("dckr_pat_", &[at_least(Alphabet::WordDash, 27)]),
        ]),
    },
    Detector {
        id: "docker-swarm-key",
        group: Group::Secret,
        about: "join tokens and unlock keys of Docker Swarm",
        source: "Docker documentation, docker swarm join-token and unlock-key",
        examples: &[
            Example("«SWMKEY-1-FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE»"),
            Example("%3D«SWMTKN-1-fake0000abcdfake0000abcdfake0000abcdfake-fake0000abcdfake0000»&x=1"),
            Example("SWMKEY-1-FAKE0000abcdFAKE0000abcdFAKE0000abcdFAK"),
            Example("SWMTKN-1-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx-xxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("SWMKEY-1-", &[at_least(Alphabet::Base64, 40)]),
            token("SWMTKN-1-", &[at_least(Alphabet::Lower, 40), Piece::Text("-"), at_least(Alphabet::Lower, 20)]),
        ]),
    },
];
