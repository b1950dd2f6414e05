//! OTLP/JSON as the core reads it: each rule of what is read and what is refused is a test here.
//!
//! Must not look at what a policy does. Holds I2: what two receivers could read differently is refused, with the byte of
//! the text and the reason; and I5: every bound holds in JSON too.

#![allow(clippy::expect_used, clippy::panic, clippy::string_slice, reason = "a test fails loudly")]

use std::sync::LazyLock;

use airlock::{Admission, Airlock, Encoding, Keys, Verdict};
use testkit::generate::policies::keep_everything;

const TWICE: &str = "ambiguous: an object has a member twice";
const WRONG_TYPE: &str = "malformed: a value of another type than its field's; is this a batch of logs?";
const NOT_WHOLE: &str = "malformed: a whole number is not written as one";
const TOO_WIDE: &str = "malformed: a number does not fit its field";

/// What becomes of a text under a policy that keeps everything.
fn run(text: &[u8]) -> Result<(Verdict, Vec<u8>, String), (String, usize)> {
    // Opening a policy takes longer than most of what is tested here.
    static OPEN: LazyLock<Airlock> =
        LazyLock::new(|| Airlock::open(&keep_everything().to_string(), &Keys::new()).expect("the policy is right"));
    let mut worker = OPEN.worker();
    let outcome = worker
        .process(text, Encoding::Json, &Admission::none())
        .map_err(|error| (format!("{}: {}", error.kind().name(), error.reason()), error.offset()))?;
    Ok((outcome.verdict, outcome.batch.to_vec(), outcome.report.to_json()))
}

/// Read, and left as it is.
#[track_caller]
fn read(text: &str) {
    let ran = run(text.as_bytes()).unwrap_or_else(|error| panic!("{error:?}: {text}"));
    assert_eq!((ran.0, ran.1), (Verdict::Unchanged, text.as_bytes().to_vec()), "{text}");
}

/// Refused with this reason, at the byte that `^` stands before, which is not part of the text.
#[track_caller]
fn refused(text: &str, reason: &str) {
    let at = text.find('^').expect("the place is marked");
    let text = text.replacen('^', "", 1);
    let error = run(text.as_bytes()).expect_err(&text);
    assert_eq!((error.0.as_str(), error.1), (reason, at), "{text}");
}

