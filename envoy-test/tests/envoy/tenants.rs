//! Whose a request is: by a verified token, by address, by the body; and what a client may say about it.
//!
//! Certificates and keys are tested with their examples.

use std::fs;

use envoy_test::client::Call;
use envoy_test::config::{Config, extension, filter, holding_filter};
use envoy_test::envoy::Envoy;
use envoy_test::token::Signer;
use envoy_test::upstream::Upstream;
use serde_json::{Value, json};
use testkit::build;

use crate::support::{batch, contains};

/// Scenario: the filter behind `jwt_authn`: a token of acme, one without the claim, a number in its place, none; and a
/// client that sends the header for which the claim stands.
/// Guarantees: the verified claim alone tells the tenant.
#[tokio::test]
async fn a_verified_claim_tells_a_tenant() {
    let folder = tempfile::tempdir().unwrap();
    let signer = Signer::new();
    let path = folder.path().join("jwks.json");
    fs::write(&path, signer.keys().to_string()).unwrap();
    let provider = json!({"issuer": "https://login.corp.example", "audiences": ["otlp"],
        "local_jwks": {"filename": path}, "payload_in_metadata": "jwt_payload"});
    let authn = json!({"providers": {"corp": provider}, "rules": [{"match": {"prefix": "/"},
        "requires": {"requires_any": {"requirements": [{"provider_name": "corp"}, {"allow_missing": {}}]}}}]});
    let authn = extension("jwt", "envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication", authn);
    let ours = json!({
        "policy": {"tenant": {"headers": {"X-Scope-OrgID": "{tenant}"},
            "sources": [{"header": {"name": "x-verified-tenant", "pattern": "{tenant}"}}]}},
        "host": {"jwt": {"metadata": ["jwt_payload", "tenant"], "header": "x-verified-tenant"}}});
    let upstream = Upstream::start().await;
    let config = Config::new(upstream.address).listener("otlp", vec![authn, filter(&ours)]);
    let envoy = Envoy::start(&config.build()).await;
    let send = async |claims: Option<Value>| {
        let mut call = Call::protobuf(batch());
        for name in ["x-verified-tenant", "x_verified_tenant", "X-Verified_Tenant", "x-scope-orgid"] {
            call = call.header(name, "globex");
        }
        if let Some(mut claims) = claims {
            claims["iss"] = json!("https://login.corp.example");
            claims["aud"] = json!("otlp");
            call = call.header("authorization", &format!("Bearer {}", signer.token(&claims)));
        }
        let answer = call.send(envoy.at("otlp")).await.unwrap();
        (answer.status, upstream.take().pop())
    };
    let (status, seen) = send(Some(json!({"tenant": "acme"}))).await;
    let seen = seen.unwrap();
    assert_eq!((status, &seen.headers["x-scope-orgid"]), (200, &"acme".parse().unwrap()));
    assert!(contains(&seen.body, "acme") && !contains(format!("{seen:?}").as_bytes(), "globex"));
    assert!(!seen.headers.contains_key("authorization"));
    for claims in [None, Some(json!({})), Some(json!({"tenant": 7})), Some(json!({"tenant": ["acme"]}))] {
        let (status, seen) = send(claims.clone()).await;
        assert!([400, 401].contains(&status) && seen.is_none(), "{claims:?}: {status}");
    }
    assert_eq!(send(Some(json!({"tenant": "acme|globex"}))).await.0, 400);
}

/// Scenario: tenants by address, and clients that forge where they come from.
/// Guarantees: where the listener uses the address of the connection, what a client says of it counts nothing.
#[tokio::test]
async fn a_forged_address_tells_no_tenant() {
    let networks = |networks: Value| {
        filter(&json!({"host": {"trust_source_address": true},
            "policy": {"tenant": {"headers": {"X-Scope-OrgID": "{tenant}"}, "sources": [{"peer": networks}]}}}))
    };
    let upstream = Upstream::start().await;
    let config = Config::new(upstream.address)
        .listener("here", vec![networks(json!({"127.0.0.0/8": "acme", "10.0.0.0/8": "globex"}))])
        .listener("elsewhere", vec![networks(json!({"10.0.0.0/8": "globex"}))]);
    let envoy = Envoy::start(&config.build()).await;
    let mut forged = Call::protobuf(batch());
    for name in ["x-forwarded-for", "x-envoy-external-address", "forwarded", "x-real-ip", "true-client-ip"] {
        forged = forged.header(name, "10.0.0.1");
    }
    for call in [Call::protobuf(batch()), forged] {
        assert_eq!(call.send(envoy.at("here")).await.unwrap().status, 200);
        assert_eq!(upstream.take()[0].headers["x-scope-orgid"], "acme");
        let answer = call.send(envoy.at("elsewhere")).await.unwrap();
        assert_eq!((answer.status, upstream.take().len()), (401, 0), "{}", answer.message());
    }
}

/// Scenario: a policy that finds the tenant in the body, where headers are held; a batch of one tenant, of two, of none.
/// Guarantees: the header follows from the body; a batch that is not one tenant's is refused.
#[tokio::test]
async fn a_tenant_of_the_body_becomes_a_header_where_headers_are_held() {
    let ours = json!({"host": {"hold_headers": true}, "policy": {"tenant": {"headers": {"X-Scope-OrgID": "{tenant}"},
        "sources": [{"resource": "team", "unverified": true}]}}});
    let upstream = Upstream::start().await;
    let envoy =
        Envoy::start(&Config::new(upstream.address).listener("otlp", vec![holding_filter(&ours)]).build()).await;
    let of = |teams: &[&str]| {
        let batch = build::batch();
        let all = teams.iter().fold(batch, |batch, team| {
            batch.resource(|it| it.attribute("team", *team)).record(|it| it.event("codex.user_prompt"))
        });
        Call::protobuf(all.bytes())
    };
    assert_eq!(of(&["acme"]).send(envoy.at("otlp")).await.unwrap().status, 200);
    let seen = upstream.take().remove(0);
    assert_eq!(seen.headers["x-scope-orgid"], "acme");
    assert_eq!(seen.headers["content-length"].to_str().unwrap(), seen.body.len().to_string());
    for call in [of(&["acme", "globex"]), of(&[]).with_body(&batch())] {
        assert_eq!(call.send(envoy.at("otlp")).await.unwrap().status, 400);
        assert!(upstream.take().is_empty());
    }
}
