//! Builds OTLP log batches field by field, with a door for extra bytes at every level.
//!
//! Must not know policies. For ordinary content the bytes are those that prost writes, which the tests hold.

mod record;
mod value;

pub use record::Record;
pub use value::{Value, key_value, map};

use crate::wire::{self, Writer};

/// An empty batch.
pub fn batch() -> Batch {
    Batch::default()
}

/// A batch under construction.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    resources: Vec<ResourceLogs>,
    extra: Vec<u8>,
}

#[derive(Clone, Debug, Default)]
struct ResourceLogs {
    resource: Option<Resource>,
    scopes: Vec<ScopeLogs>,
    schema_url: String,
    extra: Vec<u8>,
}

#[derive(Clone, Debug, Default)]
struct ScopeLogs {
    scope: Option<Scope>,
    records: Vec<Vec<u8>>,
    schema_url: String,
    extra: Vec<u8>,
}

impl Batch {
    /// Begins a new ResourceLogs with this resource.
    #[must_use]
    pub fn resource(mut self, build: impl FnOnce(Resource) -> Resource) -> Self {
        let resource = Some(build(Resource::default()));
        self.resources.push(ResourceLogs { resource, ..ResourceLogs::default() });
        self
    }

    /// Begins a new ResourceLogs without a resource.
    #[must_use]
    pub fn no_resource(mut self) -> Self {
        self.resources.push(ResourceLogs::default());
        self
    }

    /// Begins a new ScopeLogs with this scope, in the resource begun last.
    #[must_use]
    pub fn scope(mut self, build: impl FnOnce(Scope) -> Scope) -> Self {
        let scope = Some(build(Scope::default()));
        self.last_resource().scopes.push(ScopeLogs { scope, ..ScopeLogs::default() });
        self
    }

    /// Begins a new ScopeLogs without a scope, in the resource begun last.
    #[must_use]
    pub fn no_scope(mut self) -> Self {
        self.last_resource().scopes.push(ScopeLogs::default());
        self
    }

    /// Adds a record to the scope begun last.
    #[must_use]
    pub fn record(self, build: impl FnOnce(Record) -> Record) -> Self {
        let record = build(Record::default()).bytes();
        self.raw_record(&record)
    }

    /// Adds a record of these bytes to the scope begun last.
    #[must_use]
    pub fn raw_record(mut self, record: &[u8]) -> Self {
        self.last_scope().records.push(record.to_vec());
        self
    }

    /// The `schema_url` of the ResourceLogs begun last.
    #[must_use]
    pub fn resource_schema_url(mut self, url: &str) -> Self {
        self.last_resource().schema_url = url.to_owned();
        self
    }

    /// The `schema_url` of the ScopeLogs begun last.
    #[must_use]
    pub fn scope_schema_url(mut self, url: &str) -> Self {
        self.last_scope().schema_url = url.to_owned();
        self
    }

    /// Raw fields at the end of the request.
    #[must_use]
    pub fn raw(mut self, write: impl FnOnce(&mut Writer) -> &mut Writer) -> Self {
        self.extra.extend(wire::bytes(write));
        self
    }

    /// Raw fields at the end of the ResourceLogs begun last.
    #[must_use]
    pub fn raw_in_resource_logs(mut self, write: impl FnOnce(&mut Writer) -> &mut Writer) -> Self {
        self.last_resource().extra.extend(wire::bytes(write));
        self
    }

    /// Raw fields at the end of the ScopeLogs begun last.
    #[must_use]
    pub fn raw_in_scope_logs(mut self, write: impl FnOnce(&mut Writer) -> &mut Writer) -> Self {
        self.last_scope().extra.extend(wire::bytes(write));
        self
    }

    /// The bytes of the ExportLogsServiceRequest.
    pub fn bytes(&self) -> Vec<u8> {
        wire::bytes(|w| {
            for resource in &self.resources {
                w.message(1, |w| resource.write(w));
            }
            w.raw(&self.extra)
        })
    }

    fn last_resource(&mut self) -> &mut ResourceLogs {
        if self.resources.is_empty() {
            self.resources.push(ResourceLogs::default());
        }
        self.resources.last_mut().expect("one was just pushed")
    }

    fn last_scope(&mut self) -> &mut ScopeLogs {
        let resource = self.last_resource();
        if resource.scopes.is_empty() {
            resource.scopes.push(ScopeLogs::default());
        }
        resource.scopes.last_mut().expect("one was just pushed")
    }
}

impl ResourceLogs {
    fn write<'a>(&self, w: &'a mut Writer) -> &'a mut Writer {
        if let Some(resource) = &self.resource {
            w.message(1, |w| resource.write(w));
        }
        for scope in &self.scopes {
            w.message(2, |w| scope.write(w));
        }
        text(w, 3, &self.schema_url);
        w.raw(&self.extra)
    }
}

impl ScopeLogs {
    fn write<'a>(&self, w: &'a mut Writer) -> &'a mut Writer {
        if let Some(scope) = &self.scope {
            w.message(1, |w| scope.write(w));
        }
        for record in &self.records {
            w.bytes(2, record);
        }
        text(w, 3, &self.schema_url);
        w.raw(&self.extra)
    }
}

