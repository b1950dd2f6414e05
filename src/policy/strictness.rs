//! Which of two treatments lets less out.
//!
//! Must not know documents or events. Keeps I1: where two rules meet on one value, or an event cannot be told, what
//! happens reveals no more than either rule would.
//!
//! From loose to strict: keep-unscanned, keep, scan, {a cut of a scan, word, a cut of a word}, {hmac, length}, mask,
//! drop. In the braces not every two compare: a cut shows part of a long text that `word` hides, `word` shows the end of a
//! short one that a cut hides; a length tells which values are long, a pseudonym which are the same. Then neither rule may
//! win, and the value is masked.

use alloc::borrow::ToOwned;
use core::cmp::Ordering;

use crate::policy::actions::{Base, Cut, Treatment};

/// The treatment that reveals no more than `a` and no more than `b`.
///
/// Commutative and idempotent. For more than two use [`strictest_of`]: with `length`, `hmac` (or a mask's own text) among
/// them, pairs taken one after another may end in `mask` where one of these was strict enough.
pub fn strictest(a: &Treatment, b: &Treatment) -> Treatment {
    let (a, b) = (settled(a), settled(b));
    match rank(&a).cmp(&rank(&b)) {
        Ordering::Less => b,
        Ordering::Greater => a,
        Ordering::Equal => match (&a.base, &b.base) {
            (Base::Mask(one), Base::Mask(other)) => {
                // Any order will do as long as it is one; the usual mask is the plainest.
                let text = one.as_ref().zip(other.as_ref()).map(|(one, other)| one.min(other).to_owned());
                Treatment::of(Base::Mask(text))
            }
            (one, other) if one == other => match (a.cut, b.cut) {
                (Some(one), Some(other)) => {
                    narrower(one, other).map_or_else(mask, |cut| Treatment { cut: Some(cut), ..a })
                }
                (cut, None) | (None, cut) => Treatment { cut, ..a },
            },
            _ => mask(),
        },
    }
}

/// The treatment that reveals no more than any of `treatments`; the same in whatever order they come.
///
/// Nothing for no treatments.
pub fn strictest_of<'t>(treatments: impl Iterator<Item = &'t Treatment> + Clone) -> Option<Treatment> {
    // From length on a rank compares with everything below, so whatever does not compare there no longer counts.
    let floor = treatments.clone().map(rank_settled).max()?;
    let mut strict = treatments.filter(|treatment| floor < LENGTH || rank_settled(treatment) >= floor);
    let first = settled(strict.next()?);
    Some(strict.fold(first, |strictest_yet, next| strictest(&strictest_yet, next)))
}

const LENGTH: u8 = 4;

fn rank(treatment: &Treatment) -> u8 {
    match (&treatment.base, treatment.cut) {
        (Base::KeepUnscanned, _) => 0,
        (Base::Keep, _) => 1,
        (Base::Scan, None) => 2,
        (Base::Scan, Some(_)) | (Base::Word, _) => 3,
        (Base::Hmac(_) | Base::Length, _) => LENGTH,
        (Base::Mask(_), _) => 5,
        (Base::Drop, _) => 6,
    }
}

fn rank_settled(treatment: &Treatment) -> u8 {
    rank(&settled(treatment))
}

// A cut has a meaning only for a scan and a word: what is kept and cut is scanned and cut, and the rest has no text to
// cut.
fn settled(treatment: &Treatment) -> Treatment {
    match (&treatment.base, treatment.cut) {
        (Base::Keep | Base::KeepUnscanned, cut @ Some(_)) => Treatment { base: Base::Scan, cut },
        (Base::Drop | Base::Hmac(_) | Base::Length | Base::Mask(_), Some(_)) => Treatment::of(treatment.base.clone()),
        _ => treatment.clone(),
    }
}

fn mask() -> Treatment {
    Treatment::of(Base::Mask(None))
}

