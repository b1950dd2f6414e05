//! The examples that tell tenants: by certificates, by keys, by tokens.

use std::time::{SystemTime, UNIX_EPOCH};

use airlock::{Airlock, Keys};
use envoy_test::client::Call;
use envoy_test::pki::Authority;
use envoy_test::token::{Signer, unsigned};
use serde_json::{Value, json};

use super::{Example, KEY};
use crate::support::{batch, contains};

/// Scenario: `mtls.yaml`: a certificate with a SPIFFE identity, one without, one of another authority, none at all; and what
/// a client says about its tenant itself.
/// Guarantees: only a verified identity tells a tenant.
#[tokio::test]
async fn mtls_tells_a_tenant_by_a_verified_identity_alone() {
    let example = Example::new("mtls").await;
    let envoy = example.start().await;
    let ours = |uri: &str| example.authority.issue(&[uri], &[]);
    let call = Call::protobuf(batch())
        .header("x-scope-orgid", "globex")
        .header("x-forwarded-client-cert", "URI=spiffe://corp.example/tenant/globex/laptop")
        .header("x-forwarded-for", "10.0.0.1");
    let send = async |identity| call.send_tls(envoy.at("otlp"), example.authority.client(identity)).await;

    let acme = ours("spiffe://corp.example/tenant/acme/laptop-1");
    let answer = send(Some(&acme)).await.unwrap();
    assert_eq!(answer.status, 200, "{}", answer.message());
    let seen = example.upstream.take().remove(0);
    assert_eq!(seen.headers["x-scope-orgid"], "acme");
    assert_eq!(seen.headers.get_all("x-scope-orgid").iter().count(), 1);
    assert!(contains(&seen.body, "acme") && !contains(&seen.body, "globex"));

    let elsewhere = ours("spiffe://elsewhere.example/tenant/acme/laptop-1");
    let answer = send(Some(&elsewhere)).await.unwrap();
    assert_eq!((answer.status, example.upstream.take().len()), (401, 0));
    let unknown = Authority::new();
    let stranger = unknown.issue(&["spiffe://corp.example/tenant/acme/laptop-1"], &[]);
    assert!(send(Some(&stranger)).await.is_err());
    assert!(send(None).await.is_err());
    assert!(example.upstream.take().is_empty());
}

/// Scenario: `tenants.yaml`: keys of two tenants, of nobody, none; a tenant that the client claims; a record with a name.
/// Guarantees: the key alone tells the tenant and goes no further; the pseudonyms are made with the key out of the
/// environment, which no page of Envoy shows.
#[tokio::test]
async fn keys_tell_tenants_and_pseudonyms_are_made() {
    let example = Example::new("tenants").await;
    let envoy = example.start().await;
    let person = testkit::build::batch()
        .resource(|it| it.attribute("tenant.id", "initech"))
        .record(|it| it.event("codex.user_prompt").attribute("user.email", "alice.smith@example.com"))
        .bytes();
    let airlock = Airlock::open(
        r#"{"tenant": {"required": false, "sources": [{"static": "acme"}]}}"#,
        &Keys::new().add("default", KEY),
    );
    let airlock = airlock.unwrap();
    let pseudonym = |tenant| airlock.pseudonyms(Some(tenant), "email", "alice.smith@example.com").remove(0);
    for (key, tenant, account) in [("FAKE-KEY-0000abce", "acme", "1"), ("FAKE-KEY-0000abcd", "globex", "2")] {
        let call = Call::protobuf(&*person).header("x-otlp-api-key", key).header("accountid", "7");
        let seen = example.arrives(&envoy, &call).await;
        assert_eq!(seen.line, "POST /insert/opentelemetry/v1/logs");
        assert_eq!(seen.headers["accountid"], account);
        assert!(!format!("{:?}", seen.headers).contains(key));
        assert!(contains(&seen.body, tenant) && !contains(&seen.body, "initech"));
        assert!(contains(&seen.body, &pseudonym(tenant)) && !contains(&seen.body, "alice"));
    }
    for (status, call) in [
        (403, Call::protobuf(batch()).header("x-otlp-api-key", "FAKE-KEY-0000ffff")),
        (401, Call::protobuf(batch())),
        (400, Call::protobuf(batch()).header("x-otlp-api-key", "a").header("X-OTLP_API_KEY", "b")),
    ] {
        assert_eq!(call.send(envoy.at("otlp")).await.unwrap().status, status, "{call:?}");
    }
    assert!(example.upstream.take().is_empty());
    for page in ["/config_dump", "/server_info", "/stats", "/stats/prometheus", "/clusters", "/listeners"] {
        assert!(!contains(envoy.ask(page).await.as_bytes(), KEY), "{page} shows the key");
    }
    assert!(!envoy.log().contains(KEY));
}

