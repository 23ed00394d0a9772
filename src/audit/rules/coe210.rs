//! COE210: lo stesso dato scritto in più modi.

use std::collections::{HashMap, HashSet};

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "COE210",
    severity: Severity::Info,
    title: Text { it: "lo stesso dato scritto in più modi", en: "the same thing written in several ways" },
    what: "Raccoglie le forme in cui il documento scrive pesi, tipi, frequenze, prospettive e operatori, e \
          segnala quelle che variano.",
    why: "Forme diverse impediscono di ordinare e confrontare i dati, e possono nascondere valori diversi.",
    basis: "ISO/IEC 25012, coerenza: il dato è privo di contraddizioni con gli altri dati dello stesso contesto.",
    example: "Frequenza «Semestrale», «semestrale», «6 mesi»; tipo «efficace» per «efficacia»; pesi «100» e «33%».",
    advice: Text { it: "scegliere una forma e usarla ovunque", en: "choose one form and use it everywhere" },
    gather: Some(4),
    check: Check::Document(check),
};

fn check(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let plan = view.plan;
    let mut out = Vec::new();
    let weights = || plan.indicators.iter().filter_map(|i| i.weight.as_ref()).filter(|w| number(w).is_some());
    let percent = weights().filter(|w| w.raw.contains('%')).count();
    let all = weights().count();
    if percent > 0 && percent < all {
        let one =
            |wanted: bool| weights().find(|w| w.raw.contains('%') == wanted).map(|w| w.raw.clone()).unwrap_or_default();
        out.push(Finding::of(rule).quote("peso", "weight", &one(false)).quote("peso", "weight", &one(true)).says(
            format!("pesi scritti con e senza il segno %: {} con, {} senza", percent, all - percent),
            format!("weights written with and without the % sign: {percent} with, {} without", all - percent),
        ));
    } else {
        let whole = weights().filter(|w| !w.raw.contains(',')).count();
        if whole > 0 && whole < all {
            let one = |wanted: bool| {
                weights().find(|w| w.raw.contains(',') == wanted).map(|w| w.raw.clone()).unwrap_or_default()
            };
            out.push(Finding::of(rule).quote("peso", "weight", &one(true)).quote("peso", "weight", &one(false)).says(
                format!("pesi scritti con e senza decimali: {} con, {whole} senza", all - whole),
                format!("weights written with and without decimals: {} with, {whole} without", all - whole),
            ));
        }
    }
    let types: Vec<&str> = plan.indicators.iter().flat_map(|i| i.types.iter().map(String::as_str)).collect();
    let frequencies: Vec<&str> = plan.indicators.iter().filter_map(|i| i.frequency.as_deref()).collect();
    let perspectives: Vec<&str> = plan.objectives.iter().filter_map(|o| o.sheet.perspective.as_deref()).collect();
    let owners: Vec<&str> = plan.indicators.iter().filter_map(|i| i.owner.as_deref()).collect();
    let sections: Vec<&str> = plan.indicators.iter().filter_map(|i| i.section.as_deref()).collect();
    let monitoring: Vec<&str> =
        plan.indicators.iter().filter_map(|i| i.monitoring.as_ref()).map(|m| m.raw.as_str()).collect();
    let lists = [
        ("tipo", "type", types),
        ("frequenza", "frequency", frequencies),
        ("ambito o prospettiva", "field or perspective", perspectives),
        ("responsabile", "owner", owners),
        ("area", "area", sections),
        ("monitoraggio", "monitoring", monitoring),
    ];
    for (it, en, values) in lists {
        for forms in variants(&values, &view.phrases.frequencies) {
            let mut finding = Finding::of(rule);
            for (form, _) in &forms {
                finding = finding.quote(it, en, form);
            }
            let told: Vec<String> = forms.iter().map(|(form, n)| format!("«{form}» ({n})")).collect();
            out.push(finding.says(
                format!("{it}: scritto in {} modi: {}", forms.len(), told.join(", ")),
                format!("{en}: written in {} ways: {}", forms.len(), told.join(", ")),
            ));
        }
    }
    let targets: Vec<&str> =
        plan.indicators.iter().flat_map(|i| i.targets.iter().map(|t| t.measure.raw.as_str())).collect();
    let (ascii, sign) =
        (targets.iter().filter(|t| t.contains(">=")).count(), targets.iter().filter(|t| t.contains('≥')).count());
    // A stray one of very many is a key that was hit by chance.
    if ascii > 0 && sign > 0 && ascii.min(sign) * 20 >= ascii + sign {
        out.push(Finding::of(rule).quote("obiettivo", "target", ">=").quote("obiettivo", "target", "≥").says(
            format!("«almeno» scritto «>=» ({ascii}) e «≥» ({sign})"),
            format!("“at least” written “>=” ({ascii}) and “≥” ({sign})"),
        ));
    }
    out.extend(nothing(rule, view));
    out.extend(no_variance(rule, view));
    out.extend(colons(rule, view));
    out
}

