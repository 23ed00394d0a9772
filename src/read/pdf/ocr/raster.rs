//! A page as grey pixels: straightened, and parted into ink and paper.

use crate::read::pdf::picture::Picture;

/// Half the side of the square that a pixel is compared with, in pixels: wider than any letter's stroke at 300 dpi.
const WINDOW: usize = 20;
/// Ink is darker than this share of its surroundings, in hundredths.
const DARKER: u32 = 82;

/// The largest slope that a page is straightened from, in degrees.
const MAX_SLOPE: f32 = 4.0;
/// A slope below this is none.
const LEAST_SLOPE: f32 = 0.03;
/// How many dark points the slope is told from.
const POINTS: usize = 60_000;

/// A grey picture: rows from the top, one byte a pixel, 255 is white.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Raster {
    pub width: usize,
    pub height: usize,
    pub grey: Vec<u8>,
}

/// Which pixels of a picture are dark against their surroundings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ink {
    pub width: usize,
    pub height: usize,
    dark: Vec<bool>,
}

impl Raster {
    pub fn of(picture: &Picture) -> Raster {
        // ITU-R BT.601, in 256ths.
        let luma = |p: &[u8]| match p {
            [r, g, b, ..] => ((u32::from(*r) * 77 + u32::from(*g) * 150 + u32::from(*b) * 29) >> 8) as u8,
            _ => 255,
        };
        let grey: Vec<u8> = picture.rgba.chunks_exact(4).map(luma).collect();
        Raster { width: picture.width as usize, height: picture.height as usize, grey }
    }

    fn row(&self, y: usize) -> &[u8] {
        self.grey.get(y * self.width..(y + 1) * self.width).unwrap_or_default()
    }

    /// The picture as a binary PGM file.
    pub fn pgm(&self) -> Vec<u8> {
        let mut out = format!("P5\n{} {}\n255\n", self.width, self.height).into_bytes();
        out.extend(&self.grey);
        out
    }

    /// A part of the picture (left, top, right, bottom) with a white margin around it.
    pub fn cut(&self, [x0, y0, x1, y1]: [usize; 4], margin: usize) -> Raster {
        let (x0, x1, y0, y1) = (x0.min(self.width), x1.min(self.width), y0.min(self.height), y1.min(self.height));
        let (width, height) = (x1.saturating_sub(x0) + 2 * margin, y1.saturating_sub(y0) + 2 * margin);
        let mut grey = vec![255; width * height];
        for y in y0..y1 {
            let to = (y - y0 + margin) * width + margin;
            if let (Some(from), Some(to)) = (self.row(y).get(x0..x1), grey.get_mut(to..to + (x1 - x0))) {
                to.copy_from_slice(from);
            }
        }
        Raster { width, height, grey }
    }

    /// Paints pixels of a row white; what lies beside the picture is left out.
    pub fn blank(&mut self, y: usize, from: usize, to: usize) {
        let (from, to) = (from.min(self.width), to.min(self.width));
        if y < self.height
            && let Some(row) = self.grey.get_mut(y * self.width + from..y * self.width + to)
        {
            row.fill(255);
        }
    }

    /// Parts ink from paper. What is dark is told against the mean of a square around it, so that shaded cells and the shadows
    /// of a scan are paper.
    pub fn ink(&self) -> Ink {
        let (width, height) = (self.width, self.height);
        let mut dark = vec![false; width * height];
        let mut columns = vec![0u32; width];
        for y in 0..height.min(WINDOW) {
            add(&mut columns, self.row(y));
        }
        let mut rows = height.min(WINDOW);
        for (y, line) in dark.chunks_exact_mut(width.max(1)).enumerate() {
            if y + WINDOW < height {
                add(&mut columns, self.row(y + WINDOW));
                rows += 1;
            }
            if let Some(gone) = y.checked_sub(WINDOW + 1) {
                for (sum, grey) in columns.iter_mut().zip(self.row(gone)) {
                    *sum -= u32::from(*grey);
                }
                rows -= 1;
            }
            let mut sum: u32 = columns.iter().take(WINDOW).sum();
            let mut wide = width.min(WINDOW) as u32;
            for (x, (pixel, grey)) in line.iter_mut().zip(self.row(y)).enumerate() {
                if let Some(column) = columns.get(x + WINDOW) {
                    sum += column;
                    wide += 1;
                }
                if let Some(gone) = x.checked_sub(WINDOW + 1).and_then(|x| columns.get(x)) {
                    sum -= gone;
                    wide -= 1;
                }
                // grey < mean × DARKER %, without the division.
                *pixel = u32::from(*grey) * 100 * wide.max(1) < sum / rows.max(1) as u32 * DARKER;
            }
        }
        Ink { width, height, dark }
    }

    /// The slope of the page's lines against its side, in degrees, positive where they sink to the right.
    pub fn slope(&self) -> f32 {
        let ink = self.ink();
        let all = ink.dark.iter().filter(|d| **d).count();
        let step = (all / POINTS).max(1);
        let places = ink.dark.iter().enumerate().filter(|(_, d)| **d).step_by(step);
        let points: Vec<(f32, f32)> = places.map(|(i, _)| ((i % ink.width) as f32, (i / ink.width) as f32)).collect();
        if points.len() < 200 {
            return 0.0;
        }
        let sharpest = |from: f32, steps: i32, step: f32| {
            let tried = (0..=steps).map(|i| from + step * i as f32);
            let measured = tried.map(|angle| (angle, sharpness(&points, angle, ink.width, ink.height)));
            // Of equals the flattest.
            measured.fold((0.0, 0), |best, (angle, sharp)| {
                if sharp > best.1 || sharp == best.1 && f32::abs(angle) < f32::abs(best.0) {
                    (angle, sharp)
                } else {
                    best
                }
            })
        };
        let (coarse, _) = sharpest(-MAX_SLOPE, (2.0 * MAX_SLOPE / 0.2) as i32, 0.2);
        let (fine, _) = sharpest(coarse - 0.2, 20, 0.02);
        fine
    }

