//! How a program ended.

/// How a program ended, as far as its system tells.
pub(super) enum ProcessEnd {
    Exited,
    /// The system stopped it because it read from a terminal while in the background.
    #[cfg_attr(
        windows,
        expect(
            dead_code,
            reason = "Windows stops no program that reads from a console"
        )
    )]
    AsksOnTerminal,
}
