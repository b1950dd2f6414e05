//! Addresses of machines: IPv4, IPv6 and MAC.
//!
//! Must not know which networks are private: whose machine it is, the address tells all the same. Keeps I5: an address
//! is read up to its greatest length, and by the first of its colons alone.

use core::net::{Ipv4Addr, Ipv6Addr};

use super::super::engine::Pass;
use super::super::registry::id;
use super::super::registry::{Detector, DetectorId, Example, Group, Rule};
use super::super::text::{before, byte, part, skip, skip_back, starts_word};

/// The detectors of this file.
pub(super) const SHELF: &[Detector] = &[IP_ADDRESS, MAC_ADDRESS];

const IP_ADDRESS: Detector = Detector {
    id: "ip-address",
    group: Group::Personal,
    about: "IPv4 and IPv6 addresses and networks",
    source: "RFC 791, RFC 4291 section 2.2, RFC 4007 section 11 (zones), RFC 4632 (prefix lengths)",
    examples: &[
        Example("from «192.0.2.17»:8080"),
        Example("http://«198.51.100.7»/path and «203.0.113.0/24»."),
        Example("[«2001:db8::1»]:443"),
        Example("«2001:db8:0:0:8:800:200c:417a», «fe80::1%eth0»"),
        Example("mapped «::ffff:192.0.2.1»."),
        Example("v1.2.3.4 and version 10.2.3.4"),
        Example("Chrome/120.0.0.0 and 1.3.6.1.4.1 and 4.0.0.0"),
        Example("256.1.1.1 and 1.2.3"),
        Example("std::abc and abc::def and x :: Int and 12:34:56"),
        Example("2001::db8::1 and fe80::1text"),
    ],
    rule: Rule::Served,
};

const MAC_ADDRESS: Detector = Detector {
    id: "mac-address",
    group: Group::Personal,
    about: "hardware addresses of network interfaces",
    source: "IEEE 802, clause 8",
    examples: &[
        Example("ether «00:00:5e:00:53:af» up"),
        Example("«00-00-5E-00-53-AF»"),
        Example("mac address «0000.5e00.53af», arp «0000.5E00.53AE», mac «0000.5300.0001»"),
        Example("0000.5e00.53af.js, 0000.5300.0001, 0000.5e00.53AF, 038a.0020.0004 and dead.beef.cafe"),
        Example("mac:«00:00:5e:00:53:af»"),
        Example("MAC: «00005E0053AF», mac address «00005e0053af» and bssid=«00005e0053ae»"),
        Example("commit 00005e0053af and mac 00005e0053af00 and machine 00005e0053af"),
        Example("00:00:5e:00:53:af:00 and 00:00:5e:00:53"),
        Example("ff:ff:ff:ff:ff:ff and 00:00:00:00:00:00"),
        Example("00:00:5e-00:53:af"),
    ],
    rule: Rule::Served,
};

/// Words that say that four numbers are a version.
pub(super) const VERSION: &[&str] = &["version", "ver", "release", "assembly"];

/// Words that name a hardware address.
pub(super) const HARDWARE: &[&str] = &["mac", "macs", "hardware", "physical", "ethernet", "ether", "hwaddr", "bssid"];

/// Words that name an address of the network.
pub(super) const WORDS: &[&str] =
    &["ip", "ips", "ipv6", "address", "addr", "src", "dst", "source", "unspecified", "listen", "bind"];

/// IPv4 addresses among the digits that start at `start`.
pub(super) fn at_digits(pass: &mut Pass<'_>, start: usize) {
    const ID: DetectorId = id("ip-address");
    if let Some(end) = ipv4_end(pass, start).filter(|_| pass.wants(ID)) {
        pass.report(ID, start, prefix_end(pass.text, end, 32));
    }
}