    /// The picture turned so that lines of this slope (degrees) are level; the same where the slope is as good as none.
    pub fn levelled(self, slope: f32) -> Raster {
        if slope.abs() < LEAST_SLOPE {
            return self;
        }
        let (sin, cos) = slope.to_radians().sin_cos();
        let (middle_x, middle_y) = (self.width as f32 / 2.0, self.height as f32 / 2.0);
        let mut grey = Vec::with_capacity(self.grey.len());
        for y in 0..self.height {
            let dy = y as f32 - middle_y;
            for x in 0..self.width {
                let dx = x as f32 - middle_x;
                grey.push(self.between(dx * cos - dy * sin + middle_x, dx * sin + dy * cos + middle_y));
            }
        }
        Raster { grey, ..self }
    }

    /// The grey between pixels; white beside the picture.
    fn between(&self, x: f32, y: f32) -> u8 {
        if x < 0.0 || y < 0.0 {
            return 255;
        }
        let (left, top) = (x as usize, y as usize);
        if left + 1 >= self.width || top + 1 >= self.height {
            return 255;
        }
        let (fx, fy) = (x - left as f32, y - top as f32);
        let at = |x: usize, y: usize| self.grey.get(y * self.width + x).copied().map_or(255.0, f32::from);
        let upper = at(left, top) * (1.0 - fx) + at(left + 1, top) * fx;
        let lower = at(left, top + 1) * (1.0 - fx) + at(left + 1, top + 1) * fx;
        (upper * (1.0 - fy) + lower * fy).round() as u8
    }
}

fn add(columns: &mut [u32], row: &[u8]) {
    for (sum, grey) in columns.iter_mut().zip(row) {
        *sum += u32::from(*grey);
    }
}

/// How sharply points fall into rows once lines of this slope are level: the sum of the rows' squares.
fn sharpness(points: &[(f32, f32)], angle: f32, width: usize, height: usize) -> u64 {
    let slope = angle.to_radians().tan();
    let shift = slope.abs() * width as f32;
    let mut rows = vec![0u64; height + 2 * shift as usize + 2];
    for (x, y) in points {
        if let Some(row) = rows.get_mut((y - x * slope + shift) as usize) {
            *row += 1;
        }
    }
    rows.iter().map(|n| n * n).sum()
}

impl Ink {
    /// Whether a pixel is ink; beside the picture there is none.
    pub fn at(&self, x: usize, y: usize) -> bool {
        x < self.width && self.dark.get(y * self.width + x).copied().unwrap_or(false)
    }

    pub fn row(&self, y: usize) -> &[bool] {
        self.dark.get(y * self.width..(y + 1) * self.width).unwrap_or_default()
    }

    /// Rows as columns.
    pub fn transposed(&self) -> Ink {
        let mut dark = vec![false; self.dark.len()];
        for (i, _) in self.dark.iter().enumerate().filter(|(_, d)| **d) {
            let (x, y) = (i % self.width, i / self.width);
            if let Some(place) = dark.get_mut(x * self.height + y) {
                *place = true;
            }
        }
        Ink { width: self.height, height: self.width, dark }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// White paper with dark boxes (left, top, right, bottom) on it.
    pub fn paper(width: usize, height: usize, boxes: &[[usize; 4]]) -> Raster {
        let mut grey = vec![250u8; width * height];
        for &[x0, y0, x1, y1] in boxes {
            for y in y0..y1 {
                grey[y * width + x0..y * width + x1].fill(20);
            }
        }
        Raster { width, height, grey }
    }

    #[test]
    fn ink_is_dark_against_its_surroundings() {
        let mut raster = paper(200, 120, &[[50, 40, 150, 43]]);
        // A shadow over the right half.
        for y in 0..120 {
            for x in 100..200 {
                raster.grey[y * 200 + x] = (f32::from(raster.grey[y * 200 + x]) * 0.6) as u8;
            }
        }
        let ink = raster.ink();
        assert!(ink.at(60, 41) && ink.at(140, 41));
        assert!(!ink.at(60, 60) && !ink.at(150, 100) && !ink.at(500, 500));
        let turned = ink.transposed();
        assert_eq!((turned.width, turned.height), (120, 200));
        assert!(turned.at(41, 60) && !turned.at(60, 41));
    }

    #[test]
    fn a_sloping_page_is_levelled() {
        let mut raster = paper(900, 600, &[]);
        for line in 0..8 {
            for x in 50..850 {
                let y = 60 + 60 * line + (x as f32 * 1.2f32.to_radians().tan()) as usize;
                raster.grey[y * 900 + x..(y + 1) * 900 + x].iter_mut().step_by(900).for_each(|p| *p = 0);
                raster.grey[(y + 1) * 900 + x] = 0;
            }
        }
        let slope = raster.slope();
        assert!((slope - 1.2).abs() < 0.1, "{slope}");
        let level = raster.levelled(slope).slope();
        assert!(level.abs() < 0.1, "{level}");
        assert_eq!(paper(100, 100, &[]).slope(), 0.0);
    }

    #[test]
    fn an_empty_picture_is_survived() {
        let none = Raster { width: 0, height: 0, grey: Vec::new() };
        assert_eq!(none.slope(), 0.0);
        assert_eq!(none.levelled(1.0).ink().transposed().row(0), &[] as &[bool]);
    }
}
