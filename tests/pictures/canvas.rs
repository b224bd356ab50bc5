//! Draws egui's meshes on the CPU, so that every machine gets the same pixels.

use std::{cell::RefCell, collections::HashMap, ops::Range, rc::Rc};

use egui::{
    Color32, ColorImage, ImageData, Pos2, Rect, TextureFilter, TextureId, TexturesDelta,
    epaint::{ClippedPrimitive, Mesh, Primitive, Vertex},
};
use egui_kittest::TestRenderer;

/// A picture: red, green and blue of each pixel, row by row.
pub struct Picture {
    pub width: usize,
    pub height: usize,
    pub rgb: Vec<u8>,
}

impl Picture {
    /// The colours of the pixels, row by row.
    pub fn pixels(&self) -> impl Iterator<Item = [u8; 3]> {
        self.rgb
            .chunks_exact(3)
            .map(|pixel| [pixel[0], pixel[1], pixel[2]])
    }
}

/// The textures of a running harness. Clones share them.
#[derive(Clone, Default)]
pub struct Textures(Rc<RefCell<HashMap<TextureId, Texture>>>);

struct Texture {
    image: ColorImage,
    is_smooth: bool,
}

impl TestRenderer for Textures {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        let mut known = self.0.borrow_mut();
        for (id, changes) in delta.set.drain() {
            for change in changes {
                let ImageData::Color(image) = change.image;
                match (change.pos, known.get_mut(&id)) {
                    (Some(at), Some(texture)) => patch(&mut texture.image, &image, at),
                    _ => {
                        let texture = Texture {
                            image: (*image).clone(),
                            is_smooth: change.options.magnification == TextureFilter::Linear,
                        };
                        known.insert(id, texture);
                    }
                }
            }
        }
        for id in delta.free.drain() {
            known.remove(&id);
        }
    }
}

fn patch(image: &mut ColorImage, part: &ColorImage, [left, top]: [usize; 2]) {
    let (width, part_width) = (image.size[0], part.size[0]);
    for (row, pixels) in part.pixels.chunks_exact(part_width).enumerate() {
        let start = (top + row) * width + left;
        image.pixels[start..start + part_width].copy_from_slice(pixels);
    }
}

impl Texture {
    /// The colour at a position from 0 to 1, interpolated as on a graphics card.
    fn at(&self, uv: Pos2) -> [f32; 4] {
        let [width, height] = self.image.size;
        let (x, y) = (uv.x * width as f32, uv.y * height as f32);
        let texel = |x: f32, y: f32| {
            let column = (x.max(0.0) as usize).min(width - 1);
            let row = (y.max(0.0) as usize).min(height - 1);
            channels(self.image.pixels[row * width + column])
        };
        if !self.is_smooth {
            return texel(x, y);
        }
        let (x, y) = (x - 0.5, y - 0.5);
        let (left, top) = (x.floor(), y.floor());
        let (right, down) = (x - left, y - top);
        let upper = mix(texel(left, top), texel(left + 1.0, top), right);
        let lower = mix(texel(left, top + 1.0), texel(left + 1.0, top + 1.0), right);
        mix(upper, lower, down)
    }
}

fn channels(color: Color32) -> [f32; 4] {
    color.to_array().map(f32::from)
}

fn mix(one: [f32; 4], other: [f32; 4], share: f32) -> [f32; 4] {
    std::array::from_fn(|at| one[at] + (other[at] - one[at]) * share)
}

/// Draws the primitives of a frame on black.
pub fn draw(
    primitives: &[ClippedPrimitive],
    textures: &Textures,
    [width, height]: [usize; 2],
    pixels_per_point: f32,
) -> Picture {
    let mut canvas = Canvas {
        width,
        height,
        rgb: vec![0; width * height * 3],
        scale: pixels_per_point,
    };
    let textures = textures.0.borrow();
    for ClippedPrimitive {
        clip_rect,
        primitive,
    } in primitives
    {
        let Primitive::Mesh(mesh) = primitive else {
            panic!("the console draws nothing by itself");
        };
        let texture = textures.get(&mesh.texture_id).expect("a known texture");
        canvas.mesh(mesh, texture, *clip_rect);
    }
    Picture {
        width,
        height,
        rgb: canvas.rgb,
    }
}

