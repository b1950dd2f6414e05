//! Who may import whom: the rooms of the core as DESIGN.md lays them out, read from the sources.
//!
//! Must not need a compiler: it reads `src/` as text, so that it also sees what is behind a `cfg`. Holds that the
//! graph of rooms has no cycle, that every file says what it is, and that the core stays pure (I6) and safe (I8).

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test fails loudly"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use testkit::toml;

/// What each room may import. A room that is not listed here does not exist.
const ROOMS: &[(&str, &[&str])] = &[
    ("admission", &[]),
    ("bytes", &[]),
    ("keys", &[]),
    ("error", &[]),
    ("limits", &[]),
    ("detect", &["bytes"]),
    ("codex", &["bytes"]),
    ("wire", &["bytes", "error", "limits"]),
    ("json", &["bytes", "error", "limits"]),
    ("otlp", &["bytes", "wire", "json", "error", "limits"]),
    // A plan holds what pseudonyms are made with, so that a key that is missing is an error of the policy.
    ("policy", &["admission", "bytes", "keys", "detect", "codex", "otlp", "error", "limits"]),
    ("outcome", &["bytes", "policy", "detect", "error", "limits"]),
    (
        "rules",
        &[
            "admission",
            "bytes",
            "keys",
            "policy",
            "detect",
            "codex",
            "otlp",
            "wire",
            "json",
            "outcome",
            "error",
            "limits",
        ],
    ),
    (
        "engine",
        &[
            "admission",
            "keys",
            "bytes",
            "rules",
            "policy",
            "detect",
            "codex",
            "otlp",
            "wire",
            "json",
            "outcome",
            "error",
            "limits",
        ],
    ),
];

/// Files above the rooms: they may name any of them.
const ABOVE: &[&str] = &["lib", "internal"];

/// The longest file that a person still reads from top to bottom.
const MAX_LINES: usize = 600;

/// The same of an adapter, which decides nothing.
const MAX_ADAPTER_LINES: usize = 250;

struct Source {
    path: PathBuf,
    /// The top-level module.
    room: String,
    /// How many modules deep it is: 1 for `wire/mod.rs`, 2 for `wire/reader.rs`.
    depth: usize,
    text: String,
}

impl Source {
    /// The text without comments and string literals, and where its tests begin.
    fn code(&self) -> (String, usize) {
        let code: Vec<String> = self.text.lines().map(code_of_line).collect();
        let code = code.join("\n");
        if self.path.to_string_lossy().ends_with("_tests.rs") {
            return (code, 0);
        }
        let tests = code.find("#[cfg(test)]\nmod tests").unwrap_or(code.len());
        (code, tests)
    }

    /// The rooms it names, by `crate::room` or by enough `super::` to reach the root.
    fn imports(&self) -> BTreeSet<String> {
        let (code, tests) = self.code();
        let mut found = BTreeSet::new();
        for (at, _) in code.match_indices("crate::") {
            if !code[..at].ends_with("$") {
                found.extend(names(&code[at + "crate::".len()..]));
            }
        }
        let mut at = 0;
        while let Some(next) = code[at..].find("super::") {
            at += next;
            let (start, mut supers) = (at, 0);
            while code[at..].starts_with("super::") {
                (at, supers) = (at + "super::".len(), supers + 1);
            }
            if supers >= self.depth + usize::from(start > tests) {
                found.extend(names(&code[at..]));
            }
        }
        found.remove(&self.room);
        found.retain(|name| name.starts_with(|first: char| first.is_ascii_lowercase()));
        found
    }
}

/// A line without its comment and without what stands between quotes. A text over several lines is read as code.
fn code_of_line(line: &str) -> String {
    let (mut code, mut characters, mut is_text) = (String::new(), line.chars().peekable(), false);
    while let Some(character) = characters.next() {
        match character {
            '\\' if is_text => drop(characters.next()),
            '\'' if !is_text && characters.peek() == Some(&'"') => drop(characters.next()),
            '"' => is_text = !is_text,
            '/' if !is_text && characters.peek() == Some(&'/') => break,
            plain if !is_text => code.push(plain),
            _ => {}
        }
    }
    code
}

