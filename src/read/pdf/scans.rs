//! The pages of a file that optical recognition reads, or should have read.

use super::glyphs::Sheet;
use super::{FileParts, lattice, ocr, rules};
use crate::document::Fault;
use crate::read::Ocr;
use hayro_syntax::PdfData;
use std::collections::BTreeMap;

/// A page that is to be recognised.
pub(super) struct Scan {
    pub index: usize,
    /// Without its glyphs.
    pub sheet: Sheet,
    /// The user wants it recognised.
    pub wanted: bool,
    /// Something of it stays unread otherwise.
    pub needed: bool,
}

/// Reads by optical recognition the pages that are to be, and notes what stays unread. Gives back what the user can do where
/// nothing was recognised though it should have been.
pub(super) fn read_scans(data: &PdfData, ocr: Ocr, pulse: &(dyn Fn() + Sync), file: &mut FileParts) -> Option<String> {
    let scans = std::mem::take(&mut file.scans);
    let wanted: Vec<(usize, &Sheet)> = scans.iter().filter(|s| s.wanted).map(|s| (s.index, &s.sheet)).collect();
    let mut read: BTreeMap<usize, _> =
        wanted.iter().map(|(i, _)| *i).zip(ocr::recognise(data, &wanted, pulse)).collect();
    let mut help = None;
    for scan in &scans {
        let words = file.sheets.get(scan.index).map_or(0, |s| s.words.len());
        match read.remove(&scan.index).unwrap_or(Err(ocr::Unrecognised::Unasked(ocr))) {
            // A scan's picture says more than the stamp on it; a drawing beside words says less.
            Ok(page) if page.words.len() > words || ocr == Ocr::Always => {
                if let Some(parts) = file.sheets.get_mut(scan.index) {
                    parts.grids = lattice::grids(&rules::segments(&page.rules, &[]));
                    (parts.words, parts.rules, parts.shades) = (page.words, page.rules, Vec::new());
                    file.recognised.push(page.recognised);
                }
            }
            // An empty page, or a picture without words.
            Ok(_) if scan.sheet.unmapped == 0 => {}
            Ok(_) => file.faults.push(unrecognised(&scan.sheet, scan.index as u32 + 1, &ocr::Unrecognised::Illegible)),
            Err(why) => {
                if scan.needed {
                    file.faults.push(unrecognised(&scan.sheet, scan.index as u32 + 1, &why));
                }
                help.get_or_insert_with(|| why.help());
            }
        }
    }
    file.faults.sort_by_key(|fault| fault.page);
    help
}

/// What is missing of a page that was to be recognised and was not.
fn unrecognised(sheet: &Sheet, page: u32, why: &ocr::Unrecognised) -> Fault {
    let help = why.help();
    let message = if sheet.unmapped > 0 {
        let n = sheet.unmapped;
        format!(
            "{n} caratteri usano un tipo di carattere senza mappa Unicode e non sono stati letti: serve il riconoscimento ottico (OCR) della pagina; {help}"
        )
    } else {
        format!("la pagina contiene solo immagini: serve il riconoscimento ottico (OCR); {help}")
    };
    Fault { page, reason: why.reason(sheet), message }
}
