//! What of a document stays in memory.

use crate::export::FileResult;
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

fn indicator(indicator: &mut Indicator) {
    indicator.data_source = None;
    indicator.frequency = None;
    indicator.polarity_reason = String::new();
    indicator.note = None;
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
