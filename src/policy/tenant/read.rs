//! Reads the section `tenant`.
//!
//! Must not know requests. Keeps I1: an error names the place and never what stands under keys and digests. Keeps I2:
//! what nothing reads is an error.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use sha2::{Digest, Sha256};

use super::check::check;
use super::digests::Digests;
use super::network::{Network, Networks};
use super::pattern::{HeaderPattern, Pattern};
use super::reserved::Reserved;
use super::{Forged, HeaderValue, Otherwise, Source, Tenancy};
use crate::admission::Tenant;
use crate::error::PolicyError;
use crate::policy::node::Node;
use crate::policy::path::Path;
use crate::policy::target::fold;
use crate::policy::words;

/// The attribute that holds the tenant, where the policy does not say.
const ATTRIBUTE: &str = "tenant.id";

/// The longest attribute, header or value of a header.
const MAX_BYTES: usize = 128;

const TENANT: &str = "expected a tenant: one letter or digit, then at most 62 more, - or _ among them";

const PLACEHOLDER: &str = "expected the SHA-256 of a key, not a placeholder: Codex sends ${...} literally, so that every client would have it";

const NO_KEY: &str = "this is the SHA-256 of no key at all, so that an empty header would be somebody's; was the key not set where its digest was made?";

/// Reads the section.
pub(crate) fn read(node: &Node, path: &Path<'_>) -> Result<Tenancy, PolicyError> {
    let mut attribute = ATTRIBUTE.to_string();
    let (mut headers, mut sources) = (Vec::new(), Vec::new());
    let (mut reserved, mut forged) = (Reserved::default(), Forged::Strip);
    let (mut required, mut default) = (None, None);
    for (name, node) in node.object(path)? {
        let path = path.member(name);
        match name.as_str() {
            "attribute" => attribute = self::attribute(node, &path)?,
            "default" => default = Some(tenant(node, &path)?),
            "headers" => headers = self::headers(node, &path)?,
            "required" => required = Some(node.boolean(&path)?),
            "reserved" => (reserved, forged) = self::reserved(node, &path)?,
            "sources" => sources = self::sources(node, &path)?,
            _ => return Err(words::unknown_member(&path, name, MEMBERS)),
        }
    }
    let otherwise = match (required, default) {
        (Some(_), Some(_)) => {
            let message = "a batch without a tenant is refused, or gets the default; give one of the two";
            return Err(PolicyError::new(path.member("required"), message));
        }
        (None, Some(tenant)) => Otherwise::Default(tenant),
        (Some(false), None) => Otherwise::Nobody,
        (None | Some(true), None) if sources.is_empty() => {
            let message = "nothing tells a tenant, so that every batch would be refused; give sources, a default, or required: false";
            return Err(PolicyError::new(path, message));
        }
        (None | Some(true), None) => Otherwise::Refuse,
    };
    // The attribute is the policy's own, whatever else is.
    reserved.add(&attribute).map_err(|message| PolicyError::new(path.member("attribute"), message))?;
    let tenancy = Tenancy { attribute, headers, otherwise, reserved, forged, sources };
    check(&tenancy, path)?;
    Ok(tenancy)
}

const MEMBERS: &[&str] = &["attribute", "default", "headers", "required", "reserved", "sources"];

fn text<'n>(node: &'n Node, path: &Path<'_>, expected: &str) -> Result<&'n str, PolicyError> {
    match node {
        Node::String(text) => Ok(text),
        _ => Err(PolicyError::new(path, expected)),
    }
}

fn tenant(node: &Node, path: &Path<'_>) -> Result<Tenant, PolicyError> {
    Tenant::parse(text(node, path, TENANT)?).ok_or_else(|| PolicyError::new(path, TENANT))
}

fn attribute(node: &Node, path: &Path<'_>) -> Result<String, PolicyError> {
    const EXPECTED: &str = "expected an attribute's name: letters, digits, . - _ and /";
    let name = text(node, path, EXPECTED)?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-_/".contains(&byte);
    if name.is_empty() || name.len() > MAX_BYTES || !name.bytes().all(is_plain) {
        return Err(PolicyError::new(path, EXPECTED));
    }
    Ok(name.to_string())
}

