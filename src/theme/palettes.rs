//! The three palettes, role by role.

use egui::{Color32, Shadow};

use super::hue::HueColors;
use super::palette::{Palette, hex};

const WHITE: Color32 = Color32::WHITE;
const BLACK: Color32 = Color32::BLACK;

const fn shadow(y: i8, blur: u8, color: Color32) -> Shadow {
    Shadow {
        offset: [0, y],
        blur,
        spread: 0,
        color,
    }
}

/// Dark: the default when the system states no preference.
pub static DARK: Palette = Palette {
    is_dark: true,
    base: hex(0x0F_1115),
    surface: hex(0x14_171C),
    raised: hex(0x1A_1E24),
    overlay: hex(0x1E_2229),
    field: hex(0x0F_1115),
    card: hex(0x14_171C),
    hover: hex(0x1E_222A),
    nav_on: hex(0x20_252E),
    selected: hex(0x1D_2748),
    chip: hex(0x26_2C36),
    skeleton: hex(0x26_2B33),
    // Premultiplied rgba(6, 8, 11, 0.64).
    scrim: Color32::from_rgba_premultiplied(4, 5, 7, 163),
    strong: hex(0xF3_F5F8),
    text: hex(0xD3_D8E0),
    muted: hex(0x9B_A4B1),
    link: hex(0x9D_B1FF),
    warn: hex(0xF2_B84B),
    danger: hex(0xFF_8F86),
    ok: hex(0x5C_CB94),
    off: hex(0x63_6B78),
    line: hex(0x26_2B33),
    row_line: hex(0x1B_1F26),
    line2: hex(0x36_3D48),
    control: hex(0x6F_7785),
    focus: hex(0x7F_99FF),
    accent: hex(0x3F_62EE),
    on_accent: WHITE,
    accent_hover: hex(0x34_54D8),
    accent_bar: hex(0x7F_99FF),
    key_on_accent: hex(0x8F_A5F7),
    ring: hex(0x34_3B46),
    pill_edge: hex(0x4A_5260),
    warn_tint: hex(0x2B_2313),
    warn_line: hex(0x7A_5A1E),
    ring_on_warn: hex(0x6B_5020),
    danger_tint: hex(0x35_1B1D),
    danger_line: hex(0x8C_3836),
    danger_fill: hex(0xCF_3732),
    danger_hover: hex(0xB8_2E2A),
    on_danger: WHITE,
    ring_on_danger: hex(0xE8_8B87),
    ok_line: hex(0x2C_6A4A),
    shadow_float: shadow(8, 24, Color32::from_black_alpha(102)),
    shadow_dialog: shadow(16, 48, Color32::from_black_alpha(143)),
    hues: [
        dark_hue(0x0B_7285, 0x3C_C4DC, 0x10_232A),
        HueColors {
            band_muted: WHITE,
            band_strong: WHITE,
            band_line: hex(0xA8_1E94),
            band_control: hex(0xE0_A6D8),
            row: hex(0x2B_1528),
            ..dark_hue(0x7C_1270, 0xF0_7AD9, 0xA8_1E94)
        },
        dark_hue(0x7A_3BCB, 0xBE_93FF, 0x20_1A31),
        dark_hue(0x4A_6884, 0x9C_B9D0, 0x18_212A),
        dark_hue(0x7C_5C72, 0xCD_A9C1, 0x23_1C23),
        dark_hue(0x66_625B, 0xC6_C1B8, 0x20_1F1D),
    ],
};

/// Light.
pub static LIGHT: Palette = Palette {
    is_dark: false,
    base: hex(0xF3_F4F6),
    surface: WHITE,
    raised: hex(0xF8_F9FB),
    overlay: WHITE,
    field: WHITE,
    card: WHITE,
    hover: hex(0xF1_F3F6),
    nav_on: hex(0xE3_E7ED),
    selected: hex(0xE6_ECFF),
    chip: hex(0xE9_ECF1),
    skeleton: hex(0xE9_ECF0),
    // Premultiplied rgba(24, 28, 36, 0.34).
    scrim: Color32::from_rgba_premultiplied(8, 10, 12, 87),
    strong: hex(0x12_151A),
    text: hex(0x2C_313A),
    muted: hex(0x59_616E),
    link: hex(0x27_49CC),
    warn: hex(0x85_5600),
    danger: hex(0xB3_221D),
    ok: hex(0x0E_6B42),
    off: hex(0x9B_A2AD),
    line: hex(0xE3_E6EB),
    row_line: hex(0xF0_F2F5),
    line2: hex(0xCD_D2DA),
    control: hex(0x7C_8491),
    focus: hex(0x2F_55E3),
    accent: hex(0x2F_55E3),
    on_accent: WHITE,
    accent_hover: hex(0x24_47C8),
    accent_bar: hex(0x2F_55E3),
    key_on_accent: hex(0x8F_A5F7),
    ring: hex(0xDD_E1E7),
    pill_edge: hex(0xB4_BBC6),
    warn_tint: hex(0xFF_F3D9),
    warn_line: hex(0xD9_AE56),
    ring_on_warn: hex(0xE5_C98A),
    danger_tint: hex(0xFD_ECEA),
    danger_line: hex(0xE2_918D),
    danger_fill: hex(0xC9_2C27),
    danger_hover: hex(0xB0_241F),
    on_danger: WHITE,
    ring_on_danger: hex(0xEB_A19E),
    ok_line: hex(0x85_C4A4),
    // Premultiplied #181C24 at 14 % and at 22 %.
    shadow_float: shadow(8, 24, Color32::from_rgba_premultiplied(3, 4, 5, 36)),
    shadow_dialog: shadow(16, 48, Color32::from_rgba_premultiplied(5, 6, 8, 56)),
    hues: [
        light_hue(0x0B_7285, 0x0B_7285, 0xE2_F3F7),
        HueColors {
            band_muted: WHITE,
            band_strong: WHITE,
            band_line: hex(0xA8_1E94),
            band_control: hex(0xE0_A6D8),
            row: hex(0xFB_E8F8),
            ..light_hue(0x7C_1270, 0xA8_1E94, 0xA8_1E94)
        },
        light_hue(0x7A_3BCB, 0x7A_3BCB, 0xF1_E9FC),
        light_hue(0x4A_6884, 0x4A_6884, 0xE8_EFF4),
        light_hue(0x7C_5C72, 0x7C_5C72, 0xF4_ECF1),
        light_hue(0x66_625B, 0x66_625B, 0xF0_EEEA),
    ],
};

