//! A component with the contract of ours and manners of its own, chosen by a batch's first byte.

use wit_component::{ComponentEncoder, StringEncoding, embed_component_metadata};
use wit_parser::Resolve;

/// `t` traps, `l` runs for ever, `g` grows by 40 MiB and answers, `m` asks for memory without end; anything else is
/// answered `unchanged`, with the number of calls that this instance has had as the report.
const MODULE: &str = r#"(module
  (import "[export]airlock:otlp/processor@0.1.0" "[resource-new]airlock" (func $new (param i32) (result i32)))
  (memory (export "memory") 2)
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) (i32.const 65536))
  (func $open (param i32 i32 i32 i32) (result i32)
    (i32.store (i32.const 20) (call $new (i32.const 1)))
    (i32.const 16))
  (export "airlock:otlp/processor@0.1.0#[static]airlock.open" (func $open))
  (export "airlock:otlp/processor@0.1.0#[static]airlock.open-allowing-shadow" (func $open))
  (func $normalise (param $self i32) (param $batch i32) (param $length i32) (param $encoding i32) (result i32)
    (call $process (local.get $self) (local.get $batch) (local.get $length) (local.get $encoding)
      (i32.const 0) (i32.const 0) (i32.const 0)))
  (func $process (param $self i32) (param $batch i32) (param $length i32) (param $encoding i32)
    (param $is_tenant i32) (param $tenant i32) (param $tenant_length i32) (result i32)
    (local $first i32)
    (local.set $first (i32.load8_u (local.get $batch)))
    (if (i32.eq (local.get $first) (i32.const 0x74)) (then unreachable))
    (if (i32.eq (local.get $first) (i32.const 0x6c)) (then (loop $for_ever (br $for_ever))))
    (if (i32.eq (local.get $first) (i32.const 0x67)) (then (drop (memory.grow (i32.const 640)))))
    (if (i32.eq (local.get $first) (i32.const 0x6d))
      (then (loop $more (drop (memory.grow (i32.const 16))) (br $more))))
    ;; ok(outcome { verdict: unchanged, batch: [], report: one digit })
    (i32.store8 (i32.const 104) (i32.const 2))
    (i32.store (i32.const 116) (i32.const 200))
    (i32.store (i32.const 120) (i32.const 1))
    (i32.store8 (i32.const 200) (i32.add (i32.load8_u (i32.const 200)) (i32.const 1)))
    (i32.const 96))
  (data (i32.const 200) "0")
  (export "airlock:otlp/processor@0.1.0#[method]airlock.process" (func $process))
  (export "airlock:otlp/processor@0.1.0#[method]airlock.normalise" (func $normalise))
  (export "airlock:otlp/processor@0.1.0#[method]airlock.redact" (func $process))
  (export "airlock:otlp/processor@0.1.0#[method]airlock.inject-tenant" (func $process))
  (export "airlock:otlp/processor@0.1.0#[method]airlock.split" (func $process))
  (func (export "airlock:otlp/processor@0.1.0#[method]airlock.admit")
    (param i32 i32 i32 i32 i32 i32 i32 i32) (result i32) unreachable)
  (func (export "airlock:otlp/processor@0.1.0#[method]airlock.header-names") (param i32) (result i32) (i32.const 300))
  (func (export "airlock:otlp/processor@0.1.0#[method]airlock.needs-body") (param i32) (result i32) (i32.const 0))
  (func (export "airlock:otlp/processor@0.1.0#[method]airlock.policy-hash") (param i32) (result i32) (i32.const 300))
)"#;

/// The hostile component.
pub fn component() -> Vec<u8> {
    encode(MODULE)
}

/// The same with an import of its own: something of its host that no component of ours asks for.
pub fn component_with_an_import() -> Vec<u8> {
    wat::parse_str(r#"(component (import "wasi:clocks/wall-clock@0.2.0" (instance (export "now" (func)))))"#).unwrap()
}

fn encode(module: &str) -> Vec<u8> {
    let mut resolve = Resolve::default();
    let wit = concat!(env!("CARGO_MANIFEST_DIR"), "/../wit/world.wit");
    let package = resolve.push_str(wit, &std::fs::read_to_string(wit).unwrap()).unwrap();
    let world = resolve.select_world(&[package], None).unwrap();
    let mut module = wat::parse_str(module).unwrap();
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8).unwrap();
    ComponentEncoder::default().validate(true).module(&module).unwrap().encode().unwrap()
}