/// Scenario: `jwt.yaml`: tokens of two tenants, over each protocol, from a client that claims another tenant for itself; then
/// tokens that are forged, altered, unsigned, too old, for somebody else, without the claim or with one that is no name; and
/// none.
/// Guarantees: the verified claim alone tells the tenant, the token goes no further, and whatever is not verified is refused
/// before the backend hears of it.
#[tokio::test]
async fn a_signed_token_alone_tells_a_tenant() {
    let example = Example::new("jwt").await;
    let envoy = example.start().await;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let claims = |tenant: Value, change: &[(&str, Value)]| {
        let mut claims =
            json!({"iss": "https://login.corp.example", "aud": "otlp", "exp": now + 600, "tenant": tenant});
        for (name, value) in change {
            claims[name] = value.clone();
        }
        claims
    };
    let with = |token: &str| {
        let mut call = Call::protobuf(batch()).header("authorization", &format!("Bearer {token}"));
        for name in ["x-verified-tenant", "X_Verified_Tenant", "x-scope-orgid"] {
            call = call.header(name, "initech");
        }
        call
    };
    for tenant in ["acme", "globex"] {
        let token = example.signer.token(&claims(json!(tenant), &[]));
        for call in [with(&token), with(&token).http2()] {
            let seen = example.arrives(&envoy, &call).await;
            assert_eq!(seen.headers.get_all("x-scope-orgid").iter().collect::<Vec<_>>(), [tenant]);
            assert!(contains(&seen.body, tenant));
            let whole = format!("{seen:?}");
            assert!(!whole.contains("initech") && !whole.contains(&token));
        }
    }
    let acme = claims(json!("acme"), &[]);
    let signed = example.signer.token(&acme);
    let (_, signature) = signed.rsplit_once('.').unwrap();
    let of = |change: (&str, Value)| example.signer.token(&claims(json!("acme"), &[change]));
    for (what, token, status) in [
        ("signed by another", Signer::new().token(&acme), 401),
        ("altered", format!("{}.{signature}", unsigned("ES256", &claims(json!("globex"), &[]))), 401),
        ("unsigned", format!("{}.", unsigned("none", &acme)), 401),
        ("cut", signed[..signed.len() - 4].to_owned(), 401),
        ("too old", of(("exp", json!(now - 3600))), 401),
        ("of another issuer", of(("iss", json!("https://login.elsewhere.example"))), 401),
        ("for another audience", of(("aud", json!("metrics"))), 403),
        ("without the claim", of(("tenant", Value::Null)), 401),
        ("with a list", of(("tenant", json!(["acme"]))), 400),
        ("with an empty name", of(("tenant", json!(""))), 401),
    ] {
        let answer = with(&token).send(envoy.at("otlp")).await.unwrap();
        assert_eq!(answer.status, status, "{what}: {}", answer.message());
        assert!(example.upstream.take().is_empty(), "a token {what} is believed");
    }
    let none = Call::protobuf(batch()).header("x-verified-tenant", "acme").header("x-scope-orgid", "acme");
    for call in [none.clone(), none.http2().header("cookie", &format!("token={signed}"))] {
        assert_eq!(call.send(envoy.at("otlp")).await.unwrap().status, 401);
    }
    assert!(example.upstream.take().is_empty());
}
