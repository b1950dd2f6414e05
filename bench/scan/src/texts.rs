//! What is scanned: source code, recorded telemetry, prose and log lines, in three sizes, as they are and with secrets in it.
//!
//! Must not know detectors. Keeps figures comparable: nothing is drawn by chance, and the only texts are the repository's.

use std::fs;
use std::ops::Range;
use std::path::Path;

use crate::Result;

/// Lengths of texts: an argument, the output of a command, a long one.
const SIZES: [(&str, usize); 3] = [("300 B", 300), ("4 KB", 4 << 10), ("128 KB", 128 << 10)];

/// What is planted in turn, between two lines. Made up, as they look.
const SECRETS: [&str; 2] = ["ghp_FAKEfake0000abcdFAKEfake0000abcdFAKE", "AKIAFAKEEXAMPLE00007"];

/// A text with one of them in every so many bytes has many.
const APART: usize = 1 << 10;

/// One text.
pub struct Text {
    name: String,
    text: String,
    planted: Vec<Range<usize>>,
}

impl Text {
    /// What it is.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// Where secrets were planted.
    pub fn planted(&self) -> &[Range<usize>] {
        &self.planted
    }
}

/// All texts.
pub fn all() -> Result<Vec<Text>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let kinds = [
        ("code", folder(&root.join("src/rules"), "rs")? + &folder(&root.join("src/otlp"), "rs")?),
        ("telemetry", folder(&root.join("tests/captures"), "json")?),
        ("prose", folder(&root, "md")?),
        ("logs", logs()),
    ];
    let mut texts = Vec::new();
    for (kind, source) in &kinds {
        for (size, length) in SIZES {
            // What is too short starts again.
            let source: String = source.chars().cycle().take(length).collect();
            let plain = &source[..source.floor_char_boundary(length)];
            texts.push(Text { name: format!("{kind}, {size}"), text: plain.to_owned(), planted: Vec::new() });
            texts.push(planted(format!("{kind}, {size}, many hits"), plain));
        }
    }
    Ok(texts)
}

/// The text with a secret at the end of the line nearest to every [`APART`] bytes, and one at its end at least.
fn planted(name: String, plain: &str) -> Text {
    let (mut text, mut planted, mut since) = (String::new(), Vec::new(), 0);
    let mut secrets = SECRETS.iter().cycle();
    let mut plant = |text: &mut String| {
        text.push('\n');
        let start = text.len();
        text.push_str(secrets.next().unwrap_or(&""));
        planted.push(start..text.len());
        text.push('\n');
    };
    for line in plain.split_inclusive('\n') {
        text.push_str(line);
        since += line.len();
        if since >= APART {
            since = 0;
            plant(&mut text);
        }
    }
    plant(&mut text);
    Text { name, text, planted }
}

/// The files of a folder, and of those in it, one after the other, in the order of their names.
fn folder(folder: &Path, extension: &str) -> Result<String> {
    let mut text = String::new();
    let mut paths = vec![folder.to_owned()];
    let is_deep = extension != "md";
    while let Some(path) = paths.pop() {
        if path.is_dir() {
            let mut inside = fs::read_dir(&path)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
            inside.retain(|inner| is_deep && inner.is_dir() || inner.extension().is_some_and(|it| it == extension));
            inside.sort();
            paths.extend(inside.into_iter().rev());
        } else {
            text += &fs::read_to_string(&path)?;
        }
    }
    if text.is_empty() { Err(format!("no .{extension} in {}", folder.display()).into()) } else { Ok(text) }
}

/// Lines as a server writes them.
fn logs() -> String {
    let levels = ["INFO", "DEBUG", "WARN", "ERROR"];
    let paths = ["/v1/logs", "/healthz", "/api/items/search?page=2&size=50", "/static/app.js"];
    let line = |n: usize| {
        let (minute, second) = (n / 60 % 60, n % 60);
        format!(
            "2026-11-23T13:{minute:02}:{second:02}.{:03}Z {} server::http: request id=req-{:06} method=GET path={} status={} duration_ms={}\n",
            n * 7 % 1000,
            levels[n % 4],
            n * 31 % 999_983,
            paths[n / 3 % 4],
            [200, 204, 404, 500][n / 5 % 4],
            n * 13 % 977
        )
    };
    (0..1200).map(line).collect()
}
