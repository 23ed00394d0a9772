use super::*;

fn manifest(made_from: &str) -> Manifest {
    Manifest { made_from: made_from.to_owned(), told: "Letti 1 file".to_owned(), code: 0, files: Vec::new() }
}

/// Puts a set of results into the staging folder, each file saying which set it is of.
fn stage(output: &Output, set: &str) {
    let new = output.staging().unwrap();
    for name in ["data/a.csv", "data/b.csv", "report/index.html", "pianometro.xlsx", "catalog.ttl"] {
        let path = new.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, set).unwrap();
    }
}

fn publish(dir: &Path, set: &str) {
    let mut output = Output::open(dir).unwrap();
    stage(&output, set);
    output.publish(manifest(set)).unwrap();
}

/// The visible files with what they say.
fn seen(dir: &Path) -> Vec<(String, String)> {
    let files = WalkDir::new(dir).sort_by_file_name().into_iter().filter_entry(|e| e.file_name() != OWN).flatten();
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| (slashed(entry.path().strip_prefix(dir).unwrap()), fs::read_to_string(entry.path()).unwrap()))
        .collect()
}

fn all_of(dir: &Path, set: &str) -> bool {
    let seen = seen(dir);
    seen.len() == 5 && seen.iter().all(|(_, text)| text == set)
}

#[test]
fn a_run_that_is_killed_leaves_the_old_results_and_the_next_one_the_new() {
    for stop in 0..=5 {
        let dir = tempfile::tempdir().unwrap();
        publish(dir.path(), "old");
        {
            let output = Output::open(dir.path()).unwrap();
            stage(&output, "new");
            assert!(all_of(dir.path(), "old"));
            let manifest = output.settle(manifest("new")).unwrap();
            let journal = output.journal(manifest).unwrap();
            assert!(all_of(dir.path(), "old"));
            output.finish(&journal, &mut |step| step < stop).unwrap();
        }
        // Whole files all the time.
        assert!(seen(dir.path()).iter().all(|(_, text)| text == "old" || text == "new"));
        let output = Output::open(dir.path()).unwrap();
        assert!(all_of(dir.path(), "new"), "stopped at {stop}: {:?}", seen(dir.path()));
        assert_eq!(output.manifest().unwrap().made_from, "new");
        assert!(!output.own("swap.json").exists() && !output.own("new").exists());
    }
}

#[test]
fn an_exchange_that_is_killed_leaves_the_old_results_or_the_new_and_what_is_kept() {
    for stop in 0..=2 {
        let above = tempfile::tempdir().unwrap();
        let dir = above.path().join("output");
        publish(&dir, "old");
        {
            let output = Output::open(&dir).unwrap();
            stage(&output, "new");
            fs::create_dir_all(output.records()).unwrap();
            fs::write(output.records().join("kept"), "kept").unwrap();
            let manifest = output.settle(manifest("new")).unwrap();
            let lock = output.exchange(&manifest, &mut |step| step < stop).unwrap();
            assert!(lock.is_some(), "this file system can't exchange folders");
            let set = if stop == 0 { "old" } else { "new" };
            assert!(all_of(&dir, set), "stopped at {stop}: {:?}", seen(&dir));
            drop(output);
            // The new folder is locked already.
            assert!(stop == 0 || matches!(Output::open(&dir), Err(OutputError::Busy { .. })));
        }
        let output = Output::open(&dir).unwrap();
        let set = if stop == 0 { "old" } else { "new" };
        assert!(all_of(&dir, set));
        assert_eq!(output.manifest().unwrap().made_from, set);
        assert_eq!(fs::read_to_string(output.records().join("kept")).unwrap(), "kept");
        assert_eq!(fs::read_dir(above.path()).unwrap().count(), 1);
    }
}

#[test]
fn a_folder_with_files_of_others_is_not_exchanged() {
    let above = tempfile::tempdir().unwrap();
    let dir = above.path().join("output");
    publish(&dir, "old");
    fs::write(dir.join("mine.txt"), "new").unwrap();
    let mut output = Output::open(&dir).unwrap();
    stage(&output, "new");
    assert!(output.exchange(&manifest("new"), &mut |_| true).unwrap().is_none());
    output.publish(manifest("new")).unwrap();
    assert_eq!(seen(&dir).len(), 6);
    assert!(seen(&dir).iter().all(|(_, text)| text == "new"));
}

#[test]
fn results_that_were_never_finished_are_forgotten() {
    let dir = tempfile::tempdir().unwrap();
    publish(dir.path(), "old");
    stage(&Output::open(dir.path()).unwrap(), "half");
    let mut output = Output::open(dir.path()).unwrap();
    assert!(all_of(dir.path(), "old"));
    assert_eq!(output.manifest().unwrap().made_from, "old");
    stage(&output, "new");
    output.publish(manifest("new")).unwrap();
    assert!(all_of(dir.path(), "new"));
}

#[test]
fn files_of_others_stay_and_ours_that_are_no_more_go() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("data/mine")).unwrap();
    fs::write(dir.path().join("data/mine/notes.txt"), "notes").unwrap();
    fs::write(dir.path().join("readme.txt"), "readme").unwrap();
    let mut output = Output::open(dir.path()).unwrap();
    stage(&output, "old");
    fs::write(output.own("new").join("report/gone.html"), "old").unwrap();
    output.publish(manifest("old")).unwrap();
    fs::write(dir.path().join("report/photo.jpg"), "photo").unwrap();
    drop(output);
    publish(dir.path(), "new");
    let texts: Vec<(String, String)> = seen(dir.path()).into_iter().filter(|(_, text)| text != "new").collect();
    let pair = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    assert_eq!(
        texts,
        [pair("data/mine/notes.txt", "notes"), pair("readme.txt", "readme"), pair("report/photo.jpg", "photo")]
    );
}

#[test]
fn a_file_that_somebody_changed_is_noticed() {
    let dir = tempfile::tempdir().unwrap();
    publish(dir.path(), "old");
    let known = || Output::open(dir.path()).unwrap().manifest().is_some();
    assert!(known());
    fs::write(dir.path().join("data/mine.txt"), "x").unwrap();
    assert!(known());
    fs::write(dir.path().join("data/a.csv"), "changed").unwrap();
    assert!(!known());
}

#[test]
fn two_runs_at_once_into_one_folder_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let _first = Output::open(dir.path()).unwrap();
    assert!(matches!(Output::open(dir.path()), Err(OutputError::Busy { .. })));
}
