//! What stands before a number and belongs to it: sign, currency, unit, operator; and what tells that the number is a
//! name, a year or a figure for comparison.

use super::token::{Kind, Token};
use super::{Operator, Role, words};

/// Words that print an operator, in the plain forms of [`words::plain_form`], the longer before those they contain.
/// Articles and prepositions between them and the number are skipped, so none of them ends in one unless it needs it.
const PHRASES: &[(&[&str], Operator)] = &[
    (&["non", "a", "di", "sotto", "di"], Operator::AtLeast),
    (&["non", "meno", "di"], Operator::AtLeast),
    (&["non", "inferiore"], Operator::AtLeast),
    (&["non", "minore"], Operator::AtLeast),
    (&["maggiore", "o", "uguale"], Operator::AtLeast),
    (&["maggiore", "o", "pari"], Operator::AtLeast),
    (&["maggiore", "e", "uguale"], Operator::AtLeast),
    (&["maggiore", "uguale"], Operator::AtLeast),
    (&["superiore", "o", "uguale"], Operator::AtLeast),
    (&["superiore", "o", "pari"], Operator::AtLeast),
    (&["superiore", "uguale"], Operator::AtLeast),
    (&["uguale", "o", "maggiore"], Operator::AtLeast),
    (&["uguale", "o", "superiore"], Operator::AtLeast),
    (&["pari", "o", "superiore"], Operator::AtLeast),
    (&["pari", "o", "maggiore"], Operator::AtLeast),
    (&["a", "partire", "da"], Operator::AtLeast),
    (&["quanto", "meno"], Operator::AtLeast),
    (&["quantomeno"], Operator::AtLeast),
    (&["perlomeno"], Operator::AtLeast),
    (&["almeno"], Operator::AtLeast),
    (&["minimo"], Operator::AtLeast),
    (&["minima"], Operator::AtLeast),
    (&["min"], Operator::AtLeast),
    (&["non", "più", "di"], Operator::AtMost),
    (&["non", "superiore"], Operator::AtMost),
    (&["non", "maggiore"], Operator::AtMost),
    (&["non", "eccedente"], Operator::AtMost),
    (&["non", "oltre"], Operator::AtMost),
    (&["minore", "o", "uguale"], Operator::AtMost),
    (&["minore", "o", "pari"], Operator::AtMost),
    (&["minore", "e", "uguale"], Operator::AtMost),
    (&["minore", "uguale"], Operator::AtMost),
    (&["inferiore", "o", "uguale"], Operator::AtMost),
    (&["inferiore", "o", "pari"], Operator::AtMost),
    (&["inferiore", "uguale"], Operator::AtMost),
    (&["uguale", "o", "minore"], Operator::AtMost),
    (&["uguale", "o", "inferiore"], Operator::AtMost),
    (&["pari", "o", "inferiore"], Operator::AtMost),
    (&["pari", "o", "minore"], Operator::AtMost),
    (&["a", "più"], Operator::AtMost),
    (&["entro"], Operator::AtMost),
    (&["massimo"], Operator::AtMost),
    (&["massima"], Operator::AtMost),
    (&["max"], Operator::AtMost),
    (&["fino"], Operator::AtMost),
    (&["più", "di"], Operator::Above),
    (&["oltre"], Operator::Above),
    (&["superiore"], Operator::Above),
    (&["maggiore"], Operator::Above),
    (&["sopra"], Operator::Above),
    (&["meno", "di"], Operator::Below),
    (&["inferiore"], Operator::Below),
    (&["minore"], Operator::Below),
    (&["sotto"], Operator::Below),
    (&["pari"], Operator::Equal),
    (&["uguale"], Operator::Equal),
    (&["esattamente"], Operator::Equal),
];

/// The word that opens a range before its first number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opener {
    /// "tra 10 e 15"
    Between,
    /// "da 10 a 15"
    From,
}

/// What stands before a number.
#[derive(Debug, Clone, Default)]
pub(super) struct Lead {
    /// Index of the first token that belongs to the number.
    pub(super) start: usize,
    pub(super) negative: bool,
    /// The minus is set off by a space from its number and begins the text, as a bullet would.
    pub(super) spaced: bool,
    /// "±": the number is how far a value may be from another.
    pub(super) either_way: bool,
    pub(super) percent: bool,
    pub(super) currency: bool,
    pub(super) duration: Option<&'static str>,
    pub(super) unit: Option<String>,
    pub(super) operator: Option<Operator>,
    /// The operator is "entro" or "fino a", which set a term.
    pub(super) term: bool,
    pub(super) opener: Option<Opener>,
    /// "complessivamente", "per un totale di".
    pub(super) total: bool,
    /// "su", "rispetto a", "oltre a": the number is for comparison.
    pub(super) comparison: bool,
    /// The number names something: "indicatore 3", "delibera n. 43".
    pub(super) label: bool,
    /// A preposition with article stood right before it, as before years ("del 2019").
    pub(super) year_cue: bool,
}

