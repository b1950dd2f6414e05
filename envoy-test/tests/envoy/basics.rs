//! Every way in which an exporter sends a batch, and what reaches the backend.

use airlock::Encoding::{Json, Protobuf};
use envoy_test::client::{Answer, Call};
use envoy_test::config::{Config, decompressor, filter};
use envoy_test::envoy::Envoy;
use envoy_test::upstream::{Seen, Upstream};
use serde_json::json;

use crate::support::{SECRET, Setup, batch, contains, frame, gzip, json, processed};

/// Scenario: protobuf and JSON over HTTP/1.1 and HTTP/2, with its length and in pieces, in gzip and not; gRPC, compressed
/// and not; with headers held and not.
/// Guarantees: what the core makes of the batch reaches the upstream byte for byte, under a length that is right.
#[tokio::test]
async fn every_way_to_send_a_batch() {
    let setup = Setup::new(json!({})).await;
    let (protobuf, text) = (batch(), json());
    let mut calls = Vec::new();
    for (call, encoding) in [(Call::protobuf(&*protobuf), Protobuf), (Call::json(&*text), Json)] {
        let zipped = Call { pieces: vec![gzip(&call.pieces[0])], ..call.clone() }.header("content-encoding", "gzip");
        for call in [call, zipped] {
            for call in [call.clone(), call.clone().in_pieces(7), call.clone().http2(), call.http2().in_pieces(7)] {
                calls.push((call, encoding));
            }
        }
    }
    for call in [
        Call::grpc(frame(0, &protobuf)),
        Call::grpc(frame(1, &gzip(&protobuf))).header("grpc-encoding", "gzip"),
        Call::grpc(frame(0, &protobuf)).header("grpc-encoding", "gzip"),
        Call::grpc(frame(0, &protobuf)).in_pieces(3),
    ] {
        calls.push((call, Protobuf));
    }
    for (mode, at) in setup.modes() {
        for (call, encoding) in &calls {
            let answer = call.send(at).await.unwrap_or_else(|error| panic!("{mode} {call:?}: {error}"));
            assert_eq!(answer.status, 200, "{mode} {call:?}");
            let [seen] = &setup.upstream.take()[..] else { panic!("{mode} {call:?}: not one request") };
            let (source, is_grpc) = (if *encoding == Json { &text } else { &protobuf }, call.path != "/v1/logs");
            let expected = processed(source, *encoding);
            let expected = if is_grpc { frame(0, &expected) } else { expected };
            assert!(seen.body == expected, "{mode} {call:?}: another body");
            assert_eq!(seen.line, format!("POST {}", call.path));
            assert_eq!(seen.trailers, None);
            check_length(seen, mode, is_grpc);
            assert_eq!(seen.headers.get("content-encoding"), None);
        }
    }
}

fn check_length(seen: &Seen, mode: &str, is_grpc: bool) {
    let length = seen.headers.get("content-length").map(|length| length.to_str().unwrap().to_owned());
    let expected = (mode == "holding" && !is_grpc).then(|| seen.body.len().to_string());
    assert_eq!(length, expected, "{mode}");
}

