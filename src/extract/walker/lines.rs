//! Lines of text: labels with their values, sentences, ticks, boxes whose cells came as running text.

use super::{IN_PROSE, INDICATOR_LABEL, LABEL_AFTER, Sentence, Walker};
use crate::document::{Source, fold};
use crate::extract::content::is_value;
use crate::extract::draft::Draft;
use crate::extract::flow::Flow;
use crate::extract::labelled;
use crate::extract::lexicon::{Field, key};
use crate::extract::patterns;
use crate::extract::printed::Printed;
use crate::extract::results;
use crate::extract::rows::Line;
use crate::extract::sentences::{self, Statement};

/// The name of who answers, without what a sentence says on behind it: "dott.ssa Rossi – peso dell'area: 40%".
fn owner_alone(value: &str) -> String {
    let value = fold(value);
    let cut = [" – ", " - ", "; "].iter().filter_map(|dash| value.find(dash).map(|at| (at, dash.len())));
    let small =
        |(at, len): &(usize, usize)| value.get(at + len..).is_some_and(|rest| rest.starts_with(char::is_lowercase));
    match cut.filter(small).min() {
        Some((at, _)) => value[..at].to_owned(),
        None => value,
    }
}

impl Walker<'_> {
    /// A line of text, or a row of a table that is one cell (`in_table`).
    pub(super) fn line(&mut self, line: &Line, in_table: bool) {
        self.header_open = false;
        if !in_table {
            self.current = None;
        }
        if self.flow_line(line, in_table) || self.remark(line, in_table) || (!in_table && self.weights_in_lines(line)) {
            return;
        }
        if let Some((before, after)) = patterns::cut_before_result(&line.text, &self.lexicon.phrases.objective_result) {
            for text in [before, after] {
                self.line(&Line { text, ..line.clone() }, in_table);
            }
            return;
        }
        if let Some((before, after)) =
            self.cut_before_monitoring(&line.text).or_else(|| self.cut_before_objective(&line.text))
        {
            for text in [before, after] {
                self.line(&Line { text, ..line.clone() }, in_table);
            }
            return;
        }
        if let Some(at) = line.text.find(INDICATOR_LABEL).filter(|&at| at > LABEL_AFTER && !in_table) {
            // A paragraph that runs into the indicator's label.
            for text in [&line.text[..at], line.text[at..].trim_start()] {
                self.line(&Line { text: text.to_owned(), ..line.clone() }, in_table);
            }
            return;
        }
        if self.title_lists(line) || (!in_table && self.answers_in_line(line)) {
            return;
        }
        if line.heading.is_none() && self.labelled_paragraph(line) {
            return;
        }
        if line.heading.is_none() && self.several_labels(&line.text) {
            for text in line.text.lines() {
                self.line(&Line { text: text.to_owned(), ..line.clone() }, in_table);
            }
            return;
        }
        if self.continue_sentence(line) || (!in_table && line.heading.is_none() && self.listed(line)) {
            return;
        }
        if self.result_line(&line.text, &line.source) || self.monitoring_line(&line.text, &line.source) {
            return;
        }
        let in_rows = in_table && self.in_indicator_rows();
        if patterns::starts_numbered(&line.text) && !in_rows {
            self.sentence = Some(Sentence { text: line.text.clone(), source: line.source.clone(), lines: 1 });
            return;
        }
        if let Some(code) = patterns::form_code(&line.text) {
            self.close();
            self.open = Some(Draft::named(Some(code), String::new(), line.source.clone(), self.trust));
            return;
        }
        if let Some((code, name)) = patterns::indicator_heading(&line.text) {
            self.close();
            self.coded_heading_stands();
            self.grid = None;
            self.open = Some(Draft::named(Some(code), name, line.source.clone(), self.trust));
            return;
        }
        if let Some(weight) = patterns::labelled_weight(&line.text)
            && self.open.is_none()
            && self.objective_is_new()
        {
            self.objective_weight(&weight, &line.source);
            return;
        }
        if self.labelled_line(line) || self.below_label(line) {
            return;
        }
        self.heading_line(line, in_table);
    }

    /// Cuts a paragraph before the sentence on the state of affairs that it ends with.
    fn cut_before_monitoring(&self, text: &str) -> Option<(String, String)> {
        const LONGEST: usize = 120;
        let phrases = &self.lexicon.phrases;
        let state = |tail: &str| {
            let says = format!(" {} ", key(patterns::after_phrase(tail, &phrases.monitoring)?));
            let known = phrases.on_track.iter().chain(&phrases.off_track);
            known.into_iter().any(|w| says.contains(&format!(" {w} "))).then_some(())
        };
        let starts = text.match_indices(char::is_whitespace).map(|(at, space)| at + space.len());
        let at = starts.filter(|&at| text.len() - at <= LONGEST).find(|&at| state(&text[at..]).is_some())?;
        let before = text[..at].trim_end();
        // "La relazione di monitoraggio è in linea con …" is one sentence.
        let ended = text[before.len()..at].contains('\n') || key(before).split(' ').count() > 12;
        ended.then(|| (before.to_owned(), text[at..].to_owned()))
    }

    /// Cuts a paragraph in which a form's rows run together before the objective that one of them names: "PROGRAMMA Cod. 005 …
    /// OBIETTIVO OPERATIVO OP 1.8.3. …".
    fn cut_before_objective(&self, text: &str) -> Option<(String, String)> {
        let first = text.split_whitespace().next()?;
        if self.lexicon.field(first) != Some(Field::Mission) {
            return None;
        }
        let starts = text.match_indices(" OBIETTIVO ").map(|(at, _)| at + 1);
        let names = |at: &usize| {
            let heading = patterns::objective_heading(&text[*at..], self.lexicon);
            heading.is_some_and(|h| h.code.is_some() && !h.title.is_empty())
        };
        let at = starts.into_iter().find(names)?;
        Some((text[..at].trim_end().to_owned(), text[at..].to_owned()))
    }

    /// What a row of one cell or a line says of what stands above it: a comment on the indicator, the objective's own result.
    fn remark(&mut self, line: &Line, in_table: bool) -> bool {
        if line.heading.is_some() || line.text.contains('\n') {
            return false;
        }
        if in_table
            && self.open.is_some()
            && let Some(types) = patterns::ticked(&line.text).filter(|types| !types.is_empty())
            && let Some(draft) = &mut self.open
        {
            draft.told.types.extend(types);
            return true;
        }
        let (label, value) = patterns::label_and_value(&line.text);
        if value.trim().is_empty() {
            return false;
        }
        match self.lexicon.sense(label).map(|sense| sense.field) {
            Some(Field::Note) if in_table && self.in_indicator_rows() => {
                self.close_row();
                if let Some(indicator) = self.plan.indicators.last_mut() {
                    indicator.note.get_or_insert_with(|| fold(&line.text));
                }
                true
            }
            Some(Field::ObjectiveAchievement) if self.headings.objective.is_some() => {
                let Some(raw) = results::only_a_figure(value) else { return false };
                self.close();
                self.objective_achievement(Printed::new(raw, line.source.clone()));
                true
            }
            _ => false,
        }
    }

    /// An indicator whose values one sentence lists.
    fn listed(&mut self, line: &Line) -> bool {
        if patterns::narrative(&line.text).is_some() {
            return false;
        }
        // "Risultati: … (il target era ≥ 10)" speaks of the indicator that is being told.
        let label = || self.lexicon.field(patterns::label_and_value(&line.text).0);
        if self.open.as_ref().is_some_and(|draft| draft.prose)
            && matches!(label(), Some(Field::Actual | Field::Achievement | Field::Target | Field::Note))
        {
            return false;
        }
        let Some(told) = sentences::listed(&line.text, self.lexicon) else { return false };
        self.close();
        self.coded_heading_stands();
        let trust = self.trust.and(IN_PROSE);
        let name = told.name.clone().unwrap_or_default();
        let mut draft = Draft { confirmed: true, ..Draft::named(told.code.clone(), name, line.source.clone(), trust) };
        told.fill(&mut draft, &line.source);
        self.push(draft);
        true
    }

    /// "Tipo Indicatore: …", "Area strategica: …", "Indicatore: …", and labels that stand alone above what they name.
    pub(super) fn labelled_line(&mut self, line: &Line) -> bool {
        let (label, value) = patterns::label_and_value(&line.text);
        let known = self.lexicon.field(label);
        let told = !value.trim().is_empty();
        if line.heading.is_some() && !told && known == Some(Field::Objective) {
            // "Obiettivi trasversali" heads what follows.
            return false;
        }
        let Some(field) = known.or_else(|| self.sensed_label(label, value).filter(|_| told)) else { return false };
        if known.is_some() {
            self.label = Some((field, 0));
        }
        if !told {
            // A label alone: what it names follows.
            return self.open.as_ref().is_some_and(|d| d.prose) || field == Field::StrategicLink;
        }
        // An indicator whose name is told goes on with labels, unless it is a box with a header of its own.
        let goes_on = |d: &Draft| !d.told.name.is_empty() && !d.typed && (d.confirmed || is_value(value));
        let in_prose = self.open.as_ref().is_some_and(|d| d.prose || goes_on(d));
        if self.open.is_none() && matches!(field, Field::Owner | Field::Responsible | Field::Section) {
            if !self.objective_is_new() && field != Field::Section && self.headings.headed {
                self.headings.section_owner = Some(owner_alone(value));
                return true;
            }
            if !self.objective_is_new() {
                if field == Field::Section && known.is_some() {
                    self.headings.set_table_section(fold(value));
                    return true;
                }
                return false;
            }
            self.objective_owner(&owner_alone(value));
            return true;
        }
        match field {
            Field::Indicator => {
                self.close();
                self.open =
                    Some(Draft { prose: true, confirmed: true, trust: self.trust.and(IN_PROSE), ..Draft::default() });
                if let Some(draft) = &mut self.open {
                    draft.set(field, label, value, &line.source);
                }
            }
            Field::Actual | Field::Achievement if in_prose && is_value(value) => {
                self.set_in_open(field, label, value, &line.source);
            }
            Field::Actual | Field::Achievement if in_prose => self.tell(value, Some(field), &line.source),
            Field::Weight
            | Field::Baseline
            | Field::Target
            | Field::RevisedTarget
            | Field::Responsible
            | Field::Variance
            | Field::Unit
            | Field::Algorithm
            | Field::DataSource
            | Field::Frequency
            | Field::Owner
            | Field::Note
            | Field::Code
                if in_prose =>
            {
                self.set_in_open(field, label, value, &line.source);
            }
            Field::Type => {
                self.type_label(&line.source);
                self.ticks(value);
                self.flow = Some(Flow::default());
            }
            Field::StrategicLink => self.headings.strategic_link = Some(fold(value)),
            Field::ObjectiveWeight if self.open.is_none() && self.objective_is_new() && is_value(value) => {
                self.objective_weight(value, &line.source);
            }
            _ => return false,
        }
        true
    }

    /// Whether a paragraph holds several labelled lines, the indicator's among them or below it.
    pub(super) fn several_labels(&self, text: &str) -> bool {
        let field = |line: &str| self.lexicon.field(patterns::label_and_value(line).0);
        let fields: Vec<Field> = text.lines().filter_map(field).collect();
        text.contains('\n')
            && !fields.is_empty()
            && (fields.contains(&Field::Indicator) || self.open.as_ref().is_some_and(|d| d.prose))
    }

    /// A paragraph that speaks of the indicator that is being told.
    pub(super) fn tell(&mut self, text: &str, label: Option<Field>, source: &Source) {
        if let Some(draft) = &mut self.open {
            draft.account.push(Statement { label, text: text.to_owned(), source: source.clone() });
        }
    }

    /// What a label means that the lexicon doesn't have: one of the indicator that is being told, or who answers for an
    /// objective.
    fn sensed_label(&self, label: &str, value: &str) -> Option<Field> {
        const SHORT: usize = 3;
        use Field::{
            Achievement, Actual, Baseline, Code, Indicator, Owner, Responsible, RevisedTarget, Section, Target, Title,
            Variance, Weight,
        };
        let (field, _) = labelled::field_of(label, self.lexicon)?;
        let answers = matches!(field, Owner | Responsible | Section) && label.split_whitespace().count() <= SHORT;
        let measure = matches!(field, Weight | Baseline | Target | RevisedTarget | Actual | Variance | Achievement);
        // What only a header's words tell must be followed by what such a header heads.
        let fits = |d: &Draft| if measure { is_value(value) } else { d.confirmed };
        let of_the_open = self.open.as_ref().is_some_and(fits) && !matches!(field, Indicator | Section | Title | Code);
        (answers || of_the_open).then_some(field)
    }

    /// A line below a label that stands alone, or below an indicator told in running text.
    pub(super) fn below_label(&mut self, line: &Line) -> bool {
        const REACH: usize = 3;
        let Some((field, lines)) = self.label else { return false };
        let heading = patterns::objective_heading(&line.text, self.lexicon);
        let next_sheet = heading.is_some_and(|h| h.title.is_empty() || field != Field::StrategicLink);
        if lines >= REACH || next_sheet {
            self.label = None;
            return false;
        }
        self.label = Some((field, lines + 1));
        match field {
            Field::StrategicLink => {
                let reference = fold(line.text.trim_start_matches(['-', '–', '•', ' ']));
                self.headings.strategic_link.get_or_insert(reference);
                true
            }
            Field::Weight if lines <= 1 && self.open.is_none() && self.objective_is_new() => {
                let weight = patterns::labelled_weight(&format!("Peso: {}", line.text));
                if let Some(weight) = &weight {
                    self.objective_weight(weight, &line.source);
                }
                weight.is_some()
            }
            Field::Indicator | Field::Actual | Field::Target | Field::Achievement
                if line.heading.is_none() && self.open.as_ref().is_some_and(|d| d.prose) =>
            {
                self.tell(&line.text, None, &line.source);
                if sentences::goes_on(&line.text) {
                    self.label = Some((field, 0));
                }
                true
            }
            _ => false,
        }
    }

    /// The row or line with the types' label: it belongs to the box that is open, unless that one has its types already or
    /// none is open; then it is the first trace of a box whose head is lost.
    pub(super) fn type_label(&mut self, source: &Source) {
        if self.open.as_ref().is_none_or(|draft| draft.typed) {
            self.close();
            self.grid = None;
            self.open = Some(Draft::at(source.clone(), self.trust));
        }
        if let Some(draft) = &mut self.open {
            draft.confirmed = true;
            draft.typed = true;
        }
    }

    /// Tick marks of the box that is open.
    pub(super) fn ticks(&mut self, text: &str) {
        if let (Some(draft), Some(types)) = (&mut self.open, patterns::ticked(text)) {
            draft.told.types.extend(types);
        }
    }

    /// Whether a line is one of the cells of a box that come one after another.
    pub(super) fn flow_line(&mut self, line: &Line, in_table: bool) -> bool {
        let Some(flow) = &mut self.flow else { return false };
        let ends = in_table
            || line.heading.is_some()
            || patterns::indicator_heading(&line.text).is_some()
            || patterns::objective_heading(&line.text, self.lexicon).is_some()
            || patterns::in_capitals(&line.text) && line.text.contains(' ');
        if ends {
            self.close_flow();
            return false;
        }
        flow.add(&line.text, &line.source);
        true
    }

    pub(super) fn close_flow(&mut self) {
        let Some(flow) = self.flow.take() else { return };
        if let Some(mut draft) = self.open.take() {
            if flow.fill(&mut draft, self.lexicon) {
                self.push(draft);
                self.current = self.plan.indicators.len().checked_sub(1);
            } else {
                self.open = Some(draft);
            }
        }
    }

    /// Whether a line goes on with the sentence that is being told; a sentence that can't go on is closed.
    pub(super) fn continue_sentence(&mut self, line: &Line) -> bool {
        let Some(sentence) = &mut self.sentence else { return false };
        let whole = patterns::narrative(&sentence.text);
        let monitors = patterns::after_phrase(&line.text, &self.lexicon.phrases.monitoring).is_some();
        let starts_anew = patterns::starts_numbered(&line.text) || line.heading.is_some() || monitors;
        let wanted = match &whole {
            // The value may stand in the line below: short, or led by an equals sign.
            Some(found) => {
                found.actual.is_empty()
                    && (line.text.starts_with('=') || line.text.chars().count() <= 40)
                    && patterns::after_phrase(&line.text, &self.lexicon.phrases.objective_result).is_none()
            }
            None => sentence.lines < 6 && !key(&sentence.text).is_empty(),
        };
        if starts_anew || !wanted {
            self.close_sentence();
            return false;
        }
        sentence.text = format!("{} {}", sentence.text, line.text);
        sentence.source = sentence.source.union(&line.source);
        sentence.lines += 1;
        true
    }

    pub(super) fn close_sentence(&mut self) {
        let Some(sentence) = self.sentence.take() else { return };
        self.narrative(&sentence.text, "", &sentence.source);
    }

    /// An indicator told in a sentence, its value in the text or beside it.
    pub(super) fn narrative(&mut self, text: &str, beside: &str, source: &Source) -> bool {
        let Some(found) = patterns::narrative(text) else { return false };
        let beside = fold(beside);
        let actual = if beside.is_empty() { found.actual } else { beside.trim_start_matches('=').trim().to_owned() };
        let mut draft = Draft::named(found.code, String::new(), source.clone(), self.trust.and(IN_PROSE));
        draft.told.name = found.name;
        draft.set(Field::Target, "", &found.target, source);
        draft.set(Field::Weight, "", &found.weight, source);
        draft.set(Field::Actual, "", &actual, source);
        self.push(draft);
        true
    }

    /// Whether an indicator is being told that is not among the plan's yet.
    pub(in crate::extract) fn tells_an_indicator(&self) -> bool {
        self.open.is_some() || self.open_row.is_some() || self.sentence.is_some()
    }

    /// Whether the headers in force are those of an indicator table.
    pub(in crate::extract) fn in_indicator_rows(&self) -> bool {
        self.grid.as_ref().is_some_and(|g| g.has(Field::Indicator))
    }
}
