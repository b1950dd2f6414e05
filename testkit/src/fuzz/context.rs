//! Any request against a few policies with tenants.
//!
//! Must not know how a tenant is found: it holds answers against each other, and against what a policy and a request can
//! say at most. Holds I2 (no header that the policy does not name, no tenant outside its grammar, no name in the output
//! that only the policy may set), I1 (a refusal quotes nothing) and I6.

use std::cell::RefCell;
use std::collections::BTreeSet;

use airlock::{Admission, AdmissionError, Airlock, Context, Encoding, Keys};

use super::batch::Answer;
use crate::build;
use crate::message::{self, KeyValue};

/// Every kind of source, and each of the ways to go without. The digest is that of `FAKE-KEY-0000abcd`.
const POLICIES: [&str; 4] = [
    r#"{"tenant": {"headers": {"X-Scope-OrgID": "{tenant}", "AccountID": {"acme": "1", "globex": "2", "initech": "3"}},
        "reserved": ["billing.*"],
        "sources": [
            {"identity": "spiffe://corp.example/tenant/{tenant}/**"},
            {"identity": "dns:{tenant}.corp.example"},
            {"header": {"name": "x-key", "sha256": {"966a316fa35c24282de2b2d17161dce85d00d701c84e149ac77a6a69f598da52": "acme"}}},
            {"peer": {"10.0.0.0/8": "globex", "10.1.0.0/16": "acme", "2001:db8::/32": "initech"}}]}}"#,
    r#"{"tenant": {"default": "shared", "headers": {"X-Tenant": "org/{tenant}"},
        "sources": [{"header": {"name": "X_Tenant", "pattern": "org/{tenant}"}}]}}"#,
    r#"{"tenant": {"required": false, "headers": {"x-tenant": "{tenant}-eu"},
        "sources": [{"header": {"name": "x-claim", "pattern": "{tenant}"}}, {"identity": "uri:urn:a/**/team-{tenant}/*"}]}}"#,
    r#"{"tenant": {"headers": {"x-tenant": "{tenant}"},
        "sources": [{"header": {"name": "x-claim", "pattern": "{tenant}"}}, {"static": "acme"}]}}"#,
];

/// What the policies name: headers, and tenants that nobody has to say.
const HEADERS: [&str; 5] = ["accountid", "x-claim", "x-key", "x-scope-orgid", "x-tenant"];
const TENANTS: [&str; 4] = ["acme", "globex", "initech", "shared"];

thread_local! {
    static OPEN: RefCell<Vec<Airlock>> = RefCell::new(
        POLICIES.iter().map(|policy| Airlock::open(policy, &Keys::new()).expect("the policy is right")).collect(),
    );
}

/// A request, a line for each thing that is known: `@` an identity, `~` the peer, else a header and its value.
struct Request<'d> {
    headers: Vec<(&'d str, &'d str)>,
    peer: Option<&'d str>,
    identities: Vec<&'d str>,
}

/// Whatever the request.
///
/// # Panics
///
/// Where an invariant does not hold.
pub fn context(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut request = Request { headers: Vec::new(), peer: None, identities: Vec::new() };
    for line in text.lines() {
        match (line.strip_prefix('@'), line.strip_prefix('~'), line.split_once(':')) {
            (Some(identity), ..) => request.identities.push(identity),
            (_, Some(peer), _) => request.peer = Some(peer),
            (.., Some((name, value))) => request.headers.push((name, value)),
            _ => {}
        }
    }
    OPEN.with_borrow(|open| open.iter().for_each(|airlock| request.check(airlock)));
}

impl<'d> Request<'d> {
    fn ask(&self, airlock: &Airlock) -> Result<Admission, AdmissionError> {
        airlock.admit(&Context { headers: &self.headers, peer: self.peer, identities: &self.identities })
    }

    fn check(&self, airlock: &Airlock) {
        let answer = self.ask(airlock);
        assert_eq!(answer, self.ask(airlock), "the answer depends on the request alone");
        let turned = Request {
            headers: self.headers.iter().rev().copied().collect(),
            peer: self.peer,
            identities: self.identities.iter().rev().copied().collect(),
        };
        let tenant = |answer: &Result<Admission, AdmissionError>| {
            answer.as_ref().map(Admission::tenant).ok().flatten().map(str::to_owned)
        };
        let other = turned.ask(airlock);
        assert_eq!((answer.is_ok(), tenant(&answer)), (other.is_ok(), tenant(&other)), "the order says nothing");
        let names = airlock.header_names();
        let is_needed = |(name, _): &&(&str, &str)| names.contains(&dashed(name));
        let needed = Request {
            headers: self.headers.iter().filter(is_needed).copied().collect(),
            identities: self.identities.clone(),
            ..turned
        };
        assert_eq!(answer, needed.ask(airlock), "no other header counts");
        match answer {
            Ok(admission) => self.check_admission(airlock, &admission),
            Err(error) => {
                let reason: &'static str = error.reason();
                assert!(error.place().starts_with("tenant."), "{error}");
                assert_eq!(error.to_string(), format!("{} at {}: {reason}", error.kind().name(), error.place()));
            }
        }
    }

