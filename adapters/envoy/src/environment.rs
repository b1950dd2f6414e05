//! The environment that Envoy gives the plugin, which is where keys are: by two imports of WASI, the only ones there are.
//!
//! Must not know what a variable is for. The only `unsafe` of this crate is here, for the call of a function that lies
//! outside. Keeps I1: no value is logged or kept.

mod wasi {
    #[link(wasm_import_module = "wasi_snapshot_preview1")]
    unsafe extern "C" {
        pub fn environ_get(pointers: *mut *mut u8, texts: *mut u8) -> u16;
        pub fn environ_sizes_get(count: *mut usize, bytes: *mut usize) -> u16;
    }
}

/// The value of a variable, if the plugin has been given it.
pub fn variable(name: &str) -> Option<String> {
    let texts = texts()?;
    let variables = texts.split(|byte| *byte == 0).filter_map(|text| std::str::from_utf8(text).ok());
    variables.filter_map(|text| text.split_once('=')).find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
}

/// All variables, `NAME=VALUE` each, with a zero byte behind each.
fn texts() -> Option<Vec<u8>> {
    let (mut count, mut bytes) = (0, 0);
    // SAFETY: both pointers are to numbers of the size that WASI writes: 32 bits, which `usize` has on this target.
    if unsafe { wasi::environ_sizes_get(&mut count, &mut bytes) } != 0 {
        return None;
    }
    let mut pointers = vec![std::ptr::null_mut(); count];
    let mut texts = vec![0; bytes];
    // SAFETY: there is room for as many pointers and as many bytes as the call before has said.
    let status = unsafe { wasi::environ_get(pointers.as_mut_ptr(), texts.as_mut_ptr()) };
    (status == 0).then_some(texts)
}
