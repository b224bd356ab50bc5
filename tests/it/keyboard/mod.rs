//! The console without a pointer.

mod flow;
mod focus;
mod palette;
mod stops;
mod twins;
