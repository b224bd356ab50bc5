//! The embedded Thred-compatible server with generated data.
//!
//! It plays the vendor's side of the API over real HTTP on loopback: for *Explore the demo* and, wrapped in a layer that injects faults, for tests.
//! It is independent of the console.

mod auth;
mod business;
mod checks;
mod clock;
mod control;
mod draft;
mod entity_types;
mod error;
mod generate;
mod options;
mod page;
mod routes;
mod server;
mod state;
mod store;
#[cfg(test)]
mod tests;
mod tokens;

pub use self::{
    business::{DemoBusiness, NullableText},
    control::{CONTROL_HELP, run_command},
    options::{DemoCredentials, DemoOptions},
    routes::router,
    server::DemoServer,
    state::DemoState,
    store::{Store, StoreFilter},
};