/// Corners are rounded to this fraction of a pixel, as on graphics cards.
const PARTS: f32 = 256.0;
const PART: i64 = 256;

struct Canvas {
    width: usize,
    height: usize,
    rgb: Vec<u8>,
    scale: f32,
}

/// A rectangle of pixels. `right` and `bottom` are exclusive.
#[derive(Clone, Copy)]
struct Span {
    left: i64,
    right: i64,
    top: i64,
    bottom: i64,
}

impl Canvas {
    fn mesh(&mut self, mesh: &Mesh, texture: &Texture, clip: Rect) {
        let edge = |points: f32, most: usize| {
            ((points * self.scale).round().max(0.0) as usize).min(most) as i64
        };
        let clip = Span {
            left: edge(clip.min.x, self.width),
            right: edge(clip.max.x, self.width),
            top: edge(clip.min.y, self.height),
            bottom: edge(clip.max.y, self.height),
        };
        for corners in mesh.indices.chunks_exact(3) {
            let corners = [0, 1, 2].map(|at| mesh.vertices[corners[at] as usize]);
            self.triangle(corners, texture, clip);
        }
    }

    fn triangle(&mut self, mut corners: [Vertex; 3], texture: &Texture, clip: Span) {
        if corners.iter().all(|corner| corner.color.a() == 0) {
            return;
        }
        let place = |corner: &Vertex| {
            let part = |points: f32| (points * self.scale * PARTS).round() as i64;
            (part(corner.pos.x), part(corner.pos.y))
        };
        if area(place(&corners[0]), place(&corners[1]), place(&corners[2])) < 0 {
            corners.swap(1, 2);
        }
        let at = [0, 1, 2].map(|corner| place(&corners[corner]));
        let whole = area(at[0], at[1], at[2]);
        if whole == 0 {
            return;
        }
        let bounds = bounds(at, clip);
        let paint = Paint::of(&corners, texture);
        let edges = [(1, 2), (2, 0), (0, 1)].map(|(from, to)| Edge::new(at[from], at[to]));
        for y in bounds.top..bounds.bottom {
            let row = edges.each_ref().map(|edge| edge.at(y));
            let (left, right) = row
                .iter()
                .fold((bounds.left, bounds.right), |span, edge| edge.cut(span));
            if let Paint::Even(color) = paint {
                self.line(left..right, y, color);
                continue;
            }
            for x in left..right {
                let weights = row
                    .each_ref()
                    .map(|edge| edge.value(x) as f32 / whole as f32);
                self.blend(x, y, paint.color(&corners, texture, weights));
            }
        }
    }

    /// Draws one colour over a run of pixels in a row.
    fn line(&mut self, across: Range<i64>, y: i64, color: [f32; 4]) {
        if color[3] < 255.0 {
            across.for_each(|x| self.blend(x, y, color));
        } else if !across.is_empty() {
            let row = y as usize * self.width;
            let pixels = (row + across.start as usize) * 3..(row + across.end as usize) * 3;
            let [r, g, b, _] = color.map(|channel| (channel + 0.5) as u8);
            let line = [r, g, b].repeat(pixels.len() / 3);
            self.rgb[pixels].copy_from_slice(&line);
        }
    }

    /// Blends a colour with premultiplied alpha over a pixel.
    fn blend(&mut self, x: i64, y: i64, color: [f32; 4]) {
        let at = (y as usize * self.width + x as usize) * 3;
        let through = 1.0 - color[3] / 255.0;
        for (below, above) in self.rgb[at..at + 3].iter_mut().zip(color) {
            *below = (above + f32::from(*below) * through + 0.5) as u8;
        }
    }
}

