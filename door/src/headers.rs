//! Which headers of a request go on.
//!
//! Must not know tenants: a host adds their headers to what is left. Keeps I2: a header goes on because it is on the list,
//! never because nobody thought of it: keys, cookies, baggage, addresses and whatever a client calls a tenant stay here.

/// The headers that go on, in lower case. What says how a body is coded is written anew, or is gone with the coding.
const FORWARDED: [&str; 5] = ["content-length", "content-type", "host", "te", "user-agent"];

/// Whether a header goes on, whatever its case. A spelling with `_` is another header, and does not.
pub fn is_forwarded(name: &[u8]) -> bool {
    FORWARDED.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes()))
}

/// A header's name as servers compare it: in lower case and with `-`, which some cannot tell from `_`.
pub fn folded(name: &[u8]) -> impl Iterator<Item = u8> + '_ {
    name.iter().map(|byte| if *byte == b'_' { b'-' } else { byte.to_ascii_lowercase() })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scenario: what clients, proxies and agents send along.
    /// Guarantees: keeps I2: nothing goes on that is not on the list.
    #[test]
    fn only_the_list_goes_on() {
        for name in ["content-type", "Content-Length", "HOST", "te", "User-Agent"] {
            assert!(is_forwarded(name.as_bytes()), "{name}");
        }
        for name in [
            "authorization",
            "baggage",
            "content_type",
            "content-encoding",
            "cookie",
            "forwarded",
            "grpc-encoding",
            "grpc-tags-bin",
            "traceparent",
            "tracestate",
            "x-api-key",
            "x-forwarded-client-cert",
            "x-forwarded-for",
            "x-scope-orgid",
            "",
        ] {
            assert!(!is_forwarded(name.as_bytes()), "{name}");
        }
        assert!(folded(b"X-Scope_OrgID").eq(b"x-scope-orgid".iter().copied()));
    }
}
