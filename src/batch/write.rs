//! Writing a run's tables and pages, some of them at a time.

use std::path::Path;

use rayon::prelude::*;

use super::{Batch, BatchError};
use crate::compare::{self, CompareError, Comparison, Plans, YearRow};
use crate::export::{ExportOptions, Exporter, FileResult, Run};
use crate::report::{Clips, Highlights, Reporter, Whole};
use crate::store::Told;

/// Files whose results are in memory together while they are written. Fixed, because the bytes of Parquet files depend on it.
const TOGETHER: usize = 4;

/// Rows of the comparison that are in memory while they are written, at least; fixed for the same reason.
const ROWS: usize = 500;

/// Pairs of years whose rows are made together.
const YEARS: usize = 4;

impl Batch {
    /// Writes the dataset and the report under a folder, a few documents at a time. Returns how many files of the dataset
    /// were written.
    ///
    /// # Errors
    /// A file that can't be written, or a record that can't be read any more.
    pub fn write(&self, clips: &Clips, dir: &Path, options: &ExportOptions) -> Result<usize, BatchError> {
        let mut exporter = Exporter::create(dir, options)?;
        let duplicate_of: Vec<Option<usize>> =
            self.standing.iter().map(|other| other.map(|(place, _)| place)).collect();
        let mut reporter = Reporter::create(&self.shelf.indexed(), &duplicate_of, &dir.join("report"))?;
        self.write_files(&mut exporter, &mut reporter, clips)?;
        let highlights = self.write_comparison(&mut exporter)?;
        exporter.append(&Run { findings: self.findings.clone(), ..Run::default() })?;
        let failed = self.files().filter_map(|told| if let Told::Failed(file) = told { Some(file) } else { None });
        let whole = Whole {
            files: self.shelf.files.len(),
            failed: failed.collect(),
            findings: &self.findings,
            highlights: &highlights,
        };
        let (written, finished) = exporter.finish_beside(|| reporter.finish(&whole, clips))?;
        finished?;
        Ok(written.len())
    }

    /// Writes what each file has by itself. While some files are written, the next ones are got.
    fn write_files(&self, exporter: &mut Exporter, reporter: &mut Reporter, clips: &Clips) -> Result<(), BatchError> {
        let count = self.shelf.files.len();
        let mut part = self.part(0)?;
        for first in (0..count).step_by(TOGETHER) {
            let write = || -> Result<(), BatchError> {
                let (rows, pages) = rayon::join(
                    || exporter.append(&part),
                    || reporter.documents(first, &part.files, &part.comparison.rows, clips),
                );
                rows?;
                Ok(pages?)
            };
            let (written, next) = rayon::join(write, || self.part(first + TOGETHER));
            written?;
            part = next?;
        }
        Ok(())
    }

    /// Some files from a place on, with their measures.
    fn part(&self, first: usize) -> Result<Run, BatchError> {
        let last = (first + TOGETHER).min(self.shelf.files.len());
        let files: Result<Vec<Option<FileResult>>, BatchError> =
            (first..last).into_par_iter().map(|index| self.file(index)).collect();
        let mut run = Run { files: files?.into_iter().flatten().collect(), ..Run::default() };
        let once: Vec<_> = run.read_files().map(|(_, file)| file).filter(|file| file.duplicate_of.is_none()).collect();
        let rows = compare::measures(&once.iter().map(|file| file.material()).collect::<Vec<_>>())?;
        if let Some(names) = &self.names {
            names.run(&mut run);
        }
        run.comparison.rows = rows;
        Ok(run)
    }

    /// Writes matches and years; gives back what the report shows of them.
    fn write_comparison(&self, exporter: &mut Exporter) -> Result<Highlights, BatchError> {
        let outlines = self.shelf.outlines();
        let successions = compare::successions(&outlines, &compare::compared(&self.standing));
        let pairing = |of: &compare::Succession| {
            let id = |place: usize| outlines.get(place).map(|outline| outline.document_id.clone());
            Some((id(of.before)?, id(of.after)?, of.to_year))
        };
        let mut highlights = Highlights::new(successions.iter().filter_map(pairing));
        let of = |comparison: Comparison| Run { comparison, ..Run::default() };
        let mut matches = self.matches.sorted()?;
        loop {
            let some: Result<Vec<_>, std::io::Error> = matches.by_ref().take(ROWS).collect();
            let mut some = some?;
            if some.is_empty() {
                break;
            }
            if let Some(names) = &self.names {
                some.par_iter_mut().for_each(|found| names.found(found));
            }
            some.iter().for_each(|found| highlights.found(found));
            exporter.append(&of(Comparison { matches: some, ..Comparison::default() }))?;
        }
        let mut years: Vec<YearRow> = Vec::new();
        for (number, some) in successions.chunks(YEARS).enumerate() {
            let rows: Result<Vec<Vec<YearRow>>, CompareError> =
                some.par_iter().map(|of| compare::years(&self.shelf, *of)).collect();
            let mut rows: Vec<YearRow> = rows?.into_iter().flatten().collect();
            if let Some(names) = &self.names {
                rows.par_iter_mut().for_each(|row| names.year(row));
            }
            rows.iter().for_each(|row| highlights.year(row));
            years.append(&mut rows);
            if years.len() >= ROWS || (number + 1) * YEARS >= successions.len() {
                exporter.append(&of(Comparison { years: std::mem::take(&mut years), ..Comparison::default() }))?;
            }
        }
        Ok(highlights)
    }
}
