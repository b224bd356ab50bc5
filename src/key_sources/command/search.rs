//! Finds a program as a terminal would, although graphical sessions often have a short PATH.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use crate::domain::key_source::command::{CommandProblem, CommandSource};
use crate::key_sources::FetchContext;

/// The folders to search for programs, in order.
pub(super) struct SearchPath {
    folders: Vec<PathBuf>,
    /// File name extensions that a program may have.
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
            endings: std::iter::once(String::new()).chain(endings).collect(),
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
        if let Some(path) = command.resolved() {
            return match look_at(path) {
                SearchResult::Nothing => Err(CommandProblem::Gone {
                    path: path.to_owned(),
                    searched: self.folders.clone(),
                    elsewhere: self.find(command.program()).ok(),
                }),
                found => found.program(path.to_owned()),
            };
        }
        let typed = Path::new(command.program());
        if typed.is_absolute() {
            return match look_at(typed) {
                SearchResult::Nothing => Err(CommandProblem::Absent(typed.to_owned())),
                found => found.program(typed.to_owned()),
            };
        }
        self.find(command.program())
    }

    /// The folders as a `PATH` for the program, which may need helpers from them.
    pub(super) fn joined(&self) -> Option<OsString> {
        std::env::join_paths(&self.folders).ok()
    }

    fn find(&self, name: &str) -> Result<PathBuf, CommandProblem> {
        let mut almost = None;
        for folder in &self.folders {
            for ending in &self.endings {
                let path = folder.join(format!("{name}{ending}"));
                match look_at(&path) {
                    SearchResult::Program => return Ok(path),
                    SearchResult::NotExecutable => {
                        almost.get_or_insert(path);
                    }
                    // A folder of the same name is not a match.
                    SearchResult::Nothing | SearchResult::Folder => {}
                }
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
