//! Prints a batch so that a person can read it, the same bytes always the same way.
//!
//! Must not leave out anything: two batches that mean different things print differently.

use std::fmt::Write;

use crate::leak::base64;
use crate::message::{self, AnyValue, Batch, KeyValue, Kind, LogRecord};

/// The readable form of a batch.
pub fn show(batch: &Batch) -> String {
    let mut out = String::new();
    for resource in &batch.resource_logs {
        line(&mut out, 0, "resource");
        if let Some(resource) = &resource.resource {
            attributes(&mut out, 1, &resource.attributes);
            count(&mut out, 1, resource.dropped_attributes_count);
            for entity in &resource.entity_refs {
                let (kind, url) = (quoted(&entity.r#type), quoted(&entity.schema_url));
                let (id, about) = (&entity.id_keys, &entity.description_keys);
                line(&mut out, 1, &format!("entity {kind} of {url} by {id:?} about {about:?}"));
            }
        } else {
            line(&mut out, 1, "(none)");
        }
        field(&mut out, 1, "schema url", &resource.schema_url);
        for scope in &resource.scope_logs {
            match &scope.scope {
                Some(scope) => {
                    line(&mut out, 1, &format!("scope {}", quoted(&scope.name)));
                    field(&mut out, 2, "version", &scope.version);
                    attributes(&mut out, 2, &scope.attributes);
                    count(&mut out, 2, scope.dropped_attributes_count);
                }
                None => line(&mut out, 1, "scope (none)"),
            }
            field(&mut out, 2, "schema url", &scope.schema_url);
            scope.log_records.iter().for_each(|log_record| record(&mut out, log_record));
        }
    }
    out
}

/// The readable form of bytes that may not be a batch.
pub fn show_bytes(bytes: &[u8]) -> String {
    match message::decode(bytes) {
        Ok(batch) => show(&batch),
        Err(error) => format!("no batch ({error}): {} bytes\n", bytes.len()),
    }
}

/// What differs between two texts, line by line: `-` expected, `+` got, and a few lines around.
pub fn diff(expected: &str, got: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), got.lines().collect());
    // Longest common subsequence by table: the texts are a few hundred lines.
    let mut common = vec![vec![0_u32; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            common[i][j] =
                if old[i] == new[j] { common[i + 1][j + 1] + 1 } else { common[i + 1][j].max(common[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut lines) = (0, 0, Vec::new());
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            lines.push((' ', old[i]));
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || i < old.len() && common[i + 1][j] >= common[i][j + 1] {
            lines.push(('-', old[i]));
            i += 1;
        } else {
            lines.push(('+', new[j]));
            j += 1;
        }
    }
    let near = |at: usize| (at.saturating_sub(3)..lines.len().min(at + 4)).any(|other| lines[other].0 != ' ');
    let kept = lines.iter().enumerate().filter(|(at, _)| near(*at));
    kept.fold(String::new(), |text, (_, (mark, line))| text + &format!("{mark} {line}\n"))
}

/// A text in double quotes, with control, escape and bidirectional characters escaped.
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            hidden if hidden.is_control() || is_format(hidden) => {
                write!(out, "\\u{{{:x}}}", u32::from(hidden)).expect("a String takes all");
            }
            plain => out.push(plain),
        }
    }
    out + "\""
}

/// A value in one line.
pub fn value(any: Option<&AnyValue>) -> String {
    let Some(any) = any else { return "(absent)".into() };
    match &any.value {
        None => "(empty)".into(),
        Some(Kind::ArrayValue(array)) => {
            let items: Vec<String> = array.values.iter().map(|item| value(Some(item))).collect();
            format!("[{}]", items.join(", "))
        }
        Some(Kind::BoolValue(flag)) => flag.to_string(),
        Some(Kind::BytesValue(bytes)) => format!("bytes {}", quoted(&base64(bytes))),
        Some(Kind::DoubleValue(number)) => format!("{number:?} (double)"),
        Some(Kind::IntValue(number)) => number.to_string(),
        Some(Kind::KvlistValue(list)) => {
            let members: Vec<String> = list.values.iter().map(pair).collect();
            format!("{{{}}}", members.join(", "))
        }
        Some(Kind::StringValue(text)) => quoted(text),
        Some(Kind::StringValueStrindex(index)) => format!("(string {index})"),
    }
}

fn pair(attribute: &KeyValue) -> String {
    format!("{}: {}", quoted(&attribute.key), value(attribute.value.as_ref()))
}