/// Scenario: requests that end in trailers: over HTTP/2, over HTTP/1.1 where the listener takes them, and behind Envoy's
/// decompressor, which adds them to every request in gzip.
/// Guarantees: keeps I2: Envoy would send on what a callback forgets; each is processed, and the trailers go no further.
#[tokio::test]
async fn a_request_that_ends_in_trailers_is_processed() {
    let upstream = Upstream::start().await;
    let trailers = |listener: &mut serde_json::Value| {
        listener["filter_chains"][0]["filters"][0]["typed_config"]["http_protocol_options"] =
            json!({"enable_trailers": true});
    };
    let holding = json!({"host": {"hold_headers": true}});
    let config = Config::new(upstream.address)
        .listener_with("portable", vec![filter(&json!({}))], trailers)
        .listener_with("holding", vec![envoy_test::config::holding_filter(&holding)], trailers)
        .listener("decompressor", vec![decompressor(), filter(&json!({}))]);
    let envoy = Envoy::start(&config.build()).await;
    let expected = processed(&batch(), Protobuf);
    let plain = Call::protobuf(batch()).trailer("x-secret", SECRET);
    let zipped = Call::protobuf(gzip(&batch())).header("content-encoding", "gzip");
    let grpc = Call::grpc(frame(0, &batch())).trailer("x-secret", SECRET);
    let sent = [
        ("portable", plain.clone()),
        ("portable", plain.clone().http2()),
        ("portable", plain.clone().in_pieces(9)),
        ("portable", grpc.clone()),
        ("holding", plain.clone()),
        ("holding", plain.clone().http2()),
        ("holding", grpc),
        ("decompressor", zipped.clone()),
        ("decompressor", zipped.clone().http2()),
        ("decompressor", zipped.in_pieces(11).trailer("x-secret", SECRET).http2()),
        ("decompressor", plain),
    ];
    for (listener, call) in sent {
        let answer = call.send(envoy.at(listener)).await.unwrap_or_else(|error| panic!("{listener} {call:?}: {error}"));
        assert_eq!(answer.status, 200, "{listener} {call:?}: {}", answer.message());
        let [seen] = &upstream.take()[..] else { panic!("{listener} {call:?}: not one request") };
        let expected = if call.path == "/v1/logs" { expected.clone() } else { frame(0, &expected) };
        assert!(seen.body == expected, "{listener} {call:?}: another body");
        let all = format!("{:?} {:?}", seen.headers, seen.trailers);
        assert!(!contains(all.as_bytes(), SECRET), "{listener}: {all}");
        assert!(seen.trailers.as_ref().is_none_or(|trailers| trailers.is_empty()), "{:?}", seen.trailers);
    }
}

/// Scenario: a request with all that clients and proxies send along, and a query.
/// Guarantees: only the list of the transport rules goes on.
#[tokio::test]
async fn only_listed_headers_go_on() {
    let setup = Setup::new(json!({})).await;
    for (mode, at) in setup.modes() {
        let mut call = Call::json(json()).path(&format!("/v1/logs?key={SECRET}")).header("user-agent", "OTel-Rust");
        for name in [
            "authorization",
            "baggage",
            "cookie",
            "traceparent",
            "x-api-key",
            "x-forwarded-for",
            "x-forwarded-client-cert",
            "x-scope-orgid",
            "x_scope_orgid",
            "x-request-id",
            "grpc-tags-bin",
            "accept",
        ] {
            call = call.header(name, SECRET);
        }
        assert_eq!(call.send(at).await.unwrap().status, 200);
        let [seen] = &setup.upstream.take()[..] else { panic!("not one request") };
        assert_eq!(seen.line, "POST /v1/logs");
        let mut names: Vec<&str> = seen.headers.keys().map(|name| name.as_str()).collect();
        names.sort_unstable();
        let length = if mode == "holding" { "content-length" } else { "transfer-encoding" };
        let mut expected =
            vec!["content-type", "host", "user-agent", length, "x-envoy-expected-rq-timeout-ms", "x-forwarded-proto"];
        expected.sort_unstable();
        assert_eq!(names, expected, "{mode}");
        assert!(!contains(format!("{seen:?}").as_bytes(), SECRET));
    }
}

/// Scenario: a body of nothing, a head without a body, and a batch of which every record is dropped.
/// Guarantees: nothing is a batch of nothing; an exporter hears a success where the policy leaves nothing.
#[tokio::test]
async fn nothing_is_a_batch_too() {
    let policy = json!({"policy": {"records": [{"event": "codex.user_prompt", "action": "drop"}]}});
    let setup = Setup::new(policy).await;
    let ok = |answer: &Answer| assert_eq!(answer.status, 200, "{}", answer.message());
    for (_, at) in setup.modes() {
        for call in [Call::protobuf(Vec::new()), Call::protobuf(Vec::new()).http2(), Call::protobuf(batch())] {
            ok(&call.send(at).await.unwrap());
            assert_eq!(setup.upstream.take()[0].body, b"");
        }
        ok(&Call::json(json()).send(at).await.unwrap());
        assert_eq!(setup.upstream.take()[0].body, b"{}");
        ok(&Call::grpc(frame(0, &batch())).send(at).await.unwrap());
        assert_eq!(setup.upstream.take()[0].body, frame(0, b""));
        assert_eq!(Call::json(Vec::new()).send(at).await.unwrap().status, 400);
        assert_eq!(Call::grpc(Vec::new()).send(at).await.unwrap().grpc().0, "3");
        assert!(setup.upstream.take().is_empty());
    }
}
