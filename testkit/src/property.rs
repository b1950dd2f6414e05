//! What the property tests share: how many cases they try, and the policies that they open for them.
//!
//! Must not hold properties.

use std::cell::RefCell;
use std::collections::HashMap;

use airlock::{Airlock, Keys};
use proptest::test_runner::{Config, TestCaseError};
use serde_json::Value;

use crate::generate::policies::keys;

/// Enough to meet every pair of choices that matters; `PROPTEST_CASES` asks for more.
pub fn config(cases: u32) -> Config {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok());
    let cases = asked.unwrap_or(cases);
    // One document in six is no policy, so the allowance for those grows with what is asked.
    let max_global_rejects = 1_024 + cases;
    Config { cases, max_global_rejects, failure_persistence: None, max_shrink_iters: 2_000, ..Config::default() }
}

/// Opens a policy with keys, once for all the cases that ask for it.
///
/// # Errors
///
/// A rejection: not every generated document is a policy. Two spellings of one name, or a place inside a value that is
/// cut, are refused.
pub fn open(policy: &Value) -> Result<Airlock, TestCaseError> {
    open_with(policy, &keys(policy))
}

/// The same with keys of the caller's.
///
/// # Errors
///
/// As above.
pub fn open_with(policy: &Value, keys: &Keys) -> Result<Airlock, TestCaseError> {
    thread_local!(static OPEN: RefCell<HashMap<String, Airlock>> = RefCell::default());
    // Whether there are keys is part of what is opened.
    let text = policy.to_string();
    let known_as = format!("{} {text}", keys.iter().count());
    OPEN.with_borrow_mut(|known| match known.get(&known_as) {
        Some(airlock) => Ok(airlock.clone()),
        None => {
            let airlock = Airlock::open(&text, keys).map_err(|error| TestCaseError::reject(error.to_string()))?;
            known.insert(known_as, airlock.clone());
            Ok(airlock)
        }
    })
}
