//! The choices of a policy that a document may have made otherwise.

use rust_decimal::Decimal;

use super::CauseKind;
use crate::score::policy::{
    BeyondRange, Equals, MissedHigher, MissedLower, MissingActual, MissingWeight, ObjectiveRule, PastTarget,
    PercentWithNumber, Policy, RoundAt, RoundMode, Rounding, Weights,
};
use crate::score::words::count;

/// What a choice is about: of two choices about the same the second undoes the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    Rounding,
    Cap,
    Revision,
    PastTarget,
    Equals,
    Range,
    MissedLower,
    MissedHigher,
    LateDays,
    Answer,
    Percent,
    Weights,
    MissingWeight,
    Objective,
    MissingActual,
}

impl About {
    /// Whether an indicator's own result before rounding depends on it.
    pub(super) fn touches_indicators(self) -> bool {
        !matches!(
            self,
            About::Rounding | About::Weights | About::MissingWeight | About::Objective | About::MissingActual
        )
    }
}

/// A change of the policy.
type Change = Box<dyn Fn(&mut Policy)>;

/// One change of the policy, with its kind and what it means in Italian.
pub(super) struct Choice {
    pub about: About,
    pub kind: CauseKind,
    pub text: String,
    /// Whether it is tried together with others; what is rare alone is left out.
    pub pairs: bool,
    change: Change,
}

impl Choice {
    /// The policy with this change.
    pub(super) fn applied(&self, policy: &Policy) -> Policy {
        let mut changed = policy.clone();
        (self.change)(&mut changed);
        changed
    }
}

/// Those that change the policy, the likeliest first.
pub(super) fn choices(policy: &Policy) -> Vec<Choice> {
    let mut all = Vec::new();
    roundings(&mut all);
    caps(&mut all);
    of_targets(policy, &mut all);
    of_rules(&mut all);
    of_means(&mut all);
    all.retain(|choice| choice.applied(policy) != *policy);
    all
}

fn choice(about: About, kind: CauseKind, text: &str, change: impl Fn(&mut Policy) + 'static) -> Choice {
    Choice { about, kind, text: text.to_owned(), pairs: true, change: Box::new(change) }
}

/// Rounding at other places, by other rules, to other decimals.
fn roundings(all: &mut Vec<Choice>) {
    for (mode, how) in [(RoundMode::HalfUp, "arrotondando"), (RoundMode::Truncate, "troncando")] {
        for (at, place) in [(RoundAt::EveryLevel, "ogni livello"), (RoundAt::Indicators, "gli indicatori")] {
            for decimals in [2_u32, 1, 0, 3] {
                let text = match decimals {
                    0 => format!("{how} {place} all'unità"),
                    n => format!("{how} {place} a {}", count(n as usize, "decimale", "decimali")),
                };
                let change = move |policy: &mut Policy| policy.rounding = Rounding { at, mode, decimals };
                let pairs = mode == RoundMode::HalfUp && decimals < 3;
                all.push(Choice { pairs, ..choice(About::Rounding, CauseKind::Rounding, &text, change) });
            }
        }
    }
    all.push(choice(About::Rounding, CauseKind::Rounding, "senza arrotondare prima della fine", |policy| {
        policy.rounding.at = RoundAt::Never;
    }));
}

fn caps(all: &mut Vec<Choice>) {
    all.push(choice(About::Cap, CauseKind::Cap, "senza tetto al grado di realizzazione", |policy| policy.cap = None));
    for cap in [100_u32, 105, 110, 120, 125, 130, 150, 200] {
        let change = move |policy: &mut Policy| policy.cap = Some(Decimal::from(cap));
        all.push(choice(About::Cap, CauseKind::Cap, &format!("con un tetto a {cap}"), change));
    }
}

