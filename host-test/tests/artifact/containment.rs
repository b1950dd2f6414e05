//! What a component cannot do to its host, tried with one that does.

use std::sync::Arc;
use std::time::{Duration, Instant};

use airlock::Encoding::Protobuf;
use airlock::{Admission, Keys};
use airlock_host::{Engine, HostError, Limits, Options, Plugin, Runtime, Stop};

use crate::hostile;

/// Scenario: a trap, then a batch.
/// Guarantees: the trapped instance is never used again, and the next batch is served.
#[test]
fn a_trap_costs_one_instance() {
    let plugin = open(Limits::default());
    assert_eq!(calls(&plugin), "1");
    assert_eq!(calls(&plugin), "2");
    assert_eq!(plugin.process(b"t", Protobuf, &Admission::none()), Err(HostError::Stopped(Stop::Trap)));
    assert_eq!(plugin.idle(), 0);
    assert_eq!(calls(&plugin), "1");
}

/// Scenario: an endless loop under a deadline of 100 ms.
/// Guarantees: I5 does not hang on the component's own manners.
#[test]
fn the_deadline_ends_an_endless_loop() {
    let plugin = open(Limits { deadline: Duration::from_millis(100), ..Limits::default() });
    let start = Instant::now();
    assert_eq!(plugin.process(b"l", Protobuf, &Admission::none()), Err(HostError::Stopped(Stop::Deadline)));
    // Generous: the machine may be busy. Without the deadline it would never end.
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    assert_eq!(calls(&plugin), "1");
}

/// Scenario: memory is asked for without end.
/// Guarantees: the bound of the host ends the call, and says why.
#[test]
fn the_memory_bound_ends_the_call() {
    let plugin = open(Limits { memory: 8 << 20, ..Limits::default() });
    assert_eq!(plugin.process(b"m", Protobuf, &Admission::none()), Err(HostError::Stopped(Stop::Memory)));
    assert_eq!(calls(&plugin), "1");
}

/// Scenario: an instance grows beyond what is kept, and answers.
/// Guarantees: the answer counts; the instance and its memory are given back.
#[test]
fn a_grown_instance_is_not_kept() {
    let plugin = open(Limits::default());
    assert_eq!(calls(&plugin), "1");
    assert_eq!(plugin.process(b"g", Protobuf, &Admission::none()).unwrap().report, "2");
    assert_eq!(plugin.idle(), 0);
    assert_eq!(calls(&plugin), "1");
}

/// Scenario: a component imports a clock; a file is no component at all.
/// Guarantees: neither opens, and the error says what is wrong.
#[test]
fn what_is_not_ours_does_not_open() {
    let error = Runtime::new(&hostile::component_with_an_import(), &Options::default()).err().unwrap().to_string();
    assert!(error.contains("its host, which offers nothing"), "{error}");
    assert!(error.contains("wasi:clocks/wall-clock"), "{error}");
    let error = Runtime::new(b"no component", &Options::default()).err().unwrap().to_string();
    assert!(error.starts_with("the component cannot be compiled"), "{error}");
    let error = Runtime::new(&wat::parse_str("(component)").unwrap(), &Options::default()).err().unwrap().to_string();
    assert!(error.contains("does not export airlock:otlp/processor"), "{error}");
}

fn open(limits: Limits) -> Plugin {
    let options = Options { limits, cache: None };
    Arc::new(Runtime::new(&hostile::component(), &options).unwrap()).open("{}", &Keys::new()).unwrap()
}

/// Processes a harmless batch; the answer is how many calls the serving instance has had.
fn calls(plugin: &Plugin) -> String {
    plugin.process(b"harmless", Protobuf, &Admission::none()).unwrap().report
}
