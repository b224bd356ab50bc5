//! The console without a pointer.

mod flow;
mod focus;
mod one_frame;
mod palette;
mod stops;
mod twins;
