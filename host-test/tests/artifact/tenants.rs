//! Tenants: the command line says what a gateway would know, and both engines answer alike.

use std::fs;

use airlock::Encoding::Protobuf;
use airlock::{Admission, AdmissionErrorKind, Context, Keys};
use airlock_host::{Engine, HostError, Native};
use testkit::build;

use crate::support::{RUNTIME, SESSION, airlock, contains};

/// The SHA-256 is that of `FAKE-KEY-0000abcd`.
const POLICY: &str = r#"{"tenant": {
    "headers": {"X-Scope-OrgID": "{tenant}"},
    "sources": [
        {"identity": "spiffe://corp.example/tenant/{tenant}/**"},
        {"header": {"name": "x-key", "sha256": {"966a316fa35c24282de2b2d17161dce85d00d701c84e149ac77a6a69f598da52": "globex"}}},
        {"peer": {"10.1.0.0/16": "initech"}}
    ]}}"#;

/// Scenario: one batch by a key, by a certificate, by an address, and by nothing that counts.
/// Guarantees: the tenant is on the resource; a request that is not let in ends with status 3 and writes nothing; the key
/// is in no output.
#[test]
fn a_request_is_described_on_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("p.json"), POLICY).unwrap();
    let run = |request: &[&str]| {
        let arguments = [&["run", "--policy", "p.json"], request, &["-", "-"]].concat();
        airlock(folder.path(), &arguments, SESSION)
    };
    for (request, tenant) in [
        (&["--header", "X-Key=FAKE-KEY-0000abcd"][..], "globex"),
        (&["--peer", "10.1.2.3"], "initech"),
        (&["--peer", "10.1.2.3", "--identity", "uri:spiffe://corp.example/tenant/acme/ci"], "acme"),
    ] {
        let ran = run(request);
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{request:?}");
        assert!(contains(&ran.stdout, tenant.as_bytes()) && contains(&ran.stdout, b"tenant.id"), "{request:?}");
        assert!(!contains(&ran.stdout, b"FAKE-KEY"));
    }
    for (request, refused) in [
        (&[][..], "missing at tenant.sources: "),
        (&["--header", "x-key=FAKE-KEY-0000ffff"], "unknown at tenant.sources[1].header: "),
        (&["--header", "x-key=a", "--header", "x_key=b"], "ambiguous at tenant.sources[1].header: "),
    ] {
        let ran = run(request);
        assert_eq!((ran.status, ran.stdout.len()), (3, 0), "{request:?}");
        let expected = format!("error: the request is refused and nothing was written: {refused}");
        assert!(ran.stderr.starts_with(&expected), "{}", ran.stderr);
        assert!(!ran.stderr.contains("FAKE-KEY"), "{}", ran.stderr);
    }
    assert_eq!(run(&["--identity", "corp.example"]).status, 2);
}

/// Scenario: requests that are let in and that are not, and a batch of two tenants, to both engines.
/// Guarantees: I4: the same admissions, refusals and parts.
#[test]
fn both_engines_admit_and_split_alike() {
    let unverified = r#"{"tenant": {"default": "shared", "headers": {"X-Tenant": "{tenant}"},
        "sources": [{"resource": "team", "unverified": true}]}}"#;
    let contexts = [
        Context::default(),
        Context { headers: &[("X-Key", "FAKE-KEY-0000abcd"), ("X-Scope_OrgID", "acme")], ..Context::default() },
        Context { peer: Some("[::ffff:10.1.0.9]:99"), ..Context::default() },
        Context { identities: &["uri:spiffe://corp.example/tenant/-/x"], ..Context::default() },
    ];
    let resources = build::batch()
        .resource(|it| it.attribute("team", "acme"))
        .record(|it| it.event("codex.user_prompt"))
        .resource(|it| it.attribute("team", "globex"))
        .record(|it| it.event("codex.tool_result"))
        .bytes();
    for policy in [POLICY, unverified, "{}"] {
        let keys = Keys::new();
        let (plugin, native) = (RUNTIME.open(policy, &keys).unwrap(), Native::open(policy, &keys).unwrap());
        assert_eq!(plugin.header_names(), native.header_names());
        assert_eq!(plugin.needs_body(), native.needs_body());
        for context in &contexts {
            assert_eq!(plugin.admit(context), native.admit(context));
        }
        for admission in [Admission::none(), Admission::of("acme").unwrap()] {
            let parts = plugin.split(&resources, Protobuf, &admission);
            assert_eq!(parts, native.split(&resources, Protobuf, &admission));
        }
    }
    let plugin = RUNTIME.open(unverified, &Keys::new()).unwrap();
    let parts = plugin.split(&resources, Protobuf, &Admission::none()).unwrap();
    let tenants: Vec<_> = parts.iter().map(|part| part.admission.tenant()).collect();
    assert_eq!(tenants, [Some("acme"), Some("globex")]);
    let header = ("X-Tenant".to_owned(), "globex".to_owned());
    assert_eq!(parts[1].admission.set_headers(), [header]);
    let refused = RUNTIME.open(POLICY, &Keys::new()).unwrap().admit(&Context::default());
    assert!(matches!(refused, Err(HostError::NotAdmitted { kind: AdmissionErrorKind::Missing, .. })));
}
