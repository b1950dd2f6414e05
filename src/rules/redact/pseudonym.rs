//! Pseudonyms: the same for the same value, and without the key nobody can tell of which.
//!
//! ```text
//! hmac_team_3f9a1b2c9d8e7f60_c4d2a1b0
//!      key  value's MAC, cut  MAC over what stands before it, cut
//! ```
//!
//! The value's is HMAC-SHA-256 over the version of this format, the tenant, the kind (`email`, `account`) and the value,
//! each behind its length in eight bytes: no two lists of these run together to the same bytes. So one person has one
//! pseudonym under all names of one kind, and another one with another tenant or key.
//!
//! Must not know which values get one. Keeps I7: a pseudonym is known again by its check, under any key that the host
//! gave, and left alone; keeps I1 by the same check, for without the key nobody can write a text that is left alone.
//! Keeps I6: what is remembered is a function of the batch's tenant and the value, compared whole, and forgotten with the
//! batch.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use hmac::{Hmac, Mac};
use sha2::Sha256;

use super::Context;
use super::marker;
use super::treat::{Treated, length};
use crate::bytes::equal;
use crate::limits::MAX_VALUE_BYTES;
use crate::policy::{Plan, Rule, is_id};

/// What every pseudonym begins with. No `:` or `=` joins its parts, for what follows a name with one of those may look
/// like a secret, and no digits stand alone in it, which may look like a card.
const PREFIX: &[u8] = b"hmac_";

/// Names the way of making pseudonyms; another way has another name and so other pseudonyms.
const VERSION: &[u8] = b"airlock-1";

/// The same for the check, so that neither can stand for the other.
const CHECK_VERSION: &[u8] = b"airlock-1-check";

/// Hexadecimal digits of the check: one forged text in four billion passes.
const CHECK_DIGITS: usize = 8;

/// The longest values that are remembered, and how many.
const LONGEST: usize = 64;
const PLACES: usize = 32;

/// The pseudonyms made last, and whose batch it is. A MAC for each record would cost more than the rest of the record.
#[derive(Debug, Default)]
pub(crate) struct Pseudonyms {
    tenant: String,
    made: Vec<Option<Made>>,
}

/// A value and what stands in place of it.
#[derive(Clone, Debug)]
struct Made {
    id: u16,
    value: Vec<u8>,
    pseudonym: Vec<u8>,
}

impl Pseudonyms {
    /// Forgets everything; from now on values are the tenant's.
    pub(crate) fn begin(&mut self, tenant: Option<&str>) {
        self.made.clear();
        self.tenant.clear();
        self.tenant.push_str(tenant.unwrap_or_default());
    }

    /// Appends what stands in place of `value`: its pseudonym, or itself where it is one.
    pub(super) fn put(&mut self, plan: &Plan, id: u16, value: &[u8], out: &mut Vec<u8>) {
        let place = place(id, value);
        if let Some(Some(made)) = self.made.get(place)
            && made.id == id
            && equal(&made.value, value)
        {
            out.extend_from_slice(&made.pseudonym);
            return;
        }
        let from = out.len();
        match plan.pseudonyms.get(usize::from(id)) {
            _ if is_own(plan, value) => out.extend_from_slice(value),
            Some(pseudonym) => {
                let (key, kind) = (pseudonym.key, pseudonym.kind.as_str());
                put_made(plan, key, pseudonym.length, &self.tenant, kind, value, out);
            }
            None => {}
        }
        if out.len() == from {
            // No key: the policy would not have been accepted.
            out.extend_from_slice(b"[redacted]");
        }
        if value.len() <= LONGEST {
            self.made.resize(PLACES, None);
            if let (Some(made), Some(pseudonym)) = (self.made.get_mut(place), out.get(from..)) {
                *made = Some(Made { id, value: value.to_vec(), pseudonym: pseudonym.to_vec() });
            }
        }
    }
}

/// What stands in place of a text.
pub(super) fn treat(context: &mut Context<'_, '_>, rule: &Rule, value: &[u8]) -> Treated {
    if value.len() > MAX_VALUE_BYTES {
        return length(context, value);
    }
    let mut text = core::mem::take(&mut context.scratch.text);
    text.clear();
    let is_made = put(context, rule.pseudonym, value, &mut text);
    context.scratch.text = text;
    if is_made { Treated::Text } else { Treated::Same }
}

