//! The detectors in WebAssembly: a text goes in, and how much was found comes out.
//!
//! The host writes a text at [`text`] and calls [`scan`] with a piece of it as often as it likes. Text and findings are kept
//! between calls, so that what is measured is the scan and not this door.
//!
//! Must not know how the detectors work. Keeps the comparison fair: the scan is the one that the native row calls.

use std::cell::RefCell;

use airlock::detect::{Detectors, Finding};

thread_local! {
    static TEXT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static FINDINGS: RefCell<Vec<Finding>> = const { RefCell::new(Vec::new()) };
    static DETECTORS: Detectors = Detectors::all();
}

/// Room for a text of `len` bytes, which every scan reads from then on.
#[unsafe(no_mangle)]
pub extern "C" fn text(len: usize) -> *mut u8 {
    TEXT.with_borrow_mut(|text| {
        text.resize(len, 0);
        text.as_mut_ptr()
    })
}

/// How many findings the text has from byte `start` to byte `end`.
#[unsafe(no_mangle)]
pub extern "C" fn scan(start: usize, end: usize) -> usize {
    TEXT.with_borrow(|text| {
        FINDINGS.with_borrow_mut(|findings| {
            findings.clear();
            DETECTORS.with(|detectors| detectors.scan(&text[start..end], findings));
            findings.len()
        })
    })
}