/// The first name of a path, or of each path in a braced group.
fn names(text: &str) -> Vec<String> {
    let word = |text: &str| -> String { text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect() };
    let Some(group) = text.strip_prefix('{') else { return vec![word(text)] };
    let mut depth = 0;
    let end = group
        .find(|character| {
            depth += match character {
                '{' => 1,
                '}' => -1,
                _ => 0,
            };
            depth < 0
        })
        .expect("braces match");
    let mut depth = 0;
    let parts = group[..end].split(|character| {
        depth += match character {
            '{' => 1,
            '}' => -1,
            _ => 0,
        };
        depth == 0 && character == ','
    });
    parts.map(|part| word(part.trim())).filter(|name| !name.is_empty()).collect()
}

fn sources() -> Vec<Source> {
    let sources = sources_in("src");
    assert!(sources.len() > 20, "the sources were not found");
    sources
}

fn sources_in(folder: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut folders = vec![root.clone()];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("src can be read") {
            let path = entry.expect("src can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let inside = path.strip_prefix(&root).expect("it is inside src").with_extension("");
                let mut parts: Vec<String> = inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
                if parts.last().is_some_and(|last| last == "mod") {
                    parts.pop();
                }
                let text = fs::read_to_string(&path).expect("a source is text");
                let (room, depth) = (parts[0].clone(), parts.len());
                sources.push(Source { path: inside.with_extension("rs"), room, depth, text });
            }
        }
    }
    sources
}

fn graph() -> BTreeMap<String, BTreeSet<String>> {
    let mut graph: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in sources().iter().filter(|source| !ABOVE.contains(&source.room.as_str())) {
        graph.entry(source.room.clone()).or_default().extend(source.imports());
    }
    graph
}

/// Scenario: every `crate::` and `super::` path of the core.
/// Guarantees: a room imports only what stands below it in the design.
#[test]
fn rooms_import_only_what_they_may() {
    for source in sources().iter().filter(|source| !ABOVE.contains(&source.room.as_str())) {
        let (_, allowed) = ROOMS
            .iter()
            .find(|(room, _)| *room == source.room)
            .unwrap_or_else(|| panic!("{} is in no room of the design", source.path.display()));
        for import in source.imports() {
            assert!(
                allowed.contains(&import.as_str()),
                "{} imports {import}; {} may import {allowed:?}",
                source.path.display(),
                source.room
            );
        }
    }
}

/// Scenario: the same, as a graph.
/// Guarantees: no cycle among the rooms, whatever the table above allows.
#[test]
fn there_is_no_cycle() {
    let mut graph = graph();
    // Rooms that import nothing that is left are taken out, until nothing is left or only cycles are.
    loop {
        let free: Vec<String> =
            graph.iter().filter(|(_, imports)| imports.is_empty()).map(|(room, _)| room.clone()).collect();
        if free.is_empty() {
            break;
        }
        for room in free {
            graph.remove(&room);
            for imports in graph.values_mut() {
                imports.remove(&room);
            }
        }
    }
    assert!(graph.is_empty(), "these rooms import each other: {graph:?}");
}

#[test]
fn the_table_has_no_room_that_is_gone() {
    let graph = graph();
    for (room, _) in ROOMS.iter().filter(|(room, _)| *room != "json") {
        assert!(graph.contains_key(*room), "{room} is in the table and not in src");
    }
}

#[test]
fn every_file_says_what_it_is() {
    for source in sources() {
        assert!(source.text.starts_with("//! "), "{} does not begin with //!", source.path.display());
    }
}

#[test]
fn files_are_short_enough_to_read() {
    for source in sources() {
        let lines = source.text.lines().count();
        assert!(lines <= MAX_LINES, "{} has {lines} lines", source.path.display());
    }
}

/// Scenario: the crate's root and every path in it.
/// Guarantees: `std` cannot be reached (I6) and `unsafe` cannot be written (I8).
#[test]
fn the_core_is_pure() {
    let sources = sources();
    assert_pure(&sources);
}

