//! Keys of those who sell models and what belongs to them.
//!
//! Must not know how tokens are found.

use super::{at_least, token};
use crate::detect::registry::{Detector, Example, Group, Rule};
use crate::detect::text::Alphabet;

pub(in crate::detect) const SHELF: &[Detector] = &[
    Detector {
        id: "anthropic-api-key",
        group: Group::Secret,
        about: "API and admin keys of Anthropic",
        source: "Anthropic API documentation, Authentication and Admin API: keys begin with sk-ant-",
        examples: &[
            Example("ANTHROPIC=«sk-ant-api03-FAKEfake0000abcdEXAMPLE»"),
            Example("x-key: «sk-ant-admin01-0000FAKE0000example_0000»;"),
            Example("sk-ant-\n"),
            Example("the prefix sk-ant-api03 alone"),
        ],
        rule: Rule::Tokens(&[token("sk-ant-", &[at_least(Alphabet::WordDash, 16)])]),
    },
    Detector {
        id: "openai-api-key",
        group: Group::Secret,
        about: "API keys of OpenAI (user, project, service account, admin) and of those who took over its prefix",
        source: "OpenAI API reference, Authentication; OpenAI Help Center, project and service account keys",
        examples: &[
            Example("key «sk-FAKE0000abcdFAKE0000abcd»"),
            Example("\\\"«sk-proj-0000_FAKE-0000abcdEXAMPLE»\\\""),
            Example("\u{1b}[32m«sk-svcacct-0000FAKE0000abcd0000»\u{1b}[0m"),
            Example("cut «sk-proj-00»\n[... telemetry preview truncated ...]"),
            Example("class=\"sk-estimator-doc-link-and-label\""),
            Example("the task-0000abcd0000abcd0000abcd"),
            Example("sk-tooshort1"),
        ],
        rule: Rule::Tokens(&[token("sk-", &[at_least(Alphabet::WordDash, 20)])]),
    },
];
