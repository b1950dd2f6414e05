//! The head of a request: what Envoy has read of it, and what of it goes on.
//!
//! Must not know bodies. Keeps I2: headers are changed before Envoy sends them on, which it does as soon as the callback
//! ends: what is not on the door's list goes, what the policy sets comes last.

use airlock::Admission;
use door::{Request, is_forwarded};
use proxy_wasm::hostcalls::{get_map_bytes, remove_map_value, set_map_value};
use proxy_wasm::types::MapType;

/// Names and values as Envoy has them: names in lower case, values any bytes.
pub type Headers = Vec<(String, Vec<u8>)>;

const MAP: MapType = MapType::HttpRequestHeaders;

/// All headers of the request, the method and the path among them.
pub fn headers() -> Option<Headers> {
    get_map_bytes(MAP).ok()
}

/// One header's value, where it stands once.
pub fn value<'h>(headers: &'h Headers, name: &str) -> &'h [u8] {
    let mut values = headers.iter().filter(|(header, _)| header == name).map(|(_, value)| value.as_slice());
    match (values.next(), values.next()) {
        (Some(value), None) => value,
        _ => &[],
    }
}

/// Without it Envoy finds no route, and it looks for one again once a header was changed. It says `http` or `https`: what
/// else a client may have written there goes no further.
const SCHEME: &str = "x-forwarded-proto";

/// Leaves what goes on. The length goes for now: what the body will be, nobody knows yet.
pub fn forward(headers: &Headers, path: &str, request: Request, admission: &Admission) -> Option<()> {
    for (name, _) in headers {
        let is_gone = !(name.starts_with(':') || name == SCHEME || is_forwarded(name.as_bytes()))
            || name == "content-length"
            || admission.remove_headers().iter().any(|removed| removed == name);
        if is_gone {
            remove_map_value(MAP, name).ok()?;
        }
    }
    if value(headers, ":path") != path.as_bytes() {
        set_map_value(MAP, ":path", Some(path)).ok()?;
    }
    if value(headers, "content-type") != request.content_type().as_bytes() {
        set_map_value(MAP, "content-type", Some(request.content_type())).ok()?;
    }
    if ![b"http".as_slice(), b"https"].contains(&value(headers, SCHEME)) {
        set_map_value(MAP, SCHEME, Some("http")).ok()?;
    }
    set(admission)
}

/// Sets what the policy says of the tenant.
pub fn set(admission: &Admission) -> Option<()> {
    admission.set_headers().iter().try_for_each(|(name, value)| set_map_value(MAP, name, Some(value))).ok()
}

/// Says how long the body is, where the headers are still here.
pub fn set_length(length: usize) -> Option<()> {
    set_map_value(MAP, "content-length", Some(&length.to_string())).ok()
}

/// Takes every trailer away.
pub fn remove_trailers() -> Option<()> {
    let trailers = get_map_bytes(MapType::HttpRequestTrailers).ok()?;
    trailers.iter().try_for_each(|(name, _)| remove_map_value(MapType::HttpRequestTrailers, name)).ok()
}