/// A resource under construction.
#[derive(Clone, Debug, Default)]
pub struct Resource {
    attributes: Vec<Vec<u8>>,
    dropped: u32,
    entities: Vec<Vec<u8>>,
    extra: Vec<u8>,
}

impl Resource {
    /// Adds an attribute.
    #[must_use]
    pub fn attribute(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.attributes.push(key_value(key, Some(&value.into())));
        self
    }

    /// Adds an attribute of these bytes.
    #[must_use]
    pub fn raw_attribute(mut self, key_value: Vec<u8>) -> Self {
        self.attributes.push(key_value);
        self
    }

    /// Sets `dropped_attributes_count`.
    #[must_use]
    pub fn dropped(mut self, count: u32) -> Self {
        self.dropped = count;
        self
    }

    /// Adds an entity ref: schema URL, type, id keys, description keys.
    #[must_use]
    pub fn entity(mut self, schema_url: &str, kind: &str, id_keys: &[&str], description_keys: &[&str]) -> Self {
        self.entities.push(wire::bytes(|w| {
            text(w, 1, schema_url);
            text(w, 2, kind);
            for key in id_keys {
                w.string(3, key);
            }
            for key in description_keys {
                w.string(4, key);
            }
            w
        }));
        self
    }

    /// Raw fields at the end.
    #[must_use]
    pub fn raw(mut self, write: impl FnOnce(&mut Writer) -> &mut Writer) -> Self {
        self.extra.extend(wire::bytes(write));
        self
    }

    fn write<'a>(&self, w: &'a mut Writer) -> &'a mut Writer {
        for attribute in &self.attributes {
            w.bytes(1, attribute);
        }
        number(w, 2, self.dropped.into());
        for entity in &self.entities {
            w.bytes(3, entity);
        }
        w.raw(&self.extra)
    }
}

/// A scope under construction.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    name: String,
    version: String,
    attributes: Vec<Vec<u8>>,
    dropped: u32,
    extra: Vec<u8>,
}

impl Scope {
    /// Sets the name.
    #[must_use]
    pub fn name(mut self, name: &str) -> Self {
        self.name = name.to_owned();
        self
    }

    /// Sets the version.
    #[must_use]
    pub fn version(mut self, version: &str) -> Self {
        self.version = version.to_owned();
        self
    }

    /// Adds an attribute.
    #[must_use]
    pub fn attribute(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.attributes.push(key_value(key, Some(&value.into())));
        self
    }

    /// Adds an attribute of these bytes.
    #[must_use]
    pub fn raw_attribute(mut self, key_value: Vec<u8>) -> Self {
        self.attributes.push(key_value);
        self
    }

    /// Sets `dropped_attributes_count`.
    #[must_use]
    pub fn dropped(mut self, count: u32) -> Self {
        self.dropped = count;
        self
    }

    /// Raw fields at the end.
    #[must_use]
    pub fn raw(mut self, write: impl FnOnce(&mut Writer) -> &mut Writer) -> Self {
        self.extra.extend(wire::bytes(write));
        self
    }

    fn write<'a>(&self, w: &'a mut Writer) -> &'a mut Writer {
        text(w, 1, &self.name);
        text(w, 2, &self.version);
        for attribute in &self.attributes {
            w.bytes(3, attribute);
        }
        number(w, 4, self.dropped.into());
        w.raw(&self.extra)
    }
}

fn text(w: &mut Writer, field: u64, value: &str) {
    if !value.is_empty() {
        w.string(field, value);
    }
}

fn number(w: &mut Writer, field: u64, value: u64) {
    if value != 0 {
        w.uint(field, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message;

    /// Scenario: a batch with every field of every message set.
    /// Guarantees: the builder writes what prost writes, so an ordinary test does not test odd bytes by accident.
    #[test]
    fn writes_what_prost_writes() {
        let nested = map([
            ("list", Value::Array(vec!["a".into(), 1.into(), Value::Empty, true.into()])),
            ("bytes", Value::Bytes(vec![0, 255])),
            ("double", 2.5.into()),
            ("negative", (-7).into()),
            ("map", Value::Map(vec![("absent".into(), None), (String::new(), Some(Value::Text(String::new())))])),
        ]);
        let built = batch()
            .resource(|r| r.attribute("service.name", "codex_exec").dropped(3).entity("u", "service", &["k"], &["d"]))
            .resource_schema_url("https://example.test/schema")
            .scope(|s| s.name("codex_otel").version("1").attribute("a", false).dropped(1))
            .scope_schema_url("https://example.test/scope")
            .record(|r| {
                r.event("codex.tool_result")
                    .attribute("nested", nested.clone())
                    .time(1)
                    .observed(2)
                    .severity(-1, "INFO")
                    .body("text")
                    .dropped(4)
                    .flags(1)
                    .trace_id(&[1; 16])
                    .span_id(&[2; 8])
                    .event_name("name")
            })
            .no_scope()
            .record(|r| r)
            .no_resource()
            .bytes();
        let decoded = message::decode(&built).expect("the builder writes valid bytes");
        assert_eq!(message::encode(&decoded), built);
        assert_eq!(message::records(&decoded).count(), 2);
    }
}
