//! The readable form of a batch in a case file, turned into the bytes that an ordinary encoder writes.
//!
//! Must not know policies. A batch is one table, or an array of them, each a ResourceLogs:
//!
//! ```toml
//! resource = { "service.name" = "codex_exec" }     # attributes; left out: no resource
//! scope = "codex_otel.log_only"                    # or { name, version, attributes, dropped, schema_url }
//! records = [{ attributes = { … }, … }]            # or scopes = [{ scope = …, records = [ … ] }, …]
//! ```
//!
//! Beside these: `resource_dropped`, `resource_schema_url`, `entities = [{ schema_url, type, id_keys,
//! description_keys }]`. A record has `attributes`, `body`, `event_name`, `time`, `observed` (nanoseconds), `severity`
//! (a number), `severity_text`, `trace_id`, `span_id` (hexadecimal), `flags`, `dropped`.
//!
//! Attributes are a table, or an array of `[key, value]` where a key comes twice. Values are typed as TOML types them;
//! a table is a map, save those of a single member `bytes = "base64"`, `empty = true` (a value without a kind),
//! `absent = true` (a key without a value), `pairs = [[key, value], …]` (a map of any keys).

use toml::{Table, Value as Toml};

use crate::build::{self, Batch, Record, Resource, Scope, Value};

/// The bytes of the batch that a value describes.
///
/// # Errors
///
/// What is wrong, with the name of the member.
pub fn batch(value: &Toml) -> Result<Vec<u8>, String> {
    let one = std::slice::from_ref(value);
    let resources = value.as_array().map_or(one, Vec::as_slice);
    let mut batch = build::batch();
    for resource in resources {
        batch = resource_logs(batch, table("a batch", resource)?)?;
    }
    Ok(batch.bytes())
}

/// Raw bytes: hexadecimal digits, white space, and comments from `#` to the end of the line.
///
/// # Errors
///
/// Where something else stands there.
pub fn hex(text: &str) -> Result<Vec<u8>, String> {
    let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default());
    let digits: Vec<char> = lines.flat_map(str::chars).filter(|character| !character.is_whitespace()).collect();
    let bytes = digits.chunks(2).map(|pair| match pair {
        [high, low] => Some((high.to_digit(16)? << 4 | low.to_digit(16)?) as u8),
        _ => None,
    });
    bytes.collect::<Option<_>>().ok_or(format!("{text:?} is no even number of hexadecimal digits"))
}

fn resource_logs(mut batch: Batch, table: &Table) -> Result<Batch, String> {
    const MEMBERS: [&str; 7] =
        ["resource", "resource_dropped", "resource_schema_url", "entities", "scope", "scopes", "records"];
    known("a batch", table, &MEMBERS)?;
    let has_resource = MEMBERS[..2].iter().chain(&["entities"]).any(|member| table.contains_key(*member));
    batch = if has_resource {
        let mut resource = Resource::default().dropped(number(table, "resource_dropped")?);
        for pair in pairs(table.get("resource"), "resource")? {
            resource = resource.raw_attribute(pair);
        }
        for entity in items(table, "entities")? {
            let entity = self::table("an entity", entity)?;
            known("an entity", entity, &["schema_url", "type", "id_keys", "description_keys"])?;
            let keys = |member| items(entity, member).map(|keys| keys.iter().filter_map(Toml::as_str).collect());
            let (id_keys, description_keys): (Vec<&str>, Vec<&str>) = (keys("id_keys")?, keys("description_keys")?);
            let (url, kind) = (text(entity, "schema_url")?, text(entity, "type")?);
            resource = resource.entity(url, kind, &id_keys, &description_keys);
        }
        batch.resource(|_| resource)
    } else {
        batch.no_resource()
    };
    batch = batch.resource_schema_url(text(table, "resource_schema_url")?);
    if table.contains_key("scope") || table.contains_key("records") {
        batch = scope_logs(batch, table)?;
    }
    for scope in items(table, "scopes")? {
        let scope = self::table("an element of scopes", scope)?;
        known("an element of scopes", scope, &["scope", "records"])?;
        batch = scope_logs(batch, scope)?;
    }
    Ok(batch)
}