fn ipv4_end(pass: &mut Pass<'_>, start: usize) -> Option<usize> {
    let text = pass.text;
    let end = skip(part(text, 0..start + 16), start, |byte| byte.is_ascii_digit() || byte == b'.');
    let end = if before(text, end) == Some(b'.') { end - 1 } else { end };
    if part(text, start..end).iter().filter(|&&byte| byte == b'.').count() != 3 {
        return None;
    }
    let address: Ipv4Addr = core::str::from_utf8(part(text, start..end)).ok()?.parse().ok()?;
    let wordy = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let begins = match before(text, start) {
        Some(b'.' | b'-' | b'/') => !wordy(before(text, start - 1)),
        Some(b'_') => false,
        _ => starts_word(text, start),
    };
    let ends = match byte(text, end) {
        Some(b'-') => !byte(text, end + 1).is_some_and(|byte| byte.is_ascii_alphabetic()),
        next => !wordy(next),
    };
    let versioned = address != Ipv4Addr::UNSPECIFIED && matches!(address.octets(), [0, ..] | [1..10, 0, 0, 0]);
    (begins && ends && !versioned && !pass.has_word(start.saturating_sub(12)..start, VERSION)).then_some(end)
}

/// Where the length of a prefix behind `end` ends.
fn prefix_end(text: &[u8], end: usize, most: u32) -> usize {
    let close = skip(part(text, 0..end + 5), end + 1, |byte| byte.is_ascii_digit());
    let length = part(text, end + 1..close).iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0'));
    if byte(text, end) == Some(b'/') && close > end + 1 && length <= most { close } else { end }
}

/// The address that a separator, or the byte after two, at `at` belongs to.
pub(super) fn at_colons(pass: &mut Pass<'_>, at: usize) {
    const IP: DetectorId = id("ip-address");
    const MAC: DetectorId = id("mac-address");
    let text = pass.text;
    let separator = byte(text, at).filter(|byte| matches!(byte, b'-' | b'.')).unwrap_or(b':');
    let inside = |byte: u8| byte.is_ascii_hexdigit() || byte == separator;
    // Most colons follow a word, and all of a row belong to one address.
    if at < pass.groups_end || !before(text, at).is_some_and(inside) && byte(text, at + 1) != Some(b':') {
        return;
    }
    pass.groups_end = skip(text, at, inside);
    let hex = |start: usize| skip(part(text, 0..start + 5), start, |byte| byte.is_ascii_hexdigit());
    let mut start = skip_back(text, at, LONGEST, inside);
    let mut first = hex(start);
    if !starts_word(text, start) && byte(text, first) == Some(separator) && byte(text, first + 1) != Some(separator) {
        // A word stands before it: `mac:00:00:5e:00:53:af`.
        start = first + 1;
        first = hex(start);
    } else if !starts_word(text, start) || before(text, start).is_some_and(|byte| b":_".contains(&byte)) {
        return;
    }
    if let Some(end) = mac_end(pass, start, first) {
        if pass.wants(MAC) {
            pass.report(MAC, start, end);
        }
    } else if byte(text, first) == Some(b':')
        && let Some(end) = ipv6_end(pass, start)
        && pass.wants(IP)
    {
        pass.report(IP, start, end);
    }
}

/// The address without separators from `start` to `end`, if a word just before says that it is one.
pub(super) fn at_word(pass: &mut Pass<'_>, start: usize, end: usize) {
    const ID: DetectorId = id("mac-address");
    let digits = part(pass.text, start..end);
    let mixed = digits.iter().any(u8::is_ascii_digit) && digits.iter().any(u8::is_ascii_alphabetic);
    let plain = digits.len() == 12 && mixed && digits.iter().all(u8::is_ascii_hexdigit);
    if plain
        && starts_word(pass.text, start)
        && !byte(pass.text, end).is_some_and(|byte| b"_-".contains(&byte))
        && pass.wants(ID)
        && pass.has_word(start.saturating_sub(JUST)..start, ADAPTERS)
    {
        pass.report(ID, start, end);
    }
}

