//! Text: single lines, paragraphs, and ids truncated in the middle.

use std::borrow::Cow;

use egui::text::{LayoutJob, TextWrapping};
use egui::{Align, Color32, Label, Response, Role, TextFormat, Ui, WidgetInfo};

use crate::theme::{self, Icon, Palette, Type, size, space};
use crate::widgets::missing_glyphs::drawable;
use crate::widgets::paint;
use crate::widgets::truncated;

/// One line of text, truncated to the available width; the full text is shown as a tooltip.
pub fn line(ui: &mut Ui, style: Type, color: Color32, text: &str) -> Response {
    marked_line(ui, style, color, text, &[])
}

/// One line of text in which the matched characters are marked. `letters` must be sorted.
pub fn marked_line(
    ui: &mut Ui,
    style: Type,
    color: Color32,
    text: &str,
    letters: &[u32],
) -> Response {
    let drawn = drawable(ui.ctx(), style, text);
    let is_whole = matches!(drawn, Cow::Borrowed(_));
    let response = if letters.is_empty() || !is_whole {
        ui.add(Label::new(style.rich(drawn).color(color)).truncate())
    } else {
        let p = theme::palette(ui.ctx());
        let marked = searched(p, style);
        let job = paint::marked_job(text, letters, &(style.format(color), marked));
        ui.add(Label::new(job).truncate())
    };
    if !is_whole {
        // Screen readers get the original text, because they need no font.
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    }
    let whole = response.intrinsic_size().map_or(0.0, |size| size.x);
    if whole > response.rect.width() + 0.5 {
        truncated::note(ui, text);
    }
    response
}

/// Format of matched characters: a background as well, so that it does not depend on colour alone.
pub(super) fn searched(p: &Palette, style: Type) -> TextFormat {
    TextFormat {
        background: p.match_tint(),
        // egui moves the background of a fixed line height down by half of what the line is higher than the font.
        line_height: None,
        valign: Align::Center,
        ..style.format(p.link)
    }
}

/// `rest`, followed by a small note: a label, and a value with its matched characters marked. The note takes at most half of the line.
pub fn with_note(
    ui: &mut Ui,
    rest: impl FnOnce(&mut Ui),
    (label, value): (&str, &str),
    letters: &[u32],
) {
    let p = theme::palette(ui.ctx());
    let room = ui.available_width();
    let before = u32::try_from(label.chars().count()).unwrap_or(u32::MAX);
    let letters: Vec<u32> = letters
        .iter()
        .map(|at| at.saturating_add(before).saturating_add(1))
        .collect();
    let marked = searched(p, Type::Small);
    let text = format!("{label} {value}");
    let mut job = paint::marked_job(&text, &letters, &(Type::Small.format(p.muted), marked));
    job.wrap = TextWrapping::truncate_at_width(room / 2.0);
    let note = ui.fonts_mut(|fonts| fonts.layout_job(job));
    ui.scope(|ui| {
        ui.set_max_width(room - note.size().x - space::S);
        rest(ui);
    });
    ui.add(Label::new(note));
}

/// A paragraph that wraps at the available width.
pub fn paragraph(ui: &mut Ui, style: Type, color: Color32, text: &str) -> Response {
    let drawn = drawable(ui.ctx(), style, text);
    ui.add(Label::new(style.rich(drawn).color(color)).wrap())
}

/// A small paragraph with an icon before it.
pub fn remark(ui: &mut Ui, icon: Icon, color: Color32, text: &str) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::SM;
        ui.add(icon.image(size::icon::SMALL, color));
        paragraph(ui, Type::Small, color, text);
    });
}

/// Two sentences one after the other, for a footer: on two lines if they don't fit on one, and smaller if they need three. What does not fit then is
/// in the tooltip.
pub fn sentences(ui: &mut Ui, sentences: [(&str, Color32); 2]) -> Response {
    let width = ui.available_width();
    let layout = |style: Type, max_rows: usize| {
        let mut job = LayoutJob::default();
        job.wrap.max_width = width;
        job.wrap.max_rows = max_rows;
        for (text, color) in sentences.iter().filter(|(text, _)| !text.is_empty()) {
            let gap = if job.is_empty() { "" } else { " " };
            job.append(&format!("{gap}{text}"), 0.0, style.format(*color));
        }
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    };
    let mut galley = layout(Type::Body, usize::MAX);
    if galley.rows.len() > MAX_LINES {
        galley = layout(Type::Small, MAX_LINES + 1);
    }
    ui.add(Label::new(galley))
}

/// Number of lines at the usual size that fit in a footer.
const MAX_LINES: usize = 2;

/// Shortens a long id to its first and last eight characters: "9f4c21d0…b07b63aa". Shorter ids stay whole.
#[must_use]
pub fn truncate_middle(id: &str) -> String {
    let count = id.chars().count();
    if count <= 2 * ENDS + 1 {
        return id.to_owned();
    }
    let head = id.chars().take(ENDS);
    let tail = id.chars().skip(count - ENDS);
    head.chain(std::iter::once('…')).chain(tail).collect()
}

const ENDS: usize = 8;

#[cfg(test)]
mod tests {
    use super::truncate_middle;

    #[test]
    fn long_ids_keep_both_ends() {
        let id = "9f4c21d0-05de-4b7e-8d14-61fab07b63aa";
        assert_eq!(truncate_middle(id), "9f4c21d0…b07b63aa");
        assert_eq!(truncate_middle("user-41162"), "user-41162");
        assert_eq!(truncate_middle("12345678901234567"), "12345678901234567");
        assert_eq!(truncate_middle("ααααααααβγγγγγγγγγ"), "αααααααα…γγγγγγγγ");
    }
}