fn scope_logs(mut batch: Batch, table: &Table) -> Result<Batch, String> {
    batch = match table.get("scope") {
        None => batch.no_scope(),
        Some(Toml::String(name)) => batch.scope(|scope| scope.name(name)),
        Some(scope) => {
            let members = self::table("scope", scope)?;
            known("scope", members, &["name", "version", "attributes", "dropped", "schema_url"])?;
            let mut scope = Scope::default().name(text(members, "name")?).version(text(members, "version")?);
            scope = scope.dropped(number(members, "dropped")?);
            for pair in pairs(members.get("attributes"), "scope.attributes")? {
                scope = scope.raw_attribute(pair);
            }
            batch.scope(|_| scope).scope_schema_url(text(members, "schema_url")?)
        }
    };
    for log_record in items(table, "records")? {
        let log_record = record(self::table("a record", log_record)?)?;
        batch = batch.record(|_| log_record);
    }
    Ok(batch)
}

fn record(table: &Table) -> Result<Record, String> {
    const MEMBERS: [&str; 11] = [
        "attributes",
        "body",
        "event_name",
        "time",
        "observed",
        "severity",
        "severity_text",
        "trace_id",
        "span_id",
        "flags",
        "dropped",
    ];
    known("a record", table, &MEMBERS)?;
    let mut record = Record::default()
        .event_name(text(table, "event_name")?)
        .time(number(table, "time")?)
        .observed(number(table, "observed")?)
        .severity(number(table, "severity")?, text(table, "severity_text")?)
        .trace_id(&hex(text(table, "trace_id")?)?)
        .span_id(&hex(text(table, "span_id")?)?)
        .flags(number(table, "flags")?)
        .dropped(number(table, "dropped")?);
    if let Some(body) = table.get("body") {
        record = record.body(value(body)?.ok_or("a body cannot be absent; leave it out")?);
    }
    for pair in pairs(table.get("attributes"), "attributes")? {
        record = record.raw_attribute(pair);
    }
    Ok(record)
}

/// The KeyValues of a table or of an array of pairs.
fn pairs(attributes: Option<&Toml>, name: &str) -> Result<Vec<Vec<u8>>, String> {
    let pairs = members(attributes, name)?;
    Ok(pairs.iter().map(|(key, value)| build::key_value(key, value.as_ref())).collect())
}

fn members(attributes: Option<&Toml>, name: &str) -> Result<Vec<(String, Option<Value>)>, String> {
    match attributes {
        None => Ok(Vec::new()),
        Some(Toml::Table(table)) => table.iter().map(|(key, item)| Ok((key.clone(), value(item)?))).collect(),
        Some(Toml::Array(items)) => {
            let pair = |item: &Toml| match item.as_array().map(Vec::as_slice) {
                Some([Toml::String(key), item]) => Ok((key.clone(), value(item)?)),
                _ => Err(format!("{name}: an array of attributes holds [key, value] pairs")),
            };
            items.iter().map(pair).collect()
        }
        Some(_) => Err(format!("{name} is a table or an array of [key, value] pairs")),
    }
}

/// A value; `None` for `{ absent = true }`.
fn value(item: &Toml) -> Result<Option<Value>, String> {
    Ok(Some(match item {
        Toml::Array(items) => {
            let item = |item: &Toml| value(item)?.ok_or("an element of an array cannot be absent".to_owned());
            Value::Array(items.iter().map(item).collect::<Result<_, _>>()?)
        }
        Toml::Boolean(flag) => Value::Bool(*flag),
        Toml::Datetime(_) => return Err("OTLP has no dates; write a string".into()),
        Toml::Float(number) => Value::Double(*number),
        Toml::Integer(number) => Value::Int(*number),
        Toml::String(text) => Value::Text(text.clone()),
        Toml::Table(table) => {
            let mut entries = table.iter();
            match (entries.next().map(|(key, item)| (key.as_str(), item)), entries.next()) {
                (Some(("absent", Toml::Boolean(true))), None) => return Ok(None),
                (Some(("bytes", Toml::String(text))), None) => Value::Bytes(unbase64(text)?),
                (Some(("empty", Toml::Boolean(true))), None) => Value::Empty,
                (Some(("pairs", list @ Toml::Array(_))), None) => Value::Map(members(Some(list), "pairs")?),
                _ => Value::Map(members(Some(item), "a map")?),
            }
        }
    }))
}