/// High contrast: black backgrounds, no tints, no shadows, a border around everything.
pub static HIGH_CONTRAST: Palette = Palette {
    is_dark: true,
    base: BLACK,
    surface: BLACK,
    raised: hex(0x0B_0B0B),
    overlay: hex(0x0B_0B0B),
    field: BLACK,
    card: BLACK,
    hover: hex(0x1F_1F1F),
    nav_on: hex(0x00_215E),
    selected: hex(0x00_215E),
    chip: hex(0x26_2626),
    skeleton: hex(0x33_3333),
    scrim: Color32::from_black_alpha(191),
    strong: WHITE,
    text: WHITE,
    muted: hex(0xDA_DADA),
    link: hex(0xB9_CCFF),
    warn: hex(0xFF_D45C),
    danger: hex(0xFF_A69F),
    ok: hex(0x7D_F0B2),
    off: hex(0x9A_9A9A),
    line: hex(0x8A_8A8A),
    row_line: hex(0x4A_4A4A),
    line2: hex(0xBD_BDBD),
    control: WHITE,
    focus: WHITE,
    accent: hex(0xA9_C1FF),
    on_accent: BLACK,
    accent_hover: hex(0xC9_D8FF),
    accent_bar: WHITE,
    key_on_accent: BLACK,
    ring: hex(0x5A_5A5A),
    pill_edge: WHITE,
    warn_tint: BLACK,
    warn_line: hex(0xFF_D45C),
    ring_on_warn: hex(0x5C_4B1E),
    danger_tint: BLACK,
    danger_line: hex(0xFF_A69F),
    danger_fill: hex(0xFF_A69F),
    danger_hover: hex(0xFF_C4BF),
    on_danger: BLACK,
    ring_on_danger: hex(0x7A_3A36),
    ok_line: hex(0x7D_F0B2),
    shadow_float: Shadow::NONE,
    shadow_dialog: Shadow::NONE,
    hues: [
        contrast_hue(0x3C_C4DC),
        HueColors {
            chip: BLACK,
            on_chip: WHITE,
            band: hex(0xF0_7AD9),
            band_muted: BLACK,
            band_strong: BLACK,
            band_control: BLACK,
            ..contrast_hue(0xF0_7AD9)
        },
        contrast_hue(0xBE_93FF),
        contrast_hue(0x9C_B9D0),
        contrast_hue(0xCD_A9C1),
        contrast_hue(0xC6_C1B8),
    ],
};

const fn dark_hue(chip: u32, mark: u32, band: u32) -> HueColors {
    HueColors {
        chip: hex(chip),
        on_chip: WHITE,
        mark: hex(mark),
        band: hex(band),
        band_line: hex(chip),
        band_muted: hex(0x9B_A4B1),
        band_strong: hex(0xF3_F5F8),
        band_control: hex(0x6F_7785),
        row: hex(band),
    }
}

const fn light_hue(chip: u32, mark: u32, band: u32) -> HueColors {
    HueColors {
        // The light band tints its background, so its text is a shade darker than elsewhere.
        band_muted: hex(0x4E_5662),
        band_strong: hex(0x12_151A),
        band_control: hex(0x74_7C89),
        ..dark_hue(chip, mark, band)
    }
}

const fn contrast_hue(mark: u32) -> HueColors {
    HueColors {
        chip: hex(mark),
        on_chip: BLACK,
        mark: hex(mark),
        band: BLACK,
        band_line: hex(mark),
        band_muted: WHITE,
        band_strong: WHITE,
        band_control: WHITE,
        row: hex(0x00_215E),
    }
}
