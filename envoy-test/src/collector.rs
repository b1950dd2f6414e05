//! A real OpenTelemetry Collector.
//!
//! Must not know what is sent to it. What its configuration says stays, but for places.

use std::fs;
use std::net::SocketAddr;

use tokio::net::TcpStream;

use crate::peer::{Peer, free_address};

/// The version that is tested; `./test` builds it, with a receiver of OTLP and an exporter over HTTP.
pub const VERSION: &str = "0.161.0";

/// A running Collector.
pub struct Collector {
    peer: Peer,
    /// Where it takes OTLP/gRPC.
    pub grpc: SocketAddr,
    /// Where it takes OTLP/HTTP.
    pub http: SocketAddr,
}

impl Collector {
    /// Starts one with a configuration, in which the receivers' ports are replaced by free ones, and settings beside it.
    ///
    /// # Panics
    ///
    /// Where it does not start; with its log.
    pub async fn start(config: &str, settings: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let (grpc, http) = (free_address(), free_address());
        let config = config.replace("127.0.0.1:14317", &grpc.to_string()).replace("127.0.0.1:14318", &http.to_string());
        let path = folder.path().join("otelcol.yaml");
        fs::write(&path, config).expect("the configuration can be written");
        // Its own metrics would have a fixed port.
        let mut arguments = vec![
            "--config".to_owned(),
            path.display().to_string(),
            "--set=service.telemetry.metrics.level=none".to_owned(),
        ];
        arguments.extend(settings.iter().map(|setting| format!("--set={setting}")));
        let is_ready = async || TcpStream::connect(grpc).await.is_ok() && TcpStream::connect(http).await.is_ok();
        let peer = Peer::start(("collector", VERSION), folder, &arguments, is_ready).await;
        Self { peer, grpc, http }
    }

    /// What it has logged.
    pub fn log(&self) -> String {
        self.peer.log()
    }
}
