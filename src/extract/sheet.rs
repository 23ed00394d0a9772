//! What a sheet prints of its objective besides title, weight and indicators: mission and programme, perspective,
//! relevance, economic value, budget lines, the objective it refers to; and the printed performance tree.
//!
//! Every row is looked at after the walker has taken it; nothing here changes how rows are read.

use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use super::lexicon::{Field, Lexicon, key};
use super::patterns::label_and_value;
use super::printed::{Level, ObjectiveSheet, Printed, PrintedBudgetLine, PrintedObjective};
use super::rows::{Cells, Row};
use super::walker::Walker;
use crate::document::{Source, fold};

/// What a label of a sheet, or a header of its budget table, names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SheetField {
    Mission,
    Programme,
    Perspective,
    Relevance,
    ValueExecutives,
    ValueStaff,
    /// A budget told in words or as one figure beside its label.
    Budget,
    BudgetAmount,
    BudgetAccount,
    BudgetCostCentre,
    /// What opens a row that only refers to another objective.
    Reference,
}

/// The columns of a budget table.
#[derive(Debug, Clone, Copy)]
struct BudgetColumns {
    amount: u32,
    account: Option<u32>,
    cost_centre: Option<u32>,
}

/// The columns of a printed performance tree, from the highest level down; a column without level lists objectives by title.
#[derive(Debug, Clone)]
struct TreeColumns {
    columns: Vec<(u32, Option<Level>)>,
    cols: u32,
    /// A table of another width has begun: it goes on with the tree if it holds a node of the branch in force.
    doubtful: bool,
}

impl TreeColumns {
    /// The place of a node among the columns and its level: the column it stands in, or further down where its code has more
    /// parts; in a table of another width its code alone tells.
    fn place(&self, col: u32, node: &Node) -> Option<(usize, Level)> {
        let depth = node.code.matches('.').count();
        let column = self.columns.iter().position(|(c, _)| *c == col);
        let at = if self.doubtful { depth } else { column?.max(depth) };
        let level = self.columns.get(at)?.1?;
        Some((at, if at == 0 { node.level.unwrap_or(level) } else { level }))
    }
}

/// An objective as a performance tree prints it.
#[derive(Debug)]
struct TreeNode {
    level: Level,
    code: String,
    title: String,
    parent: Option<String>,
    source: Source,
}

/// What is known of sheets and the tree while the document is walked through.
#[derive(Debug, Default)]
pub(super) struct Sheets {
    /// What stands above the heading of the objective it belongs to.
    pub pending: ObjectiveSheet,
    budget: Option<BudgetColumns>,
    tree: Option<TreeColumns>,
    /// The codes in force in the tree's columns.
    branch: Vec<Option<String>>,
    nodes: Vec<TreeNode>,
    /// Titles without code below a node of the tree: the title and the node's code.
    leaves: Vec<(String, String)>,
}

/// A reference stands at most so many capitalised words before the end of its cell.
const REFERENCE_WITHIN: usize = 8;

/// A regular expression of this file.
fn pattern(text: &str) -> Regex {
    // All are literals of this file, and the tests use every one.
    Regex::new(text).expect("a literal pattern")
}

/// The code of an objective within a label: "Obiettivo strategico (mission) 1.1." gives "1.1".
fn code_within(text: &str) -> Option<String> {
    static CODE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|[^\d.])(\d+(?:\.\d+)*)\.?\s*:?\s*$"));
    Some(CODE.captures(text.trim())?[1].to_owned())
}

/// The coefficient that a sentence on an objective's relevance gives: "RILEVANZA ALTA: … – COEFFICIENTE 5" gives "5".
fn coefficient(text: &str) -> Option<String> {
    static FORM: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)\bcoeff?(?:iciente)?\b[.:=\s]*(?:pari a\s+|di\s+)?(\d+(?:[.,]\d+)?)"));
    Some(FORM.captures(text)?[1].to_owned())
}

/// What a cell of a tree says of a node.
#[derive(Debug, PartialEq)]
struct Node {
    /// The level that its own words give.
    level: Option<Level>,
    code: String,
    title: String,
}