/// Appends what stands in place of `value`, or `false` if that is the value: nothing, a mark, or a pseudonym.
pub(super) fn put(context: &mut Context<'_, '_>, id: u16, value: &[u8], out: &mut Vec<u8>) -> bool {
    if value.is_empty() || marker::is_whole(&context.plan.detectors, value) {
        return false;
    }
    let from = out.len();
    context.scratch.pseudonyms.put(context.plan, id, value, out);
    out.get(from..) != Some(value)
}

/// The text of a JSON number, as the same number has it in protobuf.
pub(super) fn decimal(number: &[u8]) -> Vec<u8> {
    let text = core::str::from_utf8(number).unwrap_or_default();
    match (text.parse::<i64>(), text.parse::<f64>()) {
        (Ok(whole), _) => whole.to_string().into_bytes(),
        (Err(_), Ok(fraction)) => decimal_of(fraction),
        _ => number.to_vec(),
    }
}

/// A double as decimal text, a whole one like the whole number; there is one zero.
pub(super) fn decimal_of(number: f64) -> Vec<u8> {
    (number + 0.0).to_string().into_bytes()
}

/// The pseudonym of `value` by the key at a place, if there is one.
pub(crate) fn compute(plan: &Plan, key: usize, length: u8, tenant: &str, kind: &str, value: &[u8]) -> Option<String> {
    let mut text = Vec::new();
    put_made(plan, key, length, tenant, kind, value, &mut text);
    String::from_utf8(text).ok().filter(|text| !text.is_empty())
}

fn put_made(plan: &Plan, key: usize, length: u8, tenant: &str, kind: &str, value: &[u8], out: &mut Vec<u8>) {
    let Some(key) = plan.keyring.get(key) else { return };
    let from = out.len();
    out.extend_from_slice(PREFIX);
    out.extend_from_slice(key.id.as_bytes());
    out.push(b'_');
    put_hex(&mac(&key.mac, &[VERSION, tenant.as_bytes(), kind.as_bytes(), value]), usize::from(length), out);
    let check = mac(&key.mac, &[CHECK_VERSION, out.get(from..).unwrap_or_default()]);
    out.push(b'_');
    put_hex(&check, CHECK_DIGITS, out);
}

/// Whether `text` is a pseudonym that was made with one of the keys.
fn is_own(plan: &Plan, text: &[u8]) -> bool {
    let Some((id, before_check, check)) = parts(text) else { return false };
    plan.keyring.by_id(id).is_some_and(|key| {
        let mut right = Vec::with_capacity(CHECK_DIGITS);
        put_hex(&mac(&key.mac, &[CHECK_VERSION, before_check]), CHECK_DIGITS, &mut right);
        right == check
    })
}

/// Whether `text` is of the form of a pseudonym.
pub(super) fn is_formed(text: &[u8]) -> bool {
    parts(text).is_some()
}

/// The id of the key, what the check is over, and the check.
fn parts(text: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let mut fields = text.strip_prefix(PREFIX)?.split(|byte| *byte == b'_');
    let (id, value, check) = (fields.next()?, fields.next()?, fields.next()?);
    let is_hex = |digits: &[u8]| digits.iter().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
    let is_formed = fields.next().is_none()
        && core::str::from_utf8(id).is_ok_and(is_id)
        && (16..=32).contains(&value.len())
        && value.len().is_multiple_of(2)
        && check.len() == CHECK_DIGITS
        && is_hex(value)
        && is_hex(check);
    let before_check = text.get(..text.len().checked_sub(CHECK_DIGITS + 1)?)?;
    is_formed.then_some((id, before_check, check))
}

fn mac(key: &Hmac<Sha256>, fields: &[&[u8]]) -> [u8; 32] {
    let mut mac = key.clone();
    for field in fields {
        mac.update(&(field.len() as u64).to_be_bytes());
        mac.update(field);
    }
    mac.finalize().into_bytes().into()
}

/// Appends the first `digits` hexadecimal digits of `bytes`.
fn put_hex(bytes: &[u8], digits: usize, out: &mut Vec<u8>) {
    let nibbles = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    out.extend(nibbles.take(digits).map(|nibble| if nibble < 10 { b'0' + nibble } else { b'a' + nibble - 10 }));
}

