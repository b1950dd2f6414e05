//! Exporters that are not ours, on both sides of Envoy.

use airlock::Encoding::Protobuf;
use envoy_test::config::{Config, filter};
use envoy_test::envoy::Envoy;
use envoy_test::upstream::Upstream;
use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use opentelemetry_proto::tonic::collector::logs::v1::logs_service_client::LogsServiceClient;
use serde_json::json;
use tonic::Code;
use tonic::codec::CompressionEncoding;

use crate::support::{SECRET, contains, frame, processed};

/// Scenario: tonic's client of the logs service, plain and in gzip, with a recorded session; then a batch that is refused.
/// Guarantees: the call succeeds, what arrives is what the core gives, and a refusal is one of gRPC that tonic reads.
#[tokio::test]
async fn tonic_exports_through_envoy() {
    let session = include_bytes!("../../../tests/captures/0.169.0/chatgpt-auth.binpb");
    let upstream = Upstream::plain().await;
    let refusing = json!({"policy": {"unknown": {"attributes": "refuse"}}});
    let config = Config::new(upstream.address)
        .listener("otlp", vec![filter(&json!({}))])
        .listener("refusing", vec![filter(&refusing)]);
    let envoy = Envoy::start(&config.build()).await;
    let request: ExportLogsServiceRequest = prost_decode(session);
    for is_gzip in [false, true] {
        let mut client = client(&envoy, "otlp").await;
        if is_gzip {
            client = client.send_compressed(CompressionEncoding::Gzip).accept_compressed(CompressionEncoding::Gzip);
        }
        client.export(request.clone()).await.unwrap();
        let seen = upstream.take().remove(0);
        assert_eq!(seen.body, frame(0, &processed(session, Protobuf)));
        assert!(!contains(&seen.body, "AKIAIOSFODNN7EXAMPLE"));
    }
    let odd = testkit::build::batch().record(|it| it.event("codex.user_prompt").attribute(SECRET, SECRET)).bytes();
    let status =
        client(&envoy, "refusing").await.export(prost_decode::<ExportLogsServiceRequest>(&odd)).await.unwrap_err();
    assert_eq!(status.code(), Code::InvalidArgument);
    assert!(status.message().starts_with("refused-by-policy at byte "), "{}", status.message());
    assert!(!status.message().contains(SECRET) && upstream.take().is_empty());
}

async fn client(envoy: &Envoy, listener: &str) -> LogsServiceClient<tonic::transport::Channel> {
    LogsServiceClient::connect(format!("http://{}", envoy.at(listener))).await.unwrap()
}

fn prost_decode<M: prost::Message + Default>(bytes: &[u8]) -> M {
    M::decode(bytes).unwrap()
}
