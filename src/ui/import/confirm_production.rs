//! Confirmation before the first import into Production, once per run of the console.

use egui::Context;

use super::super::words;
use crate::domain::environment::Environment;
use crate::state::import::messages::ImportCommand;
use crate::state::import::open_file::OpenFile;
use crate::state::session::workspace::Workspace;
use crate::ui::Screen;
use crate::ui::question::Question;
use crate::widgets::Button;

pub(super) fn show(ctx: &Context, workspace: &Workspace, open: &OpenFile, screen: &mut Screen<'_>) {
    let environment = &workspace.profile.environment;
    let title = format!("Create {}?", words::businesses(open.to_send() as u64));
    let text = text(open.to_send(), &open.name(), environment);
    let count = words::count(open.to_send() as u64);
    let yes = format!("Create {count} in {}", environment.in_sentence());
    let question = Question {
        id: "import arm",
        title: &title,
        environment: Some(environment),
        paragraphs: vec![&text],
        no: "Back",
        yes: Button::filled(&yes),
    };
    match question.show(ctx) {
        Some(true) => screen.send(ImportCommand::Confirm),
        Some(false) => screen.send(ImportCommand::Decline),
        None => {}
    }
}

fn text(rows: usize, file: &str, environment: &Environment) -> String {
    let becomes = match rows {
        1 => format!("1 row of {file} will be a real business"),
        _ => format!(
            "{} rows of {file} will be real businesses",
            words::count(rows as u64)
        ),
    };
    format!(
        "{becomes} in {}, at {}. Businesses cannot be deleted. The console asks once: until it closes, it creates \
         more without asking.",
        environment.in_sentence(),
        environment.host(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_row_is_one_business() {
        let said = |rows| text(rows, "partners.csv", &Environment::Production);
        let one = "1 row of partners.csv will be a real business in Production, at ";
        assert!(said(1).starts_with(one), "{}", said(1));
        let several = "1,240 rows of partners.csv will be real businesses in Production, at ";
        assert!(said(1_240).starts_with(several), "{}", said(1_240));
    }
}
