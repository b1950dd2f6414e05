//! Findings in order, and one where several overlap.
//!
//! Must not know who finds. Whatever the order in which findings come, the same spans come out.

use alloc::vec::Vec;

use crate::detect::Finding;

/// Puts the findings from `first` on in order and makes one of those that overlap.
pub(in crate::detect) fn merge(findings: &mut Vec<Finding>, first: usize) {
    let Some(found) = findings.get_mut(first..) else { return };
    if !found.is_sorted_by_key(|finding| finding.start) {
        found.sort_by_key(|finding| finding.start);
    }
    let mut widest = 0;
    let mut kept = first;
    for index in first..findings.len() {
        let Some(&next) = findings.get(index) else { break };
        let width = next.end - next.start;
        let last = if kept > first { findings.get_mut(kept - 1) } else { None };
        match last {
            Some(last) if next.start < last.end => {
                last.end = last.end.max(next.end);
                if width > widest || (width == widest && next.detector < last.detector) {
                    (widest, last.detector) = (width, next.detector);
                }
            }
            _ => {
                if let Some(slot) = findings.get_mut(kept) {
                    *slot = next;
                }
                widest = width;
                kept += 1;
            }
        }
    }
    findings.truncate(kept);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::DetectorId;

    #[test]
    fn overlaps_are_merged_from_whatever_order() {
        let finding = |start, end, detector| Finding { start, end, detector: DetectorId::at(detector) };
        let mut findings = alloc::vec![
            finding(0, 9, 5),
            finding(8, 10, 3),
            finding(2, 4, 4),
            finding(5, 8, 2),
            finding(3, 6, 1),
            finding(10, 12, 0)
        ];
        merge(&mut findings, 1);
        // 2..8 is one: three bytes wide are both 5..8 and 3..6, and detector 1 comes first.
        // Touching is not overlapping.
        assert_eq!(findings, [finding(0, 9, 5), finding(2, 8, 1), finding(8, 10, 3), finding(10, 12, 0)]);
    }
}
