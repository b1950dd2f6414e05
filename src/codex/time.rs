//! `event.timestamp` as nanoseconds since 1970.
//!
//! Must not know where the text stood. Keeps I7: only one reading is accepted, so the same text gives the same time in
//! every host, and a text that is not one is left to the caller.

/// The nanoseconds since 1970 that `text` names, or nothing if it is not a time in UTC of the calendar.
///
/// Read strictly: `YYYY-MM-DDTHH:MM:SS`, up to nine digits of a fraction, and `Z` or `+00:00`. Leap seconds are not
/// times here, since their nanoseconds would stand for another second as well. The last time is that of 63 bits, in
/// April 2262: backends read these fields as signed.
pub fn parse_rfc3339_utc(text: &[u8]) -> Option<u64> {
    let (seconds, rest) = text.split_first_chunk::<19>()?;
    let &[y1, y2, y3, y4, b'-', mo1, mo2, b'-', d1, d2, b'T', h1, h2, b':', mi1, mi2, b':', s1, s2] = seconds else {
        return None;
    };
    let year = number(&[y1, y2, y3, y4])?;
    let days = days_since_epoch(year, number(&[mo1, mo2])?, number(&[d1, d2])?)?;
    let clock = [(number(&[h1, h2])?, 24), (number(&[mi1, mi2])?, 60), (number(&[s1, s2])?, 60)];
    let within_day = clock.iter().try_fold(0, |sum, &(value, bound)| (value < bound).then_some(sum * bound + value))?;

    let (nanos, zone) = fraction(rest)?;
    if !matches!(zone, b"Z" | b"+00:00") {
        return None;
    }
    let total = (days * 86_400 + within_day).checked_mul(NANOS_PER_SECOND)?.checked_add(nanos)?;
    i64::try_from(total).is_ok().then_some(total)
}

const NANOS_PER_SECOND: u64 = 1_000_000_000;

/// The nanoseconds of `.digits`, which may be absent, and what stands behind them.
fn fraction(text: &[u8]) -> Option<(u64, &[u8])> {
    if let [b'.', digits @ .., b'Z'] = text
        && let Ok(milliseconds) = <&[u8; 3]>::try_from(digits)
    {
        // What Codex writes.
        return Some((number(milliseconds)? * 1_000_000, b"Z"));
    }
    let Some(after_point) = text.strip_prefix(b".") else {
        return Some((0, text));
    };
    let count = after_point.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, zone) = after_point.split_at_checked(count)?;
    let scale = 9u32.checked_sub(u32::try_from(count).ok()?)?;
    (count > 0).then_some((number(digits)? * 10u64.pow(scale), zone))
}

/// The number of at most nine digits, all of them digits.
fn number(digits: &[u8]) -> Option<u64> {
    digits.iter().try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u64::from(byte - b'0')))
}

/// Days of a common year before each month, and of the whole.
const DAYS_BEFORE: [u64; 13] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];

/// Days from 1970-01-01 to a date of the Gregorian calendar.
fn days_since_epoch(year: u64, month: u64, day: u64) -> Option<u64> {
    if !(1970..=2262).contains(&year) {
        return None;
    }
    let leap_days_up_to = |year: u64| year / 4 - year / 100 + year / 400;
    let leap = leap_days_up_to(year) - leap_days_up_to(year - 1);
    let index = usize::try_from(month.checked_sub(1)?).ok()?;
    let (before, length) = (*DAYS_BEFORE.get(index)?, DAYS_BEFORE.get(index + 1)? - DAYS_BEFORE.get(index)?);
    let (days_in_months, length) = match month {
        1 => (before, length),
        2 => (before, length + leap),
        _ => (before + leap, length),
    };
    let days_in_years = (year - 1970) * 365 + leap_days_up_to(year - 1) - leap_days_up_to(1969);
    (1..=length).contains(&day).then_some(days_in_years + days_in_months + day - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_the_calendar() {
        // Checked against `date -u -d TEXT +%s%N`.
        let known = [
            ("1970-01-01T00:00:00Z", 0),
            ("1970-01-01T00:00:00.000000001Z", 1),
            ("2000-02-29T23:59:59.5+00:00", 951_868_799_500_000_000),
            ("2024-12-31T00:00:00Z", 1_735_603_200_000_000_000),
            ("2026-11-22T06:54:55.186Z", 1_795_330_495_186_000_000),
            ("2100-03-01T00:00:00Z", 4_107_542_400_000_000_000),
            ("2262-04-11T23:47:16.854775807Z", 9_223_372_036_854_775_807),
        ];
        for (text, nanos) in known {
            assert_eq!(parse_rfc3339_utc(text.as_bytes()), Some(nanos), "{text}");
        }
    }

    #[test]
    fn what_is_no_time() {
        let wrong = [
            "",
            "2026-11-22",
            "2026-11-22T06:54:55",
            "2026-11-22t06:54:55Z",
            "2026-11-22 06:54:55Z",
            "2026-11-22T06:54:55z",
            "2026-11-22T06:54:55+01:00",
            "2026-11-22T06:54:55-00:00",
            "2026-11-22T06:54:55.Z",
            "2026-11-22T06:54:55.1234567890Z",
            "2026-11-22T06:54:55.186Z ",
            "2026-11-22T06:54:60Z",
            "2026-11-22T24:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-00-01T00:00:00Z",
            "2026-02-29T00:00:00Z",
            "2100-02-29T00:00:00Z",
            "2026-04-31T00:00:00Z",
            "2026-04-00T00:00:00Z",
            "1969-12-31T23:59:59Z",
            "2262-04-11T23:47:16.854775808Z",
            "2263-01-01T00:00:00Z",
            "20x6-11-22T06:54:55Z",
        ];
        for text in wrong {
            assert_eq!(parse_rfc3339_utc(text.as_bytes()), None, "{text}");
        }
    }
}