/// A batch of one record with these members.
fn record(members: &str) -> String {
    format!(r#"{{"resourceLogs":[{{"scopeLogs":[{{"logRecords":[{{{members}}}]}}]}}]}}"#)
}

/// A batch of one record with one attribute of this value.
fn value(value: &str) -> String {
    record(&format!(r#""attributes":[{{"key":"model","value":{value}}}]"#))
}

#[test]
fn a_batch_is_one_object() {
    for text in ["{}", " {\r\n\t} ", r#"{"resourceLogs":[]}"#, r#"{"resource_logs":null}"#, r#"{"resourceLogs":[{}]}"#]
    {
        read(text);
    }
    refused("^[]", "malformed: a batch is a JSON object");
    refused("^null", "malformed: a batch is a JSON object");
    refused("^", "malformed: text ends in the middle");
    refused("{}^{}", "malformed: something stands behind the end");
    refused("{}^\0", "malformed: something stands behind the end");
    refused("^\u{feff}{}", "malformed: batch begins with a byte order mark");
    let error = run(b"\xff\xfe{\0}\0").expect_err("UTF-16 is refused");
    assert_eq!(error, ("malformed: no JSON value begins here".into(), 0));
}

#[test]
fn a_member_twice_is_refused_in_any_spelling() {
    for (one, other) in [
        ("flags", "flags"),
        ("traceId", "trace_id"),
        ("trace_id", r"\u0074race_id"),
        ("new", "new"),
        ("newThing", "new_thing"),
        ("newThing", "new__thing"),
    ] {
        refused(&record(&format!(r#""{one}":null,^"{other}":null"#)), TWICE);
    }
    refused(&value(r#"{"intValue":null,^"int_value":"1"}"#), TWICE);
    refused(&record(r#""attributes":[{"key":"a",^"key":"a"}]"#), TWICE);
    refused(r#"{"resourceLogs":[],^"resource_logs":[]}"#, TWICE);
    read(&record(r#""flags":1,"trace_id":"","spanId":"""#));
}

/// Scenario: a member that is spelt neither as a field is nor in snake_case, and that some reader takes for the field; the
/// field itself beside it or not.
/// Guarantees: refused at once: normalisation might put the field beside it, and then it would stand there twice (I2).
#[test]
fn a_member_that_is_nearly_a_field_is_refused() {
    let nearly = "ambiguous: a member is spelt nearly as a field is; some reader takes it for that";
    for name in ["event__name", "event_Name", "eventName_", "attributes_", r"time_unix\u005f_nano"] {
        refused(&record(&format!(r#"^"{name}":null"#)), nearly);
    }
    refused(&record(r#""attributes":null,^"attributes_":null"#), nearly);
    refused(&record(r#""attributes":[{"key":"a",^"key_":"a"}]"#), nearly);
    refused(&record(r#""attributes":[{^"value_":{},"key":"a"}]"#), nearly);
    refused(&value(r#"{"arrayValue":{^"values_":[]}}"#), nearly);
    refused(r#"{"resourceLogs":[{^"resource_":{}}]}"#, nearly);
    refused(r#"{^"resource_Logs":[]}"#, nearly);
    // These are members that no schema names, and go.
    let (verdict, ..) = run(record(r#""eventname":1,"EventName":2,"event-name":3"#).as_bytes()).expect("it is read");
    assert_eq!(verdict, Verdict::Rewritten);
}

#[test]
fn a_member_needs_a_name() {
    refused(&record(r#"^"":1"#), "malformed: a member's name is empty");
    refused(&value(r#"{^"":1}"#), "malformed: a member's name is empty");
}

#[test]
fn a_value_has_one_kind() {
    read(&value("{}"));
    read(&value("null"));
    read(&value(r#"{"stringValue":null,"int_value":-1,"bytesValue":null}"#));
    refused(&value(r#"{"stringValue":"a",^"intValue":1}"#), "ambiguous: an AnyValue holds two values");
    refused(&value(r#"{"arrayValue":{},^"boolValue":true}"#), "ambiguous: an AnyValue holds two values");
    refused(&value(r#"{^"dateValue":1}"#), "unsupported: this kind of AnyValue is not known");
    let table = "unsupported: string_value_strindex is not read: its table is elsewhere";
    refused(&value(r#"{^"stringValueStrindex":1}"#), table);
    let table = "unsupported: key_strindex is not read: its table is elsewhere";
    refused(&record(r#""attributes":[{^"key_strindex":1}]"#), table);
}

#[test]
fn a_value_is_an_object() {
    for plain in [r#"^"text""#, "^1", "^[]", "^true"] {
        refused(&value(plain), "malformed: a value is not an AnyValue object");
    }
    refused(&record(r#""body":^"text""#), WRONG_TYPE);
    refused(&record(r#""attributes":^{"model":"a"}"#), WRONG_TYPE);
    refused(&value(r#"{"arrayValue":^[]}"#), WRONG_TYPE);
    refused(&value(r#"{"kvlistValue":{"values":^{}}}"#), WRONG_TYPE);
    refused(&value(r#"{"stringValue":^1}"#), WRONG_TYPE);
    refused(&value(r#"{"boolValue":^"true"}"#), WRONG_TYPE);
    refused(r#"{"resourceLogs":^{}}"#, WRONG_TYPE);
    refused(r#"{"resourceLogs":[^1]}"#, WRONG_TYPE);
}

#[test]
fn null_is_absent_but_no_element() {
    read(&record(r#""timeUnixNano":null,"body":null,"attributes":null,"traceId":null,"eventName":null,"flags":null"#));
    read(r#"{"resourceLogs":[{"resource":null,"scopeLogs":null,"schemaUrl":null}]}"#);
    read(&record(r#""attributes":[{"key":null,"value":null}]"#));
    read(&value(r#"{"kvlistValue":{"values":null}}"#));
    for text in [
        r#"{"resourceLogs":[^null]}"#.to_owned(),
        record(r#""attributes":[^null]"#),
        value(r#"{"arrayValue":{"values":[^null]}}"#),
        value(r#"{"kvlistValue":{"values":[{"key":"a"},^null]}}"#),
    ] {
        refused(&text, "malformed: null stands in an array");
    }
}

#[test]
fn integers_are_numbers_or_strings_and_fit() {
    for number in ["0", "\"-9223372036854775808\"", "9223372036854775807", "-0", r#""\u0031""#] {
        read(&value(&format!(r#"{{"intValue":{number}}}"#)));
    }
    for number in ["1.0", "1e3", "\"1e3\"", "\"\"", "\" 1\"", "\"+1\"", "\"01\"", "\"0x1\""] {
        refused(&value(&format!(r#"{{"intValue":^{number}}}"#)), NOT_WHOLE);
    }
    refused(&value(r#"{"intValue":^9223372036854775808}"#), TOO_WIDE);
    refused(&record(r#""timeUnixNano":^"18446744073709551616""#), TOO_WIDE);
    refused(&record(r#""timeUnixNano":^-1"#), TOO_WIDE);
    refused(&record(r#""flags":^4294967296"#), TOO_WIDE);
    refused(&record(r#""severityNumber":^2147483648"#), TOO_WIDE);
    read(&record(r#""timeUnixNano":18446744073709551615,"flags":"4294967295","severityNumber":-1"#));
}

#[test]
fn doubles_are_numbers_or_the_three_words() {
    for number in ["1", "-1.5e-3", "\"1.5\"", "\"NaN\"", "\"Infinity\"", "\"-Infinity\""] {
        read(&value(&format!(r#"{{"doubleValue":{number}}}"#)));
    }
    for number in ["\"nan\"", "\"inf\"", "\"\"", "1e999", "\".5\""] {
        refused(&value(&format!(r#"{{"doubleValue":^{number}}}"#)), TOO_WIDE);
    }
}

#[test]
fn severities_are_numbers_or_names() {
    read(&record(r#""severityNumber":"SEVERITY_NUMBER_INFO2""#));
    let unknown = "malformed: a severity that the schema does not name";
    refused(&record(r#""severityNumber":^"INFO""#), unknown);
    refused(&record(r#""severityNumber":^"9""#), unknown);
}

#[test]
fn ids_are_hexadecimal_of_any_case() {
    read(&record(r#""traceId":"0123456789abcdefABCDEF0123456789","spanId":"""#));
    refused(&record(r#""traceId":^"0""#), "malformed: an id is not hexadecimal");
    refused(&record(r#""spanId":^"000000000000000g""#), "malformed: an id is not hexadecimal");
}

/// Scenario: ids of other lengths than 16 and 8 bytes.
/// Guarantees: cleared and counted, as in protobuf, with the comma that would be one too many.
#[test]
fn ids_of_a_wrong_length_are_cleared() {
    let text =
        record(r#""flags":1, "traceId":"00" ,"spanId":"00000000000000000""#).replace("00000000000000000", "0000");
    let (verdict, out, report) = run(text.as_bytes()).expect("the batch is read");
    assert_eq!((verdict, out), (Verdict::Rewritten, record(r#""flags":1"#).into_bytes()));
    assert!(report.contains(r#""cleared":{"trace_id":1,"span_id":1}"#), "{report}");
}

#[test]
fn bytes_are_canonical_base64() {
    read(&value(r#"{"bytesValue":"+/8="}"#));
    for bytes in ["-_8=", "+/8", "+/9=", "+/8=\\n", "+"] {
        let text = value(&format!(r#"{{"bytesValue":^"{bytes}"}}"#));
        refused(&text, "malformed: bytes are not in the canonical base64");
    }
}

#[test]
fn strings_are_strict() {
    read(&record(r#""severityText":"a\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00é😀\u0000""#));
    for (inside, reason) in [
        ("\n^", "malformed: a control character in a string"),
        (r"\x^", "malformed: an escape that JSON does not have"),
        (r"\u12g^4", "malformed: an escape that JSON does not have"),
        (r"\ud800^", "malformed: a surrogate without its other half"),
        (r"\ud800\u0041^", "malformed: a surrogate without its other half"),
        (r"\udc00^", "malformed: a surrogate without its other half"),
    ] {
        let text = record(&format!(r#""severityText":"{inside}""#));
        let text = text.replace('^', "");
        let error = run(text.as_bytes()).expect_err("refused");
        assert_eq!(error.0, reason, "{text}");
    }
    for bytes in [&b"\xff"[..], b"\xc0\x80", b"\xed\xa0\x80", b"\xe2\x82"] {
        for member in ["severityText", "unknown"] {
            let text = record(&format!(r#""{member}":"a@""#)).into_bytes();
            let text: Vec<u8> = text
                .iter()
                .flat_map(|byte| if *byte == b'@' { bytes } else { std::slice::from_ref(byte) })
                .copied()
                .collect();
            let error = run(&text).expect_err("refused");
            assert_eq!(error.0, "malformed: string is not UTF-8");
        }
    }
}

/// Scenario: members that no schema names, with anything in them.
/// Guarantees: dropped and counted, each with one comma.
#[test]
fn unknown_members_are_dropped_and_counted() {
    let text = r#"{"a":[{"":[]},null] , "resourceLogs":[ {"b":1,"scopeLogs":[],"c":"\n"} ],"d":{}}"#;
    let (_, out, report) = run(text.as_bytes()).expect("the batch is read");
    assert_eq!(String::from_utf8_lossy(&out), r#"{"resourceLogs":[ {"scopeLogs":[]} ]}"#);
    assert!(report.contains(r#""fields":4"#), "{report}");
}

// Bounds.

#[test]
fn values_nest_to_a_limit() {
    let nested = |depth: usize, open: &str, close: &str| {
        value(&format!(r#"{}{{"intValue":1}}{}"#, open.repeat(depth), close.repeat(depth)))
    };
    for (open, close) in
        [(r#"{"arrayValue":{"values":["#, "]}}"), (r#"{"kvlistValue":{"values":[{"key":"k","value":"#, "}]}}")]
    {
        read(&nested(32, open, close));
        let error = run(nested(33, open, close).as_bytes()).expect_err("refused");
        assert_eq!(error.0, "limit-exceeded: values nest deeper than 32 levels");
        let error = run(nested(500_000, open, close).get(..2 << 20).expect("it is long").as_bytes());
        assert_eq!(error.expect_err("refused").0, "limit-exceeded: JSON nests too deep");
    }
    let unknown = record(&format!(r#""a":{}{}"#, "[".repeat(1 << 20), "]".repeat(1 << 20)));
    assert_eq!(run(unknown.as_bytes()).expect_err("refused").0, "limit-exceeded: JSON nests too deep");
}

#[test]
fn counts_have_limits() {
    let attributes = |count: usize| record(&format!(r#""attributes":[{}]"#, vec!["{}"; count].join(",")));
    read(&attributes(1024));
    let error = run(attributes(1025).as_bytes()).expect_err("refused");
    assert_eq!(error.0, "limit-exceeded: more than 1024 attributes in one place");
    assert!(attributes(1025)[error.1..].starts_with("{}]"), "the offset is in the text");
    let records = |count: usize| {
        format!(r#"{{"resourceLogs":[{{"scopeLogs":[{{"logRecords":[{}]}}]}}]}}"#, vec!["{}"; count].join(","))
    };
    read(&records(65_536));
    let error = run(records(65_537).as_bytes()).expect_err("refused");
    assert_eq!(error.0, "limit-exceeded: more than 65536 records in a batch");
    assert!(records(65_537)[error.1..].starts_with("{}]"), "the offset is in the text");
    let unknown = |count: usize| {
        let members: Vec<String> = (0..count).map(|number| format!(r#""a{number}":0"#)).collect();
        record(&members.join(","))
    };
    assert!(run(unknown(64).as_bytes()).is_ok());
    let error = run(unknown(65).as_bytes()).expect_err("refused");
    assert_eq!(error.0, "limit-exceeded: more than 64 members that no schema names in one object");
    let elements = value(&format!(r#"{{"arrayValue":{{"values":[{}]}}}}"#, vec!["{}"; 1 << 20].join(",")));
    let error = run(elements.as_bytes()).expect_err("refused");
    assert_eq!(error.0, "limit-exceeded: more than 1048576 fields in a batch");
}

#[test]
fn a_batch_has_a_largest_size() {
    let text = |size: usize| format!("{{}}{}", " ".repeat(size - 2));
    read(&text(16 << 20));
    let error = run(text((16 << 20) + 1).as_bytes()).expect_err("refused");
    assert_eq!(error, ("limit-exceeded: batch is larger than 16 MiB".into(), 16 << 20));
}

/// Scenario: a record that is like the one before but for one character that ends a member or goes on with it.
/// Guarantees: what is taken over from the record before is taken over whole or not at all.
#[test]
fn a_record_may_be_nearly_like_the_one_before() {
    let records = |one: &str, other: &str| record(&format!("{one}}},{{{other}"));
    read(&records(r#""severityNumber":1,"flags":1"#, r#""severityNumber":12,"flags":1"#));
    refused(&records(r#""flags":1"#, r#""flags":^1.0"#), NOT_WHOLE);
    refused(&records(r#""flags":1"#, r#""flags":^1e1"#), NOT_WHOLE);
    refused(&records(r#""flags":1"#, r#""flags":1^x"#), "malformed: a comma or a closing bracket is missing");
    refused(&records(r#""flags":1,"traceId":"""#, r#""traceId":"",^"traceId":"""#), TWICE);
    let like = r#""attributes":[{"key":"a","value":{"stringValue":"b"}},{"key":"c","value":{"intValue":"1"}}]"#;
    read(&records(like, &like.replace("\"1\"", "1")));
    refused(&records(like, &like.replace("\"1\"", "^\"1.0\"")), NOT_WHOLE);
    let everywhere =
        format!(r#"{{"resource":{{{like}}},"scopeLogs":[{{"scope":{{{like}}},"logRecords":[{{{like}}}]}}]}}"#);
    read(&format!(r#"{{"resourceLogs":[{everywhere},{everywhere}]}}"#));
    refused(&records(like, &like.replace("}}]", "},^\"value\":{}}]")), TWICE);
}
