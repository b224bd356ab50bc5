//! Using the console with the keyboard alone.

mod flow;
mod focus;
mod help;
mod layouts;
mod main_job;
mod menus;
mod moves;
mod one_frame;
mod palette;
mod selects;
mod stops;
mod twins;
