//! Tokens of code hosts, package registries and what builds and ships code.
//!
//! Must not know how tokens are found.

use super::{at_least, token};
use crate::detect::registry::{Detector, Example, Group, Rule};
use crate::detect::text::Alphabet;

pub(in crate::detect) const SHELF: &[Detector] = &[Detector {
    id: "github-token",
    group: Group::Secret,
    about: "tokens of GitHub: personal (classic and fine-grained), OAuth, user-to-server, server-to-server, refresh",
    source: "GitHub Docs, About authentication to GitHub, GitHub's token formats",
    examples: &[
        Example("git clone https://«ghp_FAKEfake0000abcdFAKEfake0000abcdFAKE»@github.com/o/r"),
        Example("«github_pat_0000EXAMPLE0000example_0000abcdFAKE»"),
        Example("GH=«ghs_0000abcd0000abcd0000abcd0000abcd0000»\\n"),
        Example("t «ghp_FAKEfake»\\n[... telemetry preview truncated ...]"),
        Example("ghp_short"),
        Example("see github_patterns_for_everything_we_do_here"),
        Example("github_pat_ is the prefix"),
    ],
    rule: Rule::Tokens(&[
        token("github_pat_", &[at_least(Alphabet::Word, 22)]),
        token("gho_", &[at_least(Alphabet::Word, 36)]),
        token("ghp_", &[at_least(Alphabet::Word, 36)]),
        token("ghr_", &[at_least(Alphabet::Word, 36)]),
        token("ghs_", &[at_least(Alphabet::Word, 36)]),
        token("ghu_", &[at_least(Alphabet::Word, 36)]),
    ]),
}];
