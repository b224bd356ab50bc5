//! `N` and what follows it.

mod drafts;
mod form;
mod once;
mod outcomes;
mod unknown;
