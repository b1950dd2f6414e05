//! The shape of `airlock.component.wasm`.

use airlock::Keys;
use airlock_host::{COMPONENT, COMPONENT_SHA256, Native};
use sha2::{Digest, Sha256};
use wasmparser::{Operator, Parser, Payload};

use crate::support::{RUNTIME, contains};

/// What a gateway still loads without a second thought.
const MAX_BYTES: usize = 2 << 20;

/// Scenario: the component's own import section is read, and an empty linker instantiates it.
/// Guarantees: I6, by construction: there is nothing that the core could reach.
#[test]
fn the_component_imports_nothing() {
    let mut depth = 0;
    for payload in Parser::new(0).parse_all(COMPONENT) {
        match payload.unwrap() {
            Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => depth += 1,
            Payload::End(_) => depth -= 1,
            Payload::ComponentImportSection(imports) if depth == 0 => assert_eq!(imports.count(), 0),
            _ => {}
        }
    }
    RUNTIME.open("{}", &Keys::new()).unwrap();
}

/// Scenario: every instruction of the component is read.
/// Guarantees: the vector code of the scans did not get lost on the way through two cargos.
#[test]
fn the_component_holds_vector_code() {
    let mut vectors = 0;
    for payload in Parser::new(0).parse_all(COMPONENT) {
        let Payload::CodeSectionEntry(body) = payload.unwrap() else { continue };
        for operator in body.get_operators_reader().unwrap() {
            vectors += usize::from(matches!(operator.unwrap(), Operator::V128Load { .. } | Operator::I8x16Eq));
        }
    }
    assert!(vectors > 10, "{vectors} vector loads and comparisons; was the component built without +simd128?");
}

#[test]
fn the_component_is_small() {
    assert!(COMPONENT.len() < MAX_BYTES, "{} bytes", COMPONENT.len());
}

#[test]
fn the_digest_is_the_components() {
    let digest: String = Sha256::digest(COMPONENT).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(digest, COMPONENT_SHA256);
}

/// Scenario: the component is searched for the folders of the machine that built it.
/// Guarantees: the same sources give the same digest elsewhere.
#[test]
fn the_component_names_no_folder_of_its_builder() {
    let root = env!("CARGO_MANIFEST_DIR").trim_end_matches("/host-test");
    assert!(!contains(COMPONENT, root.as_bytes()));
    assert!(!contains(COMPONENT, b"/.cargo/registry"));
}

#[test]
fn both_engines_know_the_policy_by_the_same_hash() {
    use airlock_host::Engine;
    let native = Native::open(r#"{"version":1}"#, &Keys::new()).unwrap();
    assert_eq!(RUNTIME.open(r#"{"version":1}"#, &Keys::new()).unwrap().policy_hash(), native.policy_hash());
}