/// Where a value is remembered. Whoever makes values meet there makes them forget each other, and nothing else.
fn place(id: u16, value: &[u8]) -> usize {
    let hash = value
        .iter()
        .take(LONGEST)
        .fold(usize::from(id), |hash, &byte| hash.wrapping_mul(31).wrapping_add(usize::from(byte)));
    (hash ^ hash >> 5) % PLACES
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::Keys;
    use crate::policy::{Keyring, Policy, compile};

    fn plan() -> Plan {
        let keys = Keys::new().add("team", "RkFLRS1FWEFNUExFLUtFWS0wMDAwLTAwMDAtMDAwMCE=");
        compile(&Policy::default(), Keyring::read(&keys).unwrap()).unwrap()
    }

    fn pseudonym(tenant: &str, length: u8) -> String {
        compute(&plan(), 0, length, tenant, "email", b"alice.smith@example.com").unwrap()
    }

    /// Scenario: one address, by two lengths and with two tenants.
    /// Guarantees: what Python's `hmac` makes of the same lists of fields.
    #[test]
    fn pseudonyms_are_what_the_format_says() {
        assert_eq!(pseudonym("", 16), "hmac_team_9512976221445c43_1706f10b");
        assert_eq!(pseudonym("acme", 16), "hmac_team_f54ce6d2c9a76f49_c71bf95f");
        assert_eq!(pseudonym("", 32), "hmac_team_9512976221445c431abafbd188bf365f_cf0f3859");
    }

    /// Scenario: a pseudonym with each of its bytes changed, texts of its form, and texts around it.
    /// Guarantees: only what the key's holder made is left alone (I1).
    #[test]
    fn only_the_keys_holder_makes_one() {
        let (plan, good) = (plan(), pseudonym("acme", 20));
        assert!(is_own(&plan, good.as_bytes()));
        for at in 0..good.len() {
            let mut other = good.clone().into_bytes();
            if let Some(byte) = other.get_mut(at) {
                *byte = if *byte == b'0' { b'1' } else { b'0' };
            }
            assert!(!is_own(&plan, &other), "{}", String::from_utf8_lossy(&other));
        }
        for text in [
            "hmac_team_0123456789abcdef_01234567",
            "hmac_other_9512976221445c43_1706f10b",
            "hmac_team_9512976221445c43_1706f10b_",
            "hmac_team_9512976221445c43",
            "hmac_team_9512976221445C43_1706F10B",
            "hmac_team",
            "",
        ] {
            assert!(!is_own(&plan, text.as_bytes()), "{text}");
        }
        assert!(
            !is_formed(b"hmac_team_0123456789abcde_01234567") && !is_formed(b"hmac_TEAM_0123456789abcdef_01234567")
        );
    }

    #[test]
    fn every_pseudonym_is_one_clean_word() {
        let longest = "hmac_abcdefghijklmnop_4111111111111111411111111111111_41111111";
        for text in ["hmac_team_4111111111111111_41111111", "hmac_a_5555555555554444_55555555", longest] {
            assert!(
                crate::codex::is_word(text.as_bytes()) && crate::detect::Detectors::all().is_clean(text.as_bytes())
            );
        }
    }

    /// Scenario: one value again and again, with another tenant between.
    /// Guarantees: what is remembered is what would be computed (I6).
    #[test]
    fn what_is_remembered_is_forgotten_with_the_batch() {
        let keys = Keys::new().add("team", "RkFLRS1FWEFNUExFLUtFWS0wMDAwLTAwMDAtMDAwMCE=");
        let policy = Policy::parse(r#"{"redact":{"attributes":{"mail":"hmac","user.email":"hmac"}}}"#).unwrap();
        let plan = compile(&policy, Keyring::read(&keys).unwrap()).unwrap();
        let email = plan.pseudonyms.iter().position(|pseudonym| pseudonym.kind == "email").unwrap() as u16;
        let mut pseudonyms = Pseudonyms::default();
        for (tenant, expected) in [
            (None, "hmac_team_9512976221445c43_1706f10b"),
            (Some("acme"), "hmac_team_f54ce6d2c9a76f49_c71bf95f"),
            (None, "hmac_team_9512976221445c43_1706f10b"),
        ] {
            pseudonyms.begin(tenant);
            for _ in 0..2 {
                let mut out = Vec::new();
                pseudonyms.put(&plan, email, b"alice.smith@example.com", &mut out);
                assert_eq!(out, expected.as_bytes());
            }
        }
    }

    #[test]
    fn numbers_are_the_same_in_both_encodings() {
        for (json, text) in
            [("12", "12"), ("-7", "-7"), ("1.50", "1.5"), ("1e3", "1000"), ("1.0", "1"), ("-0", "0"), ("-0.0", "0")]
        {
            assert_eq!(decimal(json.as_bytes()), text.as_bytes(), "{json}");
        }
        assert_eq!((decimal_of(1000.0), decimal_of(-0.0)), (b"1000".to_vec(), b"0".to_vec()));
    }
}
