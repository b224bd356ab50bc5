//! Our palette, type scale and sizes as an egui `Style`, so that egui's own labels, scroll bars, tooltips and text fields match.

use egui::epaint::{FontColorTransferFunction, text::TextOptions};
use egui::style::{ScrollAnimation, ScrollStyle, Selection, TextCursorStyle, WidgetVisuals};
use egui::{Color32, CornerRadius, Margin, Stroke, Style, TextStyle, Visuals, vec2};

use super::palette::Palette;
use super::size::{height, layout, radius, space, stroke};
use super::text::Type;

/// The egui style of one palette.
pub(super) fn style(palette: &Palette) -> Style {
    let mut style = Style {
        visuals: visuals(palette),
        text_styles: [
            (TextStyle::Small, Type::Small.font()),
            (TextStyle::Body, Type::Body.font()),
            (TextStyle::Button, Type::BodyStrong.font()),
            (TextStyle::Heading, Type::Heading.font()),
            (TextStyle::Monospace, Type::Mono.font()),
        ]
        .into(),
        // No animation except the countdown: no fades, no smooth scrolling.
        animation_time: 0.0,
        scroll_animation: ScrollAnimation::none(),
        ..Style::default()
    };

    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(space::S, space::XS);
    spacing.button_padding = vec2(space::M, space::XS);
    spacing.icon_spacing = space::S;
    spacing.menu_margin = Margin::same(4);
    spacing.interact_size = vec2(height::PILL, height::PILL);
    spacing.tooltip_width = layout::DETAIL_MIN;
    spacing.menu_width = layout::DETAIL;
    spacing.scroll = ScrollStyle {
        bar_width: 8.0,
        floating_width: 4.0,
        handle_min_length: 32.0,
        dormant_handle_opacity: 0.5,
        active_background_opacity: 0.0,
        interact_background_opacity: 0.0,
        ..ScrollStyle::floating()
    };
    spacing.scroll.fade.strength = 0.0;

    let interaction = &mut style.interaction;
    interaction.tooltip_delay = 0.5;
    // Labels would copy through egui's path, which sets no clipboard hints. Text meant for copying has a button.
    interaction.selectable_labels = false;
    interaction.multi_widget_text_select = false;
    // Otherwise a tooltip that waits for the pointer to rest requests a repaint on every frame.
    interaction.show_tooltips_only_when_still = false;
    style
}

fn visuals(palette: &Palette) -> Visuals {
    let base = if palette.is_dark {
        Visuals::dark()
    } else {
        Visuals::light()
    };
    let mut visuals = Visuals {
        text_options: TextOptions {
            color_transfer_function: if palette.is_dark {
                FontColorTransferFunction::Gamma(LIGHT_ON_DARK)
            } else {
                base.text_options.color_transfer_function
            },
            ..base.text_options
        },
        weak_text_color: Some(palette.muted),
        selection: Selection {
            bg_fill: palette.accent.gamma_multiply(SELECTION_STRENGTH),
            stroke: Stroke::new(stroke::EDGE, palette.strong),
        },
        hyperlink_color: palette.link,
        faint_bg_color: palette.hover,
        extreme_bg_color: palette.field,
        text_edit_bg_color: Some(palette.field),
        code_bg_color: palette.chip,
        warn_fg_color: palette.warn,
        error_fg_color: palette.danger,
        window_corner_radius: CornerRadius::same(radius::DIALOG),
        window_shadow: palette.shadow_dialog,
        window_fill: palette.overlay,
        window_stroke: Stroke::new(stroke::EDGE, palette.line2),
        window_highlight_topmost: false,
        menu_corner_radius: CornerRadius::same(radius::CARD),
        panel_fill: palette.surface,
        popup_shadow: palette.shadow_float,
        text_cursor: TextCursorStyle {
            stroke: Stroke::new(stroke::EDGE, palette.focus),
            // A blinking caret would wake the whole window twice a second.
            blink: false,
            ..TextCursorStyle::default()
        },
        striped: false,
        image_loading_spinners: false,
        // Disabled controls have a colour of their own and are not faded.
        disabled_alpha: 1.0,
        ..base
    };

    let widgets = &mut visuals.widgets;
    widgets.noninteractive = widget(
        palette.surface,
        Color32::TRANSPARENT,
        palette.line,
        palette.text,
    );
    widgets.inactive = widget(
        palette.chip,
        Color32::TRANSPARENT,
        palette.control,
        palette.text,
    );
    widgets.hovered = widget(
        palette.hover,
        palette.hover,
        palette.control,
        palette.strong,
    );
    widgets.active = widget(palette.hover, palette.hover, palette.focus, palette.strong);
    widgets.open = widgets.hovered;
    visuals
}

/// Gamma correction of light text on dark. egui's default makes Inter 400 and 500 look one weight heavier than they are.
const LIGHT_ON_DARK: f32 = 0.8;

/// Opacity of the accent behind selected text.
const SELECTION_STRENGTH: f32 = 0.4;

fn widget(fill: Color32, weak_fill: Color32, edge: Color32, text: Color32) -> WidgetVisuals {
    WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: weak_fill,
        bg_stroke: Stroke::new(stroke::EDGE, edge),
        corner_radius: CornerRadius::same(radius::CONTROL),
        fg_stroke: Stroke::new(stroke::EDGE, text),
        expansion: 0.0,
    }
}
