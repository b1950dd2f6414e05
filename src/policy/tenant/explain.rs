//! Says whose batches come by a policy, and what a client may not say about it.
//!
//! Must not decide anything. Keeps I1: tables of keys are counted and never shown.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Forged, HeaderValue, Otherwise, Source, Tenancy};

/// The sentences, and then the warnings.
pub(in crate::policy) fn explain(tenancy: &Tenancy) -> (Vec<String>, Vec<String>) {
    let (mut said, mut warnings) = (Vec::new(), Vec::new());
    let attribute = &tenancy.attribute;
    for (source, first) in
        tenancy.sources.iter().zip(core::iter::once("the tenant is ").chain(core::iter::repeat("else ")))
    {
        said.push(format!("{first}{}", told(source)));
    }
    if let Some(name) = tenancy.unverified() {
        warnings.push(format!(
            "any client can set the resource attribute {name}, and so say whose its batches are; a host that has to answer before it has read the body refuses this policy"
        ));
    }
    if tenancy
        .sources
        .iter()
        .any(|source| matches!(source, Source::Identity(_) | Source::Certificate(_) | Source::Peer(_)))
    {
        said.push("identities and addresses count only where the host says that it has verified them".to_string());
    }
    said.push(match &tenancy.otherwise {
        Otherwise::Default(tenant) => format!("a batch without a tenant is {}'s", tenant.as_str()),
        Otherwise::Nobody => "a batch without a tenant is nobody's and may leave".to_string(),
        Otherwise::Refuse => "a batch without a tenant is refused".to_string(),
    });
    said.push(format!("every resource gets the tenant as {attribute}, in place of what a client sent under that name"));
    for (name, value) in &tenancy.headers {
        said.push(match value {
            HeaderValue::Pattern(pattern) => format!("the request gets the header {name}: {}", pattern.value("{tenant}")),
            HeaderValue::Table(rows) => format!(
                "the request gets the header {name} out of a table of {} for its tenant; a tenant without a row is refused",
                count(rows.len(), "row")
            ),
        });
    }
    let names: Vec<&str> = tenancy.reserved.patterns().collect();
    let names = names.join(", ");
    said.push(match tenancy.forged {
        Forged::Strip => {
            format!("what a client sets under {names} is stripped, on resources, scopes and records, at any depth")
        }
        Forged::Refuse => {
            format!("a batch in which a client sets {names} is refused, on resources, scopes and records, at any depth")
        }
    });
    (said, warnings)
}

fn told(source: &Source) -> String {
    match source {
        Source::Certificate(digests) => {
            format!("whom {} of certificates by their SHA-256 says", count(digests.tenants().len(), "row"))
        }
        Source::HeaderKey(name, digests) => format!(
            "whose the key in the header {name} is, by a table of {}; a key in no row is refused",
            count(digests.tenants().len(), "digest")
        ),
        Source::HeaderName(name, pattern) => {
            format!("what stands for {{tenant}} in the header {name}, which has to be {}", pattern.text())
        }
        Source::Identity(pattern) => {
            format!("what stands for {{tenant}} in a verified name of the client's certificate: {}", pattern.text())
        }
        Source::Peer(networks) => {
            format!(
                "whose network the client's address is in, of {}; the longest prefix says",
                count(networks.count(), "network")
            )
        }
        Source::Resource(name) => format!("what the resource attribute {name} says"),
        Source::Static(tenant) => format!("always {}", tenant.as_str()),
    }
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Policy;

    fn explained(tenant: &str) -> (Vec<String>, Vec<String>) {
        let policy = Policy::parse(&format!(r#"{{"tenant":{tenant}}}"#)).unwrap();
        explain(&policy.tenant.unwrap())
    }

    /// Scenario: a tenancy with a source of each kind, told in words.
    /// Guarantees: each source has its sentence in its order; keys and digests are counted and not shown (I1).
    #[test]
    fn a_tenancy_is_told_in_words() {
        let digest = "0000abcd".repeat(8);
        let (said, warnings) = explained(&format!(
            r#"{{"headers":{{"X-Scope-OrgID":"org-{{tenant}}"}},"reserved":{{"names":["team"],"action":"refuse"}},
                "sources":[{{"identity":"dns:{{tenant}}.corp.example"}},
                           {{"header":{{"name":"x-key","sha256":{{"{digest}":"acme"}}}}}},
                           {{"peer":{{"10.0.0.0/8":"globex","::1":"acme"}}}}]}}"#
        ));
        for line in [
            "the tenant is what stands for {tenant} in a verified name of the client's certificate: dns:{tenant}.corp.example",
            "else whose the key in the header x-key is, by a table of 1 digest; a key in no row is refused",
            "else whose network the client's address is in, of 2 networks; the longest prefix says",
            "a batch without a tenant is refused",
            "the request gets the header X-Scope-OrgID: org-{tenant}",
            "a batch in which a client sets team, tenant.id is refused, on resources, scopes and records, at any depth",
        ] {
            assert!(said.iter().any(|known| known == line), "{line}\n{said:#?}");
        }
        assert!(said.iter().all(|line| !line.contains("0000abcd")));
        assert!(warnings.is_empty());
    }

    #[test]
    fn what_any_client_can_say_is_warned_of() {
        let (said, warnings) = explained(r#"{"default":"shared","sources":[{"resource":"team","unverified":true}]}"#);
        assert_eq!(said.first().unwrap(), "the tenant is what the resource attribute team says");
        assert!(
            matches!(warnings.as_slice(), [one] if one.starts_with("any client can set the resource attribute team"))
        );
    }
}