// The cut that shows what both show; none when that is nothing or is not a cut.
fn narrower(one: Cut, other: Cut) -> Option<Cut> {
    match (one, other) {
        (Cut::Truncate(one), Cut::Truncate(other)) => Some(Cut::Truncate(one.min(other))),
        (Cut::Partial { first: a, last: b }, Cut::Partial { first: c, last: d }) => {
            let (first, last) = (a.min(c), b.min(d));
            (first > 0 || last > 0 || one == other).then_some(Cut::Partial { first, last })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;
    use alloc::vec::Vec;

    use super::*;
    use crate::policy::actions::Hmac;

    // Every base with every cut, and of each kind of number and text enough to differ.
    fn all() -> Vec<Treatment> {
        let texts = [Base::Mask(None), Base::Mask(Some("a".into())), Base::Mask(Some("b".into()))];
        let mut all: Vec<Treatment> = texts.into_iter().map(Treatment::of).collect();
        all.extend([Base::Drop, Base::Keep, Base::KeepUnscanned, Base::Length].map(Treatment::of));
        all.extend([16, 32].map(|length| Treatment::of(Base::Hmac(Hmac { key: None, length }))));
        let partial = |first, last| Some(Cut::Partial { first, last });
        let cuts = [
            None,
            Some(Cut::Truncate(0)),
            Some(Cut::Truncate(5)),
            Some(Cut::Truncate(9)),
            partial(2, 4),
            partial(3, 3),
            partial(2, 0),
            partial(0, 2),
        ];
        for cut in cuts {
            all.extend([Base::Scan, Base::Word].map(|base| Treatment { base, cut }));
        }
        all
    }

    /// Scenario: every pair of treatments.
    /// Guarantees: the answer is the same both ways, is at least as strict as either, and is the treatment itself when
    /// both are the same.
    #[test]
    fn pairs_commute_and_do_not_loosen() {
        for a in &all() {
            assert_eq!(&strictest(a, a), a);
            for b in &all() {
                let both = strictest(a, b);
                assert_eq!(both, strictest(b, a), "{a} / {b}");
                assert!(rank(&both) >= rank(a).max(rank(b)), "{a} / {b}");
                assert_eq!(strictest(&both, a), both, "{a} / {b}");
            }
        }
    }

    /// Scenario: every three treatments, in every order.
    /// Guarantees: `strictest_of` does not depend on the order, and agrees with `strictest` on pairs.
    #[test]
    fn the_strictest_of_many_has_no_order() {
        for a in &all() {
            for b in &all() {
                assert_eq!(strictest_of([a, b].into_iter()), Some(strictest(a, b)), "{a} / {b}");
                for c in &all() {
                    let answer = strictest_of([a, b, c].into_iter());
                    for order in [[a, c, b], [b, a, c], [b, c, a], [c, a, b], [c, b, a]] {
                        assert_eq!(strictest_of(order.into_iter()), answer, "{a} / {b} / {c}");
                    }
                }
            }
        }
        assert_eq!(strictest_of([].into_iter()), None);
    }

    /// Pairs one after another are associative too, unless two that do not compare meet a length or a mask's own text.
    #[test]
    fn pairs_are_associative_but_for_one_case() {
        let loses =
            |treatment: &Treatment| matches!(&treatment.base, Base::Hmac(_) | Base::Length | Base::Mask(Some(_)));
        for a in &all() {
            for b in &all() {
                for c in &all() {
                    let (left, right) = (strictest(&strictest(a, b), c), strictest(a, &strictest(b, c)));
                    let excepted = [a, b, c].into_iter().any(loses) && (left == mask() || right == mask());
                    assert!(left == right || excepted, "{a} / {b} / {c}: {left} / {right}");
                }
            }
        }
    }

    #[test]
    fn what_does_not_compare_is_masked() {
        let truncate = |most| Treatment { base: Base::Scan, cut: Some(Cut::Truncate(most)) };
        let partial = |first, last| Treatment { base: Base::Scan, cut: Some(Cut::Partial { first, last }) };
        let word = Treatment::of(Base::Word);
        assert_eq!(strictest(&word, &truncate(5)), mask());
        assert_eq!(strictest(&partial(2, 4), &truncate(5)), mask());
        assert_eq!(strictest(&truncate(9), &truncate(5)), truncate(5));
        assert_eq!(strictest(&partial(2, 4), &partial(3, 1)), partial(2, 1));
        assert_eq!(strictest(&partial(2, 0), &partial(0, 2)), mask());
        let cut_word = Treatment { base: Base::Word, cut: Some(Cut::Truncate(5)) };
        assert_eq!(strictest(&word, &cut_word), cut_word);
        let text = |text: &str| Treatment::of(Base::Mask(Some(text.to_string())));
        assert_eq!(strictest(&text("b"), &text("a")), text("a"));
        assert_eq!(strictest(&text("a"), &mask()), mask());
        let hmac = Treatment::of(Base::Hmac(Hmac::default()));
        assert_eq!(strictest(&hmac, &Treatment::of(Base::Length)), mask());
        assert_eq!(strictest(&hmac, &word), hmac);
    }

    #[test]
    fn a_cut_without_a_meaning_is_settled_first() {
        let cut = Some(Cut::Truncate(5));
        let kept = Treatment { base: Base::KeepUnscanned, cut };
        assert_eq!(strictest(&kept, &kept), Treatment { base: Base::Scan, cut });
        let dropped = Treatment { base: Base::Drop, cut };
        assert_eq!(strictest(&dropped, &kept), Treatment::of(Base::Drop));
    }
}
