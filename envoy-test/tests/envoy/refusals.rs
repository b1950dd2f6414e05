//! What is not understood goes no further: each class of it, and what its sender is told.

use std::time::Duration;

use envoy_test::GRPC_PATH;
use envoy_test::client::{Call, raw};
use envoy_test::config::{Config, filter};
use envoy_test::envoy::Envoy;
use envoy_test::upstream::Upstream;
use serde_json::json;

use crate::support::{SECRET, Setup, batch, contains, frame, gzip, json};

/// Scenario: content types, encodings, methods, paths and frames that are not on the list, and batches that are refused.
/// Guarantees: keeps I2: nothing arrives; keeps I1: the answer is a status in the client's encoding that quotes nothing.
#[tokio::test]
async fn what_is_not_understood_is_refused() {
    let setup = Setup::new(json!({})).await;
    let bare = |call: Call| Call { headers: Vec::new(), ..call };
    let typed = |content_type: &str| bare(Call::json(json())).header("content-type", content_type);
    let cut = gzip(&json());
    let cut = &cut[..cut.len() - 4];
    let http = [
        (415, bare(Call::json(json()))),
        (415, typed("text/plain")),
        (415, typed("application/x-protobuf, application/json")),
        (415, typed("application/json").header("content-type", "application/x-protobuf")),
        (415, typed("multipart/form-data; boundary=x")),
        (415, Call::json(json()).header("content-encoding", "br")),
        (415, Call::json(json()).header("content-encoding", "deflate")),
        (415, Call::json(json()).header("content-encoding", "gzip, gzip")),
        (415, Call::json(json()).header("content-encoding", "gzip").header("content-encoding", "identity")),
        (400, Call::json(json()).header("content-encoding", "gzip")),
        (400, Call::json(cut).header("content-encoding", "gzip")),
        (400, Call::json([gzip(&json()), b"{}".to_vec()].concat()).header("content-encoding", "gzip")),
        (400, Call::json(gzip(&json()))),
        (400, Call::protobuf(json())),
        (400, Call::json(batch())),
        (400, Call::protobuf(&batch()[..batch().len() - 1])),
        (
            400,
            typed("application/json; charset=utf-16").path("/v1/logs?").header("x", "y").with_body(b"\xff\xfe{\0}\0"),
        ),
        (405, Call::json(json()).method("PUT")),
        (405, Call::json(json()).method("GET")),
        (404, Call::json(json()).path("/v1/traces")),
        (404, Call::json(json()).path("/v1/metrics")),
        (404, Call::json(json()).path("/v1/logs/")),
        (404, Call::json(json()).path("/V1/logs")),
        (404, Call::json(json()).path("//v1/logs")),
        (404, Call::json(json()).path("/v1/%6cogs")),
        (404, Call::json(json()).path("/v1/logs;x")),
        (404, Call::json(json()).path("/x/../v1/logs")),
        (
            404,
            Call::protobuf(batch()).path(GRPC_PATH).path("/opentelemetry.proto.collector.trace.v1.TraceService/Export"),
        ),
        (415, Call::protobuf(batch()).path(GRPC_PATH)),
    ];
    for (mode, at) in setup.modes() {
        for (status, call) in &http {
            for call in [call.clone(), call.clone().http2()] {
                let answer = call.send(at).await.unwrap_or_else(|error| panic!("{mode} {call:?}: {error}"));
                assert_eq!(answer.status, *status, "{mode} {call:?}");
                let content_type = answer.headers["content-type"].to_str().unwrap();
                let speaks_protobuf = call.headers.iter().any(|(_, value)| value == "application/x-protobuf")
                    && call.headers.iter().filter(|(name, _)| name == "content-type").count() == 1;
                let expected = if speaks_protobuf { "application/x-protobuf" } else { "application/json" };
                if content_type != "application/grpc" {
                    assert_eq!(content_type, expected, "{mode} {call:?}");
                    assert!(!answer.message().is_empty(), "{mode} {call:?}");
                }
                assert!(!contains(format!("{answer:?}").as_bytes(), SECRET) && !contains(&answer.body, SECRET));
                let seen = setup.upstream.take();
                assert!(seen.is_empty(), "{mode} {call:?}: {seen:?}");
            }
        }
    }
}

