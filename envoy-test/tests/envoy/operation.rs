//! What an operator meets: configurations that are wrong, a policy that changes, a filter that stops, metrics, load.

use std::fs;
use std::time::Duration;

use airlock::Encoding::Protobuf;
use envoy_test::client::Call;
use envoy_test::config::{Config, filter, filter_with};
use envoy_test::envoy::{Envoy, validate};
use envoy_test::upstream::Upstream;
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::support::{SECRET, batch, contains, frame, json, processed};

/// What the filter calls and what Envoy calls of it; the functions of the environment are WASI's.
const CAPABILITIES: [&str; 27] = [
    "environ_get",
    "environ_sizes_get",
    "proxy_add_header_map_value",
    "proxy_define_metric",
    "proxy_get_buffer_bytes",
    "proxy_get_current_time_nanoseconds",
    "proxy_get_header_map_pairs",
    "proxy_get_property",
    "proxy_increment_metric",
    "proxy_log",
    "proxy_on_configure",
    "proxy_on_context_create",
    "proxy_on_delete",
    "proxy_on_done",
    "proxy_on_log",
    "proxy_on_memory_allocate",
    "proxy_on_request_body",
    "proxy_on_request_headers",
    "proxy_on_request_trailers",
    "proxy_on_vm_start",
    "proxy_record_metric",
    "proxy_remove_header_map_value",
    "proxy_replace_header_map_value",
    "proxy_send_local_response",
    "proxy_set_effective_context",
    "proxy_set_header_map_pairs",
    "proxy_set_buffer_bytes",
];

/// A batch that no rule touches, so that nothing is handed back.
const UNTOUCHED: &[u8] = b"";

/// Scenario: configurations that are wrong, as text and as a `Struct`.
/// Guarantees: Envoy does not start, whatever the failure policy, and its log has the path; no key is quoted.
#[tokio::test]
async fn a_wrong_configuration_is_not_loaded() {
    let upstream = Upstream::start().await;
    let as_struct = |value: Value| {
        move |config: &mut Value| {
            config["configuration"] = json!({"@type": "type.googleapis.com/google.protobuf.Struct", "value": value});
            config["failure_policy"] = json!("FAIL_OPEN");
        }
    };
    let identity = json!({"policy": {"tenant": {"sources": [{"identity": "dns:{tenant}.corp.example"}]}}});
    let misspelt = json!({"policy": {"redact": {"attributes": {"prompt": "msak"}}}});
    let key = json!({"host": {"keys": {"default": "FAKE-KEY-0000abcd"}}});
    for (filter, expected) in [
        (filter(&misspelt), "airlock: policy.redact.attributes.prompt: unknown action"),
        (
            filter_with(&json!({}), as_struct(misspelt.clone())),
            "airlock: policy.redact.attributes.prompt: unknown action",
        ),
        (filter(&json!({"plicy": {}})), "airlock: the configuration: unknown field `plicy`"),
        (filter(&json!({"policy": {"shadow": true}})), "airlock: policy.shadow: "),
        (filter(&identity), "airlock: host.client_certificates_verified: "),
        (filter(&key), "airlock: host.keys.default: expected the name of an environment variable"),
        (filter(&json!({"host": {"keys": {"a": "NOT_THERE"}}})), "airlock: host.keys.a: the plugin has no environment"),
    ] {
        let config = Config::new(upstream.address).listener("otlp", vec![filter]).build();
        let ran = validate(&config.to_string(), &[]);
        let said = String::from_utf8_lossy(&ran.stderr).into_owned() + &String::from_utf8_lossy(&ran.stdout);
        assert!(!ran.status.success(), "{expected}: it is loaded");
        assert!(said.contains(expected), "{expected}: {said}");
        assert!(!said.contains("FAKE-KEY"), "{said}");
    }
}

