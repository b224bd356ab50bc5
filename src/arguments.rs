//! Command-line arguments.

use clap::{Args, Parser, Subcommand};
use thred_console::cli::{CliCommand, CliExit};

/// Native console for Thred partners: find businesses and copy short-lived business tokens.
#[derive(Debug, Parser)]
#[command(version, about, after_help = after_help(), args_conflicts_with_subcommands = true)]
pub(crate) struct Arguments {
    /// Sign in to the embedded demo server; needs no account
    #[arg(long)]
    pub(crate) demo: bool,

    #[command(flatten)]
    pub(crate) size: DemoSize,

    #[command(subcommand)]
    pub(crate) mode: Option<Mode>,
}

/// What to do instead of opening the window.
#[derive(Debug, Subcommand)]
pub(crate) enum Mode {
    /// Run the demo server alone and print its address and credentials
    #[command(after_help = serve_demo_help())]
    ServeDemo(DemoSize),

    #[command(flatten)]
    Script(CliCommand),
}

/// Size of the demo.
#[derive(Debug, Args)]
pub(crate) struct DemoSize {
    /// Number of generated businesses
    #[arg(long, value_name = "N", default_value_t = 250, value_parser = businesses)]
    pub(crate) businesses: u32,
}

fn businesses(typed: &str) -> Result<u32, String> {
    let count = typed.parse().ok().filter(|count| *count <= 1_000_000);
    count.ok_or_else(|| "use a number from 0 to 1000000".to_owned())
}

fn serve_demo_help() -> String {
    format!(
        "Commands on standard input, each answered with one line:\n{}",
        thred_console::demo::CONTROL_HELP
    )
}

fn after_help() -> String {
    format!("{VARIABLES}\n\n{}", CliExit::help())
}

const VARIABLES: &str = "\
Environment:
  THRED_PARTNER_UUID, THRED_API_KEY  sign in with these; they are never stored
  THRED_BASE_URL                     the server to sign in to (default: the Sandbox)
  THRED_CONSOLE_HOME                 the folder for the console’s files
  RUST_LOG                           what is logged to stderr, such as thred_console=debug";
