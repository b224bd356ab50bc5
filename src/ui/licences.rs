//! Help › Licences: the software in the program.

use egui::{Context, Id, OpenUrl, ScrollArea, Ui, UiBuilder, vec2};
use url::Url;

use super::Screen;
use super::help::scroll_by_keys;
use super::pick_list::PickList;
use crate::domain::licences::Software;
use crate::theme::{self, Icon, Type, dialog, height, layout, row, space};
use crate::widgets::{Button, KeyValue, Modal, at_end, divider};

/// The dialog and its buffers.
pub(super) struct Licences {
    list: PickList,
    all: Vec<Software>,
    /// Indices of the entries that match the search.
    shown: Vec<usize>,
}

impl Licences {
    pub(super) fn new() -> Self {
        let all = Software::all();
        Self {
            list: PickList::at(0),
            shown: (0..all.len()).collect(),
            all,
        }
    }

    /// Draws the dialog. Returns whether it should close.
    pub(super) fn show(&mut self, ctx: &Context, screen: &Screen<'_>) -> bool {
        let modal = Modal::new(Id::unique("licences"), "Licences")
            .width(dialog::WIDE)
            .top(dialog::TOP_LOW);
        let shown = modal.show(ctx, |parts| {
            let high = parts.most_body() - height::TOOLBAR;
            parts.plain(|ui| {
                self.field(ui);
                divider(ui);
                self.lines(ui, high);
            });
            parts.footer(|ui| footer(ui, screen));
        });
        shown.escape || shown.close_clicked
    }

    fn field(&mut self, ui: &mut Ui) {
        let field = (Id::unique("licences field"), "Find software or a licence");
        let list = &mut self.list;
        let response = list.field(ui, space::XXL, field, Type::Body, |_| ());
        if response.changed() {
            let all = self.all.iter().enumerate();
            let found = all.filter(|(_, software)| software.matches(&list.typed));
            self.shown = found.map(|(at, _)| at).collect();
        }
    }

    fn lines(&self, ui: &mut Ui, high: f32) {
        if self.shown.is_empty() {
            let p = theme::palette(ui.ctx());
            ui.horizontal(|ui| {
                ui.set_height(row::COMFORTABLE);
                ui.add_space(space::XXL);
                ui.label(Type::Body.rich("No software matches.").color(p.muted));
            });
            return;
        }
        let scroll = ScrollArea::vertical().max_height(high);
        let scroll = scroll.auto_shrink([false, false]);
        let high = theme::rows(ui.ctx()).key_value;
        scroll.show_rows(ui, high, self.shown.len(), |ui, rows| {
            scroll_by_keys(ui);
            for software in self.shown[rows].iter().filter_map(|at| self.all.get(*at)) {
                line(ui, software);
            }
        });
    }
}

fn line(ui: &mut Ui, software: &Software) {
    let size = vec2(ui.available_width(), theme::rows(ui.ctx()).key_value);
    let (_, rect) = ui.allocate_space(size);
    let inside = UiBuilder::new().max_rect(rect.shrink2(vec2(space::XXL, 0.0)));
    let mut inner = ui.new_child(inside.id_salt(&software.title));
    let shown = KeyValue::new(&software.title, software.licence)
        .label_width(layout::SOFTWARE)
        .show(&mut inner);
    if !software.repository.is_empty() {
        shown.on_hover_text(software.repository);
    }
}

fn footer(ui: &mut Ui, screen: &Screen<'_>) {
    let p = theme::palette(ui.ctx());
    let own = "Thred Partner Console: MIT or Apache-2.0";
    ui.label(Type::Small.rich(own).color(p.muted));
    at_end(ui, |ui| {
        let texts = screen.state.licence_texts.as_ref();
        let url = texts.and_then(|path| Url::from_file_path(path).ok());
        let button = Button::plain("Licence texts").icon(Icon::External);
        let button = match &url {
            Some(_) => button,
            None => button.disabled_if(Some(
                "Packages of the console install the texts; this one was built from source",
            )),
        };
        if button.show(ui).clicked()
            && let Some(url) = url
        {
            ui.ctx().open_url(OpenUrl::new_tab(url));
        }
    });
}