/// The number and the title of a node: "1.10 Ricerca di risorse finanziarie", "Strumento 6 Miglioramento interno".
fn numbered_node(text: &str) -> Option<Node> {
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?s)^(?P<word>(?i:strumento)\s+)?(?P<code>\d+(?:\.\d+)*)\.?\s*[-–—:]?\s+(?P<title>\p{L}.*)$")
    });
    let form = FORM.captures(text.trim())?;
    let level = form.name("word").map(|_| Level::Strumento);
    Some(Node { level, code: form["code"].to_owned(), title: fold(&form["title"]) })
}

impl Walker<'_> {
    /// Takes from a row what it prints of the sheet it stands in.
    pub(super) fn sheet_row(&mut self, row: &Row) {
        match row {
            Row::Line(line) => {
                self.sheets.budget = None;
                for text in line.text.lines() {
                    let (label, value) = label_and_value(text);
                    self.sheet_label(label, value, &line.source);
                    self.reference(text);
                }
            }
            Row::Cells(cells) => {
                for text in cells.cells.iter().flat_map(|cell| cell.text.lines()) {
                    self.reference(text);
                }
                if let [only] = &cells.cells[..] {
                    self.reference_within(&only.text);
                }
                if !self.tree_row(cells) && !self.budget_row(cells) {
                    match &cells.cells[..] {
                        [only] => {
                            let (label, value) = label_and_value(&only.text);
                            self.sheet_label(label, value, &only.source);
                        }
                        [label, value, ..] => self.sheet_label(&label.text, &value.text, &value.source),
                        [] => {}
                    }
                }
            }
        }
    }

    /// A row that only sends the reader to another objective.
    fn reference(&mut self, text: &str) {
        if self.lexicon.sheet_field(text, true) != Some(SheetField::Reference)
            || !text.chars().any(|c| c.is_ascii_digit())
        {
            return;
        }
        if let Some(sheet) = self.sheet_in_force() {
            sheet.refers_to.get_or_insert_with(|| fold(text));
        }
    }

    /// The same as the last sentence of a row that is one cell.
    fn reference_within(&mut self, text: &str) {
        let text = fold(text);
        let capitals = text
            .char_indices()
            .zip(text.chars().skip(1))
            .filter(|((_, blank), next)| *blank == ' ' && next.is_uppercase());
        let starts: Vec<usize> = capitals.map(|((at, _), _)| at + 1).collect();
        for start in starts.into_iter().rev().take(REFERENCE_WITHIN) {
            if let Some(sentence) = text.get(start..) {
                self.reference(sentence);
            }
        }
    }

    fn sheet_in_force(&mut self) -> Option<&mut ObjectiveSheet> {
        let index = self.headings.objective?;
        self.plan.objectives.get_mut(index).map(|o| &mut o.sheet)
    }

    /// The sheet a label speaks of that may stand above the objective's heading or below it.
    fn sheet_of_label(&mut self) -> &mut ObjectiveSheet {
        let below = self.headings.objective.filter(|_| self.objective_is_new() && !self.tells_an_indicator());
        match below.and_then(|index| self.plan.objectives.get_mut(index)) {
            Some(objective) => &mut objective.sheet,
            None => &mut self.sheets.pending,
        }
    }

    fn sheet_label(&mut self, label: &str, value: &str, source: &Source) {
        let raw = fold(value);
        if raw.is_empty() || label.chars().count() > 200 {
            return;
        }
        let Some(field) = self.lexicon.sheet_field(label, false) else { return };
        let printed = || Printed::new(raw.clone(), source.clone());
        match field {
            SheetField::Mission => {
                let parent = self.lexicon.level(label).and_then(|_| code_within(label));
                let sheet = self.sheet_of_label();
                sheet.mission.get_or_insert(raw);
                if sheet.parent.is_none() {
                    sheet.parent = parent;
                }
            }
            SheetField::Programme => {
                self.sheet_of_label().programme.get_or_insert(raw);
            }
            SheetField::Perspective => {
                self.sheet_of_label().perspective.get_or_insert(raw);
            }
            _ => {
                let Some(sheet) = self.sheet_in_force() else { return };
                match field {
                    SheetField::Relevance => {
                        sheet.relevance.get_or_insert_with(|| coefficient(&raw).unwrap_or(raw));
                    }
                    SheetField::ValueExecutives => {
                        sheet.value_executives.get_or_insert_with(printed);
                    }
                    SheetField::ValueStaff => {
                        sheet.value_staff.get_or_insert_with(printed);
                    }
                    SheetField::Budget if sheet.budget.is_empty() => {
                        sheet.budget.push(PrintedBudgetLine { amount: printed(), account: None, cost_centre: None });
                    }
                    _ => {}
                }
            }
        }
    }

    /// The header or a line of a budget table.
    fn budget_row(&mut self, row: &Cells) -> bool {
        let column = |field: SheetField| {
            let names = |text: &str| self.lexicon.budget_header(text) == Some(field);
            row.cells.iter().find(|c| names(&c.text)).map(|c| c.col)
        };
        let (account, cost_centre) = (column(SheetField::BudgetAccount), column(SheetField::BudgetCostCentre));
        if let Some(amount) = column(SheetField::BudgetAmount).filter(|_| account.is_some() || cost_centre.is_some()) {
            self.sheets.budget = Some(BudgetColumns { amount, account, cost_centre });
            return true;
        }
        if row.first && row.cells.len() != 3 {
            self.sheets.budget = None;
        }
        let Some(columns) = self.sheets.budget else { return false };
        let at = |column: Option<u32>| {
            let column = column?;
            row.cells.iter().find(|c| c.col == column).map(|c| fold(&c.text))
        };
        let Some(cell) = row.cells.iter().find(|c| c.col == columns.amount) else {
            self.budget_goes_on(at(columns.account));
            return false;
        };
        // A figure, or a placeholder.
        if !cell.text.chars().any(|c| c.is_ascii_digit()) && cell.text.chars().any(char::is_alphanumeric) {
            self.sheets.budget = None;
            return false;
        }
        let amount = Printed::new(fold(&cell.text), cell.source.clone());
        let line = PrintedBudgetLine { amount, account: at(columns.account), cost_centre: at(columns.cost_centre) };
        if let Some(sheet) = self.sheet_in_force() {
            sheet.budget.push(line);
        }
        true
    }

    /// More of an account's name that a page break put into a row of its own.
    fn budget_goes_on(&mut self, more: Option<String>) {
        if let Some(more) = more
            && let Some(line) = self.sheet_in_force().and_then(|s| s.budget.last_mut())
            && let Some(account) = &mut line.account
        {
            *account = format!("{account} {more}");
        }
    }

    /// The header or a row of a printed performance tree.
    fn tree_row(&mut self, row: &Cells) -> bool {
        if let Some(columns) = tree_columns(row, self.lexicon) {
            self.sheets.branch = vec![None; columns.columns.len()];
            self.sheets.tree = Some(columns);
            return true;
        }
        if row.first
            && let Some(mut tree) = self.sheets.tree.take().filter(|t| !t.doubtful)
        {
            tree.doubtful = tree.cols != row.cols;
            self.sheets.tree = Some(tree);
        }
        let Some(tree) = &self.sheets.tree else { return false };
        if tree.doubtful {
            let stem = |code: &str| code.split('.').next().map(str::to_owned);
            let branch = self.sheets.branch.first().cloned().flatten().and_then(|code| stem(&code));
            let goes_on =
                |text: &str| numbered_node(text).is_some_and(|n| n.code.contains('.') && stem(&n.code) == branch);
            if !row.cells.iter().any(|c| goes_on(&c.text)) {
                return false;
            }
        }
        let mut taken = false;
        for cell in &row.cells {
            let node = numbered_node(&cell.text);
            let placed = node.as_ref().and_then(|node| tree.place(cell.col, node));
            let column = tree.columns.iter().position(|(col, _)| *col == cell.col);
            let Some(at) = placed.map(|(at, _)| at).or(column) else { continue };
            let above = self.sheets.branch.get(..at).and_then(|b| b.iter().rev().flatten().next()).cloned();
            match placed.zip(node) {
                Some(((_, level), Node { code, title, .. })) => {
                    for (place, slot) in self.sheets.branch.iter_mut().enumerate().skip(at) {
                        *slot = (place == at).then(|| code.clone());
                    }
                    let source = cell.source.clone();
                    self.sheets.nodes.push(TreeNode { level, code, title, parent: above, source });
                    taken = true;
                }
                None => {
                    // Titles that slipped to the left go on below the last node.
                    let last = || self.sheets.branch.iter().rev().flatten().next().cloned();
                    let Some(above) = above.or_else(last) else { continue };
                    let leaves = cell.text.lines().map(key).filter(|title| title.len() > 3);
                    self.sheets.leaves.extend(leaves.map(|title| (title, above.clone())));
                    taken = true;
                }
            }
        }
        if !taken && !self.sheets.tree.as_ref().is_some_and(|t| t.doubtful) {
            self.sheets.tree = None;
        }
        taken
    }

    /// Joins the printed tree to the objectives: a node that no sheet tells becomes an objective of its own.
    pub(super) fn settle_tree(&mut self) {
        for node in std::mem::take(&mut self.sheets.nodes) {
            let named = |o: &&mut PrintedObjective| {
                o.code.as_deref().map(|c| c.trim_matches('.')) == Some(&node.code)
                    && (o.level == node.level || key(&o.title) == key(&node.title))
            };
            match self.plan.objectives.iter_mut().find(named) {
                Some(objective) => {
                    objective.sheet.parent = objective.sheet.parent.take().or(node.parent);
                    if objective.title.is_empty() {
                        objective.title = node.title;
                    }
                }
                None => {
                    let sheet = ObjectiveSheet { parent: node.parent, ..ObjectiveSheet::default() };
                    self.plan.objectives.push(PrintedObjective {
                        code: Some(node.code),
                        title: node.title,
                        level: node.level,
                        section: None,
                        owner: None,
                        weight: None,
                        table_weights: Vec::new(),
                        achievement: None,
                        sheet,
                        source: node.source,
                    });
                }
            }
        }
        for (title, above) in std::mem::take(&mut self.sheets.leaves) {
            for objective in self.plan.objectives.iter_mut().filter(|o| key(&o.title) == title) {
                objective.sheet.parent.get_or_insert_with(|| above.clone());
            }
        }
    }
}

