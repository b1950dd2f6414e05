//! JSON held in a string: every member decided by its name and place, every string looked into, what stays left as it
//! lies.
//!
//! Must not know the wire. Keeps I1: names inside count as they do outside, and a string inside may hold JSON again.
//! Keeps I2: what replaces a part is valid JSON where that part stood. A dropped member leaves `null`, so that the text
//! stays JSON for whoever parses it.

use alloc::vec::Vec;

use super::marker::{self, Unit};
use super::path::Path;
use super::treat::{holds_long_number, is_cut_word};
use super::{Context, pseudonym, scan, text};
use crate::codex;
use crate::json::{Reader, Token, TokenKind, escape, unescape};
use crate::policy::{Base, Rule};

/// An object or array that is open.
struct Frame<'p> {
    rule: &'p Rule,
    is_object: bool,
    /// The next element's index.
    index: usize,
}

/// What becomes of one value.
enum Decision {
    Descend,
    Keep,
    /// Goes in place of it; its text is in the buffer.
    Replace,
    Skip,
}

/// Looks once through `source`: with marks into `out`, or `Some(false)` if nothing changes; nothing if it is not JSON.
pub(super) fn look<'p>(
    context: &mut Context<'_, 'p>,
    root: &Rule,
    rule: &Rule,
    source: &[u8],
    path: &mut Path,
    layer: usize,
    out: &mut Vec<u8>,
) -> Option<bool> {
    let mut reader = Reader::new(source);
    let mut stack: Vec<Frame<'_>> = Vec::new();
    let (mut key, mut replacement) = (Vec::new(), Vec::new());
    let mut copied = 0;
    let mut replace = |from: usize, to: usize, with: &[u8], out: &mut Vec<u8>| {
        out.extend_from_slice(source.get(copied..from).unwrap_or_default());
        out.extend_from_slice(with);
        copied = to;
    };
    let mut changed = false;
    while let Some(token) = reader.next().ok()? {
        match token.kind {
            TokenKind::ObjectEnd | TokenKind::ArrayEnd => {
                stack.pop();
                if !stack.is_empty() {
                    path.pop();
                }
                continue;
            }
            TokenKind::Key(_) => {
                key.clear();
                unescape(inside(source, token), &mut key);
                path.push(&key);
                if !context.plan.detectors.is_clean(&key) {
                    replace(token.start, token.end, b"\"[redacted]\"", out);
                    changed = true;
                }
                continue;
            }
            _ => {}
        }
        let is_nested = !stack.is_empty();
        let in_force: &Rule = match stack.last_mut() {
            None => rule,
            Some(frame) if frame.is_object => {
                let own = context.plan.nested_rule(context.group, context.row, &key);
                path.rule(root).or(own).unwrap_or(frame.rule)
            }
            Some(frame) => {
                path.push_index(frame.index);
                frame.index += 1;
                key.clear();
                path.rule(root).unwrap_or(frame.rule)
            }
        };
        replacement.clear();
        match decide(context, root, in_force, &key, source, token, path, layer, is_nested, &mut replacement) {
            Decision::Descend => {
                let is_object = token.kind == TokenKind::ObjectStart;
                stack.push(Frame { rule: in_force, is_object, index: 0 });
                continue;
            }
            Decision::Keep => {}
            decision @ (Decision::Replace | Decision::Skip) => {
                let is_container = matches!(token.kind, TokenKind::ObjectStart | TokenKind::ArrayStart);
                let end = if is_container { reader.skip_container().ok()? } else { token.end };
                if matches!(decision, Decision::Replace) {
                    replace(token.start, end, &replacement, out);
                    changed = true;
                }
            }
        }
        if is_nested {
            path.pop();
        }
    }
    if changed {
        out.extend_from_slice(source.get(copied..).unwrap_or_default());
    }
    Some(changed)
}