    fn check_admission(&self, airlock: &Airlock, admission: &Admission) {
        if let Some(tenant) = admission.tenant() {
            let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
            let is_tenant = tenant.bytes().all(is_inner) && tenant.len() <= 63 && !tenant.starts_with(['-', '_']);
            assert!(is_tenant && !tenant.is_empty(), "a tenant outside its grammar: {tenant:?}");
            let mut said = self.headers.iter().map(|(_, value)| *value).chain(self.identities.iter().copied());
            let is_said = said.any(|text| text.to_ascii_lowercase().contains(&tenant.to_ascii_lowercase()));
            assert!(is_said || TENANTS.contains(&tenant), "nobody has said {tenant}");
        }
        let set: BTreeSet<String> = admission.set_headers().iter().map(|(name, _)| dashed(name)).collect();
        assert_eq!(set.len(), admission.set_headers().len(), "no header is set twice");
        for (name, value) in admission.set_headers() {
            assert!(HEADERS.contains(&dashed(name).as_str()), "the policy does not name {name}");
            let tenant = admission.tenant().expect("without a tenant there is no header");
            let expected = [
                tenant.to_owned(),
                format!("org/{tenant}"),
                format!("{tenant}-eu"),
                "1".into(),
                "2".into(),
                "3".into(),
            ];
            assert!(expected.contains(value), "a value that the policy does not give: {value}");
        }
        for name in admission.remove_headers() {
            assert!(HEADERS.contains(&dashed(name).as_str()), "the policy does not name {name}");
            assert_eq!(*name, name.to_ascii_lowercase());
        }
        for (name, _) in &self.headers {
            let is_named = airlock.header_names().contains(&dashed(name));
            let is_removed = admission.remove_headers().contains(&name.to_ascii_lowercase());
            assert_eq!(is_named, is_removed, "{name} is removed where a policy names it");
        }
        self.check_batch(airlock, admission);
    }

    /// What the request says goes into a batch as attributes, and none of it says whose the batch is.
    fn check_batch(&self, airlock: &Airlock, admission: &Admission) {
        let mut batch = build::batch().resource(|mut it| {
            for (name, value) in self.headers.iter().take(8) {
                it = it.attribute(name, *value);
            }
            it
        });
        batch = batch.record(|mut it| {
            for (name, value) in self.headers.iter().take(8) {
                it = it.attribute(name, *value);
            }
            it
        });
        let bytes = batch.bytes();
        let answer = Answer::of(&bytes, airlock.worker().process(&bytes, Encoding::Protobuf, admission));
        let answer = answer.expect("a batch of texts is accepted from whoever is let in");
        let out = message::decode(&answer.batch).expect("what is let out is a batch");
        for resource in out.resource_logs.iter().filter_map(|logs| logs.resource.as_ref()) {
            let stamps: Vec<&KeyValue> = resource.attributes.iter().filter(|it| is_tenant(&it.key)).collect();
            match (admission.tenant(), stamps.as_slice()) {
                (Some(tenant), [one]) => assert_eq!(one.value, Some(message::text(tenant))),
                (None, []) => {}
                _ => panic!("the tenant is not on the resource once: {stamps:?}"),
            }
        }
        for record in message::records(&out) {
            assert!(record.attributes.iter().all(|it| !is_tenant(&it.key)), "a record says whose it is");
        }
    }
}

fn is_tenant(key: &str) -> bool {
    let fold = |byte: u8| if byte.is_ascii_alphanumeric() { byte.to_ascii_lowercase() } else { b'_' };
    key.bytes().map(fold).eq(*b"tenant_id")
}

fn dashed(name: &str) -> String {
    name.to_ascii_lowercase().replace('_', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_requests_hold() {
        for request in [
            "",
            "x-key:FAKE-KEY-0000abcd\nX-Scope_OrgID:evil\ntenant.id:evil\nTenant_ID: x",
            "@uri:spiffe://corp.example/tenant/acme/x\n@dns:globex.corp.example",
            "~[::ffff:10.1.2.3]:4317\narguments:{\"tenant.id\":\"evil\"}",
            "x-claim:a|b\nX_Tenant:org/acme\nx-tenant:org/acme",
        ] {
            context(request.as_bytes());
        }
    }

    /// Scenario: a policy whose header no test knows.
    /// Guarantees: the oracle would see it, so that its silence means something.
    #[test]
    #[should_panic(expected = "the policy does not name")]
    fn a_header_too_many_is_seen() {
        let policy = r#"{"tenant": {"default": "shared", "headers": {"X-Other": "{tenant}"}}}"#;
        let airlock = Airlock::open(policy, &Keys::new()).expect("the policy is right");
        Request { headers: Vec::new(), peer: None, identities: Vec::new() }.check(&airlock);
    }
}
