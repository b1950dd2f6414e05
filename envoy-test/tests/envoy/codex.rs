//! The real Codex CLI against a model that follows a script, exporting through Envoy.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use envoy_test::GRPC_PATH;
use envoy_test::config::{Config, filter};
use envoy_test::envoy::Envoy;
use envoy_test::model::Model;
use envoy_test::upstream::{Seen, Upstream};
use serde_json::json;
use tokio::process::Command;
use tokio::time::timeout;

use crate::support::contains;

/// The version that is tested; `./test` installs it.
const VERSION: &str = "0.169.0";

const PROMPT: &str = "Read secrets.env for alice.smith@example.com";
const FILE: &str = "token=ghp_FAKE0000abcdefghijklmnopqrstuvwxyz\npassword: hunter2-EXAMPLE\n";
const SENTENCE: &str = "The file holds a token of the EXAMPLE project.";

/// What the developer, the tool and the model have said, and may not leave.
pub const NOWHERE: [&str; 6] =
    ["Read secrets.env", "alice.smith", "ghp_FAKE0000", "hunter2-EXAMPLE", "EXAMPLE project", "FAKE-KEY"];

/// Scenario: one session of the real CLI for each of its exporters: a prompt, a command that prints a file of secrets, an
/// answer. It shows a key of the tenant acme.
/// Guarantees: every batch arrives as acme's, in the protocol that was asked for, with its events and its counts of tokens,
/// and without anything that was said or printed.
#[tokio::test]
async fn codex_exports_through_envoy() {
    let ours = json!({"policy": {"tenant": {"headers": {"X-Scope-OrgID": "{tenant}"}, "sources": [{"header": {
        "name": "x-otlp-api-key",
        "sha256": {"3d3f5f4cf40861c65f1776b311905ea57e6ec1899db1e1a7a8987fb6e383fc8f": "acme"}}}]}}});
    let upstream = Upstream::plain().await;
    let envoy = Envoy::start(&Config::new(upstream.address).listener("otlp", vec![filter(&ours)]).build()).await;
    let at = envoy.at("otlp");
    let http = |protocol: &str| {
        format!(
            r#"{{ otlp-http = {{ endpoint = "http://{at}/v1/logs", protocol = "{protocol}", headers = {HEADERS} }} }}"#
        )
    };
    let grpc = format!(r#"{{ otlp-grpc = {{ endpoint = "http://{at}", headers = {HEADERS} }} }}"#);
    for (exporter, path, content_type) in [
        (http("binary"), "/v1/logs", "application/x-protobuf"),
        (http("json"), "/v1/logs", "application/json"),
        (grpc, GRPC_PATH, "application/grpc"),
    ] {
        let said = session(&exporter).await;
        let seen = upstream.take();
        assert!(!seen.is_empty(), "nothing arrives: {said}\n{}", envoy.log());
        for Seen { line, headers, body, .. } in &seen {
            assert_eq!(
                (line.as_str(), headers["content-type"].to_str().unwrap()),
                (&*format!("POST {path}"), content_type)
            );
            assert_eq!(headers["x-scope-orgid"], "acme");
            for text in NOWHERE {
                assert!(
                    !contains(body, text) && !format!("{headers:?}").contains(text),
                    "{text} arrives by {exporter}"
                );
            }
        }
        let all: Vec<u8> = seen.into_iter().flat_map(|seen| seen.body).collect();
        for text in [
            "codex.user_prompt",
            "codex.tool_result",
            "codex.sse_event",
            "gen_ai.usage.input_tokens",
            "[redacted]",
            "acme",
        ] {
            assert!(contains(&all, text), "{text} does not arrive by {exporter}: {said}");
        }
    }
}

pub const HEADERS: &str = r#"{ "x-otlp-api-key" = "FAKE-KEY-0000abce" }"#;

/// Runs a session; what it has printed.
pub async fn session(exporter: &str) -> String {
    let model = Model::start("cat secrets.env", SENTENCE).await;
    let (home, work) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(work.path().join("secrets.env"), FILE).unwrap();
    let config = format!(
        r#"
model = "gpt-5-codex"
model_provider = "scripted"
approval_policy = "never"
sandbox_mode = "danger-full-access"
check_for_update_on_startup = false
[model_providers.scripted]
name = "scripted"
base_url = "http://{}/v1"
wire_api = "responses"
env_key = "FAKE_KEY"
[otel]
environment = "test"
log_user_prompt = true
exporter = {exporter}
trace_exporter = "none"
metrics_exporter = "none"
[analytics]
enabled = false
"#,
        model.address
    );
    fs::write(home.path().join("config.toml"), config).unwrap();
    let mut command = Command::new(codex());
    command.args(["exec", "--skip-git-repo-check", PROMPT]).current_dir(work.path());
    // Nothing outside is asked: what is not on this machine goes to a proxy that nobody is.
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("FAKE_KEY", "sk-FAKE");
    command.env("HOME", home.path()).env("CODEX_HOME", home.path());
    command.env("HTTPS_PROXY", "http://127.0.0.1:9").env("NO_PROXY", "127.0.0.1");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    let output = timeout(Duration::from_secs(120), command.output()).await.expect("the session ends").unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains(SENTENCE), "{said}");
    said
}

/// The binary: `AIRLOCK_CODEX_BIN`, or where `./test` has put it.
fn codex() -> PathBuf {
    if let Some(path) = std::env::var_os("AIRLOCK_CODEX_BIN") {
        return path.into();
    }
    let root = envoy_test::envoy::peers().join(format!("codex-{VERSION}"));
    let binary: &Path = &root.join("node_modules/.bin/codex");
    assert!(
        binary.exists(),
        "there is no Codex at {}; ./test installs it, or: npm install --prefix {} @openai/codex@{VERSION}",
        binary.display(),
        root.display()
    );
    binary.into()
}
