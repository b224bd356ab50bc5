//! Wipes memory when it is freed.
//!
//! A secret passes through buffers that this program does not control: those of HTTP, TLS and D-Bus, growing strings, the GUI toolkit's copies of
//! what was typed. All of them return to the allocator, so it is the one place that sees them.

#![expect(unsafe_code, reason = "an allocator cannot be written without")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::mem::MaybeUninit;
use std::slice;

use zeroize::Zeroize as _;

/// An allocator, by default the system's, that zeroes every block before it is freed.
#[derive(Debug, Clone, Copy, Default)]
pub struct WipingAllocator<A = System>(A);

impl WipingAllocator {
    /// The system's allocator, zeroing every block before it is freed.
    pub const fn new() -> Self {
        Self(System)
    }
}

// SAFETY: every call is passed unchanged to the inner allocator. `realloc` uses the trait's default, which allocates a new block, copies, and frees
// the old one through `dealloc`; the system's own could move a block without wiping it.
unsafe impl<A: GlobalAlloc> GlobalAlloc for WipingAllocator<A> {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller upholds the contract of this method.
        unsafe { self.0.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as above.
        unsafe { self.0.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the block was allocated with this layout, nothing else uses it now, and possibly uninitialised bytes may be overwritten.
        let bytes =
            unsafe { slice::from_raw_parts_mut(block.cast::<MaybeUninit<u8>>(), layout.size()) };
        bytes.zeroize();
        // SAFETY: as above.
        unsafe { self.0.dealloc(block, layout) }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    /// Records the contents of each block that is freed.
    #[derive(Default)]
    struct Recorder(RefCell<Vec<Vec<u8>>>);

    // SAFETY: every call is passed unchanged to the system's allocator.
    unsafe impl GlobalAlloc for Recorder {
        unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
            // SAFETY: the caller upholds the contract of this method.
            unsafe { System.alloc(layout) }
        }

        unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
            // SAFETY: the test fills every block before freeing it.
            unsafe {
                let bytes = slice::from_raw_parts(block, layout.size());
                self.0.borrow_mut().push(bytes.to_vec());
                System.dealloc(block, layout);
            }
        }
    }

    #[test]
    fn every_byte_is_kept_until_the_block_is_given_back_and_zeroed_then() {
        let allocator = WipingAllocator(Recorder::default());
        let [small, large, least] =
            [24, 100_000, 8].map(|size| Layout::from_size_align(size, 8).unwrap());
        // SAFETY: allocated, filled, moved and freed with the layout that each call requires.
        unsafe {
            let block = allocator.alloc(small);
            block.write_bytes(0x5a, 24);
            let grown = allocator.realloc(block, small, 100_000);
            assert_eq!(slice::from_raw_parts(grown, 24), [0x5a; 24]);
            grown.write_bytes(0xa5, 100_000);
            let shrunk = allocator.realloc(grown, large, 8);
            assert_eq!(slice::from_raw_parts(shrunk, 8), [0xa5; 8]);
            allocator.dealloc(shrunk, least);
            let zeroed = allocator.alloc_zeroed(large);
            assert_eq!(slice::from_raw_parts(zeroed, 100_000), [0; 100_000]);
            zeroed.write_bytes(0x5a, 100_000);
            allocator.dealloc(zeroed, large);
        }
        let freed = allocator.0.0.into_inner();
        assert_eq!(
            freed.iter().map(Vec::len).collect::<Vec<_>>(),
            [24, 100_000, 8, 100_000]
        );
        assert!(freed.iter().flatten().all(|byte| *byte == 0));
    }
}
