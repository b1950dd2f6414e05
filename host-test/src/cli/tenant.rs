//! What the command line says of a request: headers and identities.
//!
//! Must not know tenants: the core decides what they mean.

/// `NAME=VALUE`, or `NAME: VALUE` as it is written elsewhere.
pub(super) fn header(text: &str) -> Result<(String, String), &'static str> {
    let at = text.find(['=', ':']).ok_or("expected NAME=VALUE")?;
    let (name, value) = (text.get(..at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default());
    if name.is_empty() { Err("expected NAME=VALUE") } else { Ok((name.into(), value.trim().into())) }
}

/// `uri:…`, `dns:…` or `sha256:…`.
pub(super) fn identity(text: &str) -> Result<String, &'static str> {
    match text.split_once(':') {
        Some(("uri" | "dns" | "sha256", name)) if !name.is_empty() => Ok(text.into()),
        _ => Err("expected uri:, dns: or sha256: and what follows"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_and_identities_are_read() {
        let pair = |name: &str, value: &str| Ok((name.to_owned(), value.to_owned()));
        assert_eq!(header("X-Key=a=b"), pair("X-Key", "a=b"));
        assert_eq!(header("X-Key: a=b"), pair("X-Key", "a=b"));
        assert_eq!(header("X-Key="), pair("X-Key", ""));
        assert!(header("X-Key").is_err() && header("=a").is_err());
        assert!(identity("uri:spiffe://corp.example/x").is_ok() && identity("sha256:00").is_ok());
        assert!(identity("corp.example").is_err() && identity("dns:").is_err());
    }
}
