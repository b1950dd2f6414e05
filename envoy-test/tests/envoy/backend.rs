//! A real log backend with tenants behind Envoy, and what can be found in it.

use envoy_test::backend::{Backend, PATH};
use envoy_test::config::{Config, filter};
use envoy_test::envoy::Envoy;
use serde_json::json;

use crate::codex::{HEADERS, NOWHERE, session};

/// Scenario: a session of the real Codex CLI with a key of acme, into a backend that keeps accounts apart by a header.
/// Guarantees: the records are acme's and nobody else's, and nothing that was said or printed can be found.
#[tokio::test]
async fn a_session_of_codex_is_found_by_its_tenant_alone() {
    let backend = Backend::start().await;
    let ours = json!({"host": {"paths": [PATH]}, "policy": {"tenant": {
        "headers": {"AccountID": {"acme": "1", "globex": "2"}},
        "sources": [{"header": {"name": "x-otlp-api-key",
            "sha256": {"3d3f5f4cf40861c65f1776b311905ea57e6ec1899db1e1a7a8987fb6e383fc8f": "acme"}}}]}}});
    let envoy = Envoy::start(&Config::new(backend.address).listener("otlp", vec![filter(&ours)]).build()).await;
    let at = envoy.at("otlp");
    let exporter =
        format!(r#"{{ otlp-http = {{ endpoint = "http://{at}{PATH}", protocol = "binary", headers = {HEADERS} }} }}"#);
    session(&exporter).await;
    let found = backend.records_with("1", "codex.tool_result").await;
    for text in ["codex.user_prompt", "codex.tool_result", "gen_ai.usage.input_tokens", "[redacted]", "acme"] {
        assert!(found.contains(text), "{text} is not found in {found}\n{}", envoy.log());
    }
    for text in NOWHERE {
        assert!(!found.contains(text), "{text} is found");
    }
    for account in ["0", "2"] {
        assert_eq!(backend.query(account, "*").await, "", "account {account}");
    }
}
