//! The server's response, exactly as received.

use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{Context, Frame, Galley, Id, TextBuffer, TextEdit, Ui};

use super::super::super::Screen;
use crate::domain::business::BusinessDetail;
use crate::theme::{self, Type, space};

pub(super) fn show(ui: &mut Ui, detail: Option<&BusinessDetail>, screen: &Screen<'_>) {
    let p = theme::palette(ui.ctx());
    ui.add_space(space::S);
    let Some(detail) = detail else {
        ui.label(Type::Body.rich("Loading…").color(p.muted));
        return;
    };
    if screen.state.share.is_on() {
        let text = "Hidden in share mode. You can still copy it.";
        ui.label(Type::Body.rich(text).color(p.muted));
        return;
    }
    let shown = detail.raw_json.shown_lines();
    let mut layouter = |ui: &Ui, text: &dyn TextBuffer, width: f32| -> Arc<Galley> {
        let mut job = colored(ui.ctx(), text.as_str());
        job.wrap.max_width = width;
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    };
    let response = ui.add(
        TextEdit::multiline(&mut shown.as_ref())
            .id(Id::unique("raw JSON"))
            .layouter(&mut layouter)
            .frame(Frame::NONE)
            .desired_width(f32::INFINITY),
    );
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_label("Raw JSON"));
}

/// Colours names differently from values.
fn colored(ctx: &Context, text: &str) -> LayoutJob {
    let p = theme::palette(ctx);
    let (names, values) = (Type::Mono.format(p.muted), Type::Mono.format(p.strong));
    let mut job = LayoutJob::default();
    let mut rest = text;
    while let Some(end) = name_end(rest) {
        let (before, name, after) = (&rest[..end.0], &rest[end.0..end.1], &rest[end.1..]);
        job.append(before, 0.0, values.clone());
        job.append(name, 0.0, names.clone());
        rest = after;
    }
    job.append(rest, 0.0, values);
    job
}

/// Byte range of the next string that is followed by a colon.
fn name_end(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    loop {
        let start = from + text.get(from..)?.find('"')?;
        let mut end = start + 1;
        loop {
            let at = end + text[end..].find(['"', '\\'])?;
            if text.as_bytes()[at] == b'"' {
                end = at + 1;
                break;
            }
            // Skips the escaped character, which may be a quotation mark.
            end = at + 1 + text[at + 1..].chars().next()?.len_utf8();
        }
        if text[end..].trim_start().starts_with(':') {
            return Some((start, end));
        }
        from = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        let mut rest = text;
        while let Some((start, end)) = name_end(rest) {
            found.push(&rest[start..end]);
            rest = &rest[end..];
        }
        found
    }

    #[test]
    fn names_are_told_from_values() {
        let text = r#"{"a": "b", "c" : {"d\"e": ["x:", "y"]}, "ü": 1}"#;
        assert_eq!(names(text), [r#""a""#, r#""c""#, r#""d\"e""#, r#""ü""#]);
    }

    #[test]
    fn a_text_that_is_no_json_is_all_value() {
        for text in ["", "\"", "\"abc", "\"abc\\", "\\\"", "no quotes: here"] {
            assert_eq!(names(text), [""; 0], "{text}");
        }
    }
}
