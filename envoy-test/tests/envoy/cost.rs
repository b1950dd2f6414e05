//! What the filter costs: Envoy's own processor time for a request, beside the same Envoy with its buffer filter alone.
//!
//! Not run by itself: figures of a busy machine say little. Both listeners are in one Envoy, one worker, and take turns.

use std::time::{Duration, Instant};

use envoy_test::client::{Call, Connection};
use envoy_test::config::{BUFFER_LIMIT, Config, extension, filter};
use envoy_test::envoy::Envoy;
use envoy_test::upstream::Upstream;
use serde_json::json;

/// Short turns and many of them: what disturbs one does not last, and the quarter that was disturbed least is compared.
const TURNS: usize = 60;
const TIME: Duration = Duration::from_millis(80);

/// Scenario: batches of 1, 36, 108 and 2,016 real records, over a connection that stays, in turns.
/// Guarantees: none; it prints microseconds of Envoy's processor time for each request.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "figures, and no assertion"]
async fn cost_of_a_request() {
    let upstream = Upstream::forgetful().await;
    let buffer = extension(
        "buffer",
        "envoy.extensions.filters.http.buffer.v3.Buffer",
        json!({"max_request_bytes": BUFFER_LIMIT}),
    );
    let config =
        Config::new(upstream.address).listener("buffer", vec![buffer]).listener("airlock", vec![filter(&json!({}))]);
    let envoy = Envoy::start(&config.build()).await;
    let session = include_bytes!("../../../tests/captures/0.169.0/chatgpt-auth.binpb");
    for (name, body) in [
        ("1 record", crate::support::batch()),
        ("session, 36 records", session.to_vec()),
        ("3 sessions, 108 records", session.repeat(3)),
        ("56 sessions, 2,016 records", session.repeat(56)),
    ] {
        let call = Call::protobuf(body);
        let mut connections = Vec::new();
        for listener in ["buffer", "airlock"] {
            connections.push((Connection::new(envoy.at(listener)).await, Vec::new()));
        }
        for _ in 0..TURNS {
            for (connection, times) in &mut connections {
                let (before, started, mut count) = (envoy.cpu(), Instant::now(), 0_u32);
                while started.elapsed() < TIME {
                    assert_eq!(connection.send(&call).await, 200);
                    count += 1;
                }
                times.push((envoy.cpu() - before).as_secs_f64() * 1e6 / f64::from(count));
            }
        }
        let [buffer, airlock] = [0, 1].map(|at| {
            let times: &mut Vec<f64> = &mut connections[at].1;
            times.sort_by(f64::total_cmp);
            times[TURNS / 4]
        });
        let (bytes, more) = (call.pieces[0].len(), airlock - buffer);
        println!("{name} ({bytes} bytes): buffer {buffer:.0} us, airlock {airlock:.0} us, {more:+.0} us");
    }
}
