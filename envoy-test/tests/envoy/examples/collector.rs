//! The example in front of a real Collector, whose configuration is the example's too; and the real Codex CLI before both.

use std::net::SocketAddr;

use airlock::Encoding::Protobuf;
use envoy_test::backend::Backend;
use envoy_test::client::Call;
use envoy_test::collector::Collector;
use envoy_test::envoy::Envoy;
use envoy_test::upstream::Upstream;
use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use prost::Message;
use serde_json::Value;
use testkit::build;

use super::{Example, read};
use crate::codex::{HEADERS, NOWHERE, session};
use crate::support::{SECRET, batch, contains, frame, gzip, json, processed};

/// Envoy and a Collector, as the example has them, in front of what takes OTLP/HTTP under a place.
async fn start(example: &Example, exports_to: &str, settings: &[&str]) -> (Envoy, Collector) {
    let config = read("collector/otelcol.yaml");
    assert!(config.contains("backend.example:4318"));
    let collector = Collector::start(&config.replace("backend.example:4318", exports_to), settings).await;
    let port = |address: SocketAddr| format!("port_value: {}", address.port());
    let text = read("collector.yaml");
    let text = text.replace("port_value: 14317", &port(collector.grpc));
    let envoy = example.start_placed(&text.replace("port_value: 14318", &port(collector.http))).await;
    (envoy, collector)
}

/// A batch as its types, in which an empty resource, scope or body is as good as none: a Collector writes all three.
fn decoded(bytes: &[u8]) -> ExportLogsServiceRequest {
    let mut request = ExportLogsServiceRequest::decode(bytes).unwrap();
    for resource_logs in &mut request.resource_logs {
        resource_logs.resource.get_or_insert_default();
        for scope_logs in &mut resource_logs.scope_logs {
            scope_logs.scope.get_or_insert_default();
            for record in &mut scope_logs.log_records {
                record.body.get_or_insert_default();
            }
        }
    }
    request
}

/// Scenario: the example with a Collector behind it, over OTLP/HTTP in both encodings and OTLP/gRPC, plain and in gzip; a
/// batch larger than what a Collector takes by itself; and one that is refused.
/// Guarantees: what the Collector has read and exports is what the core gives, in every protocol; an answer of the Collector's
/// own reaches the client.
#[tokio::test]
async fn a_collector_reads_what_the_filter_writes() {
    let example = Example::new("collector").await;
    // A Collector reads what it is answered.
    let upstream = Upstream::plain().await;
    let place = upstream.address.to_string();
    // One batch at a time, as it came.
    let settings = ["exporters.otlp_http.compression=none", "exporters.otlp_http.sending_queue.enabled=false"];
    let (envoy, collector) = start(&example, &place, &settings).await;
    let large = include_bytes!("../../../../tests/captures/0.169.0/chatgpt-auth.binpb").repeat(360);
    assert!(processed(&large, Protobuf).len() > 4 << 20);
    let expected = processed(&batch(), Protobuf);
    // What stands in `json`.
    let of_json =
        build::batch().record(|it| it.attribute("event.name", "codex.user_prompt").attribute("prompt", SECRET)).bytes();
    for (call, expected) in [
        (Call::protobuf(batch()), decoded(&expected)),
        (Call::protobuf(gzip(&batch())).header("content-encoding", "gzip").http2(), decoded(&expected)),
        (Call::grpc(frame(0, &batch())), decoded(&expected)),
        (Call::grpc(frame(1, &gzip(&batch()))).header("grpc-encoding", "gzip"), decoded(&expected)),
        (Call::json(json()), decoded(&processed(&of_json, Protobuf))),
        (Call::grpc(frame(0, &large)), decoded(&processed(&large, Protobuf))),
    ] {
        let answer = call.send(envoy.at("otlp")).await.unwrap();
        assert_eq!(answer.status, 200, "{}", answer.message());
        if call.path != "/v1/logs" {
            assert_eq!(answer.grpc().0, "0", "{}", answer.grpc().1);
        }
        let [seen] = &upstream.take()[..] else { panic!("not one request: {}", collector.log()) };
        assert_eq!(seen.line, "POST /v1/logs");
        assert!(decoded(&seen.body) == expected, "{} {:?}", call.path, call.headers);
        assert!(!contains(&seen.body, SECRET));
    }
    let refused = Call::grpc(frame(0, b"no batch")).send(envoy.at("otlp")).await.unwrap();
    assert_eq!(refused.grpc().0, "3");
    assert!(upstream.take().is_empty());
}

/// Scenario: a session of the real CLI by each of its exporters, through the example and its Collector into a real backend.
/// Guarantees: its events are found there with their counts of tokens as numbers, the same whatever the protocol; nothing that
/// was said or printed is.
#[tokio::test]
async fn sessions_of_codex_are_found_behind_a_collector() {
    let example = Example::new("collector").await;
    let mut sums = Vec::new();
    for kind in ["binary", "json", "grpc"] {
        let backend = Backend::start().await;
        let (envoy, collector) = start(&example, &format!("{}/insert/opentelemetry", backend.address), &[]).await;
        let at = envoy.at("otlp");
        let exporter = match kind {
            "grpc" => format!(r#"{{ otlp-grpc = {{ endpoint = "http://{at}", headers = {HEADERS} }} }}"#),
            protocol => format!(
                r#"{{ otlp-http = {{ endpoint = "http://{at}/v1/logs", protocol = "{protocol}", headers = {HEADERS} }} }}"#
            ),
        };
        let said = session(&exporter).await;
        let found = backend.records_with("0", "codex.tool_result").await;
        for text in ["codex.user_prompt", "codex.tool_result", "codex.sse_event", "[redacted]"] {
            assert!(found.contains(text), "{text} is not found by {kind}: {found}\n{said}\n{}", collector.log());
        }
        for text in NOWHERE {
            assert!(!found.contains(text), "{text} is found by {kind}");
        }
        let sum = backend
            .query("0", "* | stats sum(gen_ai.usage.input_tokens) as input, sum(gen_ai.usage.output_tokens) as output")
            .await;
        sums.push(serde_json::from_str::<Value>(&sum).unwrap());
    }
    // Two turns of the model, as it says of each.
    let expected = serde_json::json!({"input": (2 * 4321).to_string(), "output": (2 * 87).to_string()});
    assert_eq!(sums, [expected.clone(), expected.clone(), expected]);
}
