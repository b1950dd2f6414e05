//! Tokens of registries of packages.
//!
//! Must not know how tokens are found.

use super::{PADDING, at_least, between, exactly, token};
use crate::detect::registry::{Detector, Example, Group, Rule};
use crate::detect::text::Alphabet;

pub(in crate::detect) const SHELF: &[Detector] = &[
    Detector {
        id: "npm-token",
        group: Group::Secret,
        about: "access tokens of npm",
        source: "npm Docs, About access tokens",
        examples: &[
            Example("<key>«npm_FAKE0000abcdFAKE0000abcdFAKE0000abcd»</key>"),
            Example("npm_FAKE0000abcdFAKE0000abcdFAKE0000abc"),
            Example("npm_config_registry_and_npm_config_cache"),
        ],
        rule: Rule::Tokens(&[token("npm_", &[exactly(Alphabet::Alnum, 36)])]),
    },
    Detector {
        id: "pypi-token",
        group: Group::Secret,
        about: "API tokens of PyPI and TestPyPI",
        source: "PyPI help, API tokens; PyPI documentation, Secret reporting",
        examples: &[
            Example("(«pypi-AgEFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFA»)"),
            Example("pypi-AgEFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdF"),
            Example("pypi-AgE-of-packages"),
        ],
        rule: Rule::Tokens(&[token("pypi-AgE", &[at_least(Alphabet::WordDash, 50)])]),
    },
    Detector {
        id: "rubygems-api-key",
        group: Group::Secret,
        about: "API keys of RubyGems",
        source: "RubyGems Guides, API key scopes",
        examples: &[
            Example("«rubygems_0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd»"),
            Example("rubygems_0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0"),
            Example("rubygems_000000000000000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[token("rubygems_", &[exactly(Alphabet::LowerHex, 48)])]),
    },
    Detector {
        id: "crates-io-token",
        group: Group::Secret,
        about: "API tokens of crates.io",
        source: "The Cargo Book, Publishing on crates.io; crates.io secret scanning",
        examples: &[
            Example("%3D«cioFAKE0000abcdFAKE0000abcdFAKE0000»&x=1"),
            Example("cioFAKE0000abcdFAKE0000abcdFAKE000"),
            Example("cioTokensAreOfThirtyTwoLettersOrDig1"),
        ],
        rule: Rule::Tokens(&[token("cio", &[exactly(Alphabet::Alnum, 32)])]),
    },
    Detector {
        id: "nuget-api-key",
        group: Group::Secret,
        about: "API keys of NuGet",
        source: "NuGet documentation, Scoped API keys",
        examples: &[
            Example("NUGET_API_KEY=«oy2fake0000abcdfake0000abcdfake0000abcdfake000»"),
            Example("oy2fake0000abcdfake0000abcdfake0000abcdfake00"),
            Example("oy2xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("oy2", &[exactly(Alphabet::Lower, 43)])]),
    },
    Detector {
        id: "jfrog-token",
        group: Group::Secret,
        about: "API keys and reference tokens of JFrog",
        source: "JFrog documentation, API keys and Reference tokens",
        examples: &[
            Example("{\"key\": \"«AKCpFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0»\"}"),
            Example("token: «cmVmdGtuOFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE=»\\n"),
            Example("AKCpFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE"),
            Example("AKCp0000FAKE0000abcd"),
        ],
        rule: Rule::Tokens(&[
            token("AKCp", &[between(Alphabet::Alnum, 65, 75)]),
            token("cmVmdGtuO", &[at_least(Alphabet::Alnum, 40), PADDING]),
        ]),
    },
    Detector {
        id: "packagist-token",
        group: Group::Secret,
        about: "API tokens of Private Packagist",
        source: "Private Packagist documentation, API authentication",
        examples: &[
            Example("run --key «packagist_ack_0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd» now"),
            Example("\\\"«packagist_out_0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd»\\\","),
            Example("key = '«packagist_uut_0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd»';"),
            Example("packagist_ack_0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabc"),
            Example("packagist_uut_000000000000000000000000000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[
            token("packagist_ack_", &[at_least(Alphabet::LowerHex, 60)]),
            token("packagist_ort_", &[at_least(Alphabet::LowerHex, 60)]),
            token("packagist_out_", &[at_least(Alphabet::LowerHex, 60)]),
            token("packagist_urt_", &[at_least(Alphabet::LowerHex, 60)]),
            token("packagist_uut_", &[at_least(Alphabet::LowerHex, 60)]),
        ]),
    },
    Detector {
        id: "clojars-deploy-token",
        group: Group::Secret,
        about: "deploy tokens of Clojars",
        source: "Clojars wiki, Deploy tokens",
        examples: &[
            Example("out\\n«CLOJARS_0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd»\\n"),
            Example("«CLOJARS_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcd»"),
            Example("CLOJARS_0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabc"),
            Example("CLOJARS_000000000000000000000000000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[token("CLOJARS_", &[exactly(Alphabet::Alnum, 60)])]),
    },
    Detector {
        id: "jsr-token",
        group: Group::Secret,
        about: "tokens of JSR",
        source: "JSR documentation, Publishing packages",
        examples: &[
            Example("<key>«jsrd_FAKE0000abcdFAKE0000»</key>"),
            Example("(«jsrp_FAKE0000abcdFAKE0000»)"),
            Example("«jsrw_FAKE0000abcdFAKE0000»"),
            Example("jsrd_FAKE0000abcdFAKE000"),
            Example("jsrw_xxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("jsrd_", &[at_least(Alphabet::Alnum, 20)]),
            token("jsrp_", &[at_least(Alphabet::Alnum, 20)]),
            token("jsrw_", &[at_least(Alphabet::Alnum, 20)]),
        ]),
    },
    Detector {
        id: "openvsx-token",
        group: Group::Secret,
        about: "access tokens of Open VSX",
        source: "Open VSX wiki, Publishing extensions",
        examples: &[
            Example("%3D«ovsxat_FAKE0000abcdFAKE0000abcdFAKE00»&x=1"),
            Example("ovsxat_FAKE0000abcdFAKE0000abcdFAKE0"),
            Example("ovsxat_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("ovsxat_", &[at_least(Alphabet::WordDash, 30)])]),
    },
    Detector {
        id: "cloudsmith-api-key",
        group: Group::Secret,
        about: "keys of service accounts of Cloudsmith",
        source: "Cloudsmith documentation, API keys",
        examples: &[
            Example("(«csa_0000fa4e0000abcd12340000fa4e00FAKE0a»)"),
            Example("csa_0000fa4e0000abcd12340000fa4e00FAKE0"),
            Example("csa_000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[token("csa_", &[exactly(Alphabet::LowerHex, 30), exactly(Alphabet::Alnum, 6)])]),
    },
];
