//! Compares what the rows make of a batch, before any of them is measured.
//!
//! Must not know how they do it. Keeps I4 (the component's bytes are the core's) and the comparison honest: the baseline
//! does the same job, or the attributes that it does not make are named.

use airlock::Encoding;
use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use opentelemetry_proto::tonic::common::v1::KeyValue;
use prost::Message;

use crate::Result;
use crate::edit::NOT_DONE;
use crate::input::Input;
use crate::job::Job;
use crate::rows::Row;

/// Fails where two rows disagree.
pub fn compare(job: Job, input: &Input, rows: &mut [Row]) -> Result<()> {
    let mut answers = Vec::new();
    for row in rows {
        let answer = row.answer(&input.bytes)?;
        // A second call on the same row has the first one's memory.
        if row.answer(&input.bytes)? != answer {
            return Err(format!("{}, {}: {} answers twice and differently", job.name(), input.name, row.name()).into());
        }
        answers.push((row.name(), meaning(job, input.encoding, &answer)?, answer));
    }
    let Some(((first, first_meaning, first_answer), others)) = answers.split_first() else { return Ok(()) };
    let mut baseline: Option<&[u8]> = None;
    for (name, meaning, answer) in others {
        let is_same = if name.starts_with("prost") || name.starts_with("serde") {
            meaning == first_meaning && *baseline.get_or_insert(answer) == answer
        } else {
            answer == first_answer
        };
        if !is_same {
            return Err(format!("{}, {}: {first} and {name} do not answer the same", job.name(), input.name).into());
        }
    }
    Ok(())
}

/// The messages of an answer. In which order attributes were added is nobody's business but the wire edit's, which adds
/// none.
fn meaning(job: Job, encoding: Encoding, answer: &[u8]) -> Result<ExportLogsServiceRequest> {
    let mut request = match encoding {
        Encoding::Json => serde_json::from_slice(answer)?,
        Encoding::Protobuf => ExportLogsServiceRequest::decode(answer)?,
    };
    if job == Job::WireEdit {
        return Ok(request);
    }
    for group in &mut request.resource_logs {
        if let Some(resource) = &mut group.resource {
            put_in_order(&mut resource.attributes);
        }
        for record in group.scope_logs.iter_mut().flat_map(|scope| &mut scope.log_records) {
            record.attributes.retain(|attribute| !NOT_DONE.contains(&attribute.key.as_str()));
            put_in_order(&mut record.attributes);
        }
    }
    Ok(request)
}

fn put_in_order(attributes: &mut [KeyValue]) {
    attributes.sort_by(|one, other| one.key.cmp(&other.key));
}