/// Scenario: the filter by ECDS: a policy, another, a wrong one, and a right one again.
/// Guarantees: each right one holds at once; the wrong one is refused with its path, and the one before stays in force.
#[tokio::test]
async fn a_policy_changes_while_envoy_runs() {
    let folder = tempfile::tempdir().unwrap();
    let put = |text: &str| {
        let policy = json!({"policy": {"redact": {"attributes": {"prompt": {"mask": text}}}}});
        let config = filter(&if text.is_empty() { json!({"policy": {"redact": 1}}) } else { policy });
        let kind = "type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig";
        let resource = json!({"@type": kind, "name": "airlock", "typed_config": config["typed_config"]});
        fs::write(folder.path().join("new"), json!({"resources": [resource]}).to_string()).unwrap();
        fs::rename(folder.path().join("new"), folder.path().join("airlock.json")).unwrap();
    };
    put("[first]");
    let source = json!({"resource_api_version": "V3", "path_config_source": {
        "path": folder.path().join("airlock.json"), "watched_directory": {"path": folder.path()}}});
    let kinds = ["type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm"];
    let discovered = json!({"name": "airlock", "config_discovery": {"config_source": source, "type_urls": kinds}});
    let upstream = Upstream::start().await;
    let config = Config::new(upstream.address)
        .listener("otlp", vec![discovered])
        .with("node", json!({"id": "test", "cluster": "test"}));
    let envoy = Envoy::start(&config.build()).await;
    let expects = async |text: &str| {
        for _ in 0..100 {
            assert_eq!(Call::protobuf(batch()).send(envoy.at("otlp")).await.unwrap().status, 200);
            let seen = upstream.take().remove(0).body;
            assert!(!contains(&seen, SECRET));
            if contains(&seen, text) {
                return;
            }
            sleep(Duration::from_millis(100)).await;
        }
        panic!("{text} does not come into force: {}", envoy.log());
    };
    expects("[first]").await;
    put("[second]");
    expects("[second]").await;
    put("");
    for _ in 0..100 {
        if envoy.log().contains("airlock: policy.redact") {
            break;
        }
        sleep(Duration::from_millis(100)).await;
    }
    assert!(envoy.log().contains("airlock: policy.redact"), "{}", envoy.log());
    for _ in 0..5 {
        expects("[second]").await;
    }
    put("[third]");
    expects("[third]").await;
}

/// Scenario: a filter that stops, for Envoy does not let it hand a body back, under each failure policy; then a batch that
/// needs no handing back, and one with a prompt.
/// Guarantees: under FAIL_RELOAD the filter is back and nothing passes unredacted; what FAIL_OPEN does is why no example has
/// it. The log of Envoy has the place where the filter stopped, and nothing of the batch.
#[tokio::test]
async fn a_filter_that_stops_is_loaded_again() {
    let upstream = Upstream::start().await;
    let mut config = Config::new(upstream.address);
    for policy in ["FAIL_RELOAD", "FAIL_CLOSED", "FAIL_OPEN"] {
        let filter = filter_with(&json!({}), |config| {
            let allowed: serde_json::Map<String, Value> = CAPABILITIES
                .iter()
                .filter(|name| **name != "proxy_set_buffer_bytes")
                .map(|name| ((*name).into(), json!({})))
                .collect();
            config["capability_restriction_config"] = json!({"allowed_capabilities": allowed});
            config["failure_policy"] = json!(policy);
            config["vm_config"]["vm_id"] = json!(policy);
            if policy == "FAIL_RELOAD" {
                config["reload_config"] = json!({"backoff": {"base_interval": "0.1s"}});
            }
        });
        config = config.listener(policy, vec![filter]);
    }
    let envoy = Envoy::start(&config.build()).await;
    let send = async |policy: &str, body: &[u8]| {
        let answer = Call::protobuf(body).send(envoy.at(policy)).await.unwrap();
        (answer.status, upstream.take().first().map(|seen| contains(&seen.body, SECRET)))
    };
    for _ in 0..3 {
        assert_eq!(send("FAIL_RELOAD", UNTOUCHED).await, (200, Some(false)));
        assert_eq!(send("FAIL_RELOAD", &batch()).await, (503, None));
        sleep(Duration::from_millis(300)).await;
    }
    assert_eq!(send("FAIL_CLOSED", &batch()).await, (503, None));
    assert_eq!(send("FAIL_CLOSED", UNTOUCHED).await, (503, None));
    assert_eq!(send("FAIL_OPEN", &batch()).await, (503, None));
    assert_eq!(send("FAIL_OPEN", &batch()).await, (200, Some(true)));
    let grpc = Call::grpc(frame(0, &batch())).send(envoy.at("FAIL_RELOAD")).await.unwrap();
    assert_eq!(grpc.grpc().0, "14");
    let log = envoy.log();
    assert!(log.contains("airlock: stopped at"), "{log}");
    assert!(!log.contains(SECRET), "{log}");
}

