//! What a configuration may say, and how its errors read.
//!
//! Must not need Envoy: the same errors in its log are tested on the real one.

use super::*;

fn error(text: &str) -> String {
    let opened = Configuration::read(text).and_then(|configuration| configuration.open(|_| None).map(drop));
    opened.expect_err(text)
}

/// Scenario: nothing, and every member at once.
/// Guarantees: nothing is the safe default; every member is read.
#[test]
fn a_configuration_is_read() {
    for nothing in ["", " ", "{}", r#"{"policy": {}, "host": {}}"#, r#"{"policy": null, "host": null}"#] {
        let configuration = Configuration::read(nothing).unwrap();
        let host = &configuration.host;
        assert!(!host.client_certificates_verified && !host.trust_source_address && !host.hold_headers);
        assert_eq!((host.other_requests, host.max_batch_bytes), (OtherRequests::Refuse, 16 << 20));
        assert!(host.jwt.is_none() && host.keys.is_empty());
        configuration.open(|_| None).unwrap();
    }
    let text = r#"{
        "policy": {"redact": {"attributes": {"user.email": {"hmac": {"key": "team"}}}}, "tenant": {"sources": [
            {"identity": "dns:{tenant}.corp.example"}, {"peer": {"10.0.0.0/8": "acme"}},
            {"header": {"name": "X-Claim", "pattern": "{tenant}"}}, {"resource": "tenant", "unverified": true}]}},
        "host": {"client_certificates_verified": true, "trust_source_address": true, "hold_headers": true,
            "jwt": {"metadata": ["jwt_payload", "tenant"], "header": "x_claim"}, "keys": {"team": "AIRLOCK_KEY"},
            "max_batch_bytes": 1000, "max_output_bytes": 2000, "other_requests": "pass-unredacted",
            "paths": ["/v1/logs", "/otlp/v1/logs"]}}"#;
    let configuration = Configuration::read(text).unwrap();
    assert_eq!(configuration.host.keys, [("team".to_owned(), "AIRLOCK_KEY".to_owned())]);
    let key = |name: &str| (name == "AIRLOCK_KEY").then(|| "RkFLRS1FWEFNUExFLUtFWS0wMDAwLTAwMDAtMDAwMCE=".to_owned());
    configuration.open(key).unwrap();
}

/// Scenario: every way to be wrong, and policies that Envoy alone cannot bear out.
/// Guarantees: keeps I2: an error with its path, and what to do; keeps I1: no key in it.
#[test]
fn errors_say_where_and_what_to_do() {
    let identity = r#"{"policy": {"tenant": {"sources": [{"identity": "dns:{tenant}.corp.example"}]}}}"#;
    let peer = r#"{"policy": {"tenant": {"sources": [{"peer": {"10.0.0.0/8": "acme"}}]}}}"#;
    let body = r#"{"policy": {"tenant": {"sources": [{"resource": "team", "unverified": true}]}}}"#;
    for (text, expected) in [
        ("[]", "the configuration: expected an object"),
        (r#"[{}, {}]"#, "the configuration: expected an object"),
        (r#"{"host": []}"#, "host: expected an object"),
        (r#"{"host": {"jwt": [["a", "b"], "x"]}}"#, "host.jwt: expected an object"),
        ("{", "the configuration: EOF"),
        (r#"{"polcy": {}}"#, "the configuration: unknown field `polcy`, expected `policy` or `host`"),
        (r#"{"policy": {}, "policy": {}}"#, "the configuration: duplicate field `policy`"),
        (r#"{"policy": {"redact": {"attributes": {"prompt": "msak"}}}}"#, "policy.redact.attributes"),
        (r#"{"policy": {"shadow": true}}"#, "policy.shadow: in shadow nothing is redacted"),
        (r#"{"policy": []}"#, "policy: "),
        (r#"{"host": {"path": []}}"#, "host: unknown field `path`, expected one of `client_certificates_verified`"),
        (r#"{"host": {"paths": [], "paths": []}}"#, "host: duplicate field `paths`"),
        (r#"{"host": {"paths": ["/v1/%6cogs"]}}"#, "host.paths: a path begins with /"),
        (r#"{"host": {"hold_headers": "on"}}"#, "host.hold_headers: invalid type: string \"on\", expected a boolean"),
        (r#"{"host": {"max_batch_bytes": 0}}"#, "host.max_batch_bytes: at least 1, at most 16777216"),
        (r#"{"host": {"max_batch_bytes": 99999999}}"#, "host.max_batch_bytes: at least 1, at most 16777216"),
        (
            r#"{"host": {"other_requests": "pass"}}"#,
            "host.other_requests: unknown variant `pass`, expected one of `drop`",
        ),
        (
            r#"{"host": {"keys": {"a": "AIRLOCK_KEY"}}}"#,
            "host.keys.a: the plugin has no environment variable AIRLOCK_KEY;",
        ),
        (r#"{"host": {"keys": {"a": "A", "a": "B"}}}"#, "host.keys: expected an object of key ids, each once"),
        (r#"{"host": {"jwt": {"metadata": ["a"], "header": "x"}}}"#, "host.jwt.metadata: the name under"),
        (r#"{"host": {"jwt": {"metadata": ["a", "b"], "header": "x"}}}"#, "host.jwt.header: no source of the policy"),
        (identity, "host.client_certificates_verified: the policy tells tenants by certificates"),
        (peer, "host.trust_source_address: the policy tells tenants by address"),
        (body, "host.hold_headers: the policy may find the tenant in the body"),
    ] {
        let error = error(text);
        assert!(error.starts_with(expected), "{text}: {error}");
        assert!(!error.contains(" at line "), "{error}");
    }
    for key in ["RkFLRS1FWEFNUExFLUtFWS0wMDAwLTAwMDAtMDAwMCE=", "FAKE-KEY-0000", "fake_key_0000"] {
        for text in
            [format!(r#"{{"host": {{"keys": {{"a": "{key}"}}}}}}"#), format!(r#"{{"host": {{"keys": "{key}"}}}}"#)]
        {
            let error = error(&text);
            assert!(error.starts_with("host.keys") && !error.contains(key), "{error}");
        }
    }
}
