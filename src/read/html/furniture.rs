//! What belongs to the site and not to the document: navigation, banners, footers, hidden parts.
//!
//! Three kinds of signs, from certain to weak. Whatever holds most of the page's words is never furniture, however it is
//! called: sites name the wrapper around everything "page-with-menu" too.

use scraper::node::Element;

use super::tree::{Tree, unshown};

/// Roles of landmarks that are not the document.
const ROLES: [&str; 10] = [
    "navigation",
    "contentinfo",
    "banner",
    "search",
    "menu",
    "menubar",
    "dialog",
    "alertdialog",
    "complementary",
    "toolbar",
];

/// Whole class names that hide an element from sight.
const HIDING: [&str; 6] = ["visually-hidden", "sr-only", "element-invisible", "hidden", "d-none", "screen-reader-text"];

/// Words in an `id` or `class` that name furniture.
const STRONG: [&str; 32] = [
    "nav",
    "navbar",
    "navigation",
    "navigazione",
    "menu",
    "submenu",
    "megamenu",
    "breadcrumb",
    "breadcrumbs",
    "briciole",
    "cookie",
    "cookies",
    "cookiebar",
    "cookiebanner",
    "footer",
    "foot",
    "pager",
    "pagination",
    "paginazione",
    "social",
    "share",
    "sharing",
    "condividi",
    "skip",
    "skiplink",
    "skiplinks",
    "search",
    "searchbox",
    "login",
    "newsletter",
    "sitemap",
    "offcanvas",
];

/// Words that name furniture or a part of the document alike: believed only of small parts without headings and tables
/// that have the word for their whole name or are mostly links.
const WEAK: [&str; 20] = [
    "header",
    "testata",
    "banner",
    "sidebar",
    "aside",
    "toolbar",
    "topbar",
    "widget",
    "related",
    "correlati",
    "allegati",
    "attachments",
    "noprint",
    "print",
    "stampa",
    "updated",
    "modal",
    "feedback",
    "lang",
    "languages",
];

/// Words that make a name speak of a piece of content ("card-header", "table-footer"), not of the page.
const COMPONENTS: [&str; 18] = [
    "card",
    "panel",
    "accordion",
    "table",
    "section",
    "box",
    "list",
    "article",
    "entry",
    "content",
    "field",
    "item",
    "tab",
    "block",
    "text",
    "row",
    "group",
    "body",
];

/// Beginnings of lines that lead past the navigation, say where one is, or stand at a page's foot.
const PHRASES: [&str; 12] = [
    "salta al contenuto",
    "vai al contenuto",
    "salta la navigazione",
    "skip to content",
    "skip to main",
    "torna su",
    "tutti i diritti riservati",
    "all rights reserved",
    "©",
    "sei in:",
    "sei qui:",
    "ti trovi in:",
];

/// Elements that the words are believed of. Headings, rows and cells of data tables are always the document.
const NAMEABLE: [&str; 14] =
    ["div", "section", "ul", "ol", "dl", "li", "p", "span", "a", "form", "td", "table", "center", "header"];

/// Whether the element at `index` and all in it is left out. `in_data` says that it stands in a data table's cell, where
/// class names speak of the table's looks.
pub fn is_furniture(tree: &Tree, index: usize, in_data: bool) -> bool {
    let Some(element) = tree.element(index) else { return false };
    let name = element.name();
    if unshown(name) {
        return true;
    }
    if matches!(name, "html" | "body" | "main" | "article") {
        return false;
    }
    if is_hidden(element) {
        return in_data || !is_bulk(tree, index);
    }
    if in_data {
        return false;
    }
    let landmark = matches!(name, "nav" | "footer" | "aside")
        || (name == "header" && !within_content(tree, index))
        || element.attr("role").is_some_and(|role| ROLES.contains(&role.trim().to_ascii_lowercase().as_str()));
    if landmark {
        return !is_bulk(tree, index);
    }
    is_named_so(tree, index, element) || is_link_list(tree, index, name)
}

/// Whether an element is not shown, by attribute, style or class.
pub fn is_hidden(element: &Element) -> bool {
    if element.attr("hidden").is_some() || element.attr("aria-hidden").is_some_and(|v| v.trim() == "true") {
        return true;
    }
    if let Some(style) = element.attr("style") {
        let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
        const SIGNS: [&str; 4] = ["display:none", "visibility:hidden", "mso-element:header", "mso-element:footer"];
        if SIGNS.iter().any(|sign| style.contains(sign)) {
            return true;
        }
    }
    let classes = element.attr("class").unwrap_or_default();
    // "d-none d-md-block": hidden on small screens only.
    let hides = classes.split_ascii_whitespace().any(|class| HIDING.contains(&class));
    hides && !classes.split_ascii_whitespace().any(|class| class.starts_with("d-") && class != "d-none")
}

/// Whether the element holds a good part of what the page says.
fn is_bulk(tree: &Tree, index: usize) -> bool {
    let all = tree.nodes.first().map_or(0, |root| root.sum.plain());
    tree.nodes[index].sum.plain() * 5 > all * 2
}

fn within_content(tree: &Tree, index: usize) -> bool {
    let mut at = index;
    while at != 0 {
        at = tree.nodes[at].parent;
        if matches!(tree.name(at), "main" | "article" | "section") {
            return true;
        }
    }
    false
}

fn is_named_so(tree: &Tree, index: usize, element: &Element) -> bool {
    if !NAMEABLE.contains(&element.name()) {
        return false;
    }
    let sum = tree.nodes[index].sum;
    let names = [element.attr("id"), element.attr("class")];
    let names = || names.iter().flatten().flat_map(|names| names.split_ascii_whitespace()).map(str::to_ascii_lowercase);
    if names().any(|name| has_word(&name, &STRONG)) {
        let holds_data = sum.tables > 0 && sum.plain() >= 500;
        return !holds_data && !is_bulk(tree, index);
    }
    let links = sum.linked * 2 >= sum.text;
    let weak = names().any(|name| WEAK.contains(&name.as_str()) || (links && has_word(&name, &WEAK)));
    weak && sum.tables == 0 && sum.plain() < 200 && !holds_main_heading(tree, index) && !is_bulk(tree, index)
}

/// Whether one of a name's words is in the list and none makes it the name of a piece of content.
fn has_word(name: &str, list: &[&str]) -> bool {
    let words = || name.split(|c: char| !c.is_ascii_alphanumeric());
    words().any(|word| list.contains(&word)) && !words().any(|word| COMPONENTS.contains(&word))
}

fn holds_main_heading(tree: &Tree, index: usize) -> bool {
    tree.nodes[index].sum.headings > 0 && (index..tree.nodes[index].end).any(|at| tree.name(at) == "h1")
}

/// A list of three or more entries that are nothing but links.
fn is_link_list(tree: &Tree, index: usize, name: &str) -> bool {
    let sum = tree.nodes[index].sum;
    matches!(name, "ul" | "ol") && sum.links >= 3 && sum.text > 0 && sum.plain() == 0
}

/// Whether a line outside tables says itself that it is no part of the document.
pub fn is_phrase(line: &str) -> bool {
    if line.chars().count() > 200 {
        return false;
    }
    let line = line.to_lowercase();
    PHRASES.iter().any(|phrase| line.starts_with(phrase)) || line.ends_with("tutti i diritti riservati")
}
