//! What a value names, so that one person has one pseudonym under whichever name it was sent, and which values say what
//! was used.
//!
//! Must not know keys or pseudonyms. Keeps I1: kinds are few and plain; a name that is not listed is a kind of its own.

/// What the values of a folded name are: `email`, `account`, `host`, `user`, or the name itself.
pub fn kind(folded_name: &str) -> &str {
    let listed = KINDS.iter().find(|(_, names)| names.contains(&folded_name));
    listed.map_or(folded_name, |(kind, _)| kind)
}

/// The attributes that get a pseudonym by default where there is a key: who somebody is, and which account.
pub static PSEUDONYMOUS: &[&str] = &["user.account_id", "user.email"];

/// The attributes that say what was used and what it cost. A record with one of them is what bills and dashboards are
/// made of.
pub static USAGE: &[&str] = &[
    "cache_write_token_count",
    "cached_token_count",
    "input_token_count",
    "output_token_count",
    "reasoning_token_count",
    "tool_token_count",
    "usage.estimated_usd",
];

/// Kinds that go by several names, folded.
const KINDS: &[(&str, &[&str])] = &[
    ("account", &["account_id", "accountid", "enduser_id", "user_account_id", "user_id", "userid"]),
    ("email", &["account_email", "enduser_email", "user_email", "useremail"]),
    ("host", &["host_name", "hostname"]),
    ("user", &["enduser", "enduser_name", "process_owner", "user_name", "username"]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codex::{EVENTS, is_sensitive};

    #[test]
    fn a_kind_is_its_own_kind() {
        for (name, _) in KINDS {
            assert_eq!(kind(name), *name);
        }
        assert_eq!((kind("user_email"), kind("enduser_email"), kind("user_id")), ("email", "email", "account"));
        assert_eq!(kind("ticket_owner"), "ticket_owner");
    }

    #[test]
    fn usage_is_in_the_catalogue() {
        let rows = || EVENTS.iter().flat_map(|event| event.attributes);
        assert!(USAGE.iter().all(|name| rows().any(|row| row.name == *name)));
    }

    #[test]
    fn what_goes_by_several_names_is_sensitive() {
        assert!(KINDS.iter().flat_map(|(_, names)| *names).all(|name| is_sensitive(name.as_bytes())));
    }
}
