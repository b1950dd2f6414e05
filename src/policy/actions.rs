//! What may happen to a value, and how a person writes it.
//!
//! Must not know which value: names and places are `target.rs`. Keeps I1: a treatment that would cut a value which the
//! detectors have not seen, or put a fragment behind a mask, has no way to be written.
//!
//! A treatment is a base (what of the value stays) and perhaps a cut (where what stays ends). Both are given as a word,
//! as an object with one member, or as a list of the two in either order:
//!
//! ```json
//! ["word", {"truncate": 20}]
//! ```

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use core::fmt;

use crate::error::PolicyError;
use crate::policy::keyring::is_id;
use crate::policy::node::Node;
use crate::policy::path::Path;
use crate::policy::words;

/// What happens to a value: what stays of it, then where it is cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Treatment {
    /// What stays.
    pub base: Base,
    /// Where it ends; only with [`Base::Scan`] and [`Base::Word`] when it comes from a document.
    pub cut: Option<Cut>,
}

/// What stays of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Base {
    /// Nothing; the attribute goes too.
    Drop,
    /// A pseudonym: the same for the same value, and without the key nobody can tell of which.
    Hmac(Hmac),
    /// All of it but what the detectors find, whatever its type.
    Keep,
    /// All of it; the detectors do not look.
    KeepUnscanned,
    /// Its length in characters.
    Length,
    /// A fixed text: the one given, or the usual one.
    Mask(Option<String>),
    /// All of it but what the detectors find.
    Scan,
    /// All of it if it is one short, clean word or a number, else its length.
    Word,
}

/// Where what stays of a value ends. Counts are characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// Only the beginning and the end stay.
    Partial {
        /// How much of the beginning.
        first: u32,
        /// How much of the end.
        last: u32,
    },
    /// Only the beginning stays.
    Truncate(u32),
}

/// How a pseudonym is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hmac {
    /// The id of the key; without one, the host's default key.
    pub key: Option<String>,
    /// How many hexadecimal digits it has, without its check.
    pub length: u8,
}

/// What happens to the part of a value that a detector found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FindingAction {
    /// A pseudonym stays.
    Hmac(Hmac),
    /// Its length stays.
    Length,
    /// A fixed text: the one given, or the usual one.
    Mask(Option<String>),
    /// Only its beginning and its end stay.
    Partial {
        /// How many characters of the beginning.
        first: u32,
        /// How many characters of the end.
        last: u32,
    },
}

const TREATMENTS: &str = r#"drop, hmac, keep, keep-unscanned, length, mask, scan, word, {"hmac": {"key": id, "length": n}}, {"mask": text}, {"partial": {"first": n, "last": n}}, {"truncate": n}, or a list"#;
const FINDING_ACTIONS: &str =
    r#"hmac, length, mask, {"hmac": {"key": id, "length": n}}, {"mask": text}, {"partial": {"first": n, "last": n}}"#;

// More than any backend shows of a value, and far below what a value may have.
const MAX_TRUNCATE: u32 = 1_000_000;
// What is left of a card or an address to tell two apart; more is not redaction.
const MAX_PARTIAL: u32 = 64;
// A mask repeats in every record.
const MAX_MASK_BYTES: usize = 64;
// With 64 bits two of a million people are told apart; with 128 the longest pseudonym is still one short word.
const HMAC_LENGTHS: core::ops::RangeInclusive<u8> = 16..=32;

impl Treatment {
    /// A treatment that cuts nothing.
    pub(crate) fn of(base: Base) -> Self {
        Self { base, cut: None }
    }

    /// Reads a word, an object with one member, or a list of a base and a cut.
    pub(crate) fn read(node: &Node, path: &Path<'_>) -> Result<Self, PolicyError> {
        let (mut base, mut cut) = (None, None);
        let mut take = |action| match action {
            Action::Base(new) => match base.replace(new) {
                Some(_) => Err("two actions say what stays of the value; expected one"),
                None => Ok(()),
            },
            Action::Cut(new) => match cut.replace(new) {
                Some(_) => Err("two actions say where the value is cut; expected one"),
                None => Ok(()),
            },
        };
        if let Node::Array(elements) = node {
            for (index, element) in elements.iter().enumerate() {
                let path = path.index(index);
                take(Action::read(element, &path, TREATMENTS)?).map_err(|message| PolicyError::new(path, message))?;
            }
        } else {
            take(Action::read(node, path, TREATMENTS)?).map_err(|message| PolicyError::new(path, message))?;
        }
        Self::joined(base, cut).map_err(|message| PolicyError::new(path, message))
    }