/// Scenario: exactly the capabilities of the list.
/// Guarantees: the filter needs no other, and the list has those without which Envoy would pass what it does not show.
#[tokio::test]
async fn the_capabilities_are_enough() {
    let upstream = Upstream::start().await;
    let filter = filter_with(&json!({}), |config| {
        let allowed: serde_json::Map<String, Value> =
            CAPABILITIES.iter().map(|name| ((*name).into(), json!({}))).collect();
        config["capability_restriction_config"] = json!({"allowed_capabilities": allowed});
    });
    let envoy = Envoy::start(&Config::new(upstream.address).listener("otlp", vec![filter]).build()).await;
    for call in [Call::protobuf(batch()), Call::protobuf(batch()).http2().trailer("a", "b"), Call::json(json())] {
        assert_eq!(call.send(envoy.at("otlp")).await.unwrap().status, 200);
        assert!(!contains(&upstream.take()[0].body, SECRET));
    }
    assert_eq!(Call::json("{").send(envoy.at("otlp")).await.unwrap().status, 400);
}

/// Scenario: some batches and refusals, then the page that Prometheus reads, with the tags of the example.
/// Guarantees: the counts are right, by rule and by reason, and no name or value comes from a request.
#[tokio::test]
async fn metrics_count_what_was_done() {
    let example: Value = serde_saphyr::from_str(
        &fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/envoy/static.yaml")).unwrap(),
    )
    .unwrap();
    let upstream = Upstream::start().await;
    let config = Config::new(upstream.address)
        .listener("otlp", vec![filter(&json!({}))])
        .with("stats_config", example["stats_config"].clone());
    let envoy = Envoy::start(&config.build()).await;
    let odd = testkit::build::batch()
        .record(|it| it.event("codex.user_prompt").attribute(SECRET, "a").attribute("x", "mail a.b@example.com"))
        .bytes();
    for _ in 0..3 {
        Call::protobuf(batch()).send(envoy.at("otlp")).await.unwrap();
    }
    Call::protobuf(UNTOUCHED).send(envoy.at("otlp")).await.unwrap();
    Call::protobuf(odd).send(envoy.at("otlp")).await.unwrap();
    Call::json("{").send(envoy.at("otlp")).await.unwrap();
    Call::json("{}").path(&format!("/{SECRET}")).send(envoy.at("otlp")).await.unwrap();
    // Envoy shows what its workers have counted when it next flushes.
    let mut page = String::new();
    for _ in 0..100 {
        page = envoy.ask("/stats/prometheus").await;
        if page.contains("airlock_duration_microseconds_count{} 5") {
            break;
        }
        sleep(Duration::from_millis(100)).await;
    }
    for expected in [
        r#"airlock_batches_total{verdict="rewritten"} 4"#,
        r#"airlock_batches_total{verdict="unchanged"} 1"#,
        r#"airlock_batches_total{verdict="dropped"} 0"#,
        r#"airlock_records_total{direction="in"} 4"#,
        r#"airlock_records_total{direction="out"} 4"#,
        r#"airlock_redactions_total{rule="prompt.mask"} 3"#,
        r#"airlock_refusals_total{reason="malformed"} 1"#,
        r#"airlock_refusals_total{reason="path"} 1"#,
        r#"airlock_refusals_total{reason="unauthenticated"} 0"#,
        "airlock_unknown_attributes_total{} 2",
        "airlock_duration_microseconds_count{} 5",
        r#"airlock_duration_microseconds_bucket{le="1000"}"#,
    ] {
        assert!(page.contains(expected), "{expected} is missing:\n{}", ours(&page));
    }
    assert!(!page.contains(SECRET) && !page.contains("example.com"));
}