fn headers(node: &Node, path: &Path<'_>) -> Result<Vec<(String, HeaderValue)>, PolicyError> {
    const EXPECTED: &str = "expected a text with {tenant} in it, or a table from tenants to texts";
    let mut headers: Vec<(String, HeaderValue)> = Vec::new();
    for (name, node) in node.object(path)? {
        let path = path.member(name);
        header_name(name).map_err(|message| PolicyError::new(path, message))?;
        if headers.iter().any(|(known, _)| is_same_header(known, name)) {
            return Err(PolicyError::new(path, "given twice: case, - and _ do not tell two headers apart"));
        }
        let value = match node {
            Node::String(text) => {
                header_value(text).map_err(|message| PolicyError::new(path, message))?;
                let pattern = HeaderPattern::parse(text).map_err(|message| PolicyError::new(path, message))?;
                HeaderValue::Pattern(pattern)
            }
            Node::Object(members) => {
                let row = |(tenant, node): &(String, Node)| {
                    let path = path.member(tenant);
                    let tenant = Tenant::parse(tenant).ok_or_else(|| PolicyError::new(path, TENANT))?;
                    let value = text(node, &path, "expected a text")?;
                    header_value(value).map_err(|message| PolicyError::new(path, message))?;
                    Ok((tenant, value.to_string()))
                };
                HeaderValue::Table(members.iter().map(row).collect::<Result<_, PolicyError>>()?)
            }
            _ => return Err(PolicyError::new(path, EXPECTED)),
        };
        // The order of a map's members means nothing, so the headers have one of their own.
        let at = headers.partition_point(|(known, _)| known < name);
        headers.insert(at, (name.clone(), value));
    }
    Ok(headers)
}

/// Headers by which a request is read or routed before anybody asks whose it is.
const FRAMING: &[&str] = &[
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "expect",
    "grpc-encoding",
    "host",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Whether two names are one header: a server may read `x_tenant` as `X-Tenant`.
fn is_same_header(one: &str, other: &str) -> bool {
    fold(one) == fold(other)
}

// RFC 9110, 5.6.2: a token. `.` and the like are allowed there but by no server that matters.
fn header_name(name: &str) -> Result<(), &'static str> {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if name.is_empty() || name.len() > MAX_BYTES || !name.bytes().all(is_name) {
        return Err("expected a header's name: letters, digits, - and _");
    }
    // One that is read is removed, so it may be none of these either.
    if FRAMING.iter().any(|framing| is_same_header(framing, name)) {
        return Err("this header says how the request is read; choose another");
    }
    Ok(())
}

fn header_value(text: &str) -> Result<(), &'static str> {
    let is_visible = text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
    if text.is_empty() || text.len() > MAX_BYTES || !is_visible || text.trim() != text {
        return Err("expected a header's value: visible ASCII, at most 128 bytes");
    }
    Ok(())
}

// `[names]`, or `{names: [...], action: strip | refuse}`.
fn reserved(node: &Node, path: &Path<'_>) -> Result<(Reserved, Forged), PolicyError> {
    let mut forged = Forged::Strip;
    let mut found = Reserved::default();
    let mut names = |node: &Node, path: &Path<'_>| {
        for (index, node) in node.array(path, "names")?.iter().enumerate() {
            let path = path.index(index);
            let pattern = text(node, &path, "expected a name, or the beginning of names and then *")?;
            found.add(pattern).map_err(|message| PolicyError::new(path, message))?;
        }
        Ok(())
    };
    match node {
        Node::Array(_) => names(node, path)?,
        Node::Object(members) => {
            for (name, node) in members {
                let path = path.member(name);
                match name.as_str() {
                    "action" => {
                        let words = [("refuse", Forged::Refuse), ("strip", Forged::Strip)];
                        forged = node.word(&path, "action", &words)?;
                    }
                    "names" => names(node, &path)?,
                    _ => return Err(words::unknown_member(&path, name, &["action", "names"])),
                }
            }
        }
        _ => return Err(PolicyError::new(path, "expected a list of names, or {\"names\": [...], \"action\": ...}")),
    }
    Ok((found, forged))
}

fn sources(node: &Node, path: &Path<'_>) -> Result<Vec<Source>, PolicyError> {
    let elements = node.array(path, "sources")?.iter().enumerate();
    elements.map(|(index, node)| source(node, &path.index(index))).collect()
}