/// The columns of a tree's header: two objectives' columns or more, of different levels, and nothing of indicators.
fn tree_columns(row: &Cells, lexicon: &Lexicon) -> Option<TreeColumns> {
    let names = |text: &str| key(text).starts_with("obiettiv") && text.chars().count() <= 60;
    if !row.cells.iter().all(|c| names(&c.text)) {
        return None;
    }
    let levels = |text: &str| lexicon.level(text).filter(|_| lexicon.field(text) == Some(Field::Objective));
    let columns: Vec<(u32, Option<Level>)> = row.cells.iter().map(|c| (c.col, levels(&c.text))).collect();
    let (first, second) = (columns.first()?.1?, columns.get(1)?.1?);
    (first != second).then_some(TreeColumns { columns, cols: row.cols, doubtful: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_within_labels() {
        assert_eq!(code_within("Obiettivo strategico (mission) 1.1.").as_deref(), Some("1.1"));
        assert_eq!(code_within("obiettivo strategico (missione)1.1.").as_deref(), Some("1.1"));
        assert_eq!(code_within("Missione"), None);
    }

    #[test]
    fn coefficients_of_relevance() {
        assert_eq!(coefficient("RILEVANZA ALTA: azioni strategiche – COEFFICIENTE 5").as_deref(), Some("5"));
        assert_eq!(coefficient("rilevanza media, coeff. 3").as_deref(), Some("3"));
        assert_eq!(coefficient("alta"), None);
    }

    #[test]
    fn nodes_of_a_tree() {
        let node = |text: &str| numbered_node(text).map(|n| (n.level, n.code, n.title));
        assert_eq!(node("1.10 Ricerca di risorse"), Some((None, "1.10".into(), "Ricerca di risorse".into())));
        assert_eq!(node("Strumento 6 Qualità"), Some((Some(Level::Strumento), "6".into(), "Qualità".into())));
        assert_eq!(numbered_node("2° CONCORSO"), None);
    }
}
