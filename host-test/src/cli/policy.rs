//! A policy file, as the JSON document that the core reads.
//!
//! Must not know what a policy may say, nor how a syntax is read.

use std::path::Path;

use serde_json::Value;

use crate::cli::failure::Failure;
use crate::cli::files;
use crate::engine::HostError;
use crate::syntax::Syntax;

/// The largest policy that is read; the core's own bound is for the JSON that it becomes.
const MAX_POLICY_BYTES: usize = 4 << 20;

/// Reads a policy; its errors name the file.
pub(super) fn read(path: &Path) -> Result<String, Failure> {
    let bytes = files::read(path, MAX_POLICY_BYTES)?;
    if bytes.len() > MAX_POLICY_BYTES {
        return Err(wrong(path, "it is larger than 4 MiB; no policy needs that"));
    }
    let text = String::from_utf8(bytes).map_err(|_| wrong(path, "it is not UTF-8 text"))?;
    let syntax = Syntax::of(path)
        .ok_or_else(|| wrong(path, "name it .yaml, .yml, .toml or .json, so that its syntax is known"))?;
    syntax.to_json(text).map_err(|message| wrong(path, &message))
}

/// Reads a policy, or takes the safe default where none is named.
pub(super) fn read_or_default(path: Option<&Path>) -> Result<String, Failure> {
    path.map_or_else(|| Ok("{}".into()), read)
}

/// The document without `shadow`: what a policy that is tried out would do is what people want to look at.
pub(super) fn out_of_shadow(document: String) -> String {
    match serde_json::from_str(&document) {
        Ok(Value::Object(mut members)) if members.get("shadow") == Some(&Value::Bool(true)) => {
            members.remove("shadow");
            Value::Object(members).to_string()
        }
        _ => document,
    }
}

/// Why a policy was not accepted, by the file's name where it is the file's fault and not that of a key.
pub(super) fn refused(path: Option<&Path>, error: HostError) -> Failure {
    match (&error, path) {
        (HostError::Policy { path: place, .. }, Some(path)) if !place.starts_with("keys") => {
            wrong(path, &error.to_string())
        }
        _ => error.into(),
    }
}

/// An error of the policy, by the file's name.
pub(super) fn wrong(path: &Path, message: &str) -> Failure {
    Failure::Usage(format!("{}: {message}", path.display()))
}
