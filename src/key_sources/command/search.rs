//! Finds a program as a terminal would, although graphical sessions often have a short PATH.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use crate::domain::key_source::command::{CommandProblem, CommandSource};
use crate::key_sources::FetchContext;

/// The folders to search for programs, in order.
pub(super) struct SearchPath {
    folders: Vec<PathBuf>,
    /// File name extensions that a program may have. Empty on systems where extensions have no meaning.
    endings: Vec<String>,
}

/// Where package managers install programs, and the system's own folders: a desktop entry may start the console without any `PATH`.
const ADDED: &[&str] = if cfg!(target_os = "macos") {
    &["/opt/homebrew/bin", "/usr/local/bin", "/usr/bin", "/bin"]
} else if cfg!(unix) {
    &["/usr/local/bin", "/usr/bin", "/bin"]
} else {
    &[]
};

impl SearchPath {
    /// The folders of `PATH`, followed by those that graphical sessions often lack.
    pub(super) fn of(context: &FetchContext) -> Self {
        let path = (context.variable)("PATH").unwrap_or_default();
        let home = context.home.as_deref().filter(|_| cfg!(unix));
        let added = ADDED.iter().map(PathBuf::from);
        let added = added.chain(home.map(|home| home.join(".local/bin")));
        let mut folders: Vec<PathBuf> = Vec::new();
        for folder in std::env::split_paths(&path).chain(added) {
            // A relative folder would depend on where the console was started.
            if folder.is_absolute() && !folders.contains(&folder) {
                folders.push(folder);
            }
        }
        let endings = (context.variable)("PATHEXT");
        let endings = endings.filter(|_| cfg!(windows));
        let endings = endings.unwrap_or_else(|| ".COM;.EXE;.BAT;.CMD".to_owned());
        let endings = endings.split(';').filter(|ending| !ending.is_empty());
        let endings = endings.filter(|_| cfg!(windows)).map(str::to_owned);
        Self {
            folders,
            endings: endings.collect(),
        }
    }

    /// The absolute path of a command's program: the remembered one if there is one, else the first match in these folders. A path that is not valid
    /// text is rejected, because it could not be remembered and the next run might start another program.
    pub(super) fn locate(&self, command: &CommandSource) -> Result<PathBuf, CommandProblem> {
        let path = self.look_for(command)?;
        match path.to_str() {
            Some(_) => Ok(path),
            None => Err(CommandProblem::PathNotText(path)),
        }
    }

    fn look_for(&self, command: &CommandSource) -> Result<PathBuf, CommandProblem> {
        let (program, _) = command.words();
        if let Some(path) = command.resolved() {
            return match look_at(path) {
                SearchResult::Nothing => Err(CommandProblem::Gone {
                    path: path.to_owned(),
                    searched: self.folders.clone(),
                    elsewhere: self.find(&program).ok(),
                }),
                found => found.program(path.to_owned()),
            };
        }
        let typed = Path::new(&program);
        if typed.is_absolute() {
            return match look_at(typed) {
                SearchResult::Nothing => Err(CommandProblem::Absent(typed.to_owned())),
                found => found.program(typed.to_owned()),
            };
        }
        self.find(&program)
    }

    /// The folders as a `PATH` for the program, which may need helpers from them.
    pub(super) fn joined(&self) -> Option<OsString> {
        std::env::join_paths(&self.folders).ok()
    }

    /// Where the program may be, best first. A name without an extension is tried last where programs have one: beside
    /// `gcloud.cmd` there is a `gcloud` for other systems.
    fn candidates(&self, name: &str) -> Vec<PathBuf> {
        let bare = self.folders.iter().map(|folder| folder.join(name));
        let complete = self.folders.iter().flat_map(|folder| {
            let endings = self.endings.iter();
            endings.map(move |ending| folder.join(format!("{name}{ending}")))
        });
        if self.endings.iter().any(|ending| has_ending(name, ending)) {
            bare.chain(complete).collect()
        } else {
            complete.chain(bare).collect()
        }
    }

    fn find(&self, name: &str) -> Result<PathBuf, CommandProblem> {
        // A relative path, from an edited settings file, could lead out of the folders.
        let is_name = Path::new(name).file_name() == Some(name.as_ref());
        let candidates = is_name.then(|| self.candidates(name));
        let mut almost = None;
        for path in candidates.into_iter().flatten() {
            match look_at(&path) {
                SearchResult::Program => return Ok(path),
                SearchResult::NotExecutable => {
                    almost.get_or_insert(path);
                }
                // A folder of the same name is not a match.
                SearchResult::Nothing | SearchResult::Folder => {}
            }
        }
        Err(match almost {
            Some(path) => CommandProblem::NotExecutable(path),
            None => CommandProblem::NotFound {
                searched: self.folders.clone(),
            },
        })
    }
}

/// Whether the name ends in this extension, in upper or lower case.
fn has_ending(name: &str, ending: &str) -> bool {
    let start = name.len().checked_sub(ending.len());
    let end = start.and_then(|start| name.get(start..));
    end.is_some_and(|end| end.eq_ignore_ascii_case(ending))
}

/// What exists at a path.
enum SearchResult {
    Nothing,
    Folder,
    NotExecutable,
    Program,
}

impl SearchResult {
    fn program(self, path: PathBuf) -> Result<PathBuf, CommandProblem> {
        match self {
            Self::Program => Ok(path),
            Self::NotExecutable => Err(CommandProblem::NotExecutable(path)),
            Self::Folder => Err(CommandProblem::Folder(path)),
            Self::Nothing => Err(CommandProblem::Absent(path)),
        }
    }
}

fn look_at(path: &Path) -> SearchResult {
    match fs::metadata(path) {
        Err(_) => SearchResult::Nothing,
        Ok(data) if data.is_dir() => SearchResult::Folder,
        Ok(data) if data.is_file() && is_executable(&data) => SearchResult::Program,
        Ok(_) => SearchResult::NotExecutable,
    }
}

#[cfg(unix)]
fn is_executable(data: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    data.permissions().mode() & 0o111 != 0
}

#[cfg(windows)]
fn is_executable(_data: &fs::Metadata) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_programs_have_extensions_a_bare_name_is_tried_last() {
        let candidates = |endings: &[&str], name: &str| {
            let path = SearchPath {
                folders: vec![PathBuf::from("/a"), PathBuf::from("/b")],
                endings: endings.iter().map(|ending| (*ending).to_owned()).collect(),
            };
            let found = path.candidates(name);
            let found: Vec<_> = found.iter().map(|path| path.to_string_lossy()).collect();
            found.join(" ").replace('\\', "/")
        };
        let windows = [".EXE", ".CMD"];
        assert_eq!(
            candidates(&windows, "gcloud"),
            "/a/gcloud.EXE /a/gcloud.CMD /b/gcloud.EXE /b/gcloud.CMD /a/gcloud /b/gcloud"
        );
        assert_eq!(
            candidates(&windows, "Gcloud.cmd"),
            "/a/Gcloud.cmd /b/Gcloud.cmd /a/Gcloud.cmd.EXE /a/Gcloud.cmd.CMD /b/Gcloud.cmd.EXE /b/Gcloud.cmd.CMD"
        );
        assert_eq!(candidates(&[], "gcloud"), "/a/gcloud /b/gcloud");
    }
}
