//! What the console knows, changed only by commands, events and the passing of time.