/// Twice the area of a triangle; positive if its corners are clockwise on screen.
fn area(a: (i64, i64), b: (i64, i64), c: (i64, i64)) -> i64 {
    (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0)
}

/// A side of a triangle. Its value is positive on the inside.
struct Edge {
    from: (i64, i64),
    to: (i64, i64),
    /// The lowest value that is inside: 0 or 1, so that a pixel on the border of two triangles belongs to one of them.
    least: i64,
}

/// The values of a side at the pixel centres of one row.
struct RowEdge {
    start: i64,
    step: i64,
    least: i64,
}

impl Edge {
    fn new(from: (i64, i64), to: (i64, i64)) -> Self {
        let is_upper_left = to.1 < from.1 || (to.1 == from.1 && to.0 > from.0);
        let least = i64::from(!is_upper_left);
        Self { from, to, least }
    }

    fn at(&self, y: i64) -> RowEdge {
        let middle = (PART / 2, y * PART + PART / 2);
        RowEdge {
            start: area(self.from, self.to, middle),
            step: (self.from.1 - self.to.1) * PART,
            least: self.least,
        }
    }
}

impl RowEdge {
    fn value(&self, x: i64) -> i64 {
        self.start + x * self.step
    }

    /// The part of a range of pixels that is inside.
    fn cut(&self, (left, right): (i64, i64)) -> (i64, i64) {
        let missing = self.least - self.start;
        match self.step {
            0 if missing > 0 => (left, left),
            0 => (left, right),
            step if step > 0 => (left.max(-(-missing).div_euclid(step)), right),
            step => (left, right.min((-missing).div_euclid(-step) + 1)),
        }
    }
}

fn bounds(at: [(i64, i64); 3], clip: Span) -> Span {
    let across = at.map(|place| place.0.div_euclid(PART));
    let down = at.map(|place| place.1.div_euclid(PART));
    let least = |of: [i64; 3]| of.into_iter().min().unwrap_or_default();
    let most = |of: [i64; 3]| of.into_iter().max().unwrap_or_default() + 1;
    Span {
        left: least(across).max(clip.left),
        right: most(across).min(clip.right),
        top: least(down).max(clip.top),
        bottom: most(down).min(clip.bottom),
    }
}

/// How a triangle is coloured. Most have a single colour, which is faster to draw.
enum Paint {
    Even([f32; 4]),
    Shaded,
    Textured,
}

impl Paint {
    fn of(corners: &[Vertex; 3], texture: &Texture) -> Self {
        let [a, b, c] = corners;
        if a.uv != b.uv || b.uv != c.uv {
            return Self::Textured;
        }
        if a.color != b.color || b.color != c.color {
            return Self::Shaded;
        }
        Self::Even(multiply(channels(a.color), texture.at(a.uv)))
    }

    fn color(&self, corners: &[Vertex; 3], texture: &Texture, weights: [f32; 3]) -> [f32; 4] {
        let between = |of: [f32; 3]| -> f32 { (0..3).map(|at| of[at] * weights[at]).sum() };
        let uv = match self {
            Self::Even(color) => return *color,
            Self::Shaded => corners[0].uv,
            Self::Textured => Pos2::new(
                between([0, 1, 2].map(|at| corners[at].uv.x)),
                between([0, 1, 2].map(|at| corners[at].uv.y)),
            ),
        };
        let colors = [0, 1, 2].map(|at| channels(corners[at].color));
        let color = std::array::from_fn(|channel| between(colors.map(|color| color[channel])));
        multiply(color, texture.at(uv))
    }
}

fn multiply(one: [f32; 4], other: [f32; 4]) -> [f32; 4] {
    std::array::from_fn(|at| one[at] * other[at] / 255.0)
}