/// "Peso 40%" beside many "Peso: 40%".
fn colons(rule: &Rule, view: &View<'_>) -> Option<Finding> {
    let texts = view.plan.passages.iter().flat_map(|p| &p.cells).filter(|c| c.raw.chars().count() < 20);
    let weights: Vec<&str> = texts
        .map(|c| c.raw.as_str())
        .filter(|t| key(t).strip_prefix("peso ").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())))
        .collect();
    let (with, without): (Vec<&str>, Vec<&str>) = weights.iter().partition(|t| t.contains(':'));
    let (one, other) = (without.first()?, with.first()?);
    (without.len() * 5 <= with.len()).then(|| {
        Finding::of(rule).quote("peso", "weight", one).quote("peso", "weight", other).says(
            format!(
                "«{one}» è scritto senza i due punti, che gli altri {} hanno{}",
                with.len(),
                if without.len() == 1 { String::new() } else { format!(" (in tutto {} volte)", without.len()) }
            ),
            format!("the weight is written without a colon {} of {} times", without.len(), weights.len()),
        )
    })
}

/// The signs that stand for a starting value, or a half-year target, that isn't there.
fn nothing(rule: &Rule, view: &View<'_>) -> Vec<Finding> {
    let mut baselines: Vec<&str> = Vec::new();
    let mut targets: Vec<&str> = Vec::new();
    for (_, indicator) in view.indicators() {
        // Words say what is missing and why: "Nuova attività". Abbreviations ("n.d.") are signs.
        let worded = |raw: &str| key(raw).split(' ').any(|w| w.chars().filter(|c| c.is_alphabetic()).count() > 3);
        let sign = |m: &'_ Measure| !told(m) && !m.raw.is_empty() && !worded(&m.raw);
        baselines.extend(indicator.baseline.iter().filter(|b| sign(&b.measure)).map(|b| b.measure.raw.as_str()));
        targets.extend(indicator.targets.iter().filter(|t| sign(&t.measure)).map(|t| t.measure.raw.as_str()));
    }
    let lists = [("valore di partenza", "baseline", baselines), ("obiettivo", "target", targets)];
    let mut out = Vec::new();
    for (it, en, mut signs) in lists {
        signs.sort_unstable();
        signs.dedup();
        if signs.len() < 2 {
            continue;
        }
        let mut finding = Finding::of(rule);
        for sign in &signs {
            finding = finding.quote(it, en, sign);
        }
        out.push(finding.says(
            format!(
                "{it}: dove manca è scritto in {} modi («{}»); se vogliono dire cose diverse, il documento lo dica",
                signs.len(),
                signs.join("», «")
            ),
            format!("{en}: what is missing is marked in {} ways: “{}”", signs.len(), signs.join("”, “")),
        ));
    }
    out
}