/// Scenario: the sources of the door.
/// Guarantees: what reads hostile bytes before the core does is held to the same, and knows nothing of telemetry.
#[test]
fn the_door_is_pure() {
    let sources = sources_in("door/src");
    assert_pure(&sources);
    for source in &sources {
        assert!(source.text.starts_with("//! "), "{} does not begin with //!", source.path.display());
        assert!(source.text.lines().count() <= MAX_LINES, "{} is too long", source.path.display());
    }
}

fn assert_pure(sources: &[Source]) {
    let root = sources.iter().find(|source| source.room == "lib").expect("there is a lib.rs");
    assert!(root.text.contains("#![no_std]") && root.text.contains("#![forbid(unsafe_code)]"));
    for source in sources {
        let (code, tests) = source.code();
        for word in ["std::", "HashMap", "HashSet", "static mut", "thread_local", "RefCell", "Mutex", "Atomic"] {
            let found = code[..tests]
                .match_indices(word)
                .any(|(at, _)| !code[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_'));
            assert!(!found, "{} names {word}", source.path.display());
        }
    }
}

/// Scenario: the sources of every adapter.
/// Guarantees: an adapter is thin: each of its files is read at a glance and says what it is.
#[test]
fn adapters_are_thin() {
    for folder in ["adapters/component/src", "adapters/envoy/src"] {
        for source in sources_in(folder) {
            let lines = source.text.lines().count();
            assert!(source.text.starts_with("//! "), "{} does not begin with //!", source.path.display());
            assert!(lines <= MAX_ADAPTER_LINES, "{} has {lines} lines", source.path.display());
        }
    }
}

/// The crates that a manifest needs to build, by their names in the registry or the workspace.
fn dependencies(manifest: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(manifest);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let document: toml::Table = text.parse().expect("a manifest is TOML");
    let needed = document.get("dependencies").and_then(toml::Value::as_table).cloned().unwrap_or_default();
    let name = |(name, needed): (String, toml::Value)| {
        needed.get("package").and_then(toml::Value::as_str).map_or(name, str::to_owned)
    };
    needed.into_iter().map(name).collect()
}

/// Scenario: the manifests of what ships.
/// Guarantees: the core stands on few crates, an adapter on the core and one binding, the host on no adapter, and the
/// testkit under nothing.
#[test]
fn manifests_follow_the_design() {
    let core = dependencies("Cargo.toml");
    assert!(core.len() <= 10, "{core:?}");
    let component = dependencies("adapters/component/Cargo.toml");
    assert!(component.iter().any(|name| name == "otlp-airlock") && component.len() <= 2, "{component:?}");
    // The core, the door, and what reads its configuration; the binding to Envoy it needs on its own target only.
    let envoy = dependencies("adapters/envoy/Cargo.toml");
    assert_eq!(envoy, ["otlp-airlock", "airlock-door", "serde", "serde_json"]);
    let door = dependencies("door/Cargo.toml");
    assert!(!door.iter().any(|name| name == "otlp-airlock") && door.len() <= 2, "{door:?}");
    let host = dependencies("host-test/Cargo.toml");
    assert!(!host.iter().any(|name| name == "airlock-component" || name == "airlock-envoy"), "{host:?}");
    for shipped in [core, component, envoy, door, host] {
        assert!(!shipped.iter().any(|name| name == "airlock-testkit"), "{shipped:?}");
    }
}

#[test]
fn the_reader_of_imports_sees_them() {
    let source =
        |room: &str, depth, text: &str| Source { path: PathBuf::new(), room: room.into(), depth, text: text.into() };
    let found = source(
        "wire",
        2,
        "use crate::{error::BatchError, limits::{MAX, MIN}, wire::Span};\nuse super::super::codex::x;\n// crate::rules\n\
         use super::edits;\nfn f() { crate::detect::scan() }\n#[cfg(test)]\nmod tests { use super::super::write; }\n",
    );
    let expected = ["codex", "detect", "error", "limits"].map(String::from);
    assert_eq!(found.imports(), BTreeSet::from(expected));
    assert_eq!(source("wire", 1, "use super::error;").imports(), BTreeSet::from(["error".to_owned()]));
}
