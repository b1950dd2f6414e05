//! The component and the native core, side by side.

use std::sync::Arc;
use std::thread;

use airlock::Encoding::{Json, Protobuf};
use airlock::{Admission, BatchErrorKind, Keys, Verdict};
use airlock_host::{COMPONENT, Engine, HostError, Limits, Native, Options, Runtime, Stage, Stop};

use crate::support::{MARKER, RUNTIME, SESSION, contains};

/// Scenario: every stage of the session, natively and in the component.
/// Guarantees: I4: the same verdict, the same bytes, the same report.
#[test]
fn both_engines_give_the_same_bytes() {
    let (plugin, native) = (RUNTIME.open("{}", &Keys::new()).unwrap(), Native::open("{}", &Keys::new()).unwrap());
    for stage in [Stage::InjectTenant, Stage::Normalise, Stage::Process, Stage::Redact] {
        assert_eq!(
            plugin.run(stage, SESSION, Protobuf, &Admission::none()),
            native.run(stage, SESSION, Protobuf, &Admission::none()),
            "{stage:?}"
        );
    }
    let outcome = plugin.process(SESSION, Protobuf, &Admission::none()).unwrap();
    assert_eq!(outcome.verdict, Verdict::Rewritten);
    assert!(contains(SESSION, MARKER) && !contains(outcome.bytes(SESSION), MARKER));
}

/// Scenario: refused batches, natively and in the component, each followed by a good one on the same instance.
/// Guarantees: I4 for errors; I6: a refusal leaves nothing behind.
#[test]
fn a_refusal_leaves_nothing_behind() {
    let (plugin, native) = (RUNTIME.open("{}", &Keys::new()).unwrap(), Native::open("{}", &Keys::new()).unwrap());
    let good = native.process(SESSION, Protobuf, &Admission::none());
    let cut = &SESSION[..SESSION.len() - 1];
    for (batch, encoding) in [(cut, Protobuf), (&b"\xff\xff"[..], Protobuf), (b"{", Json)] {
        let refused = plugin.process(batch, encoding, &Admission::none());
        assert!(matches!(refused, Err(HostError::Refused { .. })), "{refused:?}");
        assert_eq!(refused, native.process(batch, encoding, &Admission::none()));
        assert_eq!(plugin.process(SESSION, Protobuf, &Admission::none()), good);
        assert_eq!(plugin.idle(), 1, "the same instance served them all");
    }
    let json = plugin.process(b"{", Json, &Admission::none());
    assert!(matches!(json, Err(HostError::Refused { kind: BatchErrorKind::Malformed, .. })), "{json:?}");
}

#[test]
fn both_engines_refuse_a_policy_in_the_same_words() {
    let policy = r#"{"redact":{"attributes":{"prompt":"msak"}}}"#;
    let native = Native::open(policy, &Keys::new()).err().unwrap();
    assert_eq!(RUNTIME.open(policy, &Keys::new()).err().unwrap(), native);
    assert!(native.to_string().starts_with("redact.attributes.prompt: "), "{native}");
}

/// Scenario: eight threads share one plugin.
/// Guarantees: every answer is right, and no more instances stay than are wanted.
#[test]
fn threads_share_a_plugin() {
    let options = Options { limits: Limits { idle: 3, ..Limits::default() }, cache: None };
    let plugin = Arc::new(Runtime::new(COMPONENT, &options).unwrap()).open("{}", &Keys::new()).unwrap();
    let expected = plugin.process(SESSION, Protobuf, &Admission::none()).unwrap();
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                (0..200).for_each(|_| {
                    assert_eq!(plugin.process(SESSION, Protobuf, &Admission::none()).as_ref(), Ok(&expected))
                })
            });
        }
    });
    assert!((1..=3).contains(&plugin.idle()), "{}", plugin.idle());
}

/// Scenario: the real component is given less memory than a large batch needs.
/// Guarantees: the batch is refused by the host, and the next one served.
#[test]
fn a_batch_beyond_the_memory_is_refused() {
    let options = Options { limits: Limits { memory: 4 << 20, ..Limits::default() }, cache: None };
    let plugin = Arc::new(Runtime::new(COMPONENT, &options).unwrap()).open("{}", &Keys::new()).unwrap();
    let large = SESSION.repeat(8 << 20 >> 14);
    assert_eq!(plugin.process(&large, Protobuf, &Admission::none()), Err(HostError::Stopped(Stop::Memory)));
    plugin.process(SESSION, Protobuf, &Admission::none()).unwrap();
}
