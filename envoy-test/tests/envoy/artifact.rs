//! The shape of `airlock.envoy.wasm`.

use std::fs;

use envoy_test::FILTER;
use wasmparser::{Operator, Parser, Payload};

/// What Envoy reads and compiles in well under a second.
const MAX_BYTES: usize = 3 << 20;

/// Scenario: the import section of the file.
/// Guarantees: it can call Envoy's own functions and read its environment, and nothing else.
#[test]
fn it_imports_what_it_needs_and_no_more() {
    let module = fs::read(FILTER).unwrap();
    let mut imports = Vec::new();
    for payload in Parser::new(0).parse_all(&module) {
        let Payload::ImportSection(section) = payload.unwrap() else { continue };
        for import in section.into_imports() {
            let import = import.unwrap();
            imports.push((import.module.to_owned(), import.name.to_owned()));
        }
    }
    assert!(!imports.is_empty());
    for (module, name) in &imports {
        let is_known = match module.as_str() {
            "env" => name.starts_with("proxy_"),
            "wasi_snapshot_preview1" => ["environ_get", "environ_sizes_get"].contains(&name.as_str()),
            _ => false,
        };
        assert!(is_known, "it imports {module}::{name}");
    }
}

/// Scenario: every instruction; the size; the folders of the machine that built it.
/// Guarantees: the vector code of the scans is there, the file is small, and its digest is the same elsewhere.
#[test]
fn it_is_built_as_the_component_is() {
    let module = fs::read(FILTER).unwrap();
    let mut vectors = 0;
    for payload in Parser::new(0).parse_all(&module) {
        let Payload::CodeSectionEntry(body) = payload.unwrap() else { continue };
        for operator in body.get_operators_reader().unwrap() {
            vectors += usize::from(matches!(operator.unwrap(), Operator::V128Load { .. } | Operator::I8x16Eq));
        }
    }
    assert!(vectors > 10, "{vectors} vector loads and comparisons");
    assert!(module.len() < MAX_BYTES, "{} bytes", module.len());
    let root = env!("CARGO_MANIFEST_DIR").trim_end_matches("/envoy-test");
    for folder in [root, "/.cargo/registry"] {
        assert!(!super::support::contains(&module, folder), "it names {folder}");
    }
}
