//! The footer of the help: version and links.

use egui::{Context, OpenUrl, Ui};
use url::Url;

use super::super::Screen;
use super::super::dialog::Dialog;
use super::super::screen::UiRequest;
use crate::theme::{self, Icon, Type};
use crate::widgets::{Button, at_end};

/// Thred's API documentation.
pub(in super::super) const DOCUMENTATION: &str = "https://docs.thredfi.com";

/// The version on the left, and a button for each link on the right.
pub(super) fn show(ui: &mut Ui, screen: &mut Screen<'_>) {
    let p = theme::palette(ui.ctx());
    let version = format!("Version {}", env!("CARGO_PKG_VERSION"));
    ui.label(Type::Small.rich(version).color(p.muted));
    at_end(ui, |ui| {
        let documentation = Button::plain("Documentation")
            .icon(Icon::External)
            .tooltip(DOCUMENTATION);
        if documentation.show(ui).clicked() {
            ui.ctx().open_url(OpenUrl::new_tab(DOCUMENTATION));
        }
        if Button::plain("Licences")
            .icon(Icon::File)
            .show(ui)
            .clicked()
        {
            screen.request(UiRequest::Dialog(Dialog::Licences));
        }
        let folder = screen.state.data_folder.as_ref();
        let path = folder.map(|path| path.display().to_string());
        let button = Button::plain("Data folder").icon(Icon::File);
        let button = match &path {
            Some(path) => button.tooltip(path),
            None => button.disabled_if(Some("This system has no data folder")),
        };
        if button.show(ui).clicked() {
            open_data_folder(ui.ctx(), screen);
        }
    });
}

/// Opens the console's data folder in the system's file manager.
pub(in super::super) fn open_data_folder(ctx: &Context, screen: &Screen<'_>) {
    let folder = screen.state.data_folder.as_ref();
    if let Some(url) = folder.and_then(|path| Url::from_directory_path(path).ok()) {
        ctx.open_url(OpenUrl::new_tab(url));
    }
}
