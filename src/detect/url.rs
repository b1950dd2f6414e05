//! User and password in the authority of a URL.
//!
//! Must not know schemes. Keeps I5: an authority ends at a slash, so no byte belongs to two of them.

use super::engine::Pass;
use super::marker::is_cut;
use super::names::is_stand_in;
use super::registry::{Detector, DetectorId, Event, Example, Group, Rule};
use super::text::{Signs, before, exact_at, part, skip, skip_back};

/// Credentials in URLs.
pub(super) const URL_CREDENTIALS: Detector = Detector {
    id: "url-credentials",
    group: Group::Secret,
    about: "user and password in a URL",
    source: "RFC 3986 section 3.2.1, User Information",
    examples: &[
        Example("postgres://«app:FAKE-p@ss»@db.example:5432/x"),
        Example("redis://«:FAKEpass»@localhost"),
        Example("\"https://«u:0000abcd»@host.example\""),
        Example("https://«fake:0000000000000000abcd9999999999999999»@host.example"),
        Example("https://«0000:00000000000000»@host.example"),
        Example("amqp://«user:FAKEpa»\n[... telemetry preview truncated ...]"),
        Example("https://example.com:8080/a@b:c"),
        Example("https://user@example.com/"),
        Example("https://${USER}:${PASS}@example.com"),
        Example("https://u:[redacted]@example.com"),
        Example("https://<user>:<password>@example.com and https://u:xxxxxxxx@example.com"),
        Example(
            "https://user:pass@example.com/x postgres://user:password@localhost:5432/db https://user:pass@api.example/",
        ),
        Example("https://«user:pass»@prod.test/x postgres://«user:FAKE»@localhost/db"),
        Example("http://localhost:4318\n[... telemetry preview truncated ...]"),
    ],
    rule: Rule::At { events: &[Event::At, Event::Cut], look },
};

fn look(pass: &mut Pass<'_>, detector: DetectorId, at: usize) {
    let text = pass.text;
    // The first `@` of an authority speaks for all of it, so that no byte of one is read twice.
    if pass.authority.is_some_and(|(start, end)| (start..end).contains(&at)) {
        return;
    }
    let start = skip_back(text, at, at, in_authority);
    let cut = is_cut(text, at);
    let end = if cut { at } else { skip(text, at, in_authority) };
    pass.authority = Some((start, end));
    let Some(colon) = start.checked_sub(3).filter(|&colon| exact_at(text, colon, b"://")) else { return };
    if !before(text, colon).is_some_and(|byte| byte.is_ascii_alphanumeric()) {
        return;
    }
    let authority = part(text, start..end);
    // Passwords hold unescaped `@` more often than hosts do (never), so the last one counts.
    let at = memchr::memrchr(b'@', authority);
    let user_info = authority.get(..at.unwrap_or(authority.len())).unwrap_or_default();
    let Some(colon) = memchr::memchr(b':', user_info) else { return };
    let password = user_info.get(colon + 1..).unwrap_or_default();
    if at.is_some() {
        pass.url_at = Some(start + user_info.len());
    }
    let whole = at.is_some() || cut && !password.iter().all(u8::is_ascii_digit);
    let user = user_info.get(..colon).unwrap_or_default();
    let host = authority.get(user_info.len() + 1..).unwrap_or_default();
    let is_sample = SAMPLES.contains(&user) && SAMPLES.contains(&password) && is_sample_host(host);
    if whole && !is_sample && !is_stand_in(password) && !is_stand_in(user_info) {
        pass.report(detector, start, start + user_info.len());
    }
}

/// What manuals have for a user and for a password.
const SAMPLES: [&[u8]; 5] = [b"user", b"username", b"pass", b"passwd", b"password"];

/// Whether nobody outside reaches it (RFC 2606), or it stands for the name of one.
fn is_sample_host(host: &[u8]) -> bool {
    let name = host.split(|&byte| byte == b':').next().unwrap_or_default();
    let last = name.rsplit(|&byte| byte == b'.').nth(usize::from(!name.ends_with(b".example")));
    matches!(name, b"localhost" | b"host" | b"hostname") || last == Some(b"example") || is_stand_in(name)
}

fn in_authority(byte: u8) -> bool {
    const ENDS: Signs = Signs::of(b" \t\n\x0c\r/?#\"'`<>\\");
    !ENDS.have(byte)
}
