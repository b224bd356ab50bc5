//! What software is in the program, and under which licences.

use super::text::fold;

/// Made by `packaging/licence_list.py`. The first line names the `Cargo.lock` that it was made from; the others name a
/// piece of software each.
const LIST: &str = include_str!("../../assets/licences.tsv");

/// A crate, a font or a library in the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Software {
    /// Its name and version.
    pub title: String,
    /// An SPDX expression, as its authors write it.
    pub licence: &'static str,
    /// Where its source is; may be empty.
    pub repository: &'static str,
    /// What a search is compared with.
    folded: String,
}

impl Software {
    /// All there is, by name.
    pub fn all() -> Vec<Self> {
        LIST.lines().skip(1).filter_map(Self::read).collect()
    }

    fn read(line: &'static str) -> Option<Self> {
        let mut parts = line.split('\t');
        let (name, version) = (parts.next()?, parts.next()?);
        let (licence, repository) = (parts.next()?, parts.next()?);
        Some(Self {
            title: format!("{name} {version}").trim_end().to_owned(),
            folded: fold(&format!("{name} {version} {licence}")),
            licence,
            repository,
        })
    }

    /// Whether every word that was typed is in its name, version or licence.
    pub fn matches(&self, typed: &str) -> bool {
        let typed = fold(typed);
        typed
            .split_whitespace()
            .all(|word| self.folded.contains(word))
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use sha2::{Digest as _, Sha256};

    use super::*;

    #[test]
    fn the_list_is_of_the_present_crates() {
        let lock = include_bytes!("../../Cargo.lock");
        let digest = Sha256::digest(lock)
            .iter()
            .fold(String::new(), |mut hex, byte| {
                write!(hex, "{byte:02x}").unwrap();
                hex
            });
        assert_eq!(
            LIST.lines().next(),
            Some(format!("Cargo.lock\t{digest}").as_str()),
            "run: packaging/licence_list.py >assets/licences.tsv"
        );
    }

    #[test]
    fn every_line_names_a_licence() {
        let all = Software::all();
        assert_eq!(all.len(), LIST.lines().count() - 1);
        assert!(all.len() > 300, "{}", all.len());
        for software in &all {
            assert!(
                !software.title.is_empty() && !software.licence.is_empty(),
                "{software:?}"
            );
        }
    }

    #[test]
    fn words_are_looked_for_in_name_version_and_licence() {
        let found = |typed: &str| {
            let all = Software::all().into_iter();
            all.filter(|software| software.matches(typed)).count()
        };
        assert_eq!(found(""), Software::all().len());
        assert_eq!(found("JetBrains ofl"), 1);
        assert!(found("egui") > 1);
        assert_eq!(found("no such crate"), 0);
    }
}
