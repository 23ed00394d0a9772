//! A guard against decompression bombs: measures what a file's compressed streams unpack to before the PDF library
//! unpacks them whole, and blanks those beyond the limit.

/// No honest page content, font or object stream comes near this; images, which are never unpacked here, may.
const LIMIT: usize = 48 << 20;
/// The most one byte of deflated data can unpack to.
const RATIO: usize = 1032;

/// Overwrites every deflated stream that unpacks to more than [`LIMIT`] bytes with zeros, so that it reads as damaged.
/// Returns how many there were.
pub(super) fn defuse(bytes: &mut [u8]) -> usize {
    let mut bombs = Vec::new();
    let mut at = 0;
    while let Some(found) = find(&bytes[at..], b"stream") {
        let start = at + found;
        at = start + 6;
        if start >= 3 && &bytes[start - 3..start] == b"end" {
            continue;
        }
        let mut data = at;
        while data < bytes.len() && matches!(bytes[data], b'\r' | b'\n') && data < at + 2 {
            data += 1;
        }
        let end = find(&bytes[data..], b"endstream").map_or(bytes.len(), |e| data + e);
        if is_bomb(&bytes[start.saturating_sub(600)..start], &bytes[data..end]) {
            bombs.push((data, end));
        }
        at = end;
    }
    for &(from, to) in &bombs {
        bytes[from..to].fill(0);
    }
    bombs.len()
}

fn is_bomb(before: &[u8], data: &[u8]) -> bool {
    // The stream's dictionary is what stands between the last `obj` and the keyword.
    let dict = before.windows(4).rposition(|w| w == b" obj").map_or(before, |p| &before[p..]);
    let layers = count(dict, b"/FlateDecode") + count(dict, b"/Fl ");
    if layers == 0 || count(dict, b"/Width") > 0 && count(dict, b"/Height") > 0 {
        return false;
    }
    let bound = (0..layers).fold(data.len(), |n, _| n.saturating_mul(RATIO));
    if bound <= LIMIT {
        return false;
    }
    let mut layer = data.to_vec();
    for left in (0..layers).rev() {
        match inflate(&layer, left > 0) {
            Unpacked::TooBig => return true,
            Unpacked::Data(d) => layer = d,
        }
    }
    false
}

pub(super) fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let first = *needle.first()?;
    let mut from = 0;
    while let Some(p) = haystack[from..].iter().position(|&b| b == first) {
        let at = from + p;
        if haystack[at..].starts_with(needle) {
            return Some(at);
        }
        from = at + 1;
    }
    None
}

fn count(haystack: &[u8], needle: &[u8]) -> usize {
    haystack.windows(needle.len()).filter(|w| *w == needle).count()
}

enum Unpacked {
    TooBig,
    /// What could be unpacked, empty when only the length was asked for.
    Data(Vec<u8>),
}

/// Unpacks zlib data (RFC 1950 and 1951); what follows a damage is left out. With `keep` off only the length is measured.
fn inflate(data: &[u8], keep: bool) -> Unpacked {
    let body = if data.len() >= 2 && data[0] & 0x0f == 8 { &data[2..] } else { data };
    let mut state = Inflate { data: body, at: 0, bits: 0, held: 0, out: Vec::new(), length: 0, keep };
    while let Some(last) = state.block() {
        if state.length > LIMIT {
            return Unpacked::TooBig;
        }
        if last {
            break;
        }
    }
    if state.length > LIMIT { Unpacked::TooBig } else { Unpacked::Data(state.out) }
}

struct Inflate<'a> {
    data: &'a [u8],
    at: usize,
    bits: u32,
    held: u32,
    out: Vec<u8>,
    length: usize,
    keep: bool,
}

/// A canonical Huffman code: how many codes of each length, and the symbols in order.
struct Huffman {
    counts: [u16; 16],
    symbols: Vec<u16>,
}

impl Huffman {
    fn new(lengths: &[u8]) -> Self {
        let mut counts = [0u16; 16];
        for &l in lengths {
            counts[usize::from(l & 15)] += 1;
        }
        let mut offsets = [0u16; 16];
        for l in 1..15 {
            offsets[l + 1] = offsets[l] + counts[l];
        }
        let mut symbols = vec![0u16; lengths.len()];
        for (symbol, &l) in lengths.iter().enumerate() {
            let slot = &mut offsets[usize::from(l & 15)];
            if l != 0 && usize::from(*slot) < symbols.len() {
                symbols[usize::from(*slot)] = symbol as u16;
                *slot += 1;
            }
        }
        counts[0] = 0;
        Huffman { counts, symbols }
    }
}

const LENGTH_BASE: [u16; 29] =
    [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const LENGTH_EXTRA: [u8; 29] = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BASE: [u16; 30] = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
    8193, 12289, 16385, 24577,
];
const CODE_ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