/// How far before an address without separators its name may begin.
const JUST: usize = 24;

/// The words of [`HARDWARE`] that name nothing else.
const ADAPTERS: &[&str] = &["mac", "hwaddr", "bssid"];

/// The longest address, but for what it is mapped to.
const LONGEST: usize = 40;

/// Where the six pairs, or three fours, that start at `start` and are first parted at `at` end.
fn mac_end(pass: &mut Pass<'_>, start: usize, at: usize) -> Option<usize> {
    let text = pass.text;
    let separator = byte(text, at)?;
    let (width, groups) = match (at - start, separator) {
        (2, b':' | b'-') => (2, 6),
        (4, b'.') => (4, 3),
        _ => return None,
    };
    if before(text, start).is_some_and(|byte| b"-.".contains(&byte)) {
        return None;
    }
    let end = start + (width + 1) * groups - 1;
    let written = text.get(start..end)?;
    let fits = written.iter().enumerate().all(|(place, &byte)| match place % (width + 1) == width {
        true => byte == separator,
        false => byte.is_ascii_hexdigit(),
    });
    let goes_on = match byte(text, end) {
        Some(next) if next == separator => byte(text, end + 1).is_some_and(|byte| byte.is_ascii_hexdigit()),
        next => next.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_'),
    };
    // Three fours are also the end of a name, or a part of a longer row.
    let apart = width == 2
        || byte(text, end) != Some(b'.')
        || !byte(text, end + 1).is_some_and(|byte| byte.is_ascii_alphanumeric());
    let digits = || written.iter().filter(|byte| byte.is_ascii_hexdigit());
    let nobody = digits().all(|&digit| digit == b'0') || digits().all(|digit| digit.eq_ignore_ascii_case(&b'f'));
    // Digits alone are as well a time or a version; fours with letters in one place are rows of a table.
    let plain = match width {
        4 => !is_lettered(written),
        _ => !digits().any(u8::is_ascii_alphabetic),
    };
    (fits && !goes_on && apart && !nobody && (!plain || pass.is_near(start..end, HARDWARE))).then_some(end)
}

/// Whether letters of one case stand in two groups of `written`, and digits among them.
fn is_lettered(written: &[u8]) -> bool {
    let any = |is_so: fn(&u8) -> bool| written.iter().any(is_so);
    let groups = written.split(|&byte| byte == b'.');
    any(u8::is_ascii_digit)
        && any(u8::is_ascii_lowercase) != any(u8::is_ascii_uppercase)
        && groups.filter(|group| group.iter().any(u8::is_ascii_alphabetic)).count() > 1
}

fn ipv6_end(pass: &mut Pass<'_>, start: usize) -> Option<usize> {
    let text = pass.text;
    let mut end =
        skip(part(text, 0..start + 46), start, |byte| byte.is_ascii_hexdigit() || byte == b':' || byte == b'.');
    if before(text, end) == Some(b'.') {
        end -= 1;
    }
    if part(text, 0..end).ends_with(b":") && !part(text, 0..end).ends_with(b"::") {
        end -= 1;
    }
    let written = part(text, start..end);
    let shortened = written.windows(2).any(|pair| pair == b"::");
    let colons = written.iter().filter(|&&byte| byte == b':').count();
    if !shortened && colons < 6 || byte(text, end).is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        return None;
    }
    let _: Ipv6Addr = core::str::from_utf8(written).ok()?.parse().ok()?;
    let zone = skip(part(text, 0..end + 16), end + 1, |byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    let zoned = if byte(text, end) == Some(b'%') && zone > end + 1 { zone } else { end };
    let close = prefix_end(text, zoned, 128);
    // Without a digit it is more likely a path of names in some language, and without anything an operator.
    let digit = part(text, start..close).iter().any(u8::is_ascii_digit);
    (digit || pass.is_near(start..end, WORDS)).then_some(close)
}
