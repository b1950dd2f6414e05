//! Tokens that a vendor marks with a fixed prefix: a row each.
//!
//! Must not know how the pass finds the prefixes. Keeps I5: a body is read through the pass, which remembers its end.

use super::engine::Pass;
use super::marker::is_cut;
use super::registry::{Detector, DetectorId, Example, Group, Rule};
use super::text::{Alphabet, exact_at, looks_random, part, starts_word};
use super::windows::{WIDTH, Window};

/// A prefix and the body after it. Vendors' checksums are not asked for: a made-up token in a log is as much in the
/// wrong place, and nobody can tell it from a revoked one.
#[derive(Debug)]
pub(super) struct Token {
    prefix: &'static [u8],
    /// Where in the prefix the window ends that wakes the row: after its rarest four bytes.
    anchor: usize,
    body: Alphabet,
    /// The fewest bytes of the body, and the most.
    length: (usize, usize),
}

impl Token {
    const fn new(prefix: &'static [u8], body: Alphabet, length: (usize, usize)) -> Self {
        let anchor = if prefix.len() < WIDTH { prefix.len() } else { WIDTH };
        Token { prefix, anchor, body, length }
    }

    const fn woken_at(mut self, anchor: usize) -> Self {
        self.anchor = anchor;
        self
    }

    /// The bytes that wake the row.
    pub(super) const fn window(&self) -> Window {
        let (head, _) = self.prefix.split_at(self.anchor);
        let (_, window) = head.split_at(self.anchor.saturating_sub(WIDTH));
        Window::Exact(window)
    }
}

const ANY: usize = usize::MAX;

/// Anthropic API keys.
pub(super) const ANTHROPIC_API_KEY: Detector = Detector {
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
    // A window inside the prefix, so that other keys that begin with sk- do not wake it.
    rule: Rule::Tokens(&[Token::new(b"sk-ant-", Alphabet::WordDash, (16, ANY)).woken_at(5)]),
};

/// AWS access key ids.
pub(super) const AWS_ACCESS_KEY_ID: Detector = Detector {
    id: "aws-access-key-id",
    group: Group::Secret,
    about: "access key ids of AWS, long-term and temporary",
    source: "AWS IAM User Guide, IAM identifiers, Understanding unique ID prefixes",
    examples: &[
        Example("id «AKIA0000FAKE0000ABCD»."),
        Example("\"«ASIAEXAMPLEEXAMPLE77»\""),
        Example("out\\n«AKIAEXAMPLE000000000»\\n"),
        Example("cut «AKIAEXAM»\n[... telemetry preview truncated ...]"),
        Example("XAKIA0000FAKE0000ABCD"),
        Example("AKIA0000FAKE0000ABCDE"),
        Example("AKIA0000fake0000abcd"),
    ],
    rule: Rule::Tokens(&[
        // The documented alphabet is base32; 0, 1, 8 and 9 are let in because made-up keys use them.
        Token::new(b"ABIA", Alphabet::Upper, (16, 16)),
        Token::new(b"ACCA", Alphabet::Upper, (16, 16)),
        Token::new(b"AKIA", Alphabet::Upper, (16, 16)),
        Token::new(b"ASIA", Alphabet::Upper, (16, 16)),
    ]),
};

/// GitHub tokens.
pub(super) const GITHUB_TOKEN: Detector = Detector {
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
        Token::new(b"github_pat_", Alphabet::Word, (22, ANY)).woken_at(11),
        Token::new(b"gho_", Alphabet::Word, (36, ANY)),
        Token::new(b"ghp_", Alphabet::Word, (36, ANY)),
        Token::new(b"ghr_", Alphabet::Word, (36, ANY)),
        Token::new(b"ghs_", Alphabet::Word, (36, ANY)),
        Token::new(b"ghu_", Alphabet::Word, (36, ANY)),
    ]),
};

/// OpenAI API keys.
pub(super) const OPENAI_API_KEY: Detector = Detector {
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
    rule: Rule::Tokens(&[Token::new(b"sk-", Alphabet::WordDash, (20, ANY))]),
};

/// Slack tokens.
pub(super) const SLACK_TOKEN: Detector = Detector {
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
        Token::new(b"xapp-", Alphabet::Dash, (10, ANY)),
        Token::new(b"xoxa-", Alphabet::Dash, (10, ANY)),
        Token::new(b"xoxb-", Alphabet::Dash, (10, ANY)),
        Token::new(b"xoxe-", Alphabet::Dash, (10, ANY)),
        // Rotated tokens wrap another one.
        Token::new(b"xoxe.xoxb-", Alphabet::Dash, (10, ANY)),
        Token::new(b"xoxe.xoxp-", Alphabet::Dash, (10, ANY)),
        Token::new(b"xoxp-", Alphabet::Dash, (10, ANY)),
        Token::new(b"xoxr-", Alphabet::Dash, (10, ANY)),
        Token::new(b"xoxs-", Alphabet::Dash, (10, ANY)),
    ]),
};

/// Looks for each of `rows` around the place `end`, where the window of one of them ends.
pub(super) fn look(pass: &mut Pass<'_>, detector: DetectorId, rows: &[Token], end: usize) {
    for row in rows {
        let Some(start) = end.checked_sub(row.anchor) else { continue };
        if !exact_at(pass.text, start, row.prefix) || !starts_word(pass.text, start) {
            continue;
        }
        let body = start + row.prefix.len();
        let close = pass.run_end(row.body, body);
        let (least, most) = row.length;
        let length = close - body;
        let whole = (least..=most).contains(&length)
            && (row.body == Alphabet::Upper || looks_random(part(pass.text, body..close)))
            && (row.body != Alphabet::Upper || ends_word(pass.text, close));
        let cut = length > 0 && length < least && is_cut(pass.text, close);
        if whole || cut {
            pass.report(detector, start, close);
        }
    }
}

fn ends_word(text: &[u8], end: usize) -> bool {
    text.get(end).is_none_or(|byte| !byte.is_ascii_alphanumeric())
}
