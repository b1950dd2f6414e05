//! Text that may stay but for what is found in it.
//!
//! One look masks what the detectors find, in plain text or in JSON held in it, and then cuts. A mark changes what
//! stands around it, and a cut makes a new end, so text that was changed is looked at again until nothing more is found.
//! That makes a second pass over the output a pass over settled text: keeps I7. Keeps I5: after a few looks the whole
//! value is masked.
//!
//! Must not know places.

use alloc::vec::Vec;

use super::marker::{self, Unit};
use super::path::Path;
use super::treat::Treated;
use super::{Context, json, scan};
use crate::json::{looks_like_container, looks_like_wrapped_container};
use crate::limits::MAX_JSON_LAYERS;
use crate::policy::{Cut, Rule};

/// More looks than any honest text needs: the second finds nothing new.
const MAX_LOOKS: usize = 4;

/// What stands in place of `text`, by a rule that lets text stand, at `path` inside a value of which `root` is the rule.
pub(super) fn treat_text(
    context: &mut Context<'_, '_>,
    root: &Rule,
    path: &mut Path,
    rule: &Rule,
    name: &[u8],
    text: &[u8],
) -> Treated {
    settle(context, text, |context, text, out| {
        let masked = look(context, root, rule, name, text, path, 0, out);
        if !masked {
            return cut_only(context, rule.treatment.cut, text, out);
        }
        let whole = core::mem::take(out);
        if !cut_only(context, rule.treatment.cut, &whole, out) {
            *out = whole;
        }
        true
    })
}

/// Repeats `look` on its own result until it changes nothing.
pub(super) fn settle<'p>(
    context: &mut Context<'_, 'p>,
    text: &[u8],
    mut look: impl FnMut(&mut Context<'_, 'p>, &[u8], &mut Vec<u8>) -> bool,
) -> Treated {
    let mut settled = core::mem::take(&mut context.scratch.text);
    settled.clear();
    if !look(context, text, &mut settled) || settled == text {
        context.scratch.text = settled;
        return Treated::Same;
    }
    let mut next = Vec::new();
    for _ in 1..MAX_LOOKS {
        next.clear();
        if !look(context, &settled, &mut next) || next == settled {
            context.scratch.text = settled;
            return Treated::Text;
        }
        core::mem::swap(&mut settled, &mut next);
    }
    settled.clear();
    marker::put_length(&mut settled, chars(text), Unit::Chars);
    context.scratch.text = settled;
    Treated::Text
}

/// One look at text in `layer` layers of JSON: `root` is the rule of the whole value, whose pointers may name places in
/// here, `rule` the one in force.
#[expect(clippy::too_many_arguments, reason = "the state of one descent, which is two functions that call each other")]
pub(super) fn look(
    context: &mut Context<'_, '_>,
    root: &Rule,
    rule: &Rule,
    name: &[u8],
    text: &[u8],
    path: &mut Path,
    layer: usize,
    out: &mut Vec<u8>,
) -> bool {
    if marker::is_whole(&context.plan.detectors, text) {
        return false;
    }
    if looks_like_container(text) {
        let depth = path.depth();
        let read = if layer < MAX_JSON_LAYERS { json::look(context, root, rule, text, path, layer, out) } else { None };
        // What turns out to be no JSON was left in the middle of it.
        path.back_to(depth);
        match read {
            Some(changed) => return changed,
            // Deeper than is read: what cannot be understood loses its content.
            None if layer >= MAX_JSON_LAYERS => {
                out.clear();
                marker::put_length(out, chars(text), Unit::Chars);
                return true;
            }
            None => out.clear(),
        }
    }
    // Whoever reads it less strictly finds the members that this reader did not: in text that was cut, in lines of JSON, in
    // a literal of another language.
    let is_like_json = looks_like_container(text) || looks_like_wrapped_container(text);
    if is_like_json && json::names_a_rule(context, text) {
        marker::put_length(out, chars(text), Unit::Chars);
        return true;
    }
    // A policy that names places inside cannot be carried out on text that has none.
    if path.has_rules_inside(root) && !text.is_empty() {
        marker::put_length(out, chars(text), Unit::Chars);
        return true;
    }
    scan::scan_once(context, name, text, out)
}

/// The text before and after the mark that a cut leaves, if `text` is what it leaves of a longer one.
pub(super) fn around_cut(cut: Cut, text: &[u8]) -> Option<(&[u8], &[u8])> {
    let (before, after, first, last) = match cut {
        Cut::Truncate(most) => (marker::before_truncated(text)?, b"".as_slice(), most, 0),
        Cut::Partial { first, last } => {
            let (before, after) = marker::around_length(text)?;
            (before, after, first, last)
        }
    };
    (chars(before) <= first as usize && chars(after) <= last as usize).then_some((before, after))
}

/// Whether `text` is what a cut leaves of a longer one, or a mark, which is not cut.
fn is_cut(context: &Context<'_, '_>, cut: Cut, text: &[u8]) -> bool {
    marker::is_whole(&context.plan.detectors, text) || around_cut(cut, text).is_some()
}

/// Writes what a cut, if there is one, leaves of `text`, or `false` if that is all of it.
pub(super) fn cut_only(context: &Context<'_, '_>, cut: Option<Cut>, text: &[u8], out: &mut Vec<u8>) -> bool {
    cut.is_some_and(|cut| cut_text(context, cut, text, out))
}

fn cut_text(context: &Context<'_, '_>, cut: Cut, text: &[u8], out: &mut Vec<u8>) -> bool {
    let count = chars(text);
    if is_cut(context, cut, text) {
        return false;
    }
    match cut {
        Cut::Truncate(most) if count <= most as usize => false,
        Cut::Truncate(most) => {
            let most = most as usize;
            let end = outside_mark(context, text, byte_of_char(text, most), |start, _| start);
            let kept = text.get(..end).unwrap_or_default();
            out.extend_from_slice(kept);
            marker::put_truncated(out, count - chars(kept));
            true
        }
        Cut::Partial { first, last } => {
            let (first, last) = (first as usize, last as usize);
            let (head, tail) = if count > first + last { (first, count - last) } else { (0, count) };
            let head = outside_mark(context, text, byte_of_char(text, head), |start, _| start);
            let tail = outside_mark(context, text, byte_of_char(text, tail), |_, end| end).max(head);
            out.extend_from_slice(text.get(..head).unwrap_or_default());
            marker::put_length(out, chars(text.get(head..tail).unwrap_or_default()), Unit::Chars);
            out.extend_from_slice(text.get(tail..).unwrap_or_default());
            true
        }
    }
}

/// `at`, or the side of the mark that `at` lies inside of.
fn outside_mark(context: &Context<'_, '_>, text: &[u8], at: usize, side: impl Fn(usize, usize) -> usize) -> usize {
    let start = memchr::memrchr(b'[', text.get(..at).unwrap_or_default());
    let mark = start.and_then(|start| Some((start, marker::end_of_mark(&context.plan.detectors, text, start)?)));
    match mark {
        Some((start, end)) if end > at => side(start, end),
        _ => at,
    }
}

/// Characters of valid UTF-8: the bytes that do not continue one.
pub(super) fn chars(text: &[u8]) -> usize {
    text.iter().filter(|&&byte| byte & 0xc0 != 0x80).count()
}

/// Where character `number` begins, counted from 0; the end of the text if it has no more.
pub(super) fn byte_of_char(text: &[u8], number: usize) -> usize {
    let mut starts = text.iter().enumerate().filter(|(_, byte)| **byte & 0xc0 != 0x80);
    starts.nth(number).map_or(text.len(), |(at, _)| at)
}