fn record(out: &mut String, record: &LogRecord) {
    line(out, 2, &format!("record {}", message::find_text(record, "event.name").unwrap_or("(no event)")));
    field(out, 3, "event name", &record.event_name);
    time(out, "time", record.time_unix_nano);
    time(out, "observed", record.observed_time_unix_nano);
    if record.severity_number != 0 || !record.severity_text.is_empty() {
        line(out, 3, &format!("severity: {} {}", record.severity_number, quoted(&record.severity_text)));
    }
    if record.body.is_some() {
        line(out, 3, &format!("body: {}", value(record.body.as_ref())));
    }
    for (name, id) in [("trace id", &record.trace_id), ("span id", &record.span_id)] {
        if !id.is_empty() {
            let digits: String = id.iter().map(|byte| format!("{byte:02x}")).collect();
            line(out, 3, &format!("{name}: {digits}"));
        }
    }
    if record.flags != 0 {
        line(out, 3, &format!("flags: {}", record.flags));
    }
    attributes(out, 3, &record.attributes);
    count(out, 3, record.dropped_attributes_count);
}

fn attributes(out: &mut String, depth: usize, attributes: &[KeyValue]) {
    for attribute in attributes {
        // A key is bare where it reads as a name, and quoted where it could pass for something else.
        let bare = attribute.key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
        let key = if bare && !attribute.key.is_empty() { attribute.key.clone() } else { quoted(&attribute.key) };
        line(out, depth, &format!("{key} = {}", value(attribute.value.as_ref())));
    }
}

fn field(out: &mut String, depth: usize, name: &str, text: &str) {
    if !text.is_empty() {
        line(out, depth, &format!("{name}: {}", quoted(text)));
    }
}

fn count(out: &mut String, depth: usize, dropped: u32) {
    if dropped != 0 {
        line(out, depth, &format!("dropped attributes: {dropped}"));
    }
}

fn time(out: &mut String, name: &str, nanoseconds: u64) {
    if nanoseconds != 0 {
        line(out, 3, &format!("{name}: {}", rfc3339(nanoseconds)));
    }
}

fn line(out: &mut String, depth: usize, text: &str) {
    writeln!(out, "{:1$}{text}", "", 2 * depth).expect("a String takes all");
}

/// Nanoseconds since 1970 as an RFC 3339 date and time, with all nine digits.
fn rfc3339(nanoseconds: u64) -> String {
    let (seconds, fraction) = (nanoseconds / 1_000_000_000, nanoseconds % 1_000_000_000);
    let (mut days, second) = (seconds / 86_400, seconds % 86_400);
    let mut year = 1970;
    let leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    while days >= 365 + u64::from(leap(year)) {
        days -= 365 + u64::from(leap(year));
        year += 1;
    }
    let lengths = [31, 28 + u64::from(leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut month = 0;
    while days >= lengths[month] {
        days -= lengths[month];
        month += 1;
    }
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{year:04}-{:02}-{:02}T{hour:02}:{minute:02}:{second:02}.{fraction:09}Z", month + 1, days + 1)
}

/// Characters that are seen by nobody and change how others are seen.
fn is_format(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::{Value, batch, map};

    #[test]
    fn reads_well() {
        let bytes = batch()
            .resource(|r| r.attribute("service.name", "codex_exec"))
            .scope(|s| s.name("codex_otel.log_only"))
            .record(|r| {
                r.event("codex.user_prompt")
                    .attribute("prompt_length", 12)
                    .attribute("odd key", map([("a", Value::Array(vec![2.5.into(), Value::Bytes(vec![1])]))]))
                    .time(1_763_905_436_123_000_000)
                    .severity(9, "INFO")
                    .body("two\nlines\u{202e}")
            })
            .bytes();
        let expected = r#"resource
  service.name = "codex_exec"
  scope "codex_otel.log_only"
    record codex.user_prompt
      time: 2025-11-23T13:43:56.123000000Z
      severity: 9 "INFO"
      body: "two\nlines\u{202e}"
      event.name = "codex.user_prompt"
      prompt_length = 12
      "odd key" = {"a": [2.5 (double), bytes "AQ=="]}
"#;
        assert_eq!(show_bytes(&bytes), expected);
    }

    #[test]
    fn dates_are_right_at_the_edges() {
        assert_eq!(rfc3339(0), "1970-01-01T00:00:00.000000000Z");
        assert_eq!(rfc3339(951_782_400_000_000_001), "2000-02-29T00:00:00.000000001Z");
        assert_eq!(rfc3339(u64::MAX), "2554-07-21T23:34:33.709551615Z");
    }

    #[test]
    fn a_diff_shows_what_changed_and_little_else() {
        let old = "a\nb\nc\nd\ne\nf\ng\nh\ni\n";
        let new = "a\nb\nc\nd\ne\nF\ng\nh\ni\nj\n";
        assert_eq!(diff(old, new), "  c\n  d\n  e\n- f\n+ F\n  g\n  h\n  i\n+ j\n");
        assert_eq!(diff(old, old), "");
    }
}