/// Scenario: frames and encodings of gRPC that are not what a unary call has.
/// Guarantees: keeps I2: a status of gRPC, and nothing arrives.
#[tokio::test]
async fn what_is_no_call_of_grpc_is_refused() {
    let setup = Setup::new(json!({})).await;
    let whole = frame(0, &batch());
    let calls = [
        ("12", Call::grpc(&*whole).header("grpc-encoding", "snappy")),
        ("12", Call::grpc(&*whole).header("grpc-encoding", "gzip").header("grpc-encoding", "identity")),
        ("12", Call::grpc(&*whole).header("content-encoding", "gzip")),
        ("12", Call::grpc(&*whole).path("/v1/logs")),
        ("12", Call::grpc(&*whole).path("/opentelemetry.proto.collector.trace.v1.TraceService/Export")),
        ("12", Call::grpc(&*whole).path("/opentelemetry.proto.collector.metrics.v1.MetricsService/Export")),
        ("3", Call::grpc(frame(1, &gzip(&batch())))),
        ("3", Call::grpc(frame(2, &batch()))),
        ("3", Call::grpc(&whole[..whole.len() - 1])),
        ("3", Call::grpc(&whole[..4])),
        ("3", Call::grpc(whole.repeat(2))),
        ("3", Call::grpc(frame(1, &batch())).header("grpc-encoding", "gzip")),
        ("3", Call::grpc(frame(0, &json()))),
    ];
    for (mode, at) in setup.modes() {
        for (code, call) in &calls {
            let answer = call.send(at).await.unwrap_or_else(|error| panic!("{mode} {call:?}: {error}"));
            let (got, message) = answer.grpc();
            assert_eq!((answer.status, got.as_str()), (200, *code), "{mode} {call:?}: {message}");
            assert!(!message.is_empty() && !contains(message.as_bytes(), SECRET));
            assert!(setup.upstream.take().is_empty(), "{mode} {call:?}");
        }
    }
}

/// Scenario: what is not for logs, where the operator has said what becomes of it, also by odd spellings of a path of logs.
/// Guarantees: keeps I2: it passes only where that is said, and no other spelling of our path is another path.
#[tokio::test]
async fn other_requests_are_what_the_operator_says() {
    let upstream = Upstream::start().await;
    let host = |word: &str| json!({"host": {"other_requests": word}});
    let config = Config::new(upstream.address)
        .listener("drop", vec![filter(&host("drop"))])
        .listener("pass", vec![filter(&host("pass-unredacted"))]);
    let envoy = Envoy::start(&config.build()).await;
    let traces = Call::json(json()).path("/v1/traces?a=b").header("x-kept", "1");
    let answer = traces.send(envoy.at("drop")).await.unwrap();
    assert_eq!((answer.status, answer.body.as_slice()), (200, b"{}".as_slice()));
    let answer = Call::protobuf(batch()).path("/v1/traces").send(envoy.at("drop")).await.unwrap();
    assert_eq!((answer.status, answer.body.as_slice()), (200, b"".as_slice()));
    let service = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
    let grpc = Call::grpc(frame(0, b"")).path(service);
    assert_eq!(grpc.send(envoy.at("drop")).await.unwrap().grpc().0, "12");
    assert!(upstream.take().is_empty());

    let at = envoy.at("pass");
    for call in [traces.clone(), traces.http2().trailer("x", "y"), grpc, Call::default().method("GET").path("/health")]
    {
        assert_eq!(call.send(at).await.unwrap().status, 200, "{call:?}");
        let [seen] = &upstream.take()[..] else { panic!("{call:?}: not one request") };
        assert_eq!(seen.body, call.pieces.concat());
        assert!(seen.line.ends_with(&call.path), "{}", seen.line);
    }
    for path in ["/v1/logs/", "/V1/LOGS", "//v1/logs", "/v1/%6cogs", "/v1/logs;a", "/v1/./logs", "/a/../v1/logs"] {
        assert_eq!(Call::json(json()).path(path).send(at).await.unwrap().status, 404, "{path}");
    }
    assert_eq!(Call::json(json()).method("PATCH").send(at).await.unwrap().status, 405);
    assert!(upstream.take().is_empty());
    assert_eq!(Call::json(json()).send(at).await.unwrap().status, 200);
    assert!(!contains(&upstream.take()[0].body, SECRET));
}