fn source(node: &Node, path: &Path<'_>) -> Result<Source, PolicyError> {
    const EXPECTED: &str = "expected one of header, identity, peer, resource, static";
    let members = node.object(path)?;
    let (mut found, mut is_unverified) = (None, None);
    for (name, node) in members {
        let path = path.member(name);
        let source = match name.as_str() {
            "header" => header(node, &path)?,
            "identity" => identity(node, &path)?,
            "peer" => Source::Peer(peer(node, &path)?),
            "resource" => Source::Resource(attribute(node, &path)?),
            "static" => Source::Static(tenant(node, &path)?),
            "unverified" => {
                is_unverified = Some(node.boolean(&path)?);
                continue;
            }
            _ => return Err(words::unknown_member(&path, name, SOURCES)),
        };
        if found.replace(source).is_some() {
            return Err(PolicyError::new(path, "a source is one thing; give each an element of its own"));
        }
    }
    let source = found.ok_or_else(|| PolicyError::new(path, EXPECTED))?;
    match (&source, is_unverified) {
        (Source::Resource(_), Some(true)) => Ok(source),
        (Source::Resource(_), _) => {
            let message = "any client can set a resource attribute; say so with unverified: true";
            Err(PolicyError::new(path.member("unverified"), message))
        }
        (_, Some(true)) => {
            Err(PolicyError::new(path.member("unverified"), "only a resource attribute is unverified; leave it out"))
        }
        _ => Ok(source),
    }
}

const SOURCES: &[&str] = &["header", "identity", "peer", "resource", "static", "unverified"];

// A member that is not known may be a key, whose owner forgot the table around it: it is not shown.
fn unknown(path: &Path<'_>, expected: &str) -> PolicyError {
    PolicyError::new(path, format!("unknown member; expected one of {expected}"))
}

fn header(node: &Node, path: &Path<'_>) -> Result<Source, PolicyError> {
    let (mut name, mut keys, mut pattern) = (None, None, None);
    for (member, node) in node.object(path)? {
        let inside = path.member(member);
        match member.as_str() {
            "name" => {
                let text = text(node, &inside, "expected a header's name")?;
                header_name(text).map_err(|message| PolicyError::new(inside, message))?;
                name = Some(text.to_string());
            }
            "pattern" => {
                let text = text(node, &inside, "expected a text with {tenant} in it")?;
                pattern = Some(Pattern::header(text).map_err(|message| PolicyError::new(inside, message))?);
            }
            "sha256" => keys = Some(digests(node, &inside)?),
            _ => return Err(unknown(path, "name, pattern, sha256")),
        }
    }
    match (name, keys, pattern) {
        (Some(name), Some(keys), None) => Ok(Source::HeaderKey(name, keys)),
        (Some(name), None, Some(pattern)) => Ok(Source::HeaderName(name, pattern)),
        _ => Err(PolicyError::new(path, "expected name, and sha256 or pattern")),
    }
}

fn identity(node: &Node, path: &Path<'_>) -> Result<Source, PolicyError> {
    match node {
        Node::String(text) => {
            Pattern::identity(text).map(Source::Identity).map_err(|message| PolicyError::new(path, message))
        }
        Node::Object(members) => match members.as_slice() {
            [(member, node)] if member == "sha256" => Ok(Source::Certificate(digests(node, &path.member(member))?)),
            _ => Err(unknown(path, "sha256")),
        },
        _ => Err(PolicyError::new(path, "expected a pattern with {tenant} in it, or {\"sha256\": table}")),
    }
}

fn digests(node: &Node, path: &Path<'_>) -> Result<Digests, PolicyError> {
    const EXPECTED: &str = "expected 64 hexadecimal digits, the SHA-256 of the key: printf %s KEY | sha256sum";
    let mut table = Vec::new();
    for (digits, node) in node.object(path)? {
        if digits.starts_with("${") {
            return Err(PolicyError::new(path, PLACEHOLDER));
        }
        let digest = Digests::parse(digits).ok_or_else(|| PolicyError::new(path, EXPECTED))?;
        if digest == *Sha256::digest(b"") {
            return Err(PolicyError::new(path, NO_KEY));
        }
        table.push((digest, tenant(node, path)?));
    }
    if table.is_empty() {
        return Err(PolicyError::new(path, "the table is empty"));
    }
    Digests::new(table).ok_or_else(|| PolicyError::new(path, "a digest is given twice"))
}

fn peer(node: &Node, path: &Path<'_>) -> Result<Networks, PolicyError> {
    let mut networks: Vec<(Network, Tenant)> = Vec::new();
    for (text, node) in node.object(path)? {
        let path = path.member(text);
        let network = Network::parse(text).map_err(|message| PolicyError::new(path, message))?;
        if networks.iter().any(|(known, _)| *known == network) {
            return Err(PolicyError::new(path, "this network is given twice"));
        }
        networks.push((network, tenant(node, &path)?));
    }
    if networks.is_empty() {
        return Err(PolicyError::new(path, "the table is empty"));
    }
    Ok(Networks::new(networks))
}
