//! The configurations of `examples/envoy`: each is valid as it stands, runs, and does what it says.
//!
//! Only places are changed: files to a folder of the test, ports to free ones, backends to an upstream of the test.

mod collector;
mod ecds;
mod tenants;

use std::fs;
use std::path::{Path, PathBuf};

use airlock::Encoding::Protobuf;
use envoy_test::FILTER;
use envoy_test::client::Call;
use envoy_test::envoy::{Envoy, validate};
use envoy_test::pki::Authority;
use envoy_test::token::Signer;
use envoy_test::upstream::{Seen, Upstream};
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{SECRET, batch, contains, frame, gzip, json, processed};

const KEY: &str = "RkFLRS1FWEFNUExFLUtFWS0wMDAwLTAwMDAtMDAwMCE=";

/// An example at its place.
struct Example {
    name: &'static str,
    folder: TempDir,
    upstream: Upstream,
    authority: Authority,
    signer: Signer,
}

impl Example {
    async fn new(name: &'static str) -> Self {
        let (folder, authority) = (tempfile::tempdir().unwrap(), Authority::new());
        fs::create_dir(folder.path().join("pki")).unwrap();
        fs::create_dir(folder.path().join("ecds")).unwrap();
        fs::copy(FILTER, folder.path().join("airlock.envoy.wasm")).unwrap();
        fs::write(folder.path().join("pki/ca.pem"), authority.pem()).unwrap();
        authority.issue(&[], &["localhost"]).write(&folder.path().join("pki"), "server");
        let signer = Signer::new();
        fs::write(folder.path().join("jwks.json"), signer.keys().to_string()).unwrap();
        let example = Self { name, folder, upstream: Upstream::start().await, authority, signer };
        let filter = example.placed(&read("ecds/airlock.yaml"));
        fs::write(example.folder.path().join("ecds/airlock.yaml"), filter).unwrap();
        example
    }

    fn placed(&self, text: &str) -> String {
        let upstream = format!("address: 127.0.0.1, port_value: {}", self.upstream.address.port());
        let mut text = text.replace("/etc/envoy", &self.folder.path().to_string_lossy());
        text = text.replace("port_value: 9901", "port_value: 0");
        for port in [4317, 4318] {
            text = text.replace(&format!("0.0.0.0, port_value: {port}"), "127.0.0.1, port_value: 0");
            text = text.replace(&format!("address: backend.example, port_value: {port}"), &upstream);
            text = text.replace(&format!("address: 127.0.0.1, port_value: 1{port}"), &upstream);
        }
        text.replace("address: victorialogs.example, port_value: 9428", &upstream)
    }

    async fn start(&self) -> Envoy {
        self.start_placed(&read(&format!("{}.yaml", self.name))).await
    }

    async fn start_placed(&self, text: &str) -> Envoy {
        Envoy::start_text(&self.placed(text), 1, &[("AIRLOCK_KEY", KEY)]).await
    }

    /// Sends a call; what arrives.
    async fn arrives(&self, envoy: &Envoy, call: &Call) -> Seen {
        let answer = call.send(envoy.at("otlp")).await.unwrap();
        assert_eq!(answer.status, 200, "{}: {}", self.name, answer.message());
        let [seen] = &self.upstream.take()[..] else { panic!("{}: not one request: {answer:?}", self.name) };
        assert!(!contains(&seen.body, SECRET));
        seen.clone()
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/envoy")
}

fn read(name: &str) -> String {
    fs::read_to_string(folder().join(name)).unwrap()
}

fn names() -> Vec<String> {
    let files = fs::read_dir(folder()).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    files.filter_map(|file| file.strip_suffix(".yaml").map(str::to_owned)).collect()
}

/// Scenario: every file of the folder, under `envoy --mode validate`.
/// Guarantees: each is accepted by Envoy and by the filter, fails as it should, and holds what Codex sends.
#[tokio::test]
async fn every_example_is_valid() {
    let names = names();
    assert!(names.len() >= 8, "{names:?}");
    for name in names {
        let name: &'static str = name.leak();
        let text = read(&format!("{name}.yaml"));
        let example = Example::new(name).await;
        let ran = validate(&example.placed(&text), &[("AIRLOCK_KEY", KEY)]);
        let said = String::from_utf8_lossy(&ran.stderr).into_owned() + &String::from_utf8_lossy(&ran.stdout);
        assert!(ran.status.success(), "{name}: {said}");
        let whole = if name == "ecds" { text.clone() + &read("ecds/airlock.yaml") } else { text.clone() };
        assert!(whole.contains("failure_policy: FAIL_RELOAD"), "{name} does not fail as it should");
        assert!(text.contains("use_remote_address: true"), "{name} believes X-Forwarded-For");
        let document: Value = serde_saphyr::from_str(&text).unwrap();
        for listener in document["static_resources"]["listeners"].as_array().unwrap() {
            assert_eq!(listener["per_connection_buffer_limit_bytes"], 32 << 20, "{name}");
        }
    }
}

/// Scenario: the examples without tenants, each with what it is for.
/// Guarantees: what they say.
#[tokio::test]
async fn the_examples_run() {
    let expected = processed(&batch(), Protobuf);
    let example = Example::new("static").await;
    let envoy = example.start().await;
    assert_eq!(example.arrives(&envoy, &Call::protobuf(batch())).await.body, expected);
    example.arrives(&envoy, &Call::json(gzip(&json())).header("content-encoding", "gzip")).await;
    drop(envoy);

    let example = Example::new("grpc").await;
    let envoy = example.start().await;
    assert_eq!(example.arrives(&envoy, &Call::grpc(frame(0, &batch()))).await.body, frame(0, &expected));
    drop(envoy);

    let example = Example::new("zstd").await;
    let envoy = example.start().await;
    let zstd = Call::protobuf(stored_zstd(&batch())).header("content-encoding", "zstd");
    assert_eq!(example.arrives(&envoy, &zstd).await.body, expected);
}

/// A frame of zstd with one block that is stored as it is.
fn stored_zstd(content: &[u8]) -> Vec<u8> {
    let length = content.len() as u32;
    // Single segment, and a content size of four bytes; then one raw block, the last.
    let mut bytes = vec![0x28, 0xb5, 0x2f, 0xfd, 0b1010_0000];
    bytes.extend(length.to_le_bytes());
    bytes.extend(&(length << 3 | 1).to_le_bytes()[..3]);
    bytes.extend(content);
    bytes
}
