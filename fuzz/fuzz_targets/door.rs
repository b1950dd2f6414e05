//! Any request at the door.
//!
//! Must not know what holds of it: the oracle does. Holds I8 by running at all.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| testkit::fuzz::door(data));