    // A cut alone is a cut of what the detectors leave; so is a cut of what is kept, since they look at that too.
    fn joined(base: Option<Base>, cut: Option<Cut>) -> Result<Self, &'static str> {
        match (base, cut) {
            (None, None) => Err("an empty list says nothing; expected at least one action"),
            (Some(base), None) => Ok(Self::of(base)),
            (None | Some(Base::Keep | Base::Scan), cut) => Ok(Self { base: Base::Scan, cut }),
            (Some(Base::Word), cut) => Ok(Self { base: Base::Word, cut }),
            (Some(Base::Drop), _) => Err("drop leaves nothing to cut; give one of the two"),
            (Some(Base::Hmac(_)), _) => Err("hmac leaves a pseudonym, which a cut would spoil; give one of the two"),
            (Some(Base::KeepUnscanned), _) => {
                Err("keep-unscanned leaves the value as it came, so it cannot be cut; use scan instead")
            }
            (Some(Base::Length), _) => Err("length leaves no text to cut; give one of the two"),
            (Some(Base::Mask(_)), _) => Err("mask leaves no text of the value to cut; give one of the two"),
        }
    }
}

impl FindingAction {
    /// Reads a word or an object with one member.
    pub(crate) fn read(node: &Node, path: &Path<'_>) -> Result<Self, PolicyError> {
        let refused = |word: &str| {
            let message = format!("{word} is no action for what a detector finds; expected one of {FINDING_ACTIONS}");
            Err(PolicyError::new(path, message))
        };
        match Action::read(node, path, FINDING_ACTIONS)? {
            Action::Base(Base::Hmac(hmac)) => Ok(Self::Hmac(hmac)),
            Action::Base(Base::Length) => Ok(Self::Length),
            Action::Base(Base::Mask(text)) => Ok(Self::Mask(text)),
            Action::Cut(Cut::Partial { first, last }) => Ok(Self::Partial { first, last }),
            Action::Base(base) => refused(base.word()),
            Action::Cut(Cut::Truncate(_)) => refused("truncate"),
        }
    }
}

impl Base {
    fn word(&self) -> &'static str {
        match self {
            Self::Drop => "drop",
            Self::Hmac(_) => "hmac",
            Self::Keep => "keep",
            Self::KeepUnscanned => "keep-unscanned",
            Self::Length => "length",
            Self::Mask(_) => "mask",
            Self::Scan => "scan",
            Self::Word => "word",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "drop" => Self::Drop,
            "hmac" => Self::Hmac(Hmac::default()),
            "keep" => Self::Keep,
            "keep-unscanned" => Self::KeepUnscanned,
            "length" => Self::Length,
            "mask" => Self::Mask(None),
            "scan" => Self::Scan,
            "word" => Self::Word,
            _ => return None,
        })
    }
}

/// The words in which a report and `airlock check` name a treatment: `mask`, `truncate 200`, `word, partial 2+4`.
impl fmt::Display for Treatment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.base, &self.cut) {
            (Base::Mask(Some(text)), None) => write!(f, "mask \"{text}\""),
            (Base::Hmac(hmac), None) => write!(f, "{hmac}"),
            (base, None) => f.write_str(base.word()),
            // A cut is a scan that ends early, unless something else is said.
            (Base::Keep | Base::Scan, Some(cut)) => write!(f, "{cut}"),
            (base, Some(cut)) => write!(f, "{}, {cut}", base.word()),
        }
    }
}

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Partial { first, last } => write!(f, "partial {first}+{last}"),
            Self::Truncate(most) => write!(f, "truncate {most}"),
        }
    }
}

impl fmt::Display for Hmac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("hmac")?;
        if let Some(key) = &self.key {
            write!(f, " {key}")?;
        }
        if self.length == *HMAC_LENGTHS.start() { Ok(()) } else { write!(f, " {}", self.length) }
    }
}

