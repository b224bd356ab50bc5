//! Memory that is wiped when it is given back.
//!
//! A secret passes through buffers that nobody here owns: those of HTTP, TLS and D-Bus, texts that grow, the window
//! toolkit's copies of what was typed. All of them come back to the allocator, so this is the one place that sees them.

#![expect(
    unsafe_code,
    reason = "an allocator cannot be written without; the one file that may"
)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::mem::MaybeUninit;
use std::slice;

use zeroize::Zeroize as _;

/// The system's allocator, with every block zeroed before it is freed.
#[derive(Debug, Clone, Copy, Default)]
pub struct WipingAllocator;

// SAFETY: every call is handed on to the system's allocator as it came. `realloc` is left to the trait, which takes a new
// block, copies and frees the old one through `dealloc`: that of the system may move a block without wiping it.
unsafe impl GlobalAlloc for WipingAllocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller keeps the rules of this very method.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as above.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the block was allocated with this layout, nobody else may use it any more, and bytes that may be
        // uninitialised can be overwritten.
        let bytes =
            unsafe { slice::from_raw_parts_mut(block.cast::<MaybeUninit<u8>>(), layout.size()) };
        bytes.zeroize();
        // SAFETY: as above.
        unsafe { System.dealloc(block, layout) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Looks at a block after it was wiped: the memory of the test stays its own.
    #[test]
    fn every_byte_is_kept_until_the_block_is_given_back() {
        let small = Layout::from_size_align(24, 8).unwrap();
        // SAFETY: allocated, filled, moved and freed with the layout that each call asks for.
        unsafe {
            let block = WipingAllocator.alloc(small);
            block.write_bytes(0x5a, 24);
            let grown = WipingAllocator.realloc(block, small, 100_000);
            assert_eq!(slice::from_raw_parts(grown, 24), [0x5a; 24]);
            let large = Layout::from_size_align(100_000, 8).unwrap();
            let shrunk = WipingAllocator.realloc(grown, large, 8);
            assert_eq!(slice::from_raw_parts(shrunk, 8), [0x5a; 8]);
            WipingAllocator.dealloc(shrunk, Layout::from_size_align(8, 8).unwrap());
            let zeroed = WipingAllocator.alloc_zeroed(large);
            assert_eq!(slice::from_raw_parts(zeroed, 100_000), [0; 100_000]);
            WipingAllocator.dealloc(zeroed, large);
        }
    }
}
