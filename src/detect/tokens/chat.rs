//! Tokens of services through which people and programs talk to each other.
//!
//! Must not know how tokens are found.

use super::{at_least, token};
use crate::detect::registry::{Detector, Example, Group, Rule};
use crate::detect::text::Alphabet;

pub(in crate::detect) const SHELF: &[Detector] = &[Detector {
    id: "slack-token",
    group: Group::Secret,
    about: "tokens of Slack: bot, user, workspace, refresh, configuration and app-level",
    source: "Slack developer documentation, Token types",
    examples: &[
        Example("«xoxb-000000000000-0000FAKEexample»"),
        Example("SLACK: «xapp-1-A0000FAKE-0000-abcd»,"),
        Example("cut «xoxp-00»\r\n[... telemetry preview truncated ...]"),
        Example("xoxb-your-token-goes-here"),
        Example("xoxo-000000000000"),
    ],
    rule: Rule::Tokens(&[
        token("xapp-", &[at_least(Alphabet::Dash, 11)]),
        token("xoxa-", &[at_least(Alphabet::Dash, 11)]),
        token("xoxb-", &[at_least(Alphabet::Dash, 11)]),
        token("xoxe-", &[at_least(Alphabet::Dash, 11)]),
        // Rotated tokens wrap another one.
        token("xoxe.xoxb-", &[at_least(Alphabet::Dash, 10)]),
        token("xoxe.xoxp-", &[at_least(Alphabet::Dash, 10)]),
        token("xoxp-", &[at_least(Alphabet::Dash, 11)]),
        token("xoxr-", &[at_least(Alphabet::Dash, 11)]),
        token("xoxs-", &[at_least(Alphabet::Dash, 11)]),
    ]),
}];
