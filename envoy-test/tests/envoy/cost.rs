//! What the filter costs: Envoy's own processor time for a request, beside the same Envoy with its buffer filter alone.
//!
//! Not run by itself: figures of a busy machine say little. Both listeners are in one Envoy, one worker, and take turns.

use std::time::Duration;

use envoy_test::client::Call;
use envoy_test::config::{BUFFER_LIMIT, Config, extension, filter};
use envoy_test::envoy::Envoy;
use envoy_test::upstream::Upstream;
use serde_json::json;

const ROUNDS: usize = 5;
const TIME: Duration = Duration::from_secs(2);

/// Scenario: batches of 1, 100 and 2,000 real records over connections of their own, in turns.
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
        ("session, 36 records", session.to_vec()),
        ("1 record", crate::support::batch()),
        ("56 sessions, 2,016 records", session.repeat(56)),
    ] {
        let call = Call::protobuf(body);
        let mut best = [f64::INFINITY; 2];
        for _ in 0..ROUNDS {
            for (at, listener) in ["buffer", "airlock"].into_iter().enumerate() {
                let (before, started, mut count) = (envoy.cpu(), std::time::Instant::now(), 0_u32);
                while started.elapsed() < TIME {
                    assert_eq!(call.send(envoy.at(listener)).await.unwrap().status, 200);
                    count += 1;
                }
                let took = (envoy.cpu() - before).as_secs_f64() * 1e6 / f64::from(count);
                best[at] = best[at].min(took);
            }
        }
        let [buffer, airlock] = best;
        let (bytes, more) = (call.pieces[0].len(), airlock - buffer);
        println!("{name} ({bytes} bytes): buffer {buffer:.0} us, airlock {airlock:.0} us, {more:+.0} us");
    }
}
