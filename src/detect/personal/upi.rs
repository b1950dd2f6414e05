//! Payment addresses of India's Unified Payments Interface: a name or a telephone number, `@`, a bank's or an app's handle.
//!
//! Must not know e-mail, whose domains have a dot. Keeps I5: at most [`MOST`] bytes are read to each side.

use super::super::engine::Pass;
use super::super::registry::{Detector, DetectorId, Event, Example, Group, Rule};
use super::super::text::{before, byte, part, skip, skip_back};

/// The detectors of this file.
pub(super) const SHELF: &[Detector] = &[UPI_ID];

const UPI_ID: Detector = Detector {
    id: "upi-id",
    group: Group::Personal,
    about: "payment addresses of the Unified Payments Interface of India",
    source: "NPCI, UPI procedural guidelines (virtual payment addresses) and its lists of handles",
    examples: &[
        Example("pay «jane.fake12@okicici» or «0000000000@paytm»."),
        Example("VPA: «fake-jane@ybl», upi://pay?pa=«fake@oksbi»&am=1"),
        Example("jane@okicici.example and jane@okiciciano"),
        Example("@paytm, a @upi b and x_@upi/cli"),
    ],
    rule: Rule::At { events: &[Event::At], look },
};

/// What banks and apps are called in addresses.
const HANDLES: &[&[u8]] = &[
    b"abfspay",
    b"airtel",
    b"apl",
    b"aubank",
    b"axisb",
    b"axisbank",
    b"axl",
    b"barodampay",
    b"cnrb",
    b"dbs",
    b"fbl",
    b"federal",
    b"freecharge",
    b"hdfcbank",
    b"ibl",
    b"icici",
    b"idfcbank",
    b"idfcfirst",
    b"ikwik",
    b"indus",
    b"jupiteraxis",
    b"kotak",
    b"kotak811",
    b"naviaxis",
    b"okaxis",
    b"okhdfcbank",
    b"okicici",
    b"oksbi",
    b"payzapp",
    b"pnb",
    b"postbank",
    b"ptaxis",
    b"pthdfc",
    b"ptsbi",
    b"ptyes",
    b"paytm",
    b"rapl",
    b"sbi",
    b"sliceaxis",
    b"superyes",
    b"unionbank",
    b"upi",
    b"waaxis",
    b"wahdfcbank",
    b"waicici",
    b"wasbi",
    b"yapl",
    b"ybl",
    b"yesbank",
    b"yescred",
];

/// The longest local part.
const MOST: usize = 64;

/// The longest handle, and a byte more.
const HANDLE: usize = 12;

fn look(pass: &mut Pass<'_>, detector: DetectorId, at: usize) {
    let text = pass.text;
    if byte(text, at) != Some(b'@') {
        return;
    }
    let end = skip(part(text, 0..at + 1 + HANDLE), at + 1, |byte| byte.is_ascii_alphanumeric());
    let handle = part(text, at + 1..end);
    if !HANDLES.iter().any(|known| known.eq_ignore_ascii_case(handle)) {
        return;
    }
    let goes_on = match byte(text, end) {
        Some(b'.' | b'-') => byte(text, end + 1).is_some_and(|byte| byte.is_ascii_alphanumeric()),
        next => next.is_some_and(|byte| byte.is_ascii_alphanumeric() || b"_/@:".contains(&byte)),
    };
    let start = skip_back(text, at, MOST, |byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte));
    if !goes_on && at - start > 2 && !before(text, start).is_some_and(|byte| b"@/".contains(&byte)) {
        pass.report(detector, start, end);
    }
}
