//! Creating a business: the form, its drafts, and the outcomes of the request.

mod calm;
mod drafts;
mod form;
mod once;
mod outcomes;
mod unknown;
