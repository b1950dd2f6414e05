//! What becomes of one value, of any kind and depth.
//!
//! Must not know records: which rule is in force is given, what stands inside is asked of the rules by name.

use super::json::mask_of;
use super::select::{Place, Rule, Rules};
use super::shared::codex::{self, Shape};
use super::shared::detect::Detectors;
use super::shared::policy::{Base, UnknownAction};
use super::text::{Looker, MAX_NAME, MAX_VALUE, chars, is_cut_word, is_whole_mark, length_mark};
use crate::message::{AnyValue, KeyValue, Kind};

/// Asks what becomes of values in one place of a batch.
pub(super) struct Redactor<'o> {
    pub(super) rules: &'o Rules,
    pub(super) detectors: &'o Detectors,
    pub(super) place: &'o Place,
    /// Whose the batch is, or nothing.
    pub(super) tenant: &'o str,
}

impl Redactor<'_> {
    fn looker(&self) -> Looker<'_> {
        Looker { rules: self.rules, detectors: self.detectors, place: self.place, tenant: self.tenant }
    }

    /// What stands in place of a value: itself, another, or nothing.
    pub(super) fn treat(&self, rule: &Rule, name: &str, value: Option<AnyValue>) -> Option<Option<AnyValue>> {
        self.treat_at(rule, rule, name, value, &mut Vec::new())
    }

    fn treat_at(
        &self,
        root: &Rule,
        rule: &Rule,
        name: &str,
        value: Option<AnyValue>,
        path: &mut Vec<String>,
    ) -> Option<Option<AnyValue>> {
        let base = &rule.treatment.base;
        if *base == Base::Drop {
            return None;
        }
        let Some(AnyValue { value: Some(kind) }) = value else { return Some(value) };
        if *base == Base::KeepUnscanned {
            return Some(Some(AnyValue { value: Some(kind) }));
        }
        let masks = matches!(base, Base::Hmac(_) | Base::Mask(_) | Base::Length) || rule.treatment.cut.is_some();
        let mask = || Kind::StringValue(mask_of(rule).to_owned());
        let length = |count, unit| Kind::StringValue(length_mark(count, unit));
        let descends = matches!(base, Base::Keep | Base::Scan) && rule.treatment.cut.is_none();
        let kind = match kind {
            Kind::StringValue(text) => Kind::StringValue(self.string(root, rule, name, &text, path).unwrap_or(text)),
            Kind::IntValue(number) if matches!(base, Base::Hmac(_)) => self.decimal(rule, number.to_string()),
            Kind::DoubleValue(number) if matches!(base, Base::Hmac(_)) => {
                self.decimal(rule, (number + 0.0).to_string())
            }
            Kind::BoolValue(_) | Kind::IntValue(_) | Kind::DoubleValue(_) if masks => mask(),
            Kind::IntValue(number) if rule.shape != Shape::Int => self.number(number).unwrap_or(kind),
            Kind::DoubleValue(number) if rule.shape != Shape::Double && number.abs() < 1e19 => {
                self.number(number as i64).unwrap_or(kind)
            }
            Kind::BoolValue(_) | Kind::IntValue(_) | Kind::DoubleValue(_) => kind,
            _ if matches!(base, Base::Hmac(_) | Base::Mask(_)) => mask(),
            Kind::BytesValue(_) if *base == Base::Keep && rule.is_explicit => kind,
            Kind::BytesValue(bytes) => length(bytes.len(), "bytes"),
            Kind::ArrayValue(mut array) if descends => {
                let mut values = Vec::new();
                for (index, element) in array.values.drain(..).enumerate() {
                    path.push(index.to_string());
                    let in_force = pointed(root, path).unwrap_or(rule).clone();
                    let treated = self.treat_at(root, &in_force, "", Some(element), path);
                    values.extend(treated.flatten());
                    path.pop();
                }
                array.values = values;
                Kind::ArrayValue(array)
            }
            Kind::KvlistValue(mut list) if descends => {
                let mut values = Vec::new();
                for KeyValue { key, value, key_strindex } in list.values.drain(..) {
                    if !self.is_plain_key(&key) {
                        continue;
                    }
                    path.push(key.clone());
                    let own = self.rules.nested_rule(self.place, &key);
                    let in_force = pointed(root, path).cloned().or(own).unwrap_or_else(|| rule.clone());
                    if let Some(value) = self.treat_at(root, &in_force, &key, value, path) {
                        values.push(KeyValue { key, value, key_strindex });
                    }
                    path.pop();
                }
                list.values = values;
                Kind::KvlistValue(list)
            }
            Kind::ArrayValue(array) => length(array.values.len(), "items"),
            Kind::KvlistValue(list) => length(list.values.len(), "items"),
            Kind::StringValueStrindex(_) => unreachable!("such a batch is refused"),
        };
        Some(Some(AnyValue { value: Some(kind) }))
    }

    /// What stands in place of a text, if that is not the text.
    fn string(&self, root: &Rule, rule: &Rule, name: &str, text: &str, path: &[String]) -> Option<String> {
        let closed = rule.shape.is_closed() && rule.shape.holds(text.as_bytes());
        let length =
            || if is_whole_mark(self.detectors, text) { None } else { Some(length_mark(chars(text), "chars")) };
        match &rule.treatment.base {
            Base::KeepUnscanned | Base::Drop => None,
            Base::Mask(_) if mask_of(rule) == text => None,
            Base::Mask(_) if rule.shape_is_exempt && rule.shape.holds(text.as_bytes()) => None,
            Base::Mask(_) => Some(mask_of(rule).to_owned()),
            Base::Length => length(),
            Base::Hmac(_) if text.len() > MAX_VALUE => length(),
            Base::Hmac(hmac) => self.rules.keyring.pseudonym(self.detectors, hmac, self.tenant, &rule.kind, text),
            Base::Word if closed => None,
            Base::Word => {
                let is_word = codex::is_word(text.as_bytes());
                match (is_word && self.detectors.is_clean_named(name.as_bytes(), text.as_bytes()), rule.treatment.cut) {
                    (true, None) => None,
                    (true, Some(_)) => self.looker().treat(root, rule, name, text, path),
                    _ if text.is_empty() => None,
                    (false, Some(cut)) if is_cut_word(self.detectors, cut, name, text) => None,
                    _ => length(),
                }
            }
            Base::Keep | Base::Scan if rule.treatment.cut.is_none() && closed => None,
            Base::Keep | Base::Scan if text.len() > MAX_VALUE || rule.is_capped && text.len() > MAX_NAME => length(),
            Base::Keep | Base::Scan => {
                let most = if rule.is_capped { MAX_NAME } else { MAX_VALUE };
                let treated = self.looker().treat(root, rule, name, text, path)?;
                if treated.len() > most { length() } else { Some(treated) }
            }
        }
    }

    /// The pseudonym of a number's decimal text.
    fn decimal(&self, rule: &Rule, number: String) -> Kind {
        let Base::Hmac(hmac) = &rule.treatment.base else { unreachable!("the rule was looked at") };
        Kind::StringValue(
            self.rules.keyring.pseudonym(self.detectors, hmac, self.tenant, &rule.kind, &number).unwrap_or(number),
        )
    }

    /// A number of as many digits as a card has is looked at as text.
    fn number(&self, number: i64) -> Option<Kind> {
        let digits = number.unsigned_abs().to_string();
        if digits.len() < 12 {
            return None;
        }
        self.looker().scan("", &digits).map(Kind::StringValue)
    }

    /// A text of the envelope: an identifier, or what the policy lets stand.
    pub(super) fn name(&self, name: &str, is_event_name: bool) -> String {
        if name.is_empty() || is_whole_mark(self.detectors, name) {
            return name.to_owned();
        }
        let allowed = self.allows_text();
        let known = is_identifier(name) || is_event_name && is_call_site(name);
        let may_stay = name.len() <= MAX_NAME && (known || allowed);
        if may_stay && self.detectors.is_clean(name.as_bytes()) {
            return name.to_owned();
        }
        if may_stay && allowed {
            let scanned = self.looker().scan("", name).unwrap_or_else(|| name.to_owned());
            return if scanned.len() > MAX_NAME { length_mark(chars(name), "chars") } else { scanned };
        }
        length_mark(chars(name), "chars")
    }

    /// Whether a key may stay.
    pub(super) fn is_plain_key(&self, key: &str) -> bool {
        let fits = key.len() <= MAX_NAME && (is_identifier(key) || self.allows_text());
        fits && self.detectors.is_clean(key.as_bytes())
    }

    fn allows_text(&self) -> bool {
        matches!(self.rules.policy.unknown.attributes, UnknownAction::Keep | UnknownAction::Scan)
    }
}

fn pointed<'r>(root: &'r Rule, path: &[String]) -> Option<&'r Rule> {
    root.nested.iter().find(|(pointer, _)| pointer == path).map(|(_, rule)| rule)
}

fn is_identifier(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._:+-/".contains(&byte))
}

/// `event otel/src/events.rs:703`.
fn is_call_site(name: &str) -> bool {
    let Some((file, line)) = name.strip_prefix("event ").and_then(|place| place.rsplit_once(':')) else { return false };
    let is_line = !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit());
    is_line && file.ends_with(".rs") && is_identifier(file)
}
