//! Says what a policy does, a sentence a line, for the person who has to answer for it.
//!
//! Must not decide anything: it only reads what the types say. Keeps I1: allowed values are counted and never shown,
//! and names are escaped, for the lines go to terminals and logs.
//!
//! What a person should stop at begins with `warning: `: content that leaves, and eyes that are shut.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::codex;
use crate::detect::{Custom, DETECTORS, Pattern};
use crate::policy::actions::{Base, Cut, FindingAction, Treatment};
use crate::policy::document::{
    AttributeType, Catalogue, Detect, Normalise, Policy, Redact, Semconv, Unknown, UnknownAction, UnknownFields,
};
use crate::policy::records::{RecordAction, RecordRule};
use crate::policy::target;
use crate::policy::tenant;
use crate::policy::words;

/// What `policy` does: its defaults, its rules, then its warnings. `key` is the key that is meant where none is named.
pub(crate) fn explain(policy: &Policy, key: Option<&str>) -> Vec<String> {
    let mut lines = Lines::default();
    lines.say("prompts, tool arguments and output, responses, rationales, error texts, record bodies, file paths and what names a person or a machine are masked wherever they stand, unless a rule below says otherwise");
    if let Some(key) = key {
        lines.say(format!(
            "of these, e-mail addresses and account ids are replaced by pseudonyms by the key {key}, unless a rule below says otherwise"
        ));
    }
    if let Some(tenancy) = &policy.tenant {
        let (said, warnings) = tenant::explain(tenancy);
        said.iter().for_each(|line| lines.say(line));
        warnings.iter().for_each(|line| lines.warn(line));
    }
    explain_detect(&policy.detect, &mut lines);
    explain_unknown(&policy.unknown, &mut lines);
    explain_normalise(&policy.normalise, &mut lines);
    explain_catalogue(&policy.catalogue, &mut lines);
    explain_redact(&policy.redact, &policy.catalogue, &mut lines);
    for rule in &policy.records {
        explain_record(rule, &mut lines);
    }
    if policy.audit_record {
        lines.say("each record says how much was done to it, as counts under airlock.*; what else is sent there goes");
    }
    if policy.shadow {
        lines.warn(
            "shadow: nothing of this is done; values leave as they came, and the report says what would have been done",
        );
    }
    lines.finish()
}

// Warnings are put aside and come last, where they are read.
#[derive(Default)]
struct Lines {
    said: Vec<String>,
    warnings: Vec<String>,
}

impl Lines {
    fn say(&mut self, line: impl ToString) {
        self.said.push(line.to_string());
    }

    fn warn(&mut self, line: impl ToString) {
        self.warnings.push(format!("warning: {}", line.to_string()));
    }

    fn finish(mut self) -> Vec<String> {
        self.said.append(&mut self.warnings);
        self.said
    }
}

fn explain_detect(detect: &Detect, lines: &mut Lines) {
    let running = DETECTORS.len().saturating_sub(detect.disable.len()) + detect.custom.len();
    lines.say(format!(
        "{} look for secrets and personal data in every text that stays, and what they find is masked",
        count(running, "detector")
    ));
    for (id, action) in &detect.actions {
        lines.say(of_finding(id.get().id, action));
    }
    for rule in &detect.custom {
        let id = &rule.detector.id;
        lines.say(own_detector(&rule.detector));
        lines.say(of_finding(id, rule.action.as_ref().unwrap_or(&FindingAction::Mask(None))));
    }
    if !detect.allow.is_empty() {
        let them = if detect.allow.len() == 1 { "it" } else { "them" };
        let values = count(detect.allow.len(), "value");
        lines.say(format!("{values} listed under detect.allow may leave although a detector finds {them}"));
    }
    for id in &detect.disable {
        lines.warn(format!("the detector {} is disabled: what it would find leaves", id.get().id));
    }
}

fn of_finding(id: &str, action: &FindingAction) -> String {
    match action {
        FindingAction::Hmac(_) => format!("what {id} finds is replaced by a pseudonym"),
        FindingAction::Length => format!("of what {id} finds the length stays"),
        FindingAction::Mask(None) => format!("what {id} finds is masked"),
        FindingAction::Mask(Some(text)) => format!("what {id} finds is replaced by \"{text}\""),
        FindingAction::Partial { first, last } => format!("of what {id} finds {} stay", ends(*first, *last)),
    }
}

