//! Texts by optical recognition are as sure as the least sure of their words.

use std::collections::HashMap;

use super::plan::{Measure, Plan};
use crate::document::{Recognised, RecognisedWord, Source};
use crate::extract::Confidence;

/// How far a word's middle may lie outside its text's box, in points.
const SLACK: f32 = 2.0;

/// The recognised pages of a document by number, their words by height on the page.
pub(super) struct Recognition {
    pages: HashMap<u32, (Vec<RecognisedWord>, Confidence)>,
}

impl Recognition {
    pub fn of(pages: &[Recognised]) -> Self {
        let sorted = |page: &Recognised| {
            let mut words = page.words.clone();
            words.sort_by(|a, b| middle(a).1.total_cmp(&middle(b).1));
            words
        };
        Recognition { pages: pages.iter().map(|page| (page.page, (sorted(page), share(page.confidence)))).collect() }
    }

    /// How sure a text at a place is; full where it was not recognised. A text whose words are not found is as sure as its page.
    fn sureness(&self, text: &str, source: &Source) -> Confidence {
        let Some((words, whole)) = self.pages.get(&source.page) else { return Confidence::FULL };
        let Some([x0, y0, x1, y1]) = source.bbox else { return *whole };
        let from = words.partition_point(|word| middle(word).1 < y0 - SLACK);
        let beside = words[from..].iter().take_while(|word| middle(word).1 <= y1 + SLACK);
        let own = beside.filter(|word| {
            let x = middle(word).0;
            x >= x0 - SLACK && x <= x1 + SLACK && text.contains(&word.text)
        });
        own.map(|word| share(word.confidence)).min().unwrap_or(*whole)
    }

    fn doubt(&self, measure: &mut Measure) {
        measure.confidence = measure.confidence.and(self.sureness(&measure.raw, &measure.source));
    }
}

fn middle(word: &RecognisedWord) -> (f32, f32) {
    let [x0, y0, x1, y1] = word.bbox;
    ((x0 + x1) / 2.0, (y0 + y1) / 2.0)
}

/// A share from 0 to 1 as a confidence.
pub(super) fn share(share: f32) -> Confidence {
    // Between 0 and 100 after clamping, so that nothing is cut off.
    Confidence::hundredths((share.clamp(0.0, 1.0) * 100.0).round() as u8)
}

/// Lowers the confidence of what was read by optical recognition.
pub(super) fn weigh(plan: &mut Plan, recognition: &Recognition) {
    if recognition.pages.is_empty() {
        return;
    }
    for objective in &mut plan.objectives {
        let own = objective.weight.iter_mut().chain(&mut objective.table_weight).chain(&mut objective.revised_weight);
        own.chain(&mut objective.achievement).for_each(|measure| recognition.doubt(measure));
    }
    for group in &mut plan.groups {
        let own = group.achievement.iter_mut().chain(&mut group.points_available).chain(&mut group.points);
        own.for_each(|measure| recognition.doubt(measure));
    }
    for indicator in &mut plan.indicators {
        let sure = recognition.sureness(&indicator.name, &indicator.source);
        indicator.name_confidence = indicator.name_confidence.and(sure);
        let dated = indicator.baseline.iter_mut().chain(&mut indicator.targets).chain(&mut indicator.actuals);
        let plain = indicator.weight.iter_mut().chain(&mut indicator.variance).chain(&mut indicator.achievement);
        dated.map(|dated| &mut dated.measure).chain(plain).for_each(|measure| recognition.doubt(measure));
    }
    plan.published.iter_mut().for_each(|published| recognition.doubt(&mut published.measure));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, x: f32, y: f32, confidence: f32) -> RecognisedWord {
        RecognisedWord { text: text.to_owned(), bbox: [x, y, x + 20.0, y + 10.0], confidence }
    }

    #[test]
    fn a_text_is_as_sure_as_its_least_sure_word() {
        let words = vec![word(">=", 100.0, 50.0, 0.95), word("15%", 125.0, 50.0, 0.62), word("15%", 300.0, 50.0, 0.2)];
        let recognition = Recognition::of(&[Recognised { page: 2, confidence: 0.9, words }]);
        let at = |page: u32| Source { page, bbox: Some([90.0, 45.0, 200.0, 65.0]), line: None };
        assert_eq!(recognition.sureness(">= 15%", &at(2)), Confidence::hundredths(62));
        assert_eq!(recognition.sureness(">=", &at(2)), Confidence::hundredths(95));
        assert_eq!(recognition.sureness("altro", &at(2)), Confidence::hundredths(90), "the page's");
        assert_eq!(recognition.sureness(">= 15%", &at(1)), Confidence::FULL, "not recognised");
    }
}