impl Default for Hmac {
    fn default() -> Self {
        Self { key: None, length: *HMAC_LENGTHS.start() }
    }
}

impl fmt::Display for FindingAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hmac(hmac) => write!(f, "{hmac}"),
            Self::Length => f.write_str("length"),
            Self::Mask(None) => f.write_str("mask"),
            Self::Mask(Some(text)) => write!(f, "mask \"{text}\""),
            Self::Partial { first, last } => write!(f, "{}", Cut::Partial { first: *first, last: *last }),
        }
    }
}

// One action as written: half of a treatment.
enum Action {
    Base(Base),
    Cut(Cut),
}

impl Action {
    fn read(node: &Node, path: &Path<'_>, expected: &str) -> Result<Self, PolicyError> {
        let unknown = |word: &str| words::unknown_word(path, "action", word, expected);
        match node {
            Node::String(word) => Base::from_word(word).map(Self::Base).ok_or_else(|| unknown(word)),
            Node::Object(members) => match members.as_slice() {
                [(name, value)] => {
                    let inner = path.member(name);
                    match name.as_str() {
                        "hmac" => hmac(value, &inner).map(|hmac| Self::Base(Base::Hmac(hmac))),
                        "mask" => mask_text(value, &inner).map(|text| Self::Base(Base::Mask(Some(text)))),
                        "partial" => partial(value, &inner).map(Self::Cut),
                        "truncate" => value.integer(&inner, MAX_TRUNCATE).map(|most| Self::Cut(Cut::Truncate(most))),
                        word if Base::from_word(word).is_some() => {
                            Err(PolicyError::new(path, format!("{word} takes no value; write it as \"{word}\"")))
                        }
                        word => Err(unknown(word)),
                    }
                }
                _ => Err(PolicyError::new(path, "expected one action in an object; give several as a list")),
            },
            _ => Err(PolicyError::new(path, format!("expected one of {expected}"))),
        }
    }
}

// Nothing that JSON or a log line would escape, so that a mask has one form in every encoding.
fn mask_text(node: &Node, path: &Path<'_>) -> Result<String, PolicyError> {
    let fits = |text: &&String| {
        (1..=MAX_MASK_BYTES).contains(&text.len())
            && text.bytes().all(|byte| (b' '..=b'~').contains(&byte) && byte != b'"' && byte != b'\\')
    };
    match node {
        Node::String(text) => Some(text).filter(fits).map(|text| text.to_owned()),
        _ => None,
    }
    .ok_or_else(|| {
        PolicyError::new(path, format!("expected 1 to {MAX_MASK_BYTES} printable ASCII characters without \" and \\"))
    })
}

fn hmac(node: &Node, path: &Path<'_>) -> Result<Hmac, PolicyError> {
    let mut hmac = Hmac::default();
    for (name, value) in node.object(path)? {
        let path = path.member(name);
        match (name.as_str(), value) {
            ("key", Node::String(id)) if is_id(id) => hmac.key = Some(id.clone()),
            ("key", _) => return Err(PolicyError::new(path, "expected the id of a key")),
            ("length", Node::Integer(length)) => {
                let length =
                    u8::try_from(*length).ok().filter(|length| HMAC_LENGTHS.contains(length) && length % 2 == 0);
                let message = "expected an even number of hexadecimal digits from 16 to 32";
                hmac.length = length.ok_or_else(|| PolicyError::new(path, message))?;
            }
            ("length", _) => return Err(PolicyError::new(path, "expected a number")),
            _ => return Err(words::unknown_member(&path, name, &["key", "length"])),
        }
    }
    Ok(hmac)
}

