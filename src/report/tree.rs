//! The performance tree of a document, branch by branch.

use serde::Serialize;

use super::format;
use super::indicator::{Context, Result, Row};
use crate::score::Subject;

/// An objective, or a section that objectives without one above them stand in.
#[derive(Debug, Serialize)]
pub(super) struct Node {
    pub code: Option<String>,
    pub title: Option<String>,
    pub level: Option<&'static str>,
    pub weight: Option<String>,
    pub owner: Option<String>,
    pub score: Option<Result>,
    pub published: Option<String>,
    pub explanation: Option<String>,
    pub place: String,
    /// Indicators of this branch, those below included.
    pub count: usize,
    pub leaves: Vec<Leaf>,
    pub children: Vec<Node>,
    /// Gathers the branches in which no indicator stands.
    pub bare: bool,
}

/// An indicator on the tree; its row tells the rest.
#[derive(Debug, Serialize)]
pub(super) struct Leaf {
    pub row: String,
    pub name: String,
    pub weight: Option<String>,
    pub score: Result,
}

/// The branches from the top: sections where the document has more than one, else objectives; then what belongs to no
/// objective, and last what has no indicator.
pub(super) fn tree(context: &Context<'_>, rows: &[Row]) -> Vec<Node> {
    let plan = context.plan;
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); plan.objectives.len()];
    let mut roots = Vec::new();
    for (index, objective) in plan.objectives.iter().enumerate() {
        match objective.parent.and_then(|parent| children.get_mut(parent)) {
            Some(list) => list.push(index),
            None => roots.push(index),
        }
    }
    let mut leaves: Vec<Vec<Leaf>> = plan.objectives.iter().map(|_| Vec::new()).collect();
    let mut loose = Vec::new();
    for (indicator, row) in plan.indicators.iter().zip(rows) {
        let leaf = Leaf {
            row: row.id.clone(),
            name: row.name.clone(),
            weight: row.weight.as_ref().map(|weight| weight.raw.clone()),
            score: row.score.clone(),
        };
        match indicator.objective.and_then(|objective| leaves.get_mut(objective)) {
            Some(list) => list.push(leaf),
            None => loose.push(leaf),
        }
    }
    let mut grown = Growth { context, children, leaves, depth: 0 };
    let sections: std::collections::BTreeSet<Option<&str>> =
        roots.iter().filter_map(|&root| plan.objectives.get(root)).map(|o| o.section.as_deref()).collect();
    let mut out: Vec<Node> = Vec::new();
    let mut open: Option<Option<&str>> = None;
    for root in roots {
        let Some(node) = grown.node(root) else { continue };
        let section = plan.objectives.get(root).and_then(|o| o.section.as_deref());
        if sections.len() < 2 || section.is_none() {
            open = None;
            out.push(node);
            continue;
        }
        if open != Some(section) {
            out.push(branch(section));
            open = Some(section);
        }
        if let Some(last) = out.last_mut() {
            last.count += node.count;
            last.children.push(node);
        }
    }
    if !loose.is_empty() {
        out.push(Node { count: loose.len(), leaves: loose, ..branch(None) });
    }
    // Offices and areas that only head others would stand before what a reader looks for.
    let (mut full, empty): (Vec<Node>, Vec<Node>) = out.into_iter().partition(|node| node.count > 0);
    if full.is_empty() || empty.len() < 2 {
        full.extend(empty);
    } else {
        full.push(Node { children: empty, bare: true, ..branch(None) });
    }
    full
}

fn branch(title: Option<&str>) -> Node {
    Node {
        code: None,
        title: title.map(str::to_owned),
        level: None,
        weight: None,
        owner: None,
        score: None,
        published: None,
        explanation: None,
        place: String::new(),
        count: 0,
        leaves: Vec::new(),
        children: Vec::new(),
        bare: false,
    }
}

/// Deeper than this no plan goes; a tree that does is cut, so that no stack is used up.
const DEEPEST: usize = 40;

struct Growth<'c, 'r> {
    context: &'c Context<'r>,
    children: Vec<Vec<usize>>,
    leaves: Vec<Vec<Leaf>>,
    depth: usize,
}

impl Growth<'_, '_> {
    fn node(&mut self, index: usize) -> Option<Node> {
        let objective = self.context.plan.objectives.get(index)?;
        let score = self.context.scores.main(Subject::Objective, &objective.objective_id);
        let below = if self.depth < DEEPEST { self.children.get_mut(index).map(std::mem::take) } else { None };
        self.depth += 1;
        let children: Vec<Node> = below.into_iter().flatten().filter_map(|child| self.node(child)).collect();
        self.depth -= 1;
        let leaves = self.leaves.get_mut(index).map(std::mem::take).unwrap_or_default();
        Some(Node {
            code: objective.code.clone(),
            title: Some(objective.title.clone()),
            level: Some(objective.level.as_str()),
            weight: objective.revised_weight.as_ref().or(objective.weight.as_ref()).map(|weight| weight.raw.clone()),
            owner: objective.owner.clone(),
            score: Some(Result::of(score)),
            published: objective.achievement.as_ref().map(|achievement| achievement.raw.clone()),
            explanation: score.map(|score| score.explanation.clone()),
            place: format::place(&objective.source),
            count: leaves.len() + children.iter().map(|child| child.count).sum::<usize>(),
            leaves,
            children,
            bare: false,
        })
    }
}
