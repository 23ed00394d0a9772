//! Views → HTML: the templates, their few functions, and the page's security policy.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{Environment, Error, ErrorKind, Output, State, UndefinedBehavior, context, escape_formatter};
use serde::Serialize;

use super::{Page, ReportError, wording};

const TEMPLATES: [(&str, &str); 5] = [
    ("base.html", include_str!("../../data/report/base.html")),
    ("parts.html", include_str!("../../data/report/parts.html")),
    ("overview.html", include_str!("../../data/report/overview.html")),
    ("compared.html", include_str!("../../data/report/compared.html")),
    ("document.html", include_str!("../../data/report/document.html")),
];
const STYLE: &str = include_str!("../../data/report/report.css");
const SCRIPT: &str = include_str!("../../data/report/report.js");

/// What a page may do: run the report's own script and no other, neither one in the page nor one from the network.
const POLICY: &str = "default-src 'none'; script-src 'self' file:; style-src 'self' file: 'unsafe-inline'; \
                      img-src 'self' file: data:; base-uri 'none'; form-action 'none'";

/// Renders pages.
pub(super) struct Engine {
    environment: Environment<'static>,
}

impl Engine {
    pub(super) fn new() -> Engine {
        let mut environment = Environment::new();
        if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
            environment.set_syntax(syntax);
        }
        environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        environment.add_function("t", text);
        environment.add_function("k", known);
        environment.add_function("w", maybe);
        environment.add_filter("cut", cut);
        environment.set_formatter(print);
        for (name, source) in TEMPLATES {
            // The templates are part of the program; one that can't be parsed is told when its page is rendered.
            let _ = environment.add_template(name, source);
        }
        Engine { environment }
    }

    /// A page by its template; the view's fields are the template's variables under `v`.
    pub(super) fn page(&self, name: &str, template: &str, view: &impl Serialize) -> Result<Page, ReportError> {
        let failed = |source| ReportError::Template { page: name.to_owned(), source };
        let template = self.environment.get_template(template).map_err(failed)?;
        let whole = context! {
            v => Value::from(Serde(view)),
            page => name,
            policy => Value::from_safe_string(POLICY.to_owned()),
            version => env!("CARGO_PKG_VERSION"),
        };
        let html = template.render(whole).map_err(failed)?;
        Ok(Page { name: name.to_owned(), bytes: html.into_bytes() })
    }
}

/// Escapes texts as [`escape`] does, which leaves more of them readable (and small) than the engine's own way.
fn print(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    match value.as_str().filter(|_| !value.is_safe()) {
        Some(text) => out.write_str(&escape(text)).map_err(Error::from),
        None => escape_formatter(out, state, value),
    }
}

/// A text of the interface, marked so that the script can translate it.
fn text(italian: &str) -> Result<Value, Error> {
    known(italian)?;
    Ok(marked(italian))
}

/// A text of the interface for an attribute or an element that marks it itself.
fn known(italian: &str) -> Result<String, Error> {
    if wording::is_known(italian) {
        return Ok(italian.to_owned());
    }
    Err(Error::new(ErrorKind::InvalidOperation, format!("no English for «{italian}» in data/report/en.toml")))
}

/// A text that another stage words: marked where the dictionary has it, else told to be Italian.
fn maybe(italian: &str) -> Value {
    if wording::is_known(italian) {
        return marked(italian);
    }
    Value::from_safe_string(format!("<span lang=\"it\">{}</span>", escape(italian)))
}

/// A text of at most so many characters; a longer one ends in an ellipsis.
fn cut(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text).trim_end()),
        None => text.to_owned(),
    }
}

fn marked(italian: &str) -> Value {
    Value::from_safe_string(format!("<span data-i>{}</span>", escape(italian)))
}

/// A text as HTML content or attribute value.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// The style and the script that all pages share.
pub(super) fn shared() -> [Page; 2] {
    let page = |name: &str, text: String| Page { name: name.to_owned(), bytes: text.into_bytes() };
    let script = SCRIPT.replace("/*WORDS*/{}", &wording::json());
    [page("report.css", STYLE.to_owned()), page("report.js", script)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_templates_can_be_parsed() {
        let engine = Engine::new();
        for (name, source) in TEMPLATES {
            Environment::new().add_template(name, source).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert!(engine.environment.get_template(name).is_ok(), "{name}");
        }
    }

    #[test]
    fn a_text_without_english_is_told() {
        assert!(text("Ventisette sfumature di grigio").is_err());
        assert_eq!(maybe("a < b").to_string(), "<span lang=\"it\">a &lt; b</span>");
    }
}
