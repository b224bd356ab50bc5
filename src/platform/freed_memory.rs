//! Returns freed memory to the system.

/// Returns the memory that the allocator keeps for later allocations to the system.
///
/// The threads that read a list free several megabytes between the texts that stay, and glibc returns only what is at the end of a heap. Other C
/// libraries return freed memory by themselves. Takes a few milliseconds, so do not call it on the UI thread.
///
/// Source: malloc_trim(3) of the Linux manual.
pub fn return_to_system() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        #[expect(unsafe_code, reason = "a function of the C library")]
        // SAFETY: it may be called at any time and from any thread.
        unsafe {
            libc::malloc_trim(0);
        }
    }
}