// Neither the expression nor the texts are shown: a code name is what must not be told.
fn own_detector(detector: &Custom) -> String {
    let mut sentence = match &detector.pattern {
        Pattern::Expression(_) => {
            format!("{} is a detector of the policy's own and finds what an expression matches", detector.id)
        }
        Pattern::Literals { texts, folds } => {
            let case = if *folds { ", in either case" } else { "" };
            format!("{} is a detector of the policy's own and finds {}{case}", detector.id, count(texts.len(), "text"))
        }
    };
    match detector.near.len() {
        0 => {}
        1 => sentence.push_str(", where a word stands near"),
        words => sentence.push_str(&format!(", where one of {words} words stands near")),
    }
    if let Some(validator) = detector.validator {
        sentence.push_str(&format!(", if it passes the check {}", validator.name));
    }
    sentence
}

// The two lists are told apart since an unknown event says less about its attributes than a known one does.
fn explain_unknown(unknown: &Unknown, lines: &mut Lines) {
    for (what, action) in [
        ("attributes that are not in the catalogue", unknown.attributes),
        ("attributes of events that are not in the catalogue", unknown.events),
    ] {
        match action {
            UnknownAction::Drop => lines.say(format!("{what} are dropped")),
            // Both let through text that nobody has judged; the detectors know secrets and addresses, not source code.
            UnknownAction::Keep | UnknownAction::Scan => {
                lines.warn(format!("{what} stay, but for what the detectors find in them: new kinds of content leave"))
            }
            UnknownAction::Mask => lines.say(format!("{what} are masked")),
            UnknownAction::Refuse => lines.say(format!("a batch with {what} is refused")),
            UnknownAction::Word => {
                lines.say(format!("{what} stay only if they are a number or one short, clean word; others are masked"));
            }
        }
    }
    lines.say(match unknown.fields {
        UnknownFields::Drop => "fields that the encoding does not have are dropped",
        UnknownFields::Refuse => "a batch with fields that the encoding does not have is refused",
    });
}

// What is off is told as well: a dashboard that stays empty begins here.
fn explain_normalise(normalise: &Normalise, lines: &mut Lines) {
    for (on, done, left) in [
        (normalise.event_name, "event names are set from event.name", "event names are left as they were sent"),
        (normalise.time, "missing times are set from event.timestamp", "missing times are left missing"),
        (
            normalise.types,
            "values sent as text get their types and one spelling",
            "values keep the types that were sent",
        ),
        (
            normalise.tools,
            "tool names, servers and exit codes are given one form",
            "tool names are left as they were sent",
        ),
    ] {
        lines.say(if on { done } else { left });
    }
    lines.say(match normalise.semconv {
        Semconv::Add => "OpenTelemetry's names are added beside the names that Codex gives",
        Semconv::None => "OpenTelemetry's names are not added",
        Semconv::Rename => "OpenTelemetry's names replace the names that Codex gives",
    });
}

fn explain_catalogue(catalogue: &Catalogue, lines: &mut Lines) {
    let mut known = |names: &[(String, AttributeType)], of: &str| {
        for (name, attribute) in names {
            let verdict = if attribute.sensitive { "sensitive" } else { "harmless" };
            lines.say(format!("the attribute {}{of} is known as {verdict}", shown(name)));
        }
    };
    known(&catalogue.attributes, "");
    for (event, names) in &catalogue.events {
        known(names, &format!(" of {}", shown(event)));
    }
    for (event, _) in &catalogue.events {
        lines.say(format!("the event {} is known", shown(event)));
    }
}

fn explain_redact(redact: &Redact, catalogue: &Catalogue, lines: &mut Lines) {
    let sensitive = |name: &str| is_sensitive(name, catalogue);
    if let Some(treatment) = &redact.body {
        rule("the body of every record", true, treatment, lines);
    }
    for (target, treatment) in &redact.body_nested {
        rule(&format!("the place {} of every record", shown(&target.to_string())), true, treatment, lines);
    }
    for (rules, of) in [
        (&redact.resource, "the resource attribute"),
        (&redact.scope, "the scope attribute"),
        (&redact.attributes, "the attribute"),
    ] {
        for (target, treatment) in rules {
            rule(&format!("{of} {}", shown(&target.to_string())), sensitive(&target.name), treatment, lines);
        }
    }
    for (event, rules) in &redact.events {
        for (target, treatment) in rules {
            let is_body = target.name == "body";
            let place = match (is_body, target.pointer.is_empty()) {
                (true, true) => format!("the body of {}", shown(event)),
                (true, false) => format!("the place {} of {}", shown(&target.to_string()), shown(event)),
                (false, _) => format!("the attribute {} of {}", shown(&target.to_string()), shown(event)),
            };
            rule(&place, is_body || sensitive(&target.name), treatment, lines);
        }
    }
}

