//! Puts marks in place of what the detectors find in plain text.
//!
//! Must not know JSON or places. Keeps I1: every byte of a finding goes, save what its action names.

use alloc::vec::Vec;

use super::marker::{self, Unit};
use super::text::{byte_of_char, chars};
use super::treat::Treated;
use super::{Context, text};
use crate::policy::FindingMark;

/// Looks once: `text` with marks into `out`, or `false` if nothing is found that may not stay.
pub(super) fn scan_once(context: &mut Context<'_, '_>, name: &[u8], text: &[u8], out: &mut Vec<u8>) -> bool {
    let plan = context.plan;
    let findings = &mut context.scratch.findings;
    findings.clear();
    plan.detectors.scan_named(name, text, findings);
    let mut copied = 0;
    for finding in findings.iter() {
        let Some(found) = text.get(finding.start..finding.end) else { continue };
        if plan.allow.iter().any(|allowed| **allowed == *found) {
            continue;
        }
        out.extend_from_slice(text.get(copied..finding.start).unwrap_or_default());
        match plan.findings.get(finding.detector.index()) {
            Some(FindingMark::Hmac(id)) => context.scratch.pseudonyms.put(plan, *id, found, out),
            mark => put_mark(mark, found, out),
        }
        copied = finding.end;
        context.report.detected(finding.detector.index());
    }
    if copied == 0 {
        return false;
    }
    out.extend_from_slice(text.get(copied..).unwrap_or_default());
    true
}

/// The same until nothing more is found, for text of the envelope.
pub(super) fn scan_text(context: &mut Context<'_, '_>, name: &[u8], text: &[u8]) -> Treated {
    text::settle(context, text, |context, text, out| scan_once(context, name, text, out))
}

fn put_mark(mark: Option<&FindingMark>, found: &[u8], out: &mut Vec<u8>) {
    match mark {
        Some(FindingMark::Mask(mask)) => out.extend_from_slice(mask),
        Some(&FindingMark::Partial { first, last, ref mask }) => {
            let (count, first, last) = (chars(found), first as usize, last as usize);
            // A finding no longer than what may stay of it would stay whole.
            let (head, tail) = if count > first + last { (first, count - last) } else { (0, count) };
            out.extend_from_slice(found.get(..byte_of_char(found, head)).unwrap_or_default());
            out.extend_from_slice(mask);
            out.extend_from_slice(found.get(byte_of_char(found, tail)..).unwrap_or_default());
        }
        Some(FindingMark::Hmac(_) | FindingMark::Length) | None => marker::put_length(out, chars(found), Unit::Chars),
    }
}