/// Scenario: bodies over the bound: told beforehand, in pieces, inflated, and a bomb; a batch that grows over the bound.
/// Guarantees: keeps I5: each is refused with a status, and the memory of Envoy stays what it was.
#[tokio::test]
async fn what_is_too_large_is_refused() {
    let limits = json!({"host": {"max_batch_bytes": 100_000, "max_output_bytes": 100_000}});
    let setup = Setup::new(limits).await;
    let large = [b"{\"a\":\"".as_slice(), &[b'x'; 100_000], b"\"}"].concat();
    let bomb = gzip(&vec![0; 50 << 20]);
    assert!(bomb.len() < 100_000);
    let calls = [
        Call::json(&*large),
        Call::json(&*large).in_pieces(30_000),
        Call::json(&*large).http2(),
        Call::json(gzip(&large)).header("content-encoding", "gzip"),
        Call::json(&*bomb).header("content-encoding", "gzip"),
        Call::json(bomb.repeat(2)).header("content-encoding", "gzip"),
    ];
    for (mode, at) in setup.modes() {
        for call in &calls {
            let sent = call.send(at).await;
            // Whoever is refused before all is sent may find the connection closed.
            let Ok(answer) = sent else {
                assert!(!call.is_http2 && call.pieces.concat().len() > 100_000);
                continue;
            };
            assert_eq!(answer.status, 413, "{mode}");
            assert!(answer.message().contains("too large"), "{mode}: {}", answer.message());
        }
        let grpc = Call::grpc(frame(1, &bomb)).header("grpc-encoding", "gzip").send(at).await.unwrap();
        assert_eq!(grpc.grpc().0, "8", "{mode}");
    }
    assert!(setup.upstream.take().is_empty());
    let before = setup.envoy.resident();
    for _ in 0..20 {
        let answer = calls[4].send(setup.envoy.at("portable")).await.unwrap();
        assert_eq!(answer.status, 413);
    }
    let grown = setup.envoy.resident().saturating_sub(before);
    assert!(grown < 16 << 20, "{grown} bytes more after 20 bombs of 50 MiB");
}

/// Scenario: a request cut off at every one of its bytes, with its length told and in chunks.
/// Guarantees: keeps I2: nothing of a batch that did not come whole arrives.
#[tokio::test]
async fn a_request_that_is_cut_arrives_nowhere() {
    let setup = Setup::new(json!({})).await;
    let body = json();
    let head = "POST /v1/logs HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";
    let told = [format!("{head}Content-Length: {}\r\n\r\n", body.len()).as_bytes(), &body].concat();
    let mut chunked = format!("{head}Transfer-Encoding: chunked\r\n\r\n").into_bytes();
    for chunk in body.chunks(50) {
        chunked.extend(format!("{:x}\r\n", chunk.len()).bytes());
        chunked.extend(chunk);
        chunked.extend(b"\r\n");
    }
    chunked.extend(b"0\r\n\r\n");
    for (_, at) in setup.modes() {
        for whole in [&told, &chunked] {
            let cuts: Vec<_> = (0..whole.len()).map(|end| whole[..end].to_vec()).collect();
            for cuts in cuts.chunks(32) {
                let sent = cuts.iter().map(|cut| {
                    let cut = cut.clone();
                    tokio::spawn(async move { raw(at, &cut, true, Duration::from_secs(5)).await })
                });
                for sent in sent.collect::<Vec<_>>() {
                    let answer = sent.await.unwrap();
                    assert!(!answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));
                }
            }
            assert!(setup.upstream.take().is_empty());
            let answer = raw(at, whole, false, Duration::from_millis(500)).await;
            assert!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));
            assert_eq!(setup.upstream.take().len(), 1);
        }
    }
}