#[expect(clippy::too_many_arguments, reason = "the state of one descent, which is two functions that call each other")]
fn decide(
    context: &mut Context<'_, '_>,
    root: &Rule,
    rule: &Rule,
    key: &[u8],
    source: &[u8],
    token: Token,
    path: &mut Path,
    layer: usize,
    is_nested: bool,
    replacement: &mut Vec<u8>,
) -> Decision {
    let is_container = matches!(token.kind, TokenKind::ObjectStart | TokenKind::ArrayStart);
    let is_null = source.get(token.start..token.end) == Some(b"null");
    match &rule.treatment.base {
        // The top value's own cut and mask are the caller's: it is the whole text.
        _ if !is_nested && is_container => return Decision::Descend,
        Base::KeepUnscanned if is_container => return Decision::Skip,
        Base::KeepUnscanned => return Decision::Keep,
        _ if is_null => return Decision::Keep,
        Base::Drop => replacement.extend_from_slice(b"null"),
        Base::Keep | Base::Scan if is_container && rule.treatment.cut.is_none() => return Decision::Descend,
        Base::Hmac(_) | Base::Length | Base::Word | Base::Mask(_) | Base::Keep | Base::Scan if is_container => {
            put_string(&rule.mask, replacement);
        }
        base => match token.kind {
            TokenKind::String(escaped) => {
                let mut content = Vec::new();
                let content = match inside(source, token) {
                    plain if !escaped => plain,
                    escapes => {
                        unescape(escapes, &mut content);
                        &content
                    }
                };
                if !treat_string(context, root, rule, key, content, path, layer, replacement) {
                    return Decision::Keep;
                }
            }
            TokenKind::Number if matches!(base, Base::Hmac(_)) => {
                let number = source.get(token.start..token.end).unwrap_or_default();
                let mut new = Vec::new();
                pseudonym::put(context, rule.pseudonym, &pseudonym::decimal(number), &mut new);
                put_string(&new, replacement);
            }
            _ if matches!(base, Base::Hmac(_) | Base::Mask(_) | Base::Length) || rule.treatment.cut.is_some() => {
                put_string(&rule.mask, replacement);
            }
            TokenKind::Number => {
                let number = source.get(token.start..token.end).unwrap_or_default();
                let mut marked = Vec::new();
                if !holds_long_number(number) || !scan::scan_once(context, b"", number, &mut marked) {
                    return Decision::Keep;
                }
                put_string(&marked, replacement);
            }
            _ => return Decision::Keep,
        },
    }
    context.report.redacted(rule.counter);
    Decision::Replace
}

/// Writes what stands in place of a string's content, as a JSON string, or `false` if that is the content.
#[expect(clippy::too_many_arguments, reason = "the state of one descent, which is two functions that call each other")]
fn treat_string(
    context: &mut Context<'_, '_>,
    root: &Rule,
    rule: &Rule,
    key: &[u8],
    content: &[u8],
    path: &mut Path,
    layer: usize,
    replacement: &mut Vec<u8>,
) -> bool {
    let mut new = Vec::new();
    match &rule.treatment.base {
        Base::Mask(_) if *content == *rule.mask => return false,
        Base::Mask(_) => new.extend_from_slice(&rule.mask),
        Base::Hmac(_) if !pseudonym::put(context, rule.pseudonym, content, &mut new) => return false,
        Base::Hmac(_) => {}
        Base::Length | Base::Word if content.is_empty() || marker::is_whole(&context.plan.detectors, content) => {
            return false;
        }
        Base::Word if codex::is_word(content) && context.plan.detectors.is_clean_named(key, content) => {
            if !text::cut_only(context, rule.treatment.cut, content, &mut new) {
                return false;
            }
        }
        Base::Word if rule.treatment.cut.is_some_and(|cut| is_cut_word(context, cut, key, content)) => return false,
        Base::Length | Base::Word => marker::put_length(&mut new, text::chars(content), Unit::Chars),
        _ => {
            let masked = text::look(context, root, rule, key, content, path, layer + 1, &mut new);
            let whole = if masked { core::mem::take(&mut new) } else { content.to_vec() };
            let cut = text::cut_only(context, rule.treatment.cut, &whole, &mut new);
            if !cut && !masked {
                return false;
            }
            if !cut {
                new = whole;
            }
        }
    }
    put_string(&new, replacement);
    true
}

/// Whether text that is no JSON names, before a colon, a member that has a rule of its own.
///
/// Names stand in quotes of either kind, escaped or not, or without any, as in literals of many languages.
pub(super) fn names_a_rule(context: &Context<'_, '_>, text: &[u8]) -> bool {
    let mut name = Vec::new();
    memchr::memchr_iter(b':', text).any(|colon| {
        let before = text.get(colon.saturating_sub(LONGEST_NAME)..colon).unwrap_or_default().trim_ascii_end();
        let inside = before.strip_suffix(b"\"").or(before.strip_suffix(b"'"));
        let quote = before.last().copied().filter(|_| inside.is_some());
        let inside = inside.map_or(before, |inside| {
            let escapes = inside.iter().rev().take_while(|byte| **byte == b'\\').count();
            inside.get(..inside.len() - escapes).unwrap_or_default()
        });
        let start = match quote {
            Some(quote) => memchr::memrchr(quote, inside).map_or(0, |at| at + 1),
            None => inside.len() - inside.iter().rev().take_while(|byte| is_bare(**byte)).count(),
        };
        name.clear();
        unescape(inside.get(start..).unwrap_or_default(), &mut name);
        !name.is_empty() && context.plan.nested_rule(context.group, context.row, &name).is_some()
    })
}

/// The longest name that is looked for; no rule's is as long.
const LONGEST_NAME: usize = 128;

fn is_bare(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-' | b'$')
}

fn put_string(content: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    escape(content, out);
    out.push(b'"');
}

/// A string token without its quotes.
fn inside(source: &[u8], token: Token) -> &[u8] {
    source.get(token.start + 1..token.end.saturating_sub(1)).unwrap_or_default()
}
