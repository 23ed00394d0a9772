//! Pictures of places on pages: which places an indicator has, and how one is cut out of a page.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::document::Source;
use crate::normalise::{Indicator, Measure, Plan};
use crate::read::Picture;
use crate::sha256;

/// Points around a place that are shown with it.
const MARGIN: f32 = 4.0;
/// A place is shown to this height at most, in points: more is the better part of a page.
const TALLEST: f32 = 300.0;

/// Where an indicator, or a part of it, stands on one page.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Index in [`Plan::indicators`].
    pub indicator: usize,
    pub page: u32,
    /// In points from the page's top left corner, margins included.
    pub bbox: [f32; 4],
}

/// The picture of a place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Clip {
    /// Index in [`Plan::indicators`].
    pub indicator: usize,
    pub page: u32,
    /// What the picture shows, in points from the page's top left corner.
    pub bbox: [f32; 4],
    /// The file's name, made from its content: equal pictures have one name.
    pub name: String,
    /// In pixels.
    pub width: u32,
    pub height: u32,
    /// A PNG in black and white: half as large as one with greys, and as readable.
    pub png: Vec<u8>,
}

/// The pictures of a run.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Clips {
    /// By the file's index in the run and the indicator's in its plan.
    pub of: BTreeMap<(usize, usize), Vec<Clip>>,
}

/// The measures of an indicator with their roles, as the dataset names them.
pub(super) fn measures(indicator: &Indicator) -> impl Iterator<Item = &Measure> {
    let dated = indicator.baseline.iter().chain(&indicator.targets).chain(&indicator.actuals);
    let plain = indicator.weight.iter().chain(&indicator.variance).chain(&indicator.achievement);
    plain.chain(dated.map(|dated| &dated.measure))
}

/// The places of a plan's indicators, in document order. An indicator has one place a page it stands on: its box with the boxes of its values, as far as they lie level with it or close.
pub fn places(plan: &Plan) -> Vec<Place> {
    plan.indicators.iter().enumerate().flat_map(|(index, indicator)| places_of(index, indicator)).collect()
}

fn places_of(indicator: usize, told: &Indicator) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    let monitoring = told.monitoring.iter().map(|m| &m.source);
    for source in std::iter::once(&told.source).chain(measures(told).map(|m| &m.source)).chain(monitoring) {
        let Source { page, bbox: Some([x0, y0, x1, y1]), .. } = *source else { continue };
        let bbox = [x0 - MARGIN, y0 - MARGIN, x1 + MARGIN, y1 + MARGIN];
        match places.iter_mut().find(|place| place.page == page) {
            None => places.push(Place { indicator, page, bbox }),
            Some(place) => {
                let b = place.bbox;
                // A cell beside the indicator that goes on over other rows brings only its side that is level with it.
                let level = y0 < b[3] - MARGIN && y1 > b[1] + MARGIN;
                let (top, bottom) = if level { (b[1], b[3]) } else { (b[1].min(bbox[1]), b[3].max(bbox[3])) };
                if bottom - top <= TALLEST || level {
                    place.bbox = [b[0].min(bbox[0]), top, b[2].max(bbox[2]), bottom];
                }
            }
        }
    }
    places
}

impl Clip {
    /// Cuts a place out of its page, drawn at `scale` pixels a point. `None` where the place lies beside the page.
    pub fn cut(picture: &Picture, scale: f32, place: &Place) -> Option<Clip> {
        let [x0, y0, x1, y1] = place.bbox;
        let y1 = y1.min(y0 + TALLEST);
        // A cast to an unsigned number stops at 0 and at the type's end.
        let (left, right) = ((x0 * scale) as u32, ((x1 * scale).ceil() as u32).min(picture.width));
        let (top, bottom) = ((y0 * scale) as u32, ((y1 * scale).ceil() as u32).min(picture.height));
        let (width, height) = (right.checked_sub(left)?, bottom.checked_sub(top)?);
        if width == 0 || height == 0 {
            return None;
        }
        let mut rows = Vec::with_capacity((width.div_ceil(8) * height) as usize);
        for y in top..bottom {
            let start = (y as usize * picture.width as usize + left as usize) * 4;
            let row = picture.rgba.get(start..start + width as usize * 4)?;
            let white: Vec<bool> = row.chunks_exact(4).map(is_white).collect();
            rows.extend(white.chunks(8).map(|eight| {
                eight.iter().enumerate().fold(0, |byte, (place, white)| byte | (u8::from(*white) << (7 - place)))
            }));
        }
        let png = encode(width, height, &rows)?;
        let name = format!("{}.png", sha256(&png).get(..12)?);
        let bbox = [left, top, right, bottom].map(|pixels| pixels as f32 / scale);
        Some(Clip { indicator: place.indicator, page: place.page, bbox, name, width, height, png })
    }
}

/// Whether a pixel is nearer to paper than to print: grey rules are print, shaded grounds are paper.
fn is_white(pixel: &[u8]) -> bool {
    let [r, g, b, ..] = *pixel else { return true };
    (u32::from(r) * 30 + u32::from(g) * 59 + u32::from(b) * 11) / 100 > 165
}

/// One bit a pixel; `None` only if the writer fails, which memory doesn't.
fn encode(width: u32, height: u32, rows: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(rows).ok()?;
    writer.finish().ok()?;
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::sample::{dated, indicator, plan};

    fn at(page: u32, bbox: [f32; 4]) -> Source {
        Source { page, bbox: Some(bbox), line: None }
    }

    #[test]
    fn an_indicator_has_one_place_a_page() {
        let mut one = indicator("1");
        one.source = at(1, [10.0, 10.0, 20.0, 20.0]);
        let mut near = dated(None, "3", false);
        near.measure.source = at(1, [30.0, 12.0, 40.0, 18.0]);
        let mut far = dated(None, "4", false);
        far.measure.source = at(1, [30.0, 700.0, 40.0, 710.0]);
        let mut next = dated(None, "5", false);
        next.measure.source = at(2, [30.0, 12.0, 40.0, 18.0]);
        one.targets = vec![near, far];
        one.actuals = vec![next];
        let found = places(&plan(vec![one]));
        let boxes: Vec<(u32, [f32; 4])> = found.iter().map(|place| (place.page, place.bbox)).collect();
        assert_eq!(boxes, [(1, [6.0, 6.0, 44.0, 24.0]), (2, [26.0, 8.0, 44.0, 22.0])]);
    }

    #[test]
    fn a_place_is_cut_in_black_and_white() {
        let rgba = [0_u8, 80, 180, 255].iter().flat_map(|&g| [g, g, g, 255]).collect::<Vec<_>>().repeat(2);
        let picture = Picture { width: 4, height: 2, rgba };
        let place = Place { indicator: 7, page: 1, bbox: [0.0, 0.0, 99.0, 99.0] };
        let clip = Clip::cut(&picture, 1.0, &place).unwrap();
        assert_eq!((clip.indicator, clip.width, clip.height), (7, 4, 2));
        let mut reader = png::Decoder::new(std::io::Cursor::new(&clip.png)).read_info().unwrap();
        let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut bytes).unwrap();
        assert_eq!(bytes, [0b0011_0000, 0b0011_0000]);
        let beside = Place { bbox: [9.0, 0.0, 20.0, 2.0], ..place };
        assert_eq!(Clip::cut(&picture, 1.0, &beside), None);
    }
}