/// Scenario: a batch in which many detectors find something, the last of the list among them.
/// Guarantees: each is counted under its own name as often as the report says, wherever it stands in the list.
#[tokio::test]
async fn findings_are_counted_by_their_detectors() {
    let example: Value = serde_saphyr::from_str(
        &fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/envoy/static.yaml")).unwrap(),
    )
    .unwrap();
    let policy = json!({"redact": {"attributes": {"prompt": "scan"}}});
    let late = &airlock::detect::DETECTORS[300..];
    let batch = late.iter().step_by(3).fold(testkit::build::batch(), |batch, detector| {
        let example = detector.examples.iter().find(|example| example.0.contains('«')).unwrap().0;
        let text = example.replace(['«', '»'], "");
        batch.record(|it| it.event("codex.user_prompt").attribute("prompt", text.as_str()))
    });
    let batch = batch.bytes();
    let airlock = airlock::Airlock::open(&policy.to_string(), &airlock::Keys::new()).unwrap();
    let mut worker = airlock.worker();
    let report = worker.process(&batch, Protobuf, &airlock::Admission::none()).unwrap().report;
    let expected: Vec<String> = report
        .findings()
        .map(|(_, name, count)| format!(r#"airlock_findings_total{{detector="{name}"}} {count}"#))
        .collect();
    assert!(expected.len() > 50);

    let upstream = Upstream::start().await;
    let config = Config::new(upstream.address)
        .listener("otlp", vec![filter(&json!({"policy": policy}))])
        .with("stats_config", example["stats_config"].clone());
    let envoy = Envoy::start(&config.build()).await;
    assert_eq!(Call::protobuf(batch).send(envoy.at("otlp")).await.unwrap().status, 200);
    let mut page = String::new();
    for _ in 0..100 {
        page = envoy.ask("/stats/prometheus").await;
        if page.contains("airlock_duration_microseconds_count{} 1") {
            break;
        }
        sleep(Duration::from_millis(100)).await;
    }
    for line in expected {
        assert!(page.contains(&line), "{line} is missing:\n{}", ours(&page));
    }
}

fn ours(page: &str) -> String {
    page.lines().filter(|line| line.starts_with("airlock")).collect::<Vec<_>>().join("\n")
}

/// Scenario: four workers and many clients at once, in every protocol, each batch with a word of its own.
/// Guarantees: keeps I6: every answer is for its own batch.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn four_workers_answer_each_client_its_own() {
    let upstream = Upstream::forgetful().await;
    let config = Config::new(upstream.address).listener("otlp", vec![filter(&json!({}))]);
    let envoy = Envoy::start_with(&config.build(), 4, &[]).await;
    let at = envoy.at("otlp");
    let clients = (0..32).map(|client| {
        tokio::spawn(async move {
            for round in 0..20 {
                let word = format!("w{client}x{round}");
                let batch = testkit::build::batch()
                    .record(|it| {
                        it.event("codex.user_prompt").attribute("prompt", SECRET).attribute("model", word.as_str())
                    })
                    .bytes();
                let expected = processed(&batch, Protobuf);
                assert!(contains(&expected, &word));
                let (call, expected) = match client % 3 {
                    0 => (Call::protobuf(batch), expected),
                    1 => (Call::protobuf(batch).http2().in_pieces(13), expected),
                    _ => (Call::grpc(frame(0, &batch)), frame(0, &expected)),
                };
                let answer = call.send(at).await.unwrap();
                assert!(answer.status == 200 && answer.body == expected, "client {client}, round {round}");
            }
        })
    });
    for client in clients.collect::<Vec<_>>() {
        client.await.unwrap();
    }
}

/// Scenario: 10⁴ requests (10⁵ where `AIRLOCK_SOAK` says so), in every protocol, a few refused among them.
/// Guarantees: keeps I5: after the first tenth the memory of Envoy stays what it is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn memory_stays_flat() {
    let rounds: u64 = std::env::var("AIRLOCK_SOAK").ok().and_then(|count| count.parse().ok()).unwrap_or(10_000);
    let upstream = Upstream::forgetful().await;
    let config = Config::new(upstream.address).listener("otlp", vec![filter(&json!({}))]);
    let envoy = Envoy::start(&config.build()).await;
    let at = envoy.at("otlp");
    let calls = [
        Call::protobuf(batch()),
        Call::json(json()).in_pieces(40),
        Call::json(crate::support::gzip(&json())).header("content-encoding", "gzip"),
        Call::protobuf(batch()).http2().trailer("a", "b"),
        Call::grpc(frame(0, &batch())),
        Call::json("{"),
    ];
    let run = async |count: u64| {
        let workers = (0..8_u64).map(|worker| {
            let calls = calls.clone();
            tokio::spawn(async move {
                for round in 0..count / 8 {
                    let call = &calls[((worker + round) % calls.len() as u64) as usize];
                    let answer = call.send(at).await.unwrap();
                    assert!([200, 400].contains(&answer.status));
                }
            })
        });
        for worker in workers.collect::<Vec<_>>() {
            worker.await.unwrap();
        }
    };
    run(rounds / 10).await;
    let before = envoy.resident();
    run(rounds - rounds / 10).await;
    let grown = envoy.resident().saturating_sub(before);
    println!("{rounds} requests: {} MiB, {} KiB more than after a tenth", (before + grown) >> 20, grown >> 10);
    assert!(grown < 12 << 20, "{grown} bytes more than after a tenth of {rounds} requests");
}
