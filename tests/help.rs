//! The help texts, and that the README names only commands and options there are.

mod support;

use regex::Regex;
use support::{pianometro, text};

const COMMANDS: [&str; 8] = ["run", "extract", "tables", "explain", "annotate", "check", "rule", "value"];

fn help(arguments: &[&str]) -> String {
    let output = pianometro().args(arguments).arg("--help").output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    text(&output.stdout)
}

#[test]
fn of_every_command() {
    insta::assert_snapshot!("help", help(&[]));
    for command in COMMANDS {
        insta::assert_snapshot!(format!("help_{command}"), help(&[command]));
    }
}

#[test]
fn every_command_is_listed() {
    let listed = help(&[]);
    let listed = listed.split("Comandi:").nth(1).unwrap().split("Opzioni:").next().unwrap();
    // A wrapped description goes on further in.
    let starts = |line: &&str| line.starts_with("  ") && !line.starts_with("   ");
    let names: Vec<&str> = listed.lines().filter(starts).filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(names, COMMANDS);
}

#[test]
fn without_arguments_it_teaches_and_ends_with_2() {
    let output = pianometro().output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stderr), help(&[]));
}

#[test]
fn the_readme_names_only_what_there_is() {
    let readme = include_str!("../README.md");
    let call = Regex::new(r"(?:pianometro|--release --) ([a-z]+)([^\n|`]*)").unwrap();
    let option = Regex::new(r"--[a-z-]+").unwrap();
    let code = readme.split("```").skip(1).step_by(2);
    let mut named = Vec::new();
    for block in code {
        for found in call.captures_iter(block) {
            let command = found.get(1).unwrap().as_str();
            assert!(COMMANDS.contains(&command), "README.md names the command {command:?}");
            let help = help(&[command]);
            for option in option.find_iter(found.get(2).unwrap().as_str()) {
                assert!(help.contains(option.as_str()), "README.md gives {command} the option {}", option.as_str());
            }
            named.push(command.to_owned());
        }
    }
    for command in COMMANDS {
        assert!(named.iter().any(|name| name == command), "README.md says nothing of {command:?}");
    }
}