fn unbase64(text: &str) -> Result<Vec<u8>, String> {
    let wrong = || format!("{text:?} is no padded base64");
    if !text.len().is_multiple_of(4) {
        return Err(wrong());
    }
    let mut bytes = Vec::new();
    let (mut group, mut bits) = (0_u32, 0);
    for digit in text.trim_end_matches('=').bytes() {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return Err(wrong()),
        };
        group = group << 6 | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((group >> bits) as u8);
        }
    }
    Ok(bytes)
}

fn table<'a>(what: &str, value: &'a Toml) -> Result<&'a Table, String> {
    value.as_table().ok_or(format!("{what} is a table"))
}

fn items<'a>(table: &'a Table, member: &str) -> Result<&'a [Toml], String> {
    match table.get(member) {
        None => Ok(&[]),
        Some(value) => value.as_array().map(Vec::as_slice).ok_or(format!("{member} is an array")),
    }
}

fn text<'a>(table: &'a Table, member: &str) -> Result<&'a str, String> {
    table.get(member).map_or(Ok(""), |value| value.as_str().ok_or(format!("{member} is a string")))
}

fn number<N: TryFrom<i64> + Default>(table: &Table, member: &str) -> Result<N, String> {
    let Some(value) = table.get(member) else { return Ok(N::default()) };
    let number = value.as_integer().and_then(|number| N::try_from(number).ok());
    number.ok_or(format!("{member} is a number in its field's range"))
}

fn known(what: &str, table: &Table, members: &[&str]) -> Result<(), String> {
    match table.keys().find(|key| !members.contains(&key.as_str())) {
        None => Ok(()),
        Some(other) => Err(format!("{what} has no member {other}; expected {}", members.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::show_bytes;

    fn parse(document: &str) -> Result<Vec<u8>, String> {
        let table: Table = document.parse().expect("the test's TOML is right");
        batch(&table["batch"])
    }

    #[test]
    fn every_part_of_a_batch_can_be_written() {
        let bytes = parse(
            r#"
            batch = [{
                resource = { "service.name" = "codex_exec" }, resource_dropped = 2, resource_schema_url = "u",
                entities = [{ type = "service", id_keys = ["service.name"] }],
                scopes = [
                    { scope = { name = "n", version = "1", attributes = { a = true }, schema_url = "s" }, records = [{
                        time = 1, observed = 2, severity = 9, severity_text = "INFO", event_name = "e", flags = 1,
                        trace_id = "000102030405060708090a0b0c0d0e0f", span_id = "0001020304050607", dropped = 3,
                        body = ["x", 1, 1.5, { bytes = "AP8=" }, { empty = true }, { m = { k = "v" } }],
                        attributes = [["twice", 1], ["twice", { absent = true }], ["p", { pairs = [["bytes", "v"]] }]],
                    }] },
                    { scope = "second" },
                ],
            }, { records = [{}] }]
            "#,
        )
        .expect("the batch is right");
        let expected = r#"resource
  service.name = "codex_exec"
  dropped attributes: 2
  entity "service" of "" by ["service.name"] about []
  schema url: "u"
  scope "n"
    version: "1"
    a = true
    schema url: "s"
    record (no event)
      event name: "e"
      time: 1970-01-01T00:00:00.000000001Z
      observed: 1970-01-01T00:00:00.000000002Z
      severity: 9 "INFO"
      body: ["x", 1, 1.5 (double), bytes "AP8=", (empty), {"m": {"k": "v"}}]
      trace id: 000102030405060708090a0b0c0d0e0f
      span id: 0001020304050607
      flags: 1
      twice = 1
      twice = (absent)
      p = {"bytes": "v"}
      dropped attributes: 3
  scope "second"
resource
  (none)
  scope (none)
    record (no event)
"#;
        assert_eq!(show_bytes(&bytes), expected);
    }

    #[test]
    fn what_is_not_understood_is_said() {
        for (document, expected) in [
            ("batch = { record = [] }", "a batch has no member record; expected resource, resource_dropped, "),
            ("batch = { records = [{ flags = -1 }] }", "flags is a number in its field's range"),
            ("batch = { records = [{ trace_id = 'xy' }] }", "\"xy\" is no even number of hexadecimal digits"),
            ("batch = { records = [{ attributes = { a = { bytes = 'A' } } }] }", "\"A\" is no padded base64"),
        ] {
            let error = parse(document).expect_err(document);
            assert!(error.starts_with(expected), "{error}");
        }
    }
}
