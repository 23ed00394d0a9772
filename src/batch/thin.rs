//! What of a document stays in memory.

use crate::export::{FileResult, Run};
use crate::normalise::{Indicator, ObjectiveSheet};
use crate::score::{Score, Subject};

/// A file without what only its own rows and its own page need, and the number of its findings.
pub(super) fn thin(result: FileResult) -> (FileResult, usize) {
    let FileResult::Read(mut file) = result else { return (result, 0) };
    let findings = std::mem::take(&mut file.findings).len();
    file.themes = Vec::new();
    let plan = &mut file.plan;
    plan.passages = Vec::new();
    plan.left_over = Default::default();
    plan.published = Vec::new();
    for objective in &mut plan.objectives {
        let sheet = std::mem::take(&mut objective.sheet);
        objective.sheet = ObjectiveSheet { mission: sheet.mission, programme: sheet.programme, ..Default::default() };
        objective.achievement = None;
    }
    plan.indicators.iter_mut().for_each(indicator);
    plan.indicators.shrink_to_fit();
    let scores = &mut file.scores;
    let period = scores.period;
    scores.variances = Vec::new();
    scores.progress = Vec::new();
    scores
        .scores
        .retain(|score| matches!(score.subject, Subject::Indicator | Subject::Entity) && score.period == period);
    scores.scores.iter_mut().for_each(self::score);
    scores.scores.shrink_to_fit();
    (FileResult::Read(file), findings)
}

/// Leaves of each indicator its id: after the comparison what a file's own rows and page need comes from its record.
pub(super) fn leave_ids(run: &mut Run) {
    for file in &mut run.files {
        let FileResult::Read(file) = file else { continue };
        for one in &mut file.plan.indicators {
            (one.name, one.section, one.owner, one.algorithm) = (String::new(), None, None, None);
            (one.targets, one.actuals, one.types) = (Vec::new(), Vec::new(), Vec::new());
            (one.baseline, one.weight, one.variance, one.achievement) = (None, None, None, None);
            (one.monitoring, one.unit, one.code) = (None, None, None);
        }
    }
}

fn indicator(indicator: &mut Indicator) {
    indicator.data_source = None;
    indicator.frequency = None;
    indicator.polarity_reason = String::new();
    indicator.note = None;
    // A list that was read back has room for more than it holds.
    indicator.targets.shrink_to_fit();
    indicator.actuals.shrink_to_fit();
    indicator.types.shrink_to_fit();
    indicator.strategic_link = None;
    indicator.corrected = Vec::new();
}

fn score(score: &mut Score) {
    score.label = String::new();
    score.policy = String::new();
    score.cause = None;
    score.explanation = String::new();
    score.terms = Vec::new();
}
