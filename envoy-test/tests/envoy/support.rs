//! What the tests share: batches, codings, and an Envoy with one listener.

use std::net::SocketAddr;

use airlock::{Admission, Airlock, Encoding, Keys};
use envoy_test::config::{Config, filter, holding_filter};
use envoy_test::envoy::Envoy;
use envoy_test::upstream::Upstream;
use miniz_oxide::deflate::compress_to_vec;
use serde_json::Value;
use testkit::build;

/// What stands in the prompt of `batch`, and may not leave.
pub const SECRET: &str = "FAKE-SECRET-of-the-prompt";

/// An Envoy with the filter twice, `portable` and `holding`, in front of an upstream.
pub struct Setup {
    pub envoy: Envoy,
    pub upstream: Upstream,
}

impl Setup {
    pub async fn new(configuration: Value) -> Self {
        let upstream = Upstream::start().await;
        let config = Config::new(upstream.address)
            .listener("portable", vec![filter(&configuration)])
            .listener("holding", vec![holding_filter(&held(configuration))]);
        Self { envoy: Envoy::start(&config.build()).await, upstream }
    }

    /// Both listeners.
    pub fn modes(&self) -> [(&'static str, SocketAddr); 2] {
        ["portable", "holding"].map(|name| (name, self.envoy.at(name)))
    }
}

/// The same configuration where headers are held.
pub fn held(mut configuration: Value) -> Value {
    configuration["host"]["hold_headers"] = true.into();
    configuration
}

/// A record with a prompt.
pub fn batch() -> Vec<u8> {
    build::batch()
        .resource(|it| it.attribute("service.name", "codex_exec"))
        .record(|it| it.event("codex.user_prompt").attribute("prompt", SECRET).attribute("prompt_length", 25))
        .bytes()
}

/// What the core makes of a batch under the default policy.
pub fn processed(batch: &[u8], encoding: Encoding) -> Vec<u8> {
    let airlock = Airlock::open("{}", &Keys::new()).unwrap();
    airlock.worker().process(batch, encoding, &Admission::none()).unwrap().batch.to_vec()
}

/// The batch as JSON.
pub fn json() -> Vec<u8> {
    format!(
        r#"{{"resourceLogs":[{{"scopeLogs":[{{"logRecords":[{{"attributes":[{{"key":"event.name","value":{{"stringValue":"codex.user_prompt"}}}},{{"key":"prompt","value":{{"stringValue":"{SECRET}"}}}}]}}]}}]}}]}}"#
    )
    .into_bytes()
}

pub fn gzip(content: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    bytes.extend(compress_to_vec(content, 6));
    bytes.extend(crc32fast::hash(content).to_le_bytes());
    bytes.extend((content.len() as u32).to_le_bytes());
    bytes
}

/// A message of gRPC in its frame.
pub fn frame(flag: u8, message: &[u8]) -> Vec<u8> {
    let mut bytes = vec![flag];
    bytes.extend((message.len() as u32).to_be_bytes());
    bytes.extend(message);
    bytes
}

pub fn contains(haystack: &[u8], needle: &str) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle.as_bytes())
}
