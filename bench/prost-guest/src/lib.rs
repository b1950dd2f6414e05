//! The baseline in WebAssembly: `prost-edit` between two buffers of the guest's own.
//!
//! The host writes a batch at [`input`], calls [`process`] and reads as many bytes at [`output`] as that returned. The
//! buffers are reused, so that the baseline pays for its messages and not for this door.
//!
//! Must not know the core. Keeps no invariant: it is what the core is compared with.

#[path = "../../prost-edit/edit.rs"]
mod edit;

use std::cell::RefCell;

thread_local! {
    static INPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static OUTPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Room for a batch of `len` bytes.
#[unsafe(no_mangle)]
pub extern "C" fn input(len: usize) -> *mut u8 {
    INPUT.with_borrow_mut(|input| {
        if input.len() < len {
            input.resize(len, 0);
        }
        input.as_mut_ptr()
    })
}

/// Edits the first `len` bytes of the input: 0 is the wire edit, 1 the default policy's. The length of the output, or
/// a negative number if the batch cannot be read.
#[unsafe(no_mangle)]
pub extern "C" fn process(len: usize, job: u32) -> i32 {
    let edit = if job == 0 { edit::wire_edit } else { edit::default_policy };
    INPUT.with_borrow(|input| {
        OUTPUT.with_borrow_mut(|output| match input.get(..len).map(|batch| edit::run(batch, edit, output)) {
            Some(Ok(())) => i32::try_from(output.len()).unwrap_or(-1),
            _ => -1,
        })
    })
}

/// Where the output stands.
#[unsafe(no_mangle)]
pub extern "C" fn output() -> *const u8 {
    OUTPUT.with_borrow(|output| output.as_ptr())
}
