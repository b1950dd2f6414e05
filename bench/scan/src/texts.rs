//! What is scanned: source code, recorded telemetry, prose and log lines, in pieces of three sizes, as they are and with
//! secrets in it.
//!
//! The pieces of a text are scanned in turn: what is scanned over and over, a processor soon knows by heart, and no text
//! that it meets once is scanned at the speed of those.
//!
//! Must not know detectors. Keeps figures comparable: nothing is drawn by chance, and the only texts are the repository's.

use std::fs;
use std::ops::Range;
use std::path::Path;

use crate::Result;

/// How long a text is.
const LENGTH: usize = 128 << 10;

/// Lengths of pieces: an argument, the output of a command, all at once.
const SIZES: [(&str, usize); 3] = [("300 B", 300), ("4 KB", 4 << 10), ("128 KB", usize::MAX)];

/// What is planted in turn, between two lines. Made up, as they look.
const SECRETS: [&str; 2] = ["ghp_FAKEfake0000abcdFAKEfake0000abcdFAKE", "AKIAFAKEEXAMPLE00007"];

/// A text with one of them in every so many bytes has many.
const APART: usize = 1 << 10;

/// One text, in pieces.
pub struct Text {
    name: String,
    text: String,
    pieces: Vec<Range<usize>>,
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

    /// Its pieces, one after the other.
    pub fn pieces(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().map(|piece| &self.text[piece.clone()])
    }

    /// Where they begin and end.
    pub fn cuts(&self) -> &[Range<usize>] {
        &self.pieces
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
        // What is too short starts again.
        let source: String = source.chars().cycle().take(LENGTH).collect();
        let plain = &source[..source.floor_char_boundary(LENGTH)];
        for (size, length) in SIZES {
            texts.push(Text::new(format!("{kind}, {size}"), plain.to_owned(), Vec::new(), length));
            let (text, planted) = planted(plain);
            texts.push(Text::new(format!("{kind}, {size}, many hits"), text, planted, length));
        }
    }
    Ok(texts)
}

impl Text {
    /// In pieces of `length` bytes or a few less or more: neither a character nor what was planted is cut.
    fn new(name: String, text: String, planted: Vec<Range<usize>>, length: usize) -> Self {
        let (mut pieces, mut start) = (Vec::new(), 0);
        while start < text.len() {
            let cut = text.floor_char_boundary(start.saturating_add(length));
            let end = planted.iter().find(|secret| secret.start < cut && cut < secret.end).map_or(cut, |it| it.end);
            pieces.push(start..end);
            start = end;
        }
        Self { name, text, pieces, planted }
    }
}

/// The text with a secret at the end of the line nearest to every [`APART`] bytes, and one at its end at least.
fn planted(plain: &str) -> (String, Vec<Range<usize>>) {
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
    (text, planted)
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
