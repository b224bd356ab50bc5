//! Generates completions and the manual page from the definitions of the commands.

use clap::Command;
use clap_complete::Shell;
use clap_mangen::Man;

use super::cli_error::CliError;
use super::exit::CliExit;
use super::output;

/// The program's name in the generated texts.
const NAME: &str = "thred-console";

/// Prints a completion script for a shell.
pub(super) fn completions(shell: Shell, mut definition: Command) -> Result<(), CliError> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut definition, NAME, &mut script);
    output::print(&script)
}

/// Prints the manual page: the program, then each command.
pub(super) fn manual(mut definition: Command) -> Result<(), CliError> {
    // Fills in the usage of every command.
    definition.build();
    let page = page(definition);
    let page = page.map_err(|error| CliError::new(CliExit::Failed, error.to_string()))?;
    output::print(&page)
}

fn page(definition: Command) -> std::io::Result<Vec<u8>> {
    let mut page = Vec::new();
    let commands = definition.get_subcommands();
    let commands: Vec<Command> = commands
        .filter(|command| command.get_name() != "help")
        .cloned()
        .collect();
    let main = Man::new(definition);
    main.render_title(&mut page)?;
    main.render_name_section(&mut page)?;
    main.render_synopsis_section(&mut page)?;
    main.render_description_section(&mut page)?;
    main.render_options_section(&mut page)?;
    for command in commands {
        let name = command.get_name().to_uppercase();
        // The text after a command's help is printed only once, for the whole page.
        let command = Man::new(command.after_help(""));
        let mut section = Vec::new();
        command.render_synopsis_section(&mut section)?;
        command.render_description_section(&mut section)?;
        command.render_options_section(&mut section)?;
        page.extend(format!(".SH \"COMMAND {name}\"\n").into_bytes());
        // The sections of a command are subsections of this one.
        let section = String::from_utf8_lossy(&section).replace(".SH ", ".SS ");
        page.extend(section.into_bytes());
    }
    let mut rest = Vec::new();
    main.render_extra_section(&mut rest)?;
    let rest = String::from_utf8_lossy(&rest);
    let rest = rest.replace(".SH EXTRA", ".SH \"ENVIRONMENT AND EXIT CODES\"");
    page.extend(rest.into_bytes());
    main.render_version_section(&mut page)?;
    Ok(page)
}
