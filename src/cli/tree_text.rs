//! A tree on a terminal: lines folded to its width, branches drawn.

use std::fmt;

/// The width where the terminal tells none.
const WIDTH: usize = 100;

/// A heading with lines and branches.
pub struct Tree {
    root: Branch,
    lines: Vec<String>,
}

/// A text with what belongs under it.
pub struct Branch {
    text: String,
    children: Vec<Branch>,
}

impl Branch {
    pub fn new(text: String) -> Self {
        Branch { text, children: Vec::new() }
    }

    pub fn child(&mut self, branch: Branch) {
        self.children.push(branch);
    }
}

impl Tree {
    pub fn new(text: String) -> Self {
        Tree { root: Branch::new(text), lines: Vec::new() }
    }

    /// A line right under the heading.
    pub fn line(&mut self, text: String) {
        self.lines.push(text);
    }

    pub fn branch(&mut self, branch: Branch) {
        self.root.child(branch);
    }
}

/// The width of the terminal as the environment tells it, within bounds that can be read.
fn width() -> usize {
    std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).unwrap_or(WIDTH).clamp(60, 200)
}

impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = width();
        write_folded(f, &self.root.text, "", "  ", width)?;
        for line in &self.lines {
            write_folded(f, line, "  ", "             ", width)?;
        }
        for child in &self.root.children {
            writeln!(f)?;
            write_folded(f, &child.text, "", "  ", width)?;
            write_children(f, child, "", width)?;
        }
        Ok(())
    }
}

fn write_children(f: &mut fmt::Formatter<'_>, branch: &Branch, indent: &str, width: usize) -> fmt::Result {
    for (place, child) in branch.children.iter().enumerate() {
        let last = place + 1 == branch.children.len();
        let (here, below) = if last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        let under = format!("{indent}{below}");
        let stem = if child.children.is_empty() { under.clone() } else { format!("{under}│  ") };
        write_folded(f, &child.text, &format!("{indent}{here}"), &stem, width)?;
        write_children(f, child, &under, width)?;
    }
    Ok(())
}

/// A text folded at blanks; runs of blanks stay.
fn write_folded(f: &mut fmt::Formatter<'_>, text: &str, first: &str, rest: &str, width: usize) -> fmt::Result {
    let mut line = first.to_owned();
    let mut empty = true;
    for word in text.split(' ') {
        let room = width.saturating_sub(line.chars().count() + usize::from(!empty));
        if !empty && word.chars().count() > room {
            writeln!(f, "{}", line.trim_end())?;
            line = rest.to_owned();
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    writeln!(f, "{}", line.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn branches_are_drawn_and_lines_folded() {
        let mut tree = Tree::new("Ente".to_owned());
        let mut branch = Branch::new("Parti".to_owned());
        let mut one = Branch::new("uno".to_owned());
        one.child(Branch::new("parola ".repeat(30)));
        branch.child(one);
        branch.child(Branch::new("due".to_owned()));
        tree.branch(branch);
        let text = tree.to_string();
        assert!(text.starts_with("Ente\n\nParti\n├─ uno\n│  └─ parola"), "{text}");
        assert!(text.ends_with("\n└─ due\n"), "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= 200));
    }
}
