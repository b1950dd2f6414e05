//! A batch as parts, and a part as a list of places with their values.
//!
//! Must not know what became of a value.

use std::collections::HashMap;

use opentelemetry_proto::tonic::common::v1::any_value::Value as Kind;
use opentelemetry_proto::tonic::common::v1::{AnyValue, InstrumentationScope, KeyValue};
use opentelemetry_proto::tonic::logs::v1::{LogRecord, ResourceLogs, ScopeLogs};

use crate::view::{self, Batch};

/// The attribute that says which rules hold for the others of its record.
pub(super) const EVENT_NAME: &str = "event.name";

/// What is compared as a whole.
pub(super) enum Part {
    Record(LogRecord),
    Resource,
    Scope,
}

/// Where a part stands: all that is around it.
#[derive(Clone)]
pub(super) struct Around {
    pub(super) resource: ResourceLogs,
    pub(super) scope: ScopeLogs,
}

/// One value's place in its part.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Place {
    /// An attribute's name, or a field's.
    pub(super) name: String,
    /// A field of the encoding, and no attribute.
    pub(super) is_field: bool,
    /// How many of that name stand before it.
    pub(super) nth: usize,
}

/// Every part of a batch, in order, with what is around it. The lists of other parts are left out.
pub(super) fn parts(batch: &Batch) -> impl Iterator<Item = (Part, Around)> + '_ {
    batch.resource_logs.iter().flat_map(|logs| {
        let resource = ResourceLogs { scope_logs: Vec::new(), ..logs.clone() };
        let alone = Around { resource: resource.clone(), scope: ScopeLogs::default() };
        let scopes = logs.scope_logs.iter().flat_map(move |scope| {
            let around =
                Around { resource: resource.clone(), scope: ScopeLogs { log_records: Vec::new(), ..scope.clone() } };
            let records = scope.log_records.iter().map({
                let around = around.clone();
                move |record| (Part::Record(record.clone()), around.clone())
            });
            std::iter::once((Part::Scope, around)).chain(records)
        });
        std::iter::once((Part::Resource, alone)).chain(scopes)
    })
}

impl Around {
    /// The attributes of the part.
    pub(super) fn attributes<'a>(&'a self, part: &'a Part) -> &'a [KeyValue] {
        match part {
            Part::Record(record) => &record.attributes,
            Part::Resource => self.resource.resource.as_ref().map_or(&[], |resource| &resource.attributes),
            Part::Scope => self.scope.scope.as_ref().map_or(&[], |scope| &scope.attributes),
        }
    }

    /// A batch of one part.
    pub(super) fn batch(&self, part: &Part) -> Batch {
        let mut scope = self.scope.clone();
        if let Part::Record(record) = part {
            scope.log_records = vec![record.clone()];
        }
        Batch { resource_logs: vec![ResourceLogs { scope_logs: vec![scope], ..self.resource.clone() }] }
    }
}

/// The places of the part in a batch that was made by [`Around::batch`]; none where it is gone.
pub(super) fn of(part: &Part, batch: &Batch) -> Vec<(Place, AnyValue)> {
    let resource = batch.resource_logs.first();
    let scope = resource.and_then(|resource| resource.scope_logs.first());
    let mut places = Places::default();
    match part {
        Part::Record(_) => view::records(batch).take(1).for_each(|record| places.record(record)),
        Part::Resource => resource.into_iter().for_each(|resource| places.resource(resource)),
        Part::Scope => scope.into_iter().for_each(|scope| places.scope(scope)),
    }
    places.found
}

