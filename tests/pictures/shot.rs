//! Pictures on disk: comparing them with the drawn ones, or replacing them.

use std::{
    cmp::Reverse,
    collections::HashMap,
    fs::{self, File},
    io::{BufReader, BufWriter},
    path::{Path, PathBuf},
};

use crate::canvas::Picture;

/// If this variable is set, pictures that differ are replaced instead of reported.
const UPDATE: &str = "UPDATE_PICTURES";
/// Number of colours in a saved picture, to keep it small. Backgrounds and most text are exact; the rarest shades are
/// replaced by the nearest colour.
const COLORS: usize = 256;
/// How much a channel may differ from the saved picture where a colour was replaced by the nearest.
const TOLERANCE: u8 = 28;
/// How much a channel may differ where no colour was replaced, because a sine is rounded differently on some processors.
const NOISE: u8 = 2;

/// How many of the most frequent colours are always kept exactly.
const GROUNDS: usize = 12;

type Rgb = [u8; 3];

/// Whether pictures that differ are replaced.
pub fn is_update() -> bool {
    std::env::var_os(UPDATE).is_some()
}

/// The folder of the saved pictures.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots")
}

/// Compares with the saved picture of this name, such as `list/full.dark`.
///
/// # Errors
/// A sentence that says what differs. The drawn picture is then saved beside the other, as `.new.png`.
pub fn compare(name: &str, drawn: &Picture) -> Result<(), String> {
    let kept = folder().join(format!("{name}.png"));
    let new = folder().join(format!("{name}.new.png"));
    let _ = fs::remove_file(&new);
    let difference = match read(&kept) {
        None => Some("there is no such picture yet".to_owned()),
        Some(before) => difference(&before, drawn),
    };
    match difference {
        None => Ok(()),
        Some(_) if is_update() => {
            write(&kept, drawn);
            Ok(())
        }
        Some(difference) => {
            write(&new, drawn);
            Err(format!(
                "{name}: {difference}. Look at {}, and take it with {UPDATE}=1",
                new.display()
            ))
        }
    }
}

fn difference(before: &Picture, now: &Picture) -> Option<String> {
    if (before.width, before.height) != (now.width, now.height) {
        return Some(format!("it was {} × {}", before.width, before.height));
    }
    let pixels = before.pixels().zip(now.pixels());
    let places: Vec<usize> = pixels
        .enumerate()
        .filter(|(_, (before, now))| before != now && !is_close(before, now, TOLERANCE))
        .map(|(at, _)| at)
        .collect();
    if let Some(first) = places.first() {
        return Some(format!(
            "{} pixels differ, the first at {}, {}",
            places.len(),
            first % now.width,
            first / now.width
        ));
    }
    let grounds = tally(before).into_iter().take(GROUNDS);
    let colors = tally(now);
    let is_there = |ground: &Rgb| {
        colors
            .iter()
            .any(|(color, _)| is_close(ground, color, NOISE))
    };
    let lost = grounds
        .map(|(color, _)| color)
        .find(|color| !is_there(color));
    lost.map(|[r, g, b]| format!("#{r:02X}{g:02X}{b:02X} is another colour now"))
}

fn is_close(one: &Rgb, other: &Rgb, most: u8) -> bool {
    one.iter()
        .zip(other)
        .all(|(one, other)| one.abs_diff(*other) <= most)
}

/// How often each colour occurs, most frequent first.
fn tally(picture: &Picture) -> Vec<(Rgb, usize)> {
    let mut counts: HashMap<Rgb, usize> = HashMap::new();
    // Counted in runs, because most pixels have the colour of the previous one.
    let (mut last, mut run) = (Rgb::default(), 0);
    for color in picture.pixels() {
        if color != last {
            *counts.entry(last).or_default() += run;
            (last, run) = (color, 0);
        }
        run += 1;
    }
    *counts.entry(last).or_default() += run;
    counts.retain(|_, count| *count > 0);
    let mut tally: Vec<_> = counts.into_iter().collect();
    tally.sort_unstable_by_key(|(color, count)| (Reverse(*count), *color));
    tally
}

fn read(path: &Path) -> Option<Picture> {
    let file = BufReader::new(File::open(path).ok()?);
    let mut decoder = png::Decoder::new(file);
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().unwrap();
    let mut rgb = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut rgb).unwrap();
    assert_eq!(info.color_type, png::ColorType::Rgb, "{}", path.display());
    Some(Picture {
        width: info.width as usize,
        height: info.height as usize,
        rgb,
    })
}

fn write(path: &Path, picture: &Picture) {
    let (table, places) = in_few_colors(picture);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let file = BufWriter::new(File::create(path).unwrap());
    let mut encoder = png::Encoder::new(file, picture.width as u32, picture.height as u32);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_palette(table.concat());
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&places).unwrap();
}

/// A table of colours, and for each pixel the index of the nearest.
fn in_few_colors(picture: &Picture) -> (Vec<Rgb>, Vec<u8>) {
    let tally = tally(picture);
    let table = pick(&tally);
    let nearest = |color: &Rgb| {
        let distances = table.iter().map(|other| distance(color, other));
        let nearest = distances.enumerate().min_by_key(|(_, distance)| *distance);
        nearest.map_or(0, |(place, _)| place as u8)
    };
    let places: HashMap<Rgb, u8> = tally
        .iter()
        .map(|(color, _)| (*color, nearest(color)))
        .collect();
    let places = picture.pixels().map(|color| places[&color]).collect();
    (table, places)
}

/// The most frequent colours, then repeatedly the colour farthest from all picked so far.
fn pick(tally: &[(Rgb, usize)]) -> Vec<Rgb> {
    let colors = tally.iter().map(|(color, _)| *color);
    let mut table: Vec<Rgb> = colors.clone().take(GROUNDS).collect();
    let mut rest: Vec<(Rgb, u32)> = colors
        .skip(GROUNDS)
        .map(|color| {
            let distances = table.iter().map(|picked| distance(&color, picked));
            (color, distances.min().unwrap_or_default())
        })
        .collect();
    while table.len() < COLORS {
        let Some((farthest, _)) = rest
            .iter()
            .copied()
            .filter(|(_, distance)| *distance > 0)
            .max_by_key(|(_, distance)| *distance)
        else {
            break;
        };
        table.push(farthest);
        for (color, least) in &mut rest {
            *least = (*least).min(distance(color, &farthest));
        }
    }
    table
}

fn distance(one: &Rgb, other: &Rgb) -> u32 {
    let channels = one.iter().zip(other);
    channels
        .map(|(one, other)| u32::from(one.abs_diff(*other)).pow(2))
        .sum()
}