/// Looks back from the number at `at`; nothing before `floor` belongs to it.
pub(super) fn lead(role: Role, tokens: &[Token], floor: usize, at: usize) -> Lead {
    let mut lead = Lead { start: at, ..Lead::default() };
    let mut only_marks = true;
    while lead.start > floor {
        let k = lead.start - 1;
        let Some(token) = tokens.get(k) else { break };
        let before = k.checked_sub(1).filter(|j| *j >= floor).and_then(|j| tokens.get(j));
        match token.kind {
            Kind::Operator(sign) => {
                operator_sign(&mut lead, tokens, floor, k, sign);
                // "Valutazione = 100" states a result; "= 100" sets a target.
                let stated = lead.start == k && before.is_some_and(|token| token.kind == Kind::Word);
                if sign == Operator::Equal && stated && !sets_values(role) {
                    lead.operator = None;
                }
                break;
            }
            Kind::PlusMinus if k + 1 == at => {
                lead.either_way = true;
                lead.start = k;
            }
            Kind::Dash { single: true, .. } if is_sign(tokens, k, before, at, lead.currency) => {
                lead.negative = true;
                lead.spaced = tokens.get(k + 1).is_some_and(|next| !next.glued);
                lead.start = k;
            }
            Kind::Plus => lead.start = k,
            Kind::Euro if !is_number(before) => {
                lead.currency = true;
                lead.start = k;
            }
            Kind::Percent if !is_number(before) && k + 1 == at => {
                lead.percent = true;
                lead.start = k;
            }
            Kind::Other('.') | Kind::Colon | Kind::Other('°' | 'º') if abbreviates(token, before) => lead.start = k,
            Kind::Word => {
                if !word(role, &mut lead, tokens, (floor, at), &mut only_marks) {
                    break;
                }
            }
            _ => break,
        }
    }
    context(role, &mut lead, tokens, (floor, at), only_marks);
    lead
}

/// Takes the word before `lead.start` if it belongs to the number at `at`; false where the lead ends.
fn word(role: Role, lead: &mut Lead, tokens: &[Token], (floor, at): (usize, usize), only_marks: &mut bool) -> bool {
    let k = lead.start - 1;
    let Some(text) = tokens.get(k).and_then(Token::word) else { return false };
    let before = k.checked_sub(1).filter(|j| *j >= floor).and_then(|j| tokens.get(j));
    let after_preposition = tokens.get(lead.start).and_then(Token::word).map(words::plain_form) == Some("a");
    if text == "oltre" && after_preposition && lead.operator.is_none() {
        lead.comparison = true;
        return false;
    }
    if let Some((length, operator)) = phrase(tokens, floor, lead.start)
        && !(duration_word(text).is_some() && is_number(before))
    {
        // "valutazione pari a 99" states a result; "pari a 99" sets a target.
        let states = operator == Operator::Equal && !sets_values(role);
        lead.operator = (!states).then_some(operator);
        lead.term = matches!(text, "entro" | "fino" | "sino");
        lead.start -= length;
        return false;
    }
    if text == "meno" {
        // "meno 5%"
        lead.negative = true;
        lead.start = k;
        return false;
    }
    let opener = match words::plain_form(text) {
        "tra" => Some(Opener::Between),
        "da" => Some(Opener::From),
        _ => None,
    };
    if opener.is_some() {
        lead.opener = opener;
        lead.start = k;
        while lead.start > floor && tokens.get(lead.start - 1).is_some_and(introduces_range) {
            lead.start -= 1;
        }
        if let Some(Token { kind: Kind::Operator(sign), .. }) = before_start(tokens, lead.start, floor) {
            operator_sign(lead, tokens, floor, lead.start - 1, *sign);
        } else if let Some((length, operator)) = phrase(tokens, floor, lead.start) {
            lead.operator = Some(operator);
            lead.start -= length;
        }
        return false;
    }
    let number_before = is_number(before);
    if words::is_total(text) {
        lead.total = true;
    } else if words::is_number_mark(text) {
    } else if words::is_filler(text) {
        lead.year_cue |= lead.start == at && words::is_year_cue(text);
        *only_marks = false;
    } else if words::is_currency(text) && !number_before {
        lead.currency = true;
    } else if let Some(unit) = duration_word(text).filter(|_| !number_before && lead.duration.is_none()) {
        if before.and_then(Token::word).is_some_and(|word| words::is_article(word) || words::plain_form(word) == "a") {
            return false;
        }
        lead.duration = Some(unit);
    } else if words::is_leading_unit(text) && !number_before && lead.unit.is_none() {
        lead.unit = Some(text.to_owned());
    } else {
        return false;
    }
    lead.start = k;
    true
}

/// Whether values of this role are set, not measured.
fn sets_values(role: Role) -> bool {
    matches!(role, Role::Target | Role::Baseline | Role::Weight)
}

/// Single letters are no unit before a number.
fn duration_word(text: &str) -> Option<&'static str> {
    words::duration(text).filter(|_| text.len() > 1 && !matches!(text, "anno" | "mese" | "giorno" | "min"))
}

fn before_start(tokens: &[Token], start: usize, floor: usize) -> Option<&Token> {
    start.checked_sub(1).filter(|k| *k >= floor).and_then(|k| tokens.get(k))
}

