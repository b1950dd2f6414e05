//! A real log backend with tenants behind Envoy: VictoriaLogs, and what can be found in it.

use std::net::{SocketAddr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use envoy_test::client::{Call, get};
use envoy_test::config::{Config, filter};
use envoy_test::envoy::{Envoy, peers};
use serde_json::json;
use tempfile::TempDir;
use tokio::time::sleep;

use crate::codex::{HEADERS, NOWHERE, session};

/// The version that is tested; `./test` builds it.
const VERSION: &str = "1.117.0";

/// Where VictoriaLogs takes OTLP.
const PATH: &str = "/insert/opentelemetry/v1/logs";

struct Backend {
    child: Child,
    address: SocketAddr,
    _folder: TempDir,
}

impl Backend {
    async fn start() -> Self {
        let binary = peers().join(format!("victoria-logs-{VERSION}/victoria-logs"));
        assert!(binary.is_file(), "there is no VictoriaLogs at {}; ./test builds it", binary.display());
        let folder = tempfile::tempdir().unwrap();
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let mut command = Command::new(binary);
        command.arg(format!("-storageDataPath={}", folder.path().display())).arg(format!("-httpListenAddr={address}"));
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let mut backend = Self { child, address, _folder: folder };
        for _ in 0..300 {
            // The port was free a moment ago; were it somebody else's now, ours would have ended.
            assert!(backend.child.try_wait().unwrap().is_none(), "VictoriaLogs does not start");
            if get(address, "/health").await == "OK" {
                return backend;
            }
            sleep(Duration::from_millis(100)).await;
        }
        panic!("VictoriaLogs is not ready");
    }

    /// All that an account has, a record a line.
    async fn records(&self, account: &str) -> String {
        let query = Call::default().method("GET").path("/select/logsql/query?query=*&limit=10000");
        let answer = query.header("AccountID", account).send(self.address).await.unwrap();
        String::from_utf8(answer.body).unwrap()
    }
}

impl Drop for Backend {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

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
    let mut found = String::new();
    for _ in 0..100 {
        found = backend.records("1").await;
        if found.contains("codex.tool_result") {
            break;
        }
        sleep(Duration::from_millis(200)).await;
    }
    for text in ["codex.user_prompt", "codex.tool_result", "gen_ai.usage.input_tokens", "[redacted]", "acme"] {
        assert!(found.contains(text), "{text} is not found in {found}\n{}", envoy.log());
    }
    for text in NOWHERE {
        assert!(!found.contains(text), "{text} is found");
    }
    for account in ["0", "2"] {
        assert_eq!(backend.records(account).await, "", "account {account}");
    }
}
