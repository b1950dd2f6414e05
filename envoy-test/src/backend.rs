//! A real log backend with tenants: VictoriaLogs, and what can be found in it.
//!
//! Must not know what should be.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::time::sleep;

use crate::client::{Call, get};
use crate::peer::{Peer, free_address};

/// The version that is tested; `./test` builds it.
pub const VERSION: &str = "1.117.0";

/// Where VictoriaLogs takes OTLP/HTTP, in protobuf.
pub const PATH: &str = "/insert/opentelemetry/v1/logs";

/// A running VictoriaLogs.
pub struct Backend {
    _peer: Peer,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Backend {
    /// Starts one that has nothing yet.
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let address = free_address();
        let data = folder.path().join("data");
        let arguments = [format!("-storageDataPath={}", data.display()), format!("-httpListenAddr={address}")];
        let is_ready = async || get(address, "/health").await == "OK";
        Self { _peer: Peer::start(("victoria-logs", VERSION), folder, &arguments, is_ready).await, address }
    }

    /// What a query of LogsQL finds in an account, a record a line.
    ///
    /// # Panics
    ///
    /// Where there is no answer.
    pub async fn query(&self, account: &str, query: &str) -> String {
        let query = query.replace(' ', "%20").replace('"', "%22").replace('|', "%7C");
        let path = format!("/select/logsql/query?query={query}&limit=10000");
        let call = Call::default().method("GET").path(&path).header("AccountID", account);
        let answer = call.send(self.address).await.expect("the backend answers");
        String::from_utf8_lossy(&answer.body).into_owned()
    }

    /// All that an account has once a text is in it, or after some time.
    pub async fn records_with(&self, account: &str, text: &str) -> String {
        let mut found = String::new();
        for _ in 0..100 {
            found = self.query(account, "*").await;
            if found.contains(text) {
                break;
            }
            sleep(Duration::from_millis(200)).await;
        }
        found
    }
}
