//! `pianometro tables`: the tables of documents as they stand, or a picture of what is seen on a page.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use pianometro::document::{self, Document};
use pianometro::read::{self, Ocr};

use super::failure::{Failure, reason};
use super::knowledge::Reading;
use super::open;

#[derive(Debug, Args)]
pub struct TablesArgs {
    /// I documenti: PDF, HTML o testo
    #[arg(required = true, help_heading = "Argomenti", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// La forma in cui stamparle: json (senza l'opzione), csv o md
    #[arg(long, value_enum, default_value_t = TableFormat::Json, value_name = "FORMA")]
    #[arg(hide_default_value = true, hide_possible_values = true)]
    format: TableFormat,
    /// Invece di stampare le tabelle, disegna una pagina di un PDF con le celle (un colore per tabella), i filetti (rosso) e le
    /// parole (blu) come sono stati riconosciuti
    #[arg(long, value_name = "PAGINA.png")]
    debug_image: Option<PathBuf>,
    /// La pagina da disegnare; senza, la prima che ha una tabella
    #[arg(long, requires = "debug_image", value_parser = clap::value_parser!(u32).range(1..), value_name = "N")]
    page: Option<u32>,
    #[command(flatten)]
    reading: Reading,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum TableFormat {
    Json,
    Csv,
    Md,
}

/// Prints the tables, or draws a page where a picture is asked for.
pub fn tables(args: &TablesArgs) -> Result<ExitCode, Failure> {
    match &args.debug_image {
        Some(image) => debug_image(&args.files, image, args.page, args.reading.ocr()),
        None => print(&args.files, args.format, args.reading.ocr()),
    }
}

fn print(paths: &[PathBuf], format: TableFormat, ocr: Ocr) -> Result<ExitCode, Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    let mut code = ExitCode::SUCCESS;
    for path in paths {
        match open(path).and_then(|(bytes, name)| {
            Ok((read::read_with(bytes, ocr, &|| ()).map_err(|e| Failure::unreadable(path, e))?, name))
        }) {
            Ok((document, name)) => print_tables(&mut out, &document, &name, format)?,
            Err(failure) => {
                writeln!(io::stderr().lock(), "errore: {}", failure.message)?;
                code = ExitCode::from(1);
            }
        }
    }
    out.flush()?;
    Ok(code)
}

/// Draws a page with what was seen on it, and says what its tables are.
fn debug_image(paths: &[PathBuf], image: &Path, page: Option<u32>, ocr: Ocr) -> Result<ExitCode, Failure> {
    let [path] = paths else {
        return Err(Failure::usage("con --debug-image si può dare un solo documento"));
    };
    let (bytes, _) = open(path)?;
    if read::format(&bytes) != Some(document::Format::Pdf) {
        return Err(Failure::usage(format!("{}: --debug-image disegna solo pagine di PDF", path.display())));
    }
    let page = match page {
        Some(page) => page,
        None => {
            let document =
                read::read_with(bytes.clone(), ocr, &|| ()).map_err(|error| Failure::unreadable(path, error))?;
            document::tables(&document).next().map_or(1, |table| table.source.page)
        }
    };
    let (picture, tables) = read::tables_picture(bytes, page, ocr).map_err(|error| Failure::unreadable(path, error))?;
    let png = picture.png().map_err(Failure::usage)?;
    std::fs::write(image, png).map_err(|error| Failure::usage(format!("{}: {}", image.display(), reason(&error))))?;
    let mut out = BufWriter::new(io::stdout().lock());
    writeln!(out, "Disegnata la pagina {page} in {} (tabelle: {})", image.display(), tables.len())?;
    for (number, table) in tables.iter().enumerate() {
        let method = if table.method == document::Method::Lattice { "con filetti" } else { "senza griglia di filetti" };
        let confidence = format!("{:.2}", table.confidence).replace('.', ",");
        let from = if table.source.page == page { String::new() } else { format!(", da pagina {}", table.source.page) };
        let (rows, cols) = (table.rows, table.cols);
        writeln!(out, "  {}: {rows} righe, {cols} colonne, {method}, affidabilità {confidence}{from}", number + 1)?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn print_tables(out: &mut impl Write, document: &Document, name: &str, format: TableFormat) -> Result<(), Failure> {
    match format {
        TableFormat::Json => {
            document::write_tables_json(&mut *out, name, document)?;
            writeln!(out)?;
        }
        TableFormat::Csv => write!(out, "{}", document::tables_csv(document).map_err(Failure::usage)?)?,
        TableFormat::Md => write!(out, "{}", document::tables_markdown(document))?,
    }
    Ok(())
}
