//! What fuzzing collected, through the oracles, in an ordinary build.
//!
//! Must not fuzz: it runs what is kept in `fuzz/`, the same every time. Holds I1, I2, I3, I6, I7 and I8 on every input
//! that once showed something new, also where no fuzzer can be built.

use std::panic::catch_unwind;

use testkit::fuzz::{TARGETS, inputs};

/// Scenario: the committed seeds of each target, and what this machine has collected or broken.
/// Guarantees: every oracle of the targets, with the file named where one fails.
#[test]
fn every_input_holds() {
    for (target, oracle) in TARGETS {
        for (path, bytes) in inputs(target) {
            let held = catch_unwind(|| oracle(&bytes));
            assert!(held.is_ok(), "{} does not hold; what failed is said above", path.display());
        }
    }
}
