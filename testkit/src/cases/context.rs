//! The request of a case: what a host knows before the body, and what it must be let in as.
//!
//! Must not know policies.

use airlock::{Admission, Context, Tenant};
use toml::{Table, Value};

/// What a host knows of a request.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Names and values.
    pub headers: Vec<(String, String)>,
    /// The client's address.
    pub peer: Option<String>,
    /// Who the client is.
    pub identities: Vec<String>,
}

impl Request {
    /// Asks a question about the request.
    pub fn ask<T>(&self, question: impl FnOnce(&Context<'_>) -> T) -> T {
        let headers: Vec<(&str, &str)> = self.headers.iter().map(|(name, value)| (&**name, &**value)).collect();
        let identities: Vec<&str> = self.identities.iter().map(String::as_str).collect();
        question(&Context { headers: &headers, peer: self.peer.as_deref(), identities: &identities })
    }
}

/// Reads a request.
///
/// # Errors
///
/// What is wrong with it.
pub fn request(value: &Value) -> Result<Request, String> {
    let table = members(value, "context", &["headers", "peer", "identities"])?;
    let peer = table.get("peer").map(|peer| peer.as_str().map(str::to_owned).ok_or("peer is a text"));
    Ok(Request { headers: pairs(table, "headers")?, peer: peer.transpose()?, identities: texts(table, "identities")? })
}

/// Reads what a request is let in as.
///
/// # Errors
///
/// What is wrong with it.
pub fn admission(value: &Value) -> Result<Admission, String> {
    let table = members(value, "admits", &["tenant", "set", "remove"])?;
    let tenant = table.get("tenant").map(|tenant| tenant.as_str().and_then(Tenant::parse).ok_or("tenant is a tenant"));
    Ok(Admission::new(tenant.transpose()?, pairs(table, "set")?, texts(table, "remove")?))
}

fn members<'v>(value: &'v Value, what: &str, known: &[&str]) -> Result<&'v Table, String> {
    let table = value.as_table().ok_or(format!("{what} is a table"))?;
    match table.keys().find(|key| !known.contains(&key.as_str())) {
        None => Ok(table),
        Some(other) => Err(format!("{what}: unknown member {other}; expected one of {}", known.join(", "))),
    }
}

fn items<'t>(table: &'t Table, member: &str) -> Result<&'t [Value], String> {
    match table.get(member) {
        None => Ok(&[]),
        Some(list) => list.as_array().map(Vec::as_slice).ok_or(format!("{member} is a list")),
    }
}

fn texts(table: &Table, member: &str) -> Result<Vec<String>, String> {
    let text = |item: &Value| item.as_str().map(str::to_owned).ok_or(format!("{member} is a list of texts"));
    items(table, member)?.iter().map(text).collect()
}

fn pairs(table: &Table, member: &str) -> Result<Vec<(String, String)>, String> {
    let pair = |item: &Value| match item.as_array().map(Vec::as_slice) {
        Some([Value::String(name), Value::String(value)]) => Ok((name.clone(), value.clone())),
        _ => Err(format!("{member} is a list of [name, value]")),
    };
    items(table, member)?.iter().map(pair).collect()
}