fn of_targets(policy: &Policy, all: &mut Vec<Choice>) {
    let revised = if policy.use_revised {
        "con gli obiettivi e i pesi iniziali"
    } else {
        "con quelli modificati in corso d'anno"
    };
    all.push(choice(About::Revision, CauseKind::OtherTarget, revised, |policy| {
        policy.use_revised = !policy.use_revised;
    }));
    let text = "senza gli obiettivi con la data di un anno passato";
    all.push(choice(About::PastTarget, CauseKind::OtherTarget, text, |policy| policy.past_target = PastTarget::Never));
    let text = "anche con gli obiettivi con la data di un anno passato";
    all.push(choice(About::PastTarget, CauseKind::OtherTarget, text, |policy| {
        policy.past_target = PastTarget::IfAlone
    }));
}

fn of_rules(all: &mut Vec<Choice>) {
    for (equals, text) in
        [(Equals::Equality, "con \"=\" come uguaglianza"), (Equals::AtLeast, "con \"=\" come \"almeno\"")]
    {
        all.push(choice(About::Equals, CauseKind::Equality, text, move |policy| policy.equals = equals));
    }
    for (rule, text) in [
        (BeyondRange::Met, "se oltre l'intervallo l'obiettivo è raggiunto"),
        (BeyondRange::Missed, "se oltre l'intervallo l'obiettivo è mancato"),
        (BeyondRange::Proportional, "se oltre l'intervallo vale il rapporto con l'estremo"),
    ] {
        all.push(choice(About::Range, CauseKind::OtherRule, text, move |policy| policy.beyond_range = rule));
    }
    for (rule, text) in [
        (MissedLower::Ratio, "se \"più basso è meglio\" mancato vale obiettivo / risultato"),
        (MissedLower::Linear, "se \"più basso è meglio\" mancato perde in proporzione a quanto supera"),
        (MissedLower::Zero, "se \"più basso è meglio\" mancato vale 0"),
    ] {
        all.push(choice(About::MissedLower, CauseKind::OtherRule, text, move |policy| policy.missed_lower = rule));
    }
    for (rule, text) in [
        (MissedHigher::Ratio, "se \"più alto è meglio\" mancato vale risultato / obiettivo"),
        (MissedHigher::Zero, "se \"più alto è meglio\" mancato vale 0"),
    ] {
        all.push(choice(About::MissedHigher, CauseKind::OtherRule, text, move |policy| policy.missed_higher = rule));
    }
    all.push(choice(About::LateDays, CauseKind::OtherRule, "se ogni giorno di ritardo costa un punto", |policy| {
        policy.late_day_points = Decimal::ONE;
    }));
    let text = "se la risposta diversa da quella attesa vale 50";
    all.push(choice(About::Answer, CauseKind::OtherRule, text, |policy| policy.unmet_answer = Decimal::from(50)));
    let text = "se il numero senza unità vale come percentuale";
    all.push(choice(About::Percent, CauseKind::OtherRule, text, |policy| {
        policy.percent_with_number = PercentWithNumber::Always;
    }));
}

fn of_means(all: &mut Vec<Choice>) {
    let text = "con la media semplice, senza i pesi";
    all.push(choice(About::Weights, CauseKind::UnweightedMean, text, |policy| policy.weights = Weights::Equal));
    for (rule, text) in [
        (MissingWeight::Remainder, "se le parti senza peso si dividono quanto manca a 100"),
        (MissingWeight::Equal, "se un peso mancante fa pesare tutte le parti uguale"),
    ] {
        let change = move |policy: &mut Policy| policy.missing_weight = rule;
        all.push(choice(About::MissingWeight, CauseKind::UnweightedMean, text, change));
    }
    for (rule, text) in [
        (ObjectiveRule::Worst, "se decide l'indicatore peggiore"),
        (ObjectiveRule::WeightedMean, "con la media degli indicatori"),
    ] {
        all.push(choice(About::Objective, CauseKind::WorstDecides, text, move |policy| policy.objective = rule));
    }
    for (rule, text) in [
        (MissingActual::Zero, "se gli indicatori senza risultato valgono 0"),
        (MissingActual::Redistribute, "se gli indicatori senza risultato stanno fuori dalla media"),
    ] {
        let change = move |policy: &mut Policy| policy.missing_actual = rule;
        all.push(choice(About::MissingActual, CauseKind::MissingAsZero, text, change));
    }
}