/// Placeholders for a variance that is zero, where the same sign also stands for nothing measured.
fn no_variance(rule: &Rule, view: &View<'_>) -> Option<Finding> {
    let (mut zero, mut nothing) = (Vec::new(), Vec::new());
    for (_, indicator) in view.indicators() {
        let Some(variance) = indicator.variance.as_ref().filter(|v| !told(v)) else { continue };
        let list = match view.actual(indicator) {
            Some(actual) if told(&actual.measure) => &mut zero,
            _ => &mut nothing,
        };
        if !list.contains(&variance.raw.as_str()) {
            list.push(variance.raw.as_str());
        }
    }
    let both: Vec<&str> = zero.iter().filter(|z| nothing.contains(z)).copied().collect();
    let mut forms = zero.clone();
    forms.extend(nothing.iter().filter(|n| !zero.contains(n)));
    if both.is_empty() || forms.len() < 2 {
        return None;
    }
    let mut finding = Finding::of(rule);
    for form in &forms {
        finding = finding.quote("scostamento", "variance", form);
    }
    Some(finding.says(
        format!(
            "scostamento: «{}» vuol dire sia «nessuno scostamento» sia «non misurato»; in tutto {} segni diversi",
            both.join("», «"),
            forms.len()
        ),
        format!(
            "variance: “{}” means both “no variance” and “not measured”; {} different signs in all",
            both.join("”, “"),
            forms.len()
        ),
    ))
}

/// A word or a few, as they are compared.
struct Form<'v> {
    raw: &'v str,
    times: usize,
    key: String,
    length: usize,
    words: Vec<String>,
    digits: String,
}

impl<'v> Form<'v> {
    fn of(raw: &'v str, times: usize) -> Self {
        let key = key(raw);
        let digits = key.chars().filter(char::is_ascii_digit).collect();
        Form { raw, times, length: key.chars().count(), words: words(raw), digits, key }
    }

    /// The same but for case, accents and signs; a letter apart; or said to mean the same.
    fn is(&self, other: &Self, synonyms: &[Vec<String>]) -> bool {
        let (x, y) = (self.key.as_str(), other.key.as_str());
        let same = x == y
            || self.words == other.words && !self.words.is_empty()
            || synonyms.iter().any(|s| s.contains(&self.key) && s.contains(&other.key));
        if same || self.digits != other.digits {
            return same;
        }
        let word = |form: &Self| !form.key.contains(' ') && form.digits.is_empty();
        let typo = |most: usize| self.length.abs_diff(other.length) <= most && strsim::levenshtein(x, y) <= most;
        // The share of the letters that differ is that of the lengths at least.
        let longest = self.length.max(other.length);
        let sentence =
            || self.length.abs_diff(other.length) * 100 <= longest * 8 && strsim::normalized_levenshtein(x, y) > 0.92;
        self.length >= 7 && word(self) && word(other) && typo(2) && x.chars().take(5).eq(y.chars().take(5))
            || self.length >= 20 && typo(1)
            || self.words.len() > 3 && sentence()
    }
}

/// Forms of one word, each with how often it stands.
fn variants<'v>(values: &[&'v str], synonyms: &[Vec<String>]) -> Vec<Vec<(&'v str, usize)>> {
    let mut times: HashMap<&str, usize> = HashMap::new();
    for value in values {
        *times.entry(value).or_default() += 1;
    }
    let mut seen: HashSet<&str> = HashSet::new();
    let first = values.iter().filter(|value| seen.insert(value));
    let forms = first.map(|value| Form::of(value, times.get(value).copied().unwrap_or(0)));
    let mut groups: Vec<Vec<Form<'_>>> = Vec::new();
    for form in forms {
        match groups.iter_mut().find(|group| group.iter().any(|other| other.is(&form, synonyms))) {
            Some(group) => group.push(form),
            None => groups.push(vec![form]),
        }
    }
    groups.retain(|group| group.len() > 1);
    groups.iter().map(|group| group.iter().map(|form| (form.raw, form.times)).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word() {
        let synonyms = [vec!["semestrale".to_owned(), "6 mesi".to_owned()]];
        let values = ["Efficacia", "efficacia", "efficace", "Efficienza", "efficacia"];
        assert_eq!(variants(&values, &synonyms), [vec![("Efficacia", 1), ("efficacia", 2), ("efficace", 1)]]);
        assert_eq!(variants(&["semestrale", "6 MESI"], &synonyms).len(), 1);
        assert!(variants(&["efficacia interna", "efficacia esterna"], &synonyms).is_empty());
    }
}