fn explain_record(rule: &RecordRule, lines: &mut Lines) {
    let mut which = match &rule.event {
        Some(event) => format!("records of {}", shown(event)),
        None => "records of any event".to_string(),
    };
    let list = |names: &[String]| {
        words::list(names.iter().map(String::as_str).map(shown).collect::<Vec<_>>().iter().map(String::as_str))
    };
    if !rule.with.is_empty() {
        which += &format!(" with {}", list(&rule.with));
    }
    if !rule.without.is_empty() {
        which += &format!(" without {}", list(&rule.without));
    }
    for (name, texts) in &rule.equals {
        let texts: Vec<String> = texts.iter().map(|text| words::quote(text)).collect();
        which += &format!(" where {} is {}", shown(name), texts.join(" or "));
    }
    let done = match rule.action {
        RecordAction::Drop => "are left out".to_string(),
        RecordAction::Keep => "stay".to_string(),
        RecordAction::Sample { keep, of } => format!("stay in {keep} of {of} conversations"),
    };
    let spared = if rule.takes_usage { "" } else { ", unless they carry usage" };
    lines.say(format!("{which} {done}{spared}"));
    if rule.takes_usage && rule.action != RecordAction::Keep {
        lines.warn(format!(
            "{which} {done} although they carry usage: what was used and what it cost no longer adds up"
        ));
    }
}

// One rule, and its warning. A cut of something sensitive has none: whoever gave a number of characters has seen it.
fn rule(place: &str, sensitive: bool, treatment: &Treatment, lines: &mut Lines) {
    lines.say(format!("{place} {}", done(treatment)));
    match (&treatment.base, treatment.cut) {
        (Base::KeepUnscanned, _) => lines.warn(format!("{place} leaves as it came, with any secret that stands in it")),
        (Base::Keep | Base::Scan, None) if sensitive => {
            lines.warn(format!("{place} is sensitive by its name and leaves, but for what the detectors find in it"));
        }
        _ => {}
    }
}

fn done(treatment: &Treatment) -> String {
    let base = match &treatment.base {
        Base::Drop => "is dropped",
        Base::Hmac(_) => "is replaced by a pseudonym",
        Base::Keep | Base::Scan => "stays, but for what the detectors find in it",
        Base::KeepUnscanned => "stays as it came, unseen by the detectors",
        Base::Length => "is replaced by its length",
        Base::Mask(None) => "is masked",
        Base::Mask(Some(text)) => return format!("is replaced by \"{text}\""),
        Base::Word => "stays only if it is a number or one short, clean word",
    };
    match treatment.cut {
        None => base.to_string(),
        Some(Cut::Partial { first, last }) => format!("{base}, and of that only {}", ends(first, last)),
        Some(Cut::Truncate(most)) => {
            format!("{base}, and of that only the first {}", count(most as usize, "character"))
        }
    }
}

