//! The tenant, said a second time: whose a batch is, the attribute on every resource, and the names that go.
//!
//! Must not be used on hostile depth: it recurses. Names are compared here by writing them out: folded, alone and with
//! all the names above them.

use super::json::strip;
use super::shared::policy::{Forged, Otherwise, Tenancy};
use super::{Refused, select};
use crate::message::{AnyValue, Batch, KeyValue, Kind, Resource, attribute, text};

/// Whose a batch is; where it has to be somebody's, a batch of nobody's is refused.
pub(super) fn of_batch(
    tenancy: &Tenancy,
    admitted: Option<&str>,
    batch: &Batch,
    is_stamped: bool,
) -> Result<Option<String>, Refused> {
    let otherwise = || match &tenancy.otherwise {
        Otherwise::Default(tenant) => Ok(Some(tenant.as_str().to_owned())),
        Otherwise::Nobody => Ok(None),
        Otherwise::Refuse => Err(Refused),
    };
    if let Some(admitted) = admitted {
        return Ok(Some(admitted.to_owned()));
    }
    let Some(name) = tenancy.unverified() else {
        return if is_stamped { otherwise() } else { Ok(otherwise().unwrap_or_default()) };
    };
    let mut answers = Vec::new();
    for logs in &batch.resource_logs {
        let attributes = logs.resource.iter().flat_map(|resource| &resource.attributes);
        let said: Vec<&KeyValue> = attributes.filter(|attribute| select::alike(&attribute.key, name)).collect();
        let mut said_of = Vec::new();
        for attribute in said {
            match attribute.value.as_ref().and_then(|value| value.value.as_ref()) {
                Some(Kind::StringValue(tenant)) if is_grammatical(tenant) => said_of.push(tenant.clone()),
                _ => return Err(Refused),
            }
        }
        said_of.dedup();
        match said_of.as_slice() {
            [] => answers.push(otherwise()?),
            [one] => answers.push(Some(one.clone())),
            _ => return Err(Refused),
        }
    }
    answers.dedup();
    match answers.as_slice() {
        [] => otherwise(),
        [one] => Ok(one.clone()),
        _ => Err(Refused),
    }
}

fn is_grammatical(tenant: &str) -> bool {
    let is_inner = |character: char| character.is_ascii_alphanumeric() || character == '-' || character == '_';
    (1..=63).contains(&tenant.len()) && tenant.chars().all(is_inner) && !tenant.starts_with(['-', '_'])
}

/// Whether redaction leaves an attribute of a resource alone since it is the tenant, or what it was read out of.
pub(super) fn is_tenant(tenancy: &Tenancy, tenant: Option<&str>, attribute: &KeyValue) -> bool {
    let is_source = tenancy.unverified().is_some_and(|name| select::alike(name, &attribute.key));
    (attribute.key == tenancy.attribute || is_source) && is_text(attribute.value.as_ref(), tenant)
}

fn is_text(value: Option<&AnyValue>, wanted: Option<&str>) -> bool {
    match value.and_then(|value| value.value.as_ref()) {
        Some(Kind::StringValue(text)) => wanted == Some(text),
        _ => false,
    }
}

/// Takes away what a client says, and puts the tenant on every resource.
pub(super) fn inject(tenancy: &Tenancy, tenant: Option<&str>, batch: &mut Batch) -> Result<(), Refused> {
    let mut forged = 0;
    for logs in &mut batch.resource_logs {
        if logs.resource.is_none() && tenant.is_some() {
            logs.resource = Some(Resource::default());
        }
        if let Some(resource) = &mut logs.resource {
            let is_stamp = |attribute: &KeyValue| {
                attribute.key == tenancy.attribute && is_text(attribute.value.as_ref(), tenant) && tenant.is_some()
            };
            let stamp = resource.attributes.iter().position(is_stamp);
            let mut kept = Vec::new();
            for (at, attribute) in std::mem::take(&mut resource.attributes).into_iter().enumerate() {
                if stamp == Some(at) {
                    kept.push(attribute);
                } else {
                    kept.extend(entry(tenancy, attribute, &mut Vec::new(), &mut forged));
                }
            }
            if let (Some(tenant), None) = (tenant, stamp) {
                kept.push(attribute(&tenancy.attribute, text(tenant)));
            }
            resource.attributes = kept;
        }
        for scope in &mut logs.scope_logs {
            if let Some(scope) = &mut scope.scope {
                entries(tenancy, &mut scope.attributes, &mut Vec::new(), &mut forged);
            }
            for record in &mut scope.log_records {
                entries(tenancy, &mut record.attributes, &mut Vec::new(), &mut forged);
                if let Some(body) = &mut record.body {
                    value(tenancy, body, &mut Vec::new(), &mut forged);
                }
            }
        }
    }
    if forged > 0 && tenancy.forged == Forged::Refuse { Err(Refused) } else { Ok(()) }
}

fn entries(tenancy: &Tenancy, attributes: &mut Vec<KeyValue>, above: &mut Vec<String>, forged: &mut usize) {
    let sent = std::mem::take(attributes);
    attributes.extend(sent.into_iter().filter_map(|attribute| entry(tenancy, attribute, above, forged)));
}

fn entry(tenancy: &Tenancy, mut entry: KeyValue, above: &mut Vec<String>, forged: &mut usize) -> Option<KeyValue> {
    above.push(entry.key.clone());
    let goes = is_reserved(tenancy, above, &[]);
    if goes {
        *forged += 1;
    } else if let Some(inside) = &mut entry.value {
        value(tenancy, inside, above, forged);
    }
    above.pop();
    (!goes).then_some(entry)
}

fn value(tenancy: &Tenancy, value: &mut AnyValue, above: &mut Vec<String>, forged: &mut usize) {
    match &mut value.value {
        Some(Kind::ArrayValue(array)) => {
            array.values.iter_mut().for_each(|element| self::value(tenancy, element, above, forged));
        }
        Some(Kind::KvlistValue(map)) => entries(tenancy, &mut map.values, above, forged),
        Some(Kind::StringValue(text)) => {
            if let Some(stripped) = strip(text, above, &[], &|above, roots| is_reserved(tenancy, above, roots)) {
                *forged += 1;
                *text = stripped;
            }
        }
        _ => {}
    }
}

/// Whether a name may not be set: the last of these, all of them joined, or those from one of `roots` on.
fn is_reserved(tenancy: &Tenancy, names: &[String], roots: &[usize]) -> bool {
    let fold = |name: &str| -> String {
        let mut folded: Vec<char> = name
            .bytes()
            .map(|byte| if byte.is_ascii_alphanumeric() { byte.to_ascii_lowercase().into() } else { '_' })
            .collect();
        folded.dedup_by(|one, other| *one == '_' && *other == '_');
        folded.into_iter().collect()
    };
    let own = names.last().map(|name| fold(name)).unwrap_or_default();
    let joined = [&0].into_iter().chain(roots).map(|&root| fold(&names[root..].join(".")));
    let said: Vec<String> = joined.chain([own]).collect();
    tenancy.reserved.patterns().any(|pattern| match pattern.strip_suffix('*') {
        Some(prefix) => said.iter().any(|name| name.starts_with(&fold(prefix))),
        None => said.contains(&fold(pattern)),
    })
}