fn partial(node: &Node, path: &Path<'_>) -> Result<Cut, PolicyError> {
    let (mut first, mut last) = (0, 0);
    for (name, value) in node.object(path)? {
        let path = path.member(name);
        match name.as_str() {
            "first" => first = value.integer(&path, MAX_PARTIAL)?,
            "last" => last = value.integer(&path, MAX_PARTIAL)?,
            _ => return Err(words::unknown_member(&path, name, &["first", "last"])),
        }
    }
    if !(1..=MAX_PARTIAL).contains(&(first + last)) {
        let message = format!("expected first and last to be 1 to {MAX_PARTIAL} characters together");
        return Err(PolicyError::new(path, message));
    }
    Ok(Cut::Partial { first, last })
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    fn read(text: &str) -> Result<Treatment, String> {
        Treatment::read(&Node::parse(text).unwrap(), &Path::ROOT.member("a")).map_err(|error| error.to_string())
    }

    fn refusal(text: &str) -> String {
        read(text).unwrap_err()
    }

    fn finding(text: &str) -> Result<FindingAction, String> {
        FindingAction::read(&Node::parse(text).unwrap(), &Path::ROOT.member("a")).map_err(|error| error.to_string())
    }

    #[test]
    fn words_objects_and_lists_are_read_and_named() {
        for (text, name) in [
            (r#""drop""#, "drop"),
            (r#""keep""#, "keep"),
            (r#""keep-unscanned""#, "keep-unscanned"),
            (r#""length""#, "length"),
            (r#""mask""#, "mask"),
            (r#""scan""#, "scan"),
            (r#""word""#, "word"),
            (r#"["mask"]"#, "mask"),
            (r#"{"mask":"[gone]"}"#, r#"mask "[gone]""#),
            (r#""hmac""#, "hmac"),
            (r#"{"hmac":{}}"#, "hmac"),
            (r#"{"hmac":{"key":"team","length":16}}"#, "hmac team"),
            (r#"{"hmac":{"length":32}}"#, "hmac 32"),
            (r#"{"truncate":200}"#, "truncate 200"),
            (r#"{"truncate":0}"#, "truncate 0"),
            (r#"{"partial":{"first":2,"last":4}}"#, "partial 2+4"),
            (r#"{"partial":{"last":64}}"#, "partial 0+64"),
            (r#"["scan",{"truncate":1000000}]"#, "truncate 1000000"),
            (r#"["word",{"partial":{"first":1}}]"#, "word, partial 1+0"),
        ] {
            assert_eq!(read(text).unwrap().to_string(), name, "{text}");
        }
    }

    #[test]
    fn a_list_means_the_same_in_any_order() {
        let cut = Treatment { base: Base::Scan, cut: Some(Cut::Truncate(9)) };
        for text in [
            r#"{"truncate":9}"#,
            r#"["scan",{"truncate":9}]"#,
            r#"[{"truncate":9},"scan"]"#,
            r#"["keep",{"truncate":9}]"#,
            r#"[{"truncate":9}]"#,
        ] {
            assert_eq!(read(text).unwrap(), cut, "{text}");
        }
    }

    #[test]
    fn an_unknown_action_is_told_what_is_expected() {
        let expected = r#"expected one of drop, hmac, keep, keep-unscanned, length, mask, scan, word, {"hmac": {"key": id, "length": n}}, {"mask": text}, {"partial": {"first": n, "last": n}}, {"truncate": n}, or a list"#;
        assert_eq!(refusal(r#""msak""#), format!("a: unknown action \"msak\"; {expected}"));
        assert_eq!(refusal(r#"["mask","seal"]"#), format!("a[1]: unknown action \"seal\"; {expected}"));
        assert_eq!(refusal(r#"{"seal":{"key":"k"}}"#), format!("a: unknown action \"seal\"; {expected}"));
        for text in ["null", "true", "3", "[[]]"] {
            assert!(refusal(text).ends_with(expected), "{text}");
        }
        assert_eq!(refusal(r#"{"length":true}"#), r#"a: length takes no value; write it as "length""#);
        let several = "a: expected one action in an object; give several as a list";
        assert_eq!(refusal(r#"{"mask":"x","truncate":3}"#), several);
        assert_eq!(refusal("{}"), several);
    }

    #[test]
    fn a_pseudonym_has_a_key_and_a_length() {
        for (hmac, error) in [
            (r#"{"key":"Team"}"#, "a.hmac.key: expected the id of a key"),
            (r#"{"key":1}"#, "a.hmac.key: expected the id of a key"),
            (r#"{"length":8}"#, "a.hmac.length: expected an even number of hexadecimal digits from 16 to 32"),
            (r#"{"length":17}"#, "a.hmac.length: expected an even number of hexadecimal digits from 16 to 32"),
            (r#"{"length":"16"}"#, "a.hmac.length: expected a number"),
            (r#"{"salt":"x"}"#, "a.hmac.salt: unknown member; expected one of key, length"),
            ("true", "a.hmac: expected an object"),
        ] {
            assert_eq!(refusal(&format!(r#"{{"hmac":{hmac}}}"#)), error);
        }
    }

    #[test]
    fn what_cannot_go_together_says_why() {
        assert_eq!(refusal(r#"["mask","length"]"#), "a[1]: two actions say what stays of the value; expected one");
        let two = "a[1]: two actions say where the value is cut; expected one";
        assert_eq!(refusal(r#"[{"truncate":3},{"partial":{"first":1}}]"#), two);
        assert_eq!(refusal("[]"), "a: an empty list says nothing; expected at least one action");
        for (base, why) in [
            (r#""drop""#, "drop leaves nothing to cut; give one of the two"),
            (r#""hmac""#, "hmac leaves a pseudonym, which a cut would spoil; give one of the two"),
            (r#""length""#, "length leaves no text to cut; give one of the two"),
            (r#"{"mask":"x"}"#, "mask leaves no text of the value to cut; give one of the two"),
            (
                r#""keep-unscanned""#,
                "keep-unscanned leaves the value as it came, so it cannot be cut; use scan instead",
            ),
        ] {
            assert_eq!(refusal(&format!("[{base},{{\"truncate\":3}}]")), format!("a: {why}"));
            assert_eq!(refusal(&format!("[{{\"truncate\":3}},{base}]")), format!("a: {why}"));
        }
    }

    #[test]
    fn mask_texts_and_counts_are_bounded() {
        let mask = r#"a.mask: expected 1 to 64 printable ASCII characters without " and \"#;
        let long = format!(r#"{{"mask":"{}"}}"#, "m".repeat(65));
        for text in [r#"{"mask":""}"#, r#"{"mask":"\""}"#, r#"{"mask":"\\"}"#, r#"{"mask":"é"}"#, &long] {
            assert_eq!(refusal(text), mask, "{text}");
        }
        assert_eq!(refusal(r#"{"mask":null}"#), mask);
        let truncate = "a.truncate: expected a whole number from 0 to 1000000";
        assert_eq!(refusal(r#"{"truncate":1000001}"#), truncate);
        assert_eq!(refusal(r#"{"truncate":-1}"#), truncate);
        assert_eq!(refusal(r#"{"truncate":"9"}"#), truncate);
        let partial = "a.partial: expected first and last to be 1 to 64 characters together";
        assert_eq!(refusal(r#"{"partial":{}}"#), partial);
        assert_eq!(refusal(r#"{"partial":{"first":40,"last":25}}"#), partial);
        assert_eq!(
            refusal(r#"{"partial":{"frist":1}}"#),
            "a.partial.frist: unknown member; expected one of first, last; did you mean first?"
        );
    }

    #[test]
    fn findings_take_fewer_actions() {
        assert_eq!(finding(r#""length""#), Ok(FindingAction::Length));
        assert_eq!(finding(r#""mask""#), Ok(FindingAction::Mask(None)));
        let partial = finding(r#"{"partial":{"last":4}}"#).unwrap();
        assert_eq!(partial.to_string(), "partial 0+4");
        assert_eq!(finding(r#"{"hmac":{"key":"team"}}"#).unwrap().to_string(), "hmac team");
        let expected = r#"expected one of hmac, length, mask, {"hmac": {"key": id, "length": n}}, {"mask": text}, {"partial": {"first": n, "last": n}}"#;
        assert_eq!(finding(r#""kep""#).unwrap_err(), format!("a: unknown action \"kep\"; {expected}"));
        for (text, word) in [(r#""keep""#, "keep"), (r#"{"truncate":3}"#, "truncate")] {
            let message = format!("a: {word} is no action for what a detector finds; {expected}");
            assert_eq!(finding(text).unwrap_err(), message);
        }
    }
}
