//! Lines that head what follows: objectives, sections, owners, levels.

use crate::document::fold;
use crate::extract::lexicon::{Field, Lexicon, key};
use crate::extract::patterns::{self, Heading};
use crate::extract::printed::Level;
use crate::extract::rows::Line;
use crate::extract::walker::Walker;

/// A heading in capitals of so many characters fills its line and may go on in the next.
const FULL_LINE: usize = 60;

impl Walker<'_> {
    /// A line that may head what follows.
    pub(in crate::extract) fn heading_line(&mut self, line: &Line, in_table: bool) {
        if !in_table && let Some(rest) = self.new_part(&line.text) {
            if !rest.is_empty() {
                self.heading_line(&Line { text: rest, ..line.clone() }, in_table);
            }
            return;
        }
        if let Some(heading) = patterns::objective_heading(&line.text, self.lexicon) {
            let told = !heading.title.is_empty();
            self.objective(heading, &line.source);
            if told && let Some((_, remark)) = line.text.split_once('\n') {
                self.level_statement(remark);
                self.objective_remark(remark, line);
            }
            return;
        }
        if self.headings.untitled && self.take_title(line, in_table) {
            return;
        }
        if self.headings.objective.is_some()
            && (in_table || self.in_indicator_rows())
            && let Some((code, title)) = patterns::numbered_heading(&line.text)
        {
            let level = self.headings.objective.and_then(|i| self.plan.objectives.get(i)).map(|o| o.level);
            self.objective(Heading { level, code: Some(code), title }, &line.source);
            return;
        }
        if key(&line.text).starts_with("scheda obiettivo")
            && let Some(level) = self.lexicon.level(&line.text)
        {
            self.headings.level = Some(level);
        }
        if (in_table || !self.headings_are_marked)
            && let Some(heading) = patterns::sheet_code(&line.text)
        {
            self.close();
            self.headings.coded = Some((heading, line.source.clone()));
            return;
        }
        if in_table {
            let text = patterns::without_remark(&line.text);
            if patterns::in_capitals(text) || patterns::numbered_office(text) {
                self.section_line(text, None);
            } else if Lexicon::starts_with(text, &self.lexicon.phrases.owner_starts) && text.chars().count() <= 160 {
                self.close();
                self.headings.owner = Some(fold(text));
            }
            return;
        }
        if self.bare_objective_heading(line) {
            return;
        }
        if line.heading.is_some() {
            self.marked_heading(line);
        }
        if self.section_goes_on(line) {
            return;
        }
        let mut heads = false;
        for part in self.heading_parts(&line.text) {
            heads |= self.section_line(&part, line.heading);
        }
        self.headings.section_heading = heads.then_some(line.heading);
        if heads || line.heading.is_some_and(|level| level <= 3) {
            self.headings.table_section = None;
        }
        self.level_statement(&line.text);
    }

    /// A line that the file marks as a heading: a section's, or an objective's code.
    fn marked_heading(&mut self, line: &Line) {
        self.close();
        self.headings.section_owner = None;
        self.headings.headed = true;
        self.headings.coded = patterns::coded_heading(&line.text).map(|heading| (heading, line.source.clone()));
        self.headings.coded_line =
            self.headings.coded.as_ref().map(|_| fold(&line.text)).filter(|h| h.chars().count() <= 160);
        if self.headings.coded.is_none() {
            let text = patterns::trailing_weight(&line.text).map_or_else(|| line.text.clone(), |(name, _)| name);
            // A label heads its own paragraph and no section.
            // So does the document's own title.
            let titles = &self.lexicon.phrases.document_titles;
            let is_title = |h: &str| titles.iter().any(|title| key(h).contains(title.as_str()));
            let is_label = |h: &String| h.ends_with(':') || self.lexicon.field(h).is_some() || is_title(h);
            if let Some(heading) = Some(fold(&text)).filter(|h| !is_label(h)) {
                self.headings.heading = Some(heading).filter(|h| h.chars().count() <= 160);
            }
        }
    }

    /// What stands under labels in the lines below an objective's title: who answers for it, its weight.
    fn objective_remark(&mut self, remark: &str, line: &Line) {
        for text in remark.lines() {
            let (label, value) = patterns::label_and_value(text);
            match self.lexicon.sense(label).map(|sense| sense.field) {
                _ if value.trim().is_empty() => {}
                Some(Field::Owner | Field::Responsible) => self.own_owner(value),
                Some(Field::Weight | Field::ObjectiveWeight) => self.objective_weight(value, &line.source),
                _ => {}
            }
        }
    }

    /// "SCHEDE OBIETTIVI OPERATIVI" begins a new part of the document: nothing that headed the one before heads this one. Gives
    /// what the line says beyond that.
    fn new_part(&mut self, text: &str) -> Option<String> {
        let phrases = &self.lexicon.phrases;
        let words: Vec<&str> = text.split_whitespace().collect();
        let start = |n: usize| key(&words[..n].join(" "));
        let opening = (1..=words.len().min(4)).find(|&n| phrases.part_starts.contains(&start(n)))?;
        if !patterns::in_capitals(&words[..opening].join(" ")) {
            return None;
        }
        let level = |word: &&&str| self.lexicon.level(word).is_some() || matches!(key(word).as_str(), "e" | "ed");
        let levels = words[opening..].iter().take_while(level).count();
        let rest = words[opening + levels..].join(" ");
        self.close();
        self.headings.leave_part();
        Some(rest)
    }

    /// More of a section's heading in capitals that the file breaks into two headings of one level.
    fn section_goes_on(&mut self, line: &Line) -> bool {
        let Some(level) = self.headings.section_heading.take() else { return false };
        let phrases = &self.lexicon.phrases;
        let starts = Lexicon::starts_with(&line.text, &phrases.section_starts)
            || Lexicon::starts_with(&line.text, &phrases.level_headings);
        if level != line.heading || starts || !patterns::in_capitals(&line.text) {
            return false;
        }
        let Some(section) = &mut self.headings.section else { return false };
        // Where the file marks no headings, only a line that can't be the last one goes on.
        let full_line = section.chars().count() >= FULL_LINE;
        if !patterns::in_capitals(section) || (level.is_none() && !full_line && !patterns::is_unfinished(section)) {
            return false;
        }
        *section = format!("{section} {}", fold(&line.text));
        self.headings.section_heading = Some(level);
        true
    }

    /// The headings that one paragraph of several lines holds: a line that starts none goes on with the one before.
    fn heading_parts(&self, text: &str) -> Vec<String> {
        let phrases = &self.lexicon.phrases;
        let mut parts: Vec<String> = Vec::new();
        for line in text.lines() {
            let starts = Lexicon::starts_with(line, &phrases.section_starts)
                || Lexicon::starts_with(line, &phrases.level_headings);
            let remark = parts.last().is_some_and(|p| patterns::in_capitals(p)) && !patterns::in_capitals(line);
            match parts.last_mut() {
                Some(before) if !remark && (!starts || patterns::is_unfinished(before)) => {
                    *before = format!("{before} {line}")
                }
                _ => parts.push(line.to_owned()),
            }
        }
        parts
    }

    /// "OBIETTIVO STRATEGICO" alone, as a heading: an objective whose title follows.
    fn bare_objective_heading(&mut self, line: &Line) -> bool {
        let words = key(&line.text);
        if !patterns::in_capitals(&line.text) {
            return false;
        }
        let Some(level) =
            words.strip_prefix("obiettivo ").filter(|w| !w.contains(' ')).and_then(|w| self.lexicon.level(w))
        else {
            return false;
        };
        self.objective(Heading { level: Some(level), code: None, title: String::new() }, &line.source);
        true
    }

    /// Sections, owners and levels; tells whether the line is such a heading.
    fn section_line(&mut self, text: &str, heading: Option<u8>) -> bool {
        let phrases = &self.lexicon.phrases;
        if patterns::is_annex(text) {
            // A new part of the document: nothing that headed the one before heads this one.
            self.close();
            self.headings.part_level = None;
            self.headings.level = None;
            self.headings.section = None;
            return heading.is_some();
        }
        if let Some((section, level)) = patterns::heading_of_two(text)
            && Lexicon::starts_with(section, &phrases.section_starts)
        {
            return self.section_line(section, heading) | self.section_line(level, heading);
        }
        let text = patterns::without_annex(text);
        let text = patterns::without_remark(text);
        let ends = text.ends_with(['.', ';', ':']) || text.ends_with(',') && !patterns::in_capitals(text);
        let short = text.chars().count() <= 260 && !ends;
        if !short {
            return false;
        }
        let named = patterns::trailing_weight(text).map_or_else(|| fold(text), |(name, _)| fold(&name));
        let exact = |list: &[String]| list.contains(&key(text));
        if Lexicon::starts_with(text, &phrases.level_headings) && !exact(&phrases.section_starts) {
            let level = self.lexicon.level(text);
            // "OBIETTIVI OPERATIVI INDIVIDUALI" heads a few objectives, "Rendiconto degli obiettivi del Piano operativo" a part.
            if !key(text).starts_with("obiettivi") {
                self.headings.part_level = level;
                self.headings.level = None;
            } else if level.is_some() {
                self.headings.level = level;
            }
            return heading.is_some();
        }
        if Lexicon::starts_with(text, &phrases.owner_starts) && heading.is_some() {
            self.headings.owner = Some(fold(text));
            return true;
        }
        if !Lexicon::starts_with(text, &phrases.section_starts) {
            if heading.is_some()
                && let Some(person) = self.person_behind(text)
            {
                self.close();
                self.headings.heading = Some(person.clone());
                self.headings.owner = Some(person);
                self.headings.section = None;
                return true;
            }
            return false;
        }
        // A line that the file doesn't mark as a heading must look like one: all capitals, a numbered office, or a few words.
        let capital = text.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
        let strong = patterns::in_capitals(text) || patterns::numbered_office(text) || patterns::numbered_part(text);
        let weak = capital && text.chars().count() <= 80 && !self.headings_are_marked;
        if heading.is_none() && !strong {
            // The first words below a heading in capitals describe it; elsewhere an objective below them proves the heading.
            if weak && !self.headings.section_stands {
                self.headings.candidate = Some(named);
            }
            return false;
        }
        self.headings.section_stands = strong || heading.is_some();
        self.close();
        if self.names_a_person(text) {
            self.headings.owner = Some(fold(text));
            self.headings.heading = Some(fold(text));
            self.headings.section = None;
        } else {
            self.headings.section = Some(named);
            self.headings.owner = None;
        }
        self.headings.level = None;
        self.headings.strategic_link = None;
        true
    }

    /// The office and the person that a heading in capitals names behind other words: "PERFORMANCE INDIVIDUALE SEGRETARIO
    /// GENERALE – DOTT. …".
    fn person_behind(&self, text: &str) -> Option<String> {
        if !patterns::in_capitals(text) || !self.names_a_person(text) {
            return None;
        }
        let tails = text.match_indices(' ').map(|(at, _)| text[at..].trim_start());
        tails.into_iter().find(|tail| Lexicon::starts_with(tail, &self.lexicon.phrases.section_starts)).map(fold)
    }

    pub(in crate::extract) fn names_a_person(&self, text: &str) -> bool {
        let words = key(text);
        self.lexicon.phrases.honorifics.iter().any(|h| words.split(' ').any(|w| w == h))
    }

    /// "Obiettivo di performance dirigenziale (trasversale tra i dirigenti)" below a heading: the objective's level.
    fn level_statement(&mut self, text: &str) {
        if text.chars().count() > 120 || !key(text).starts_with("obiettivo ") {
            return;
        }
        let Some(level) = self.lexicon.level(text) else { return };
        let told = |index: usize| self.plan.indicators.iter().any(|i| i.objective == Some(index));
        if let Some(index) = self.headings.objective.filter(|&i| !told(i))
            && let Some(objective) = self.plan.objectives.get_mut(index)
            && objective.level == Level::Altro
        {
            objective.level = level;
        }
    }
}
