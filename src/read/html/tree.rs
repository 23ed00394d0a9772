//! An HTML page as a flat list in document order, so that the walks over it need no recursion however deep it nests.

use scraper::node::Element;
use scraper::{Html, Node as Parsed};

/// One element or text of the page.
pub struct Node<'a> {
    pub kind: Kind<'a>,
    /// Index of the parent; the root is its own parent.
    pub parent: usize,
    /// Index just past the last descendant.
    pub end: usize,
    /// What the whole subtree holds.
    pub sum: Sum,
    in_link: bool,
}

pub enum Kind<'a> {
    Element(&'a Element),
    Text(&'a str),
    /// The document itself.
    Root,
}

/// Counts over a subtree, scripts and the like left out.
#[derive(Clone, Copy, Default)]
pub struct Sum {
    /// Characters that are not white space.
    pub text: usize,
    /// Those of them inside links.
    pub linked: usize,
    pub links: usize,
    pub tables: usize,
    pub headings: usize,
    pub paragraphs: usize,
    pub ticks: usize,
}

impl Sum {
    fn add(&mut self, other: Sum) {
        self.text += other.text;
        self.linked += other.linked;
        self.links += other.links;
        self.tables += other.tables;
        self.headings += other.headings;
        self.paragraphs += other.paragraphs;
        self.ticks += other.ticks;
    }

    /// Characters outside links.
    pub fn plain(&self) -> usize {
        self.text - self.linked
    }
}

/// A page in document order; index 0 is the root.
pub struct Tree<'a> {
    pub nodes: Vec<Node<'a>>,
}

/// Elements whose content is never shown as text of the page.
const UNSHOWN: [&str; 19] = [
    "script", "style", "template", "noscript", "head", "title", "iframe", "object", "svg", "button", "select",
    "option", "textarea", "datalist", "audio", "video", "canvas", "map", "xml",
];

/// Whether an element's content is never shown.
pub fn unshown(name: &str) -> bool {
    UNSHOWN.contains(&name)
}

/// 1 to 6 for `h1` to `h6`.
pub fn heading_level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    }
}

impl<'a> Tree<'a> {
    /// Takes over a parsed page.
    pub fn new(html: &'a Html) -> Self {
        use walk::Edge;
        let mut nodes: Vec<Node<'a>> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        for edge in walk::edges(html) {
            match edge {
                Edge::Open(value) => {
                    let parent = open.last().copied().unwrap_or(0);
                    let above = nodes.get(parent).is_some_and(|n| n.in_link);
                    let (kind, in_link) = match value {
                        Parsed::Element(element) => (Kind::Element(element), above || element.name() == "a"),
                        Parsed::Text(text) => (Kind::Text(text), above),
                        _ => (Kind::Root, above),
                    };
                    let index = nodes.len();
                    nodes.push(Node { kind, parent, end: index + 1, sum: Sum::default(), in_link });
                    open.push(index);
                }
                Edge::Close => {
                    let end = nodes.len();
                    if let Some(node) = open.pop().and_then(|index| nodes.get_mut(index)) {
                        node.end = end;
                    }
                }
            }
        }
        let mut tree = Tree { nodes };
        tree.count();
        tree
    }

    /// Fills in every node's [`Sum`]: children stand after their parent, so one pass backwards does.
    fn count(&mut self) {
        for index in (0..self.nodes.len()).rev() {
            let node = &mut self.nodes[index];
            match &node.kind {
                Kind::Text(text) => {
                    node.sum.text = text.chars().filter(|c| !c.is_whitespace() && *c != '\u{a0}').count();
                    if node.in_link {
                        node.sum.linked = node.sum.text;
                    }
                }
                Kind::Element(element) => {
                    let name = element.name();
                    if unshown(name) {
                        node.sum = Sum::default();
                        continue;
                    }
                    node.sum.links += usize::from(name == "a");
                    node.sum.tables += usize::from(name == "table");
                    node.sum.headings += usize::from(heading_level(name).is_some());
                    node.sum.paragraphs += usize::from(name == "p");
                    node.sum.ticks += usize::from(name == "input" && is_checkbox(element));
                }
                Kind::Root => {}
            }
            let (parent, sum) = (node.parent, node.sum);
            if parent != index {
                self.nodes[parent].sum.add(sum);
            }
        }
    }

    /// The element at an index.
    pub fn element(&self, index: usize) -> Option<&'a Element> {
        match self.nodes.get(index)?.kind {
            Kind::Element(element) => Some(element),
            _ => None,
        }
    }

    /// The element's name, or "" for text.
    pub fn name(&self, index: usize) -> &'a str {
        self.element(index).map_or("", Element::name)
    }

    /// The children's indices, in order.
    pub fn children(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.nodes[index].end;
        let mut next = index + 1;
        std::iter::from_fn(move || {
            let child = next;
            (child < end).then(|| {
                next = self.nodes[child].end;
                child
            })
        })
    }
}

/// Whether an `<input>` is a tick box.
pub fn is_checkbox(element: &Element) -> bool {
    element.attr("type").is_some_and(|kind| kind.trim().eq_ignore_ascii_case("checkbox"))
}

/// The parser's own tree, walked without recursion.
mod walk {
    use scraper::{Html, Node};

    pub enum Edge<'a> {
        Open(&'a Node),
        Close,
    }

    /// Every node's beginning and end, in document order.
    pub fn edges(html: &Html) -> impl Iterator<Item = Edge<'_>> {
        let root = html.tree.root();
        // The node to tell of next, and whether it is its end.
        let mut at = Some((root, false));
        std::iter::from_fn(move || {
            let (node, closing) = at?;
            if closing {
                at = if node.id() == root.id() {
                    None
                } else {
                    node.next_sibling().map(|n| (n, false)).or_else(|| node.parent().map(|n| (n, true)))
                };
                Some(Edge::Close)
            } else {
                at = Some(node.first_child().map_or((node, true), |n| (n, false)));
                Some(Edge::Open(node.value()))
            }
        })
    }
}
