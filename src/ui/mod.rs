//! The screens: they read the state and answer with commands.
