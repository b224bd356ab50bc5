//! Finds the licence texts that a package has installed.

use std::path::{Path, PathBuf};

/// Paths relative to the folder above the program's: for `.deb`, `.rpm` and archive; for the macOS bundle.
const PLACES: [&str; 2] = [
    "share/doc/thred-console/third-party-licences.txt.gz",
    "Resources/third-party-licences.txt",
];

/// In the zip for Windows, the file is beside the program.
const BESIDE: &str = "third-party-licences.txt";

/// The file with all texts; `None` if the program was built from source.
pub fn installed() -> Option<PathBuf> {
    beside(&std::env::current_exe().ok()?)
}

fn beside(program: &Path) -> Option<PathBuf> {
    let folder = program.parent()?;
    let above = folder.parent().into_iter();
    let places = above.flat_map(|above| PLACES.map(|place| above.join(place)));
    std::iter::once(folder.join(BESIDE))
        .chain(places)
        .find(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_texts_are_found_where_packages_put_them() {
        for (program, texts) in [
            ("usr/bin/thred-console", format!("usr/{}", PLACES[0])),
            (
                "Console.app/Contents/MacOS/thred-console",
                format!("Console.app/Contents/{}", PLACES[1]),
            ),
            ("console/thred-console.exe", format!("console/{BESIDE}")),
        ] {
            let root = tempfile::tempdir().unwrap();
            let (program, texts) = (root.path().join(program), root.path().join(texts));
            fs::create_dir_all(texts.parent().unwrap()).unwrap();
            assert_eq!(beside(&program), None);
            fs::write(&texts, "texts").unwrap();
            assert_eq!(beside(&program), Some(texts));
        }
    }
}
