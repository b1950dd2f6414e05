//! Pseudonyms on what real Codex versions sent, and how a person's records are found again.
//!
//! Must not know how a pseudonym is made: the address is looked up as an operator would. Holds I1 on recorded sessions
//! that are opened with a key, and that one person is one pseudonym in all of them.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails loudly")]

use std::fs;
use std::path::Path;

use airlock::{Admission, Airlock, Encoding, Keys};
use testkit::message::{self, Kind};

/// Made up: `FAKE-EXAMPLE-KEY-0000-0000-0000!` and the same with a 1.
const KEY: &str = "RkFLRS1FWEFNUExFLUtFWS0wMDAwLTAwMDAtMDAwMCE=";
const OTHER_KEY: &str = "RkFLRS1FWEFNUExFLUtFWS0wMDAwLTAwMDAtMDAwMSE=";

/// Who is logged in, in the sessions that were recorded with an account.
const ADDRESS: &str = "alice.smith@example.com";

/// Scenario: every recorded session by the default policy with a key, of one tenant.
/// Guarantees: under `user.email` stands the pseudonym that is looked up for the address, in every version, and nowhere
/// the address.
#[test]
fn one_person_is_one_pseudonym_in_every_version() {
    let airlock = Airlock::open("{}", &Keys::new().add("team", KEY)).expect("the default policy");
    let admission = Admission::of("acme").expect("a tenant");
    let pseudonyms = airlock.pseudonyms(Some("acme"), "user.email", ADDRESS);
    let [alice] = pseudonyms.as_slice() else { panic!("one key, one length: {pseudonyms:?}") };
    let mut versions = 0;
    for version in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/captures")).expect("recordings") {
        let path = version.expect("the folder can be read").path().join("chatgpt-auth.binpb");
        let Ok(batch) = fs::read(&path) else { continue };
        let mut worker = airlock.worker();
        let outcome = worker.process(&batch, Encoding::Protobuf, &admission).expect("a recorded batch");
        let holds = |text: &str| outcome.batch.windows(text.len()).any(|window| window == text.as_bytes());
        assert!(!holds("alice.smith@"), "{}", path.display());
        let output = message::decode(outcome.batch).expect("a batch");
        let attributes = message::records(&output).flat_map(|record| &record.attributes);
        let mut emails = attributes.filter(|attribute| attribute.key == "user.email").peekable();
        versions += u32::from(emails.peek().is_some());
        for email in emails {
            let value = email.value.as_ref().and_then(|value| value.value.as_ref());
            assert_eq!(value, Some(&Kind::StringValue(alice.clone())), "{}", path.display());
        }
    }
    assert!(versions > 3, "{versions} versions were recorded with an account");
}

/// Scenario: somebody is looked up with two keys, under a policy that asks for longer pseudonyms too.
/// Guarantees: one for each key and length, in the keys' order; kinds go by any of their names.
#[test]
fn everything_somebody_was_called_is_found() {
    let keys = Keys::new().add("new", OTHER_KEY).add("old", KEY);
    let policy = r#"{"redact": {"attributes": {"user.email": {"hmac": {"key": "old", "length": 32}}}}}"#;
    let airlock = Airlock::open(policy, &keys).expect("the policy is right");
    let found = airlock.pseudonyms(None, "email", ADDRESS);
    let begins = ["hmac_new_8f1516f300016f6a_", "hmac_new_8f1516f300016f6a", "hmac_old_9512976221445c43_"];
    assert_eq!(found.len(), 4);
    assert!(found.iter().zip(begins).all(|(pseudonym, begin)| pseudonym.starts_with(begin)), "{found:?}");
    assert!(found[3].starts_with("hmac_old_9512976221445c431abafbd188bf365f_"), "{found:?}");
    for kind in ["enduser.email", "User_Email", "useremail"] {
        assert_eq!(airlock.pseudonyms(None, kind, ADDRESS), found);
    }
    assert_eq!(airlock.pseudonyms(None, "user.id", "a"), airlock.pseudonyms(None, "user.account_id", "a"));
    assert_ne!(airlock.pseudonyms(None, "user.id", "a"), airlock.pseudonyms(None, "user.email", "a"));
}