fn introduces_range(token: &Token) -> bool {
    token.word().is_some_and(|word| {
        word.starts_with("compres") || matches!(word, "un" | "valore" | "intervallo" | "range" | "variabile" | "va")
    })
}

/// The operator phrase that ends right before `end`, and its length in tokens.
pub(super) fn phrase(tokens: &[Token], floor: usize, end: usize) -> Option<(usize, Operator)> {
    let words = |skip_slash: bool| {
        let before = tokens.get(floor..end).unwrap_or_default().iter().rev();
        before
            .filter(move |token| !(skip_slash && token.kind == Kind::Slash))
            .map(|token| token.word().map(words::plain_form))
    };
    PHRASES.iter().find_map(|(pattern, operator)| {
        let slashed = |skip| {
            let mut printed = words(skip);
            pattern.iter().rev().all(|word| printed.next() == Some(Some(word)))
        };
        if slashed(false) {
            return Some((pattern.len(), *operator));
        }
        // "maggiore/uguale"
        (pattern.len() == 2 && pattern[1] == "uguale" && slashed(true)).then_some((3, *operator))
    })
}

/// A sign of comparison at `k`, with "o" or "non" before it ("> o = 90", "non < 5").
fn operator_sign(lead: &mut Lead, tokens: &[Token], floor: usize, k: usize, sign: Operator) {
    let back = |n: usize| k.checked_sub(n).filter(|j| *j >= floor).and_then(|j| tokens.get(j));
    lead.start = k;
    lead.operator = Some(sign);
    if sign == Operator::Equal
        && back(1).is_some_and(|token| token.is_word("o") || token.kind == Kind::Slash)
        && let Some(Token { kind: Kind::Operator(first), .. }) = back(2)
    {
        lead.start = k - 2;
        lead.operator = match first {
            Operator::Above => Some(Operator::AtLeast),
            Operator::Below => Some(Operator::AtMost),
            other => Some(*other),
        };
    } else if back(1).is_some_and(|token| token.is_word("non")) {
        let negated = match sign {
            Operator::Below => Some(Operator::AtLeast),
            Operator::Above => Some(Operator::AtMost),
            _ => None,
        };
        if negated.is_some() {
            lead.start = k - 1;
            lead.operator = negated;
        }
    }
}

fn is_number(token: Option<&Token>) -> bool {
    token.is_some_and(|token| matches!(token.kind, Kind::Number(_) | Kind::Slashed(..)))
}

/// Whether the dash at `k` is the minus of the number at `at`.
fn is_sign(tokens: &[Token], k: usize, before: Option<&Token>, at: usize, currency: bool) -> bool {
    if k + 1 != at && !(currency && k + 2 == at) {
        return false;
    }
    let Some(next) = tokens.get(k + 1) else { return false };
    let joined = tokens.get(k).is_some_and(|dash| dash.glued);
    match before.map(|token| token.kind) {
        None => true,
        Some(Kind::Operator(_)) => true,
        Some(Kind::Open | Kind::Colon) => next.glued,
        // "2023 -100%" lists a year and its value.
        Some(Kind::Number(_) | Kind::Date(_) | Kind::DayMonth(_) | Kind::YearSpan(_) | Kind::Percent) => false,
        Some(_) => next.glued && !joined,
    }
}

/// Whether a point or colon ends an abbreviation or a name of the number's own ("n. 3", "gg: 5", "max. 10").
fn abbreviates(token: &Token, before: Option<&Token>) -> bool {
    let Some(before) = before else { return false };
    let word = before.word().unwrap_or_default();
    before.kind == Kind::Euro
        || words::is_number_mark(word)
        || duration_word(word).is_some()
        || words::is_currency(word)
        || words::is_leading_unit(word)
        || words::is_total(word)
        || matches!(word, "min" | "max" | "minimo" | "massimo" | "ca")
        || token.kind == Kind::Other('.') && token.glued && words::is_label(word)
}

/// Judges the word before the lead.
fn context(role: Role, lead: &mut Lead, tokens: &[Token], (floor, at): (usize, usize), only_marks: bool) {
    let back = |n: usize| lead.start.checked_sub(n).filter(|j| *j >= floor).and_then(|j| tokens.get(j));
    let mut n = 1;
    if back(1).is_some_and(|token| token.is_word("un")) {
        n = 2;
    }
    // "legge 7.8.1990 n. 241"
    let dated = back(1).is_some_and(|token| matches!(token.kind, Kind::Date(_)));
    lead.label = dated && only_marks && lead.start < at && lead.operator.is_none() && !lead.currency;
    let Some(word) = back(n).and_then(Token::word) else { return };
    // "12 di cui 5", "5 dei 20 previsti": the preposition before the lead may be part of it.
    let compares = words::is_comparison(word) && !(word == "target" && role == Role::Target);
    lead.comparison |= compares;
    lead.label = only_marks && lead.operator.is_none() && !lead.currency && words::is_label(word);
    lead.year_cue |= lead.operator.is_none() && n == 1 && words::is_year_cue(word);
}