fn ends(first: u32, last: u32) -> String {
    match (first, last) {
        (first, 0) => format!("the first {}", count(first as usize, "character")),
        (0, last) => format!("the last {}", count(last as usize, "character")),
        (first, last) => format!("the first {first} and the last {}", count(last as usize, "character")),
    }
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

// By its name alone, as the rules take it: what the catalogue or the policy calls sensitive in one event is sensitive
// in all of them, for the event of a record may be unclear.
fn is_sensitive(name: &str, catalogue: &Catalogue) -> bool {
    let folded = target::fold(name);
    let of_events = catalogue.events.iter().flat_map(|(_, attributes)| attributes);
    codex::is_sensitive(folded.as_bytes())
        || catalogue
            .attributes
            .iter()
            .chain(of_events)
            .any(|(known, kind)| kind.sensitive && target::fold(known) == folded)
}

// A name as it stands in a sentence: quoted unless nothing about it could be misread.
fn shown(name: &str) -> String {
    let readable = |byte: u8| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\';
    if !name.is_empty() && name.len() <= 64 && name.bytes().all(readable) {
        name.to_string()
    } else {
        words::quote(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        explain(&Policy::parse(text).unwrap(), None)
    }

    fn has(text: &str, line: &str) {
        let lines = lines(text);
        assert!(lines.iter().any(|said| said == line), "{line}\n{lines:#?}");
    }

    fn warnings(text: &str) -> Vec<String> {
        lines(text).into_iter().filter(|line| line.starts_with("warning: ")).collect()
    }

    #[test]
    fn the_default_is_told_and_warns_of_nothing() {
        assert!(warnings("{}").is_empty());
        assert_eq!(lines("{}").len(), 10);
        has(
            "{}",
            "attributes that are not in the catalogue stay only if they are a number or one short, clean word; others are masked",
        );
        has("{}", "OpenTelemetry's names are added beside the names that Codex gives");
    }

    #[test]
    fn rules_are_told_in_words() {
        let text = |rule: &str| format!(r#"{{"redact":{{"attributes":{{"user.email":{rule}}}}}}}"#);
        for (rule, done) in [
            (r#""drop""#, "is dropped"),
            (r#""length""#, "is replaced by its length"),
            (r#"{"mask":"[x]"}"#, "is replaced by \"[x]\""),
            (
                r#"{"partial":{"first":2,"last":1}}"#,
                "stays, but for what the detectors find in it, and of that only the first 2 and the last 1 character",
            ),
            (
                r#"["word",{"truncate":9}]"#,
                "stays only if it is a number or one short, clean word, and of that only the first 9 characters",
            ),
        ] {
            has(&text(rule), &format!("the attribute user.email {done}"));
            assert!(warnings(&text(rule)).is_empty(), "{rule}");
        }
        has(
            r#"{"redact":{"events":{"codex.tool_result":{"body":"drop"}}}}"#,
            "the body of codex.tool_result is dropped",
        );
        let action = r#"{"detect":{"actions":{"email":{"partial":{"last":2}}}}}"#;
        has(action, "of what email finds the last 2 characters stay");
    }

    /// Scenario: each way in which content may leave.
    /// Guarantees: each has its warning, at the end, and nothing else has one.
    #[test]
    fn what_lets_content_out_is_warned_of() {
        let keep = "is sensitive by its name and leaves, but for what the detectors find in it";
        for (text, warning) in [
            (
                r#"{"redact":{"attributes":{"a b":"keep-unscanned"}}}"#,
                r#"the attribute "a b" leaves as it came, with any secret that stands in it"#.to_string(),
            ),
            (r#"{"redact":{"attributes":{"Prompt":"keep"}}}"#, format!("the attribute Prompt {keep}")),
            (r#"{"redact":{"body":"scan"}}"#, format!("the body of every record {keep}")),
            (
                r#"{"redact":{"events":{"codex.tool_result":{"output":"scan"}}}}"#,
                format!("the attribute output of codex.tool_result {keep}"),
            ),
            (
                r#"{"catalogue":{"attributes":{"mood":{"type":"string"}}},"redact":{"attributes":{"mood":"keep"}}}"#,
                format!("the attribute mood {keep}"),
            ),
            (
                r#"{"detect":{"disable":["email"]}}"#,
                "the detector email is disabled: what it would find leaves".to_string(),
            ),
            (
                r#"{"unknown":{"attributes":"keep"}}"#,
                "attributes that are not in the catalogue stay, but for what the detectors find in them: new kinds of content leave".to_string(),
            ),
        ] {
            assert_eq!(warnings(text), [format!("warning: {warning}")], "{text}");
            assert!(lines(text).last().unwrap().starts_with("warning: "));
        }
        assert!(warnings(r#"{"redact":{"attributes":{"model":"keep"}}}"#).is_empty());
    }

    #[test]
    fn records_that_are_left_out_are_told() {
        let text = r#"{"records":[
            {"event":"codex.sse_event","without":["error.message"],"equals":{"event.kind":["a","b"]},"action":"drop"},
            {"with":["x"],"usage":"drop","action":{"sample":{"keep":1,"of":100}}}
        ]}"#;
        has(
            text,
            r#"records of codex.sse_event without error.message where event.kind is "a" or "b" are left out, unless they carry usage"#,
        );
        assert_eq!(
            warnings(text),
            [
                "warning: records of any event with x stay in 1 of 100 conversations although they carry usage: what was used and what it cost no longer adds up"
            ]
        );
    }

    /// Scenario: detectors of the policy's own.
    /// Guarantees: what they are and what happens to what they find; neither an expression nor a text is shown.
    #[test]
    fn own_detectors_are_told_in_words() {
        let text = r#"{"detect":{"custom":[
            {"id":"ticket","regex":"ACME-\\d+","near":["case"],"validator":"luhn","action":"length"},
            {"id":"codename","literal":["Bluefin","Acme"],"ignore-case":true}
        ]}}"#;
        has(
            text,
            "ticket is a detector of the policy's own and finds what an expression matches, where a word stands near, if it passes the check luhn",
        );
        has(text, "of what ticket finds the length stays");
        has(text, "codename is a detector of the policy's own and finds 2 texts, in either case");
        has(text, "what codename finds is masked");
        assert!(lines(text).iter().all(|line| !line.contains("ACME") && !line.contains("Bluefin")));
    }

    #[test]
    fn allowed_values_are_counted_and_not_shown() {
        let text = r#"{"detect":{"allow":["ops@corp.example"]}}"#;
        has(text, "1 value listed under detect.allow may leave although a detector finds it");
        assert!(lines(text).iter().all(|line| !line.contains("corp")));
    }
}