impl Inflate<'_> {
    fn take(&mut self, n: u32) -> Option<u32> {
        while self.held < n {
            let byte = *self.data.get(self.at)?;
            self.at += 1;
            self.bits |= u32::from(byte) << self.held;
            self.held += 8;
        }
        let value = self.bits & ((1u32 << n) - 1);
        self.bits >>= n;
        self.held -= n;
        Some(value)
    }

    fn symbol(&mut self, code: &Huffman) -> Option<u16> {
        let (mut value, mut first, mut index) = (0i32, 0i32, 0i32);
        for length in 1..16 {
            value |= self.take(1)? as i32;
            let count = i32::from(code.counts[length]);
            if value - count < first {
                return code.symbols.get(usize::try_from(index + (value - first)).ok()?).copied();
            }
            index += count;
            first = (first + count) << 1;
            value <<= 1;
        }
        None
    }

    fn put(&mut self, byte: u8) {
        self.length += 1;
        if self.keep {
            self.out.push(byte);
        }
    }

    /// Unpacks one block; `Some(true)` after the last one, `None` at a damage.
    fn block(&mut self) -> Option<bool> {
        let last = self.take(1)? == 1;
        match self.take(2)? {
            0 => {
                self.bits = 0;
                self.held = 0;
                let head = self.data.get(self.at..self.at + 4)?;
                let (length, check) = (u16::from_le_bytes([head[0], head[1]]), u16::from_le_bytes([head[2], head[3]]));
                if length != !check {
                    return None;
                }
                self.at += 4;
                for _ in 0..length {
                    let byte = *self.data.get(self.at)?;
                    self.at += 1;
                    self.put(byte);
                }
            }
            1 => {
                let mut lengths = [8u8; 288];
                lengths[144..256].fill(9);
                lengths[256..280].fill(7);
                self.codes(&Huffman::new(&lengths), &Huffman::new(&[5u8; 30]))?;
            }
            2 => {
                let (literals, distances) = self.tables()?;
                self.codes(&literals, &distances)?;
            }
            _ => return None,
        }
        Some(last)
    }

    fn tables(&mut self) -> Option<(Huffman, Huffman)> {
        let literals = self.take(5)? as usize + 257;
        let distances = self.take(5)? as usize + 1;
        let codes = self.take(4)? as usize + 4;
        let mut lengths = [0u8; 19];
        for &place in CODE_ORDER.iter().take(codes) {
            lengths[place] = self.take(3)? as u8;
        }
        let code = Huffman::new(&lengths);
        let mut lengths: Vec<u8> = Vec::with_capacity(320);
        while lengths.len() < literals + distances {
            let (value, times) = match self.symbol(&code)? {
                16 => (*lengths.last()?, 3 + self.take(2)?),
                17 => (0, 3 + self.take(3)?),
                18 => (0, 11 + self.take(7)?),
                s => (s as u8, 1),
            };
            lengths.extend((0..times).map(|_| value));
        }
        let (l, d) = lengths.split_at(literals);
        Some((Huffman::new(l), Huffman::new(d.get(..distances)?)))
    }

    fn codes(&mut self, literals: &Huffman, distances: &Huffman) -> Option<()> {
        while self.length <= LIMIT {
            match self.symbol(literals)? {
                byte @ 0..=255 => self.put(byte as u8),
                256 => break,
                s => {
                    let i = usize::from(s) - 257;
                    let length =
                        usize::from(*LENGTH_BASE.get(i)?) + self.take(u32::from(*LENGTH_EXTRA.get(i)?))? as usize;
                    let d = usize::from(self.symbol(distances)?);
                    let extra = if d < 4 { 0 } else { (d as u32 - 2) / 2 };
                    let distance = usize::from(*DISTANCE_BASE.get(d)?) + self.take(extra)? as usize;
                    if !self.keep {
                        self.length += length;
                        continue;
                    }
                    let from = self.out.len().checked_sub(distance)?;
                    for k in 0..length {
                        let byte = *self.out.get(from + k)?;
                        self.put(byte);
                    }
                }
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// zlib of b"ciao ciao ciao ciao" (fixed Huffman codes, one back reference).
    const CIAO: [u8; 14] = [0x78, 0x9c, 0x4b, 0xce, 0x4c, 0xcc, 0x57, 0x48, 0x46, 0x21, 0x00, 0x43, 0xfb, 0x06];

    #[test]
    fn unpacks_a_fixed_block_and_measures_it() {
        let Unpacked::Data(data) = inflate(&CIAO, true) else { panic!("too big") };
        assert_eq!(data, b"ciao ciao ciao ciao");
        let Unpacked::Data(data) = inflate(&CIAO, false) else { panic!("too big") };
        assert!(data.is_empty());
    }

    #[test]
    fn an_honest_stream_stays() {
        let mut file = b"1 0 obj <</Filter/FlateDecode>> stream\n".to_vec();
        file.extend(CIAO);
        file.extend(b"\nendstream");
        let copy = file.clone();
        assert_eq!(defuse(&mut file), 0);
        assert_eq!(file, copy);
    }

    #[test]
    fn a_bomb_is_blanked() {
        // A stored-block head, then one dynamic-free fixed block that repeats a byte at the longest length over and over:
        // 'a' literal, then (length 258, distance 1) pairs, written bit by bit.
        let mut bits: Vec<bool> = vec![true, true, false];
        let push_code =
            |bits: &mut Vec<bool>, code: u32, n: u32| (0..n).rev().for_each(|i| bits.push(code >> i & 1 == 1));
        push_code(&mut bits, 0x30 + 97, 8);
        for _ in 0..(LIMIT / 258 + 10) {
            push_code(&mut bits, 0xc0 + (285 - 280), 8);
            push_code(&mut bits, 0, 5);
        }
        push_code(&mut bits, 0, 7);
        let data: Vec<u8> =
            bits.chunks(8).map(|c| c.iter().enumerate().fold(0u8, |b, (i, &v)| b | u8::from(v) << i)).collect();
        let mut file = b"1 0 obj <</Filter/FlateDecode>> stream\n".to_vec();
        file.extend([0x78, 0x9c]);
        file.extend(&data);
        file.extend(b"\nendstream");
        assert_eq!(defuse(&mut file), 1);
        assert!(file.ends_with(b"\0\nendstream") || file.ends_with(b"\0endstream"));
    }
}