/// Takes one place out of the part.
pub(super) fn remove(part: &Part, batch: &mut Batch, place: &Place) {
    if matches!(part, Part::Record(_)) {
        return records_mut(batch).for_each(|record| match (place.is_field, place.name.as_str()) {
            (false, _) => remove_nth(&mut record.attributes, place),
            (true, "body") => record.body = None,
            (true, "event_name") => record.event_name.clear(),
            (true, "severity_text") => record.severity_text.clear(),
            (true, _) => {}
        });
    }
    let Some(logs) = batch.resource_logs.first_mut() else { return };
    if matches!(part, Part::Resource) {
        return match place.is_field {
            true => logs.schema_url.clear(),
            false => logs.resource.iter_mut().for_each(|resource| remove_nth(&mut resource.attributes, place)),
        };
    }
    for logs in &mut logs.scope_logs {
        let scope = logs.scope.get_or_insert_default();
        match (place.is_field, place.name.as_str()) {
            (false, _) => remove_nth(&mut scope.attributes, place),
            (true, "schema_url") => logs.schema_url.clear(),
            (true, "name") => scope.name.clear(),
            (true, _) => scope.version.clear(),
        }
    }
}

fn remove_nth(attributes: &mut Vec<KeyValue>, place: &Place) {
    let mut nth = 0;
    attributes.retain(|pair| {
        let is_named = pair.key == place.name;
        nth += usize::from(is_named);
        !(is_named && nth == place.nth + 1)
    });
}

/// Leaves of the records only one place, and what says which event they are.
pub(super) fn keep_only(batch: &mut Batch, place: &Place) {
    for record in records_mut(batch) {
        if !place.is_field {
            record.body = None;
        }
        record.attributes.retain(|pair| pair.key == EVENT_NAME || pair.key == place.name && !place.is_field);
    }
}

fn records_mut(batch: &mut Batch) -> impl Iterator<Item = &mut LogRecord> {
    batch.resource_logs.iter_mut().flat_map(|logs| &mut logs.scope_logs).flat_map(|logs| &mut logs.log_records)
}

#[derive(Default)]
struct Places {
    found: Vec<(Place, AnyValue)>,
    seen: HashMap<String, usize>,
}

impl Places {
    fn record(&mut self, record: &LogRecord) {
        self.text("event_name", &record.event_name);
        self.number("time_unix_nano", record.time_unix_nano);
        self.number("observed_time_unix_nano", record.observed_time_unix_nano);
        self.number("severity_number", record.severity_number.max(0) as u64);
        self.text("severity_text", &record.severity_text);
        if let Some(body) = &record.body {
            self.field("body", body.clone());
        }
        self.text("trace_id", &hex(&record.trace_id));
        self.text("span_id", &hex(&record.span_id));
        self.number("flags", record.flags.into());
        self.attributes(&record.attributes);
    }

    fn resource(&mut self, logs: &ResourceLogs) {
        self.text("schema_url", &logs.schema_url);
        let resource = logs.resource.clone().unwrap_or_default();
        self.attributes(&resource.attributes);
        for entity in &resource.entity_refs {
            self.text("entity", &format!("{} {} {:?}", entity.r#type, entity.schema_url, entity.id_keys));
        }
    }

    fn scope(&mut self, logs: &ScopeLogs) {
        self.text("schema_url", &logs.schema_url);
        let InstrumentationScope { name, version, attributes, .. } = logs.scope.clone().unwrap_or_default();
        self.text("name", &name);
        self.text("version", &version);
        self.attributes(&attributes);
    }

    fn attributes(&mut self, attributes: &[KeyValue]) {
        for pair in attributes {
            let nth = self.seen.entry(pair.key.clone()).or_default();
            let place = Place { name: pair.key.clone(), is_field: false, nth: *nth };
            *nth += 1;
            self.found.push((place, pair.value.clone().unwrap_or_default()));
        }
    }

    /// What is empty is not there: so protobuf has it.
    fn text(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.field(name, AnyValue { value: Some(Kind::StringValue(text.into())) });
        }
    }

    fn number(&mut self, name: &str, number: u64) {
        if number > 0 {
            self.field(name, AnyValue { value: Some(Kind::IntValue(number.cast_signed())) });
        }
    }

    fn field(&mut self, name: &str, value: AnyValue) {
        self.found.push((Place { name: name.into(), is_field: true, nth: 0 }, value));
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
