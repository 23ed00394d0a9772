//! Who publishes a dataset, and when: what the catalogue entry needs and no document tells.

use jiff::civil::Date;
use serde::Deserialize;
use thiserror::Error;

/// Who publishes the dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// The publisher's name.
    pub publisher: String,
    /// The publisher's code in the index of public administrations, or another stable one.
    pub identifier: String,
    /// The folder of the dataset on the web; relative addresses where it has none.
    pub url: Option<String>,
    /// The day of publication, where it is given: a run has no day of its own, so that it gives the same bytes every time.
    pub date: Option<Date>,
}

/// A description of the publication that can't be used; the message is in Italian.
#[derive(Debug, Error)]
pub enum PublicationError {
    #[error("non è un TOML con publisher, identifier, url e date: {0}")]
    Syntax(String),
    #[error("date: «{0}» non è una data come 2026-05-31")]
    Date(String),
    #[error("url: «{0}» non comincia con https:// o http://, o ha caratteri che un indirizzo non può avere")]
    Url(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    publisher: String,
    identifier: String,
    url: Option<String>,
    date: Option<String>,
}

impl Publication {
    /// A dataset that nobody has published yet.
    pub fn unpublished() -> Self {
        Publication {
            publisher: "da indicare con --publication".to_owned(),
            identifier: "da-indicare".to_owned(),
            url: None,
            date: None,
        }
    }

    /// Reads a TOML with `publisher` and `identifier`, perhaps `url` and `date`.
    ///
    /// # Errors
    /// No such TOML, a date that is none, an address that is none.
    pub fn from_toml(text: &str) -> Result<Self, PublicationError> {
        let file: File = toml::from_str(text).map_err(|error| PublicationError::Syntax(error.message().to_owned()))?;
        let day = |text: String| text.parse().map_err(|_| PublicationError::Date(text));
        let date = file.date.map(day).transpose()?;
        let fits = |url: &String| {
            let begins = url.starts_with("https://") || url.starts_with("http://");
            begins && !url.chars().any(|c| c.is_whitespace() || c.is_control() || "<>\"{}|^`\\".contains(c))
        };
        if let Some(url) = file.url.as_ref().filter(|url| !fits(url)) {
            return Err(PublicationError::Url(url.clone()));
        }
        let url = file.url.map(|url| if url.ends_with('/') { url } else { url + "/" });
        Ok(Publication { publisher: file.publisher, identifier: file.identifier, url, date })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_given_stays_open() {
        let given = Publication::from_toml("publisher = \"Ente\"\nidentifier = \"e\"\nurl = \"https://e.it/d\"");
        let given = given.unwrap();
        assert_eq!((given.date, given.url.as_deref()), (None, Some("https://e.it/d/")));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let error = |text: &str| Publication::from_toml(text).unwrap_err().to_string();
        assert!(error("publisher = 1").starts_with("non è un TOML"));
        assert!(error("publisher = \"a\"\nidentifier = \"b\"\ndate = \"ieri\"").contains("«ieri»"));
        assert!(error("publisher = \"a\"\nidentifier = \"b\"\nurl = \"file:x\"").contains("«file:x»"));
        assert!(error("publisher = \"a\"\nidentifier = \"b\"\nurl = \"https://a b\"").contains("https://a b"));
    }
}
