use pianometro::*;
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let bytes = std::fs::read(&path).unwrap();
    let document = read::read(bytes).unwrap();
    let lexicon = extract::Lexicon::shipped();
    if std::env::args().nth(2).is_some() { println!("{}", serde_json::to_string_pretty(&document.blocks).unwrap()); return; }
    let printed = extract::extract(&document, lexicon);
    for u in &printed.unknown_headers { eprintln!("unknown {:?}", u.raw); }
    let plan = normalise::normalise(printed, normalise::FileFacts { name: path.rsplit('/').next().unwrap().into(), sha256: String::new(), format: document.format, pages: 1, faults: vec![] }, lexicon);
    eprintln!("{:?} {:?} {:?} objectives {} groups {} published {}", plan.card.document_id, plan.card.entity_evidence, plan.card.reference_date, plan.objectives.len(), plan.groups.len(), plan.published.len());
    for i in &plan.indicators {
        let o = i.objective.map(|o| &plan.objectives[o]);
        let d = |v: &normalise::DatedMeasure| serde_json::json!({"period": v.period.map(|p| p.to_string()), "raw": v.measure.raw, "revised": v.revised});
        let m = |v: &Option<normalise::Measure>| v.as_ref().map(|v| serde_json::json!({"raw": v.raw}));
        println!("{}", serde_json::json!({"indicator_id": i.indicator_id, "document_id": plan.card.document_id, "source_file": plan.card.source_file, "section": i.section, "objective_code": o.and_then(|o| o.code.clone()), "objective_level": o.map(|o| o.level.as_str()), "objective_title": o.map(|o| o.title.clone()), "objective_weight": o.map(|o| m(&o.weight)), "owner": i.owner, "code": i.code, "name": i.name, "types": i.types, "algorithm": i.algorithm, "unit": i.unit, "data_source": i.data_source, "weight": m(&i.weight), "baseline": i.baseline.as_ref().map(d), "targets": i.targets.iter().map(d).collect::<Vec<_>>(), "actuals": i.actuals.iter().map(d).collect::<Vec<_>>(), "variance": m(&i.variance), "achievement": m(&i.achievement), "monitoring": i.monitoring.as_ref().map(|x| x.raw.clone()), "note": i.note, "same_as": i.same_as}));
    }
}
