//! Checks that no files of `state/` import each other in a circle.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::{is_for_tests, paths, rust_files, without_tests, words};

/// A module by its names from the crate root, without `crate`.
type Module = Vec<String>;

/// The module of a file in `src/`.
fn module_of(inside: &Path) -> Module {
    let names = inside.with_extension("");
    let names = names.iter().map(|name| name.to_string_lossy().into_owned());
    names.filter(|name| name != "mod").collect()
}

/// A path from the crate root, as code in `module` means it.
fn absolute(path: &[String], module: &[String]) -> Module {
    let ups = path.iter().take_while(|name| *name == "super").count();
    match path.first().map(String::as_str) {
        Some("crate") => path[1..].to_vec(),
        Some("super") => [&module[..module.len().saturating_sub(ups)], &path[ups..]].concat(),
        Some("self") => [module, &path[1..]].concat(),
        Some(_) | None => [module, path].concat(),
    }
}

/// The code of a file without `pub(in …)`, which names no import.
fn imported_words(code: &str) -> Vec<String> {
    let mut words = words(without_tests(code));
    while let Some(at) = words.windows(2).position(|pair| pair == ["(", "in"]) {
        let end = words[at..].iter().position(|word| word == ")");
        words.drain(at..=at + end.unwrap_or(1));
    }
    words
}

/// The items that a module re-exports, by the paths at which they are then found.
fn re_exports(words: &[String], module: &[String]) -> Vec<(Module, Module)> {
    let statements = words.split(|word| word == ";");
    let public = statements.filter_map(|statement| {
        let at = statement
            .windows(2)
            .position(|pair| pair == ["pub", "use"])?;
        Some(&statement[at + 1..])
    });
    let named = public.flat_map(|statement| paths(statement, usize::MAX));
    named
        .map(|mut path| {
            path.pop();
            let target = absolute(&path, module);
            let name = target.last().cloned().unwrap_or_default();
            ([module, &[name]].concat(), target)
        })
        .collect()
}

/// For each module of `state/`, the modules whose items it names. A re-exported item is one of the module that declares it.
fn imports() -> BTreeMap<Module, BTreeSet<Module>> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut named: BTreeMap<Module, Vec<Module>> = BTreeMap::new();
    let mut re_exported: BTreeMap<Module, Module> = BTreeMap::new();
    for file in rust_files(&source.join("state")) {
        let inside = file.strip_prefix(&source).unwrap();
        if is_for_tests(inside) {
            continue;
        }
        let words = imported_words(&fs::read_to_string(&file).unwrap());
        let module = module_of(inside);
        re_exported.extend(re_exports(&words, &module));
        let found = paths(&words, usize::MAX).into_iter().map(|mut path| {
            path.retain(|name| name != "use");
            absolute(&path, &module)
        });
        let found = found.collect();
        named.insert(module, found);
    }
    let declaring = |path: &Module| {
        // A path may go on behind the re-exported item, as that of a variant does.
        let target = (1..=path.len()).find_map(|len| re_exported.get(&path[..len]));
        let path = target.unwrap_or(path);
        let modules = (1..=path.len()).rev().map(|len| path[..len].to_vec());
        modules
            .into_iter()
            .find(|module| named.contains_key(module))
    };
    let of = |(module, paths): (&Module, &Vec<Module>)| {
        let targets = paths.iter().filter_map(declaring);
        (
            module.clone(),
            targets.filter(|target| target != module).collect(),
        )
    };
    named.iter().map(of).collect()
}

/// What stays when modules that import, or are imported by, nothing that stays are taken away again and again.
fn in_circles(mut imports: BTreeMap<Module, BTreeSet<Module>>) -> Vec<Module> {
    loop {
        let left: BTreeSet<Module> = imports.keys().cloned().collect();
        let imported: BTreeSet<Module> = imports.values().flatten().cloned().collect();
        imports.retain(|module, targets| imported.contains(module) && !targets.is_disjoint(&left));
        if imports.len() == left.len() {
            return left.into_iter().collect();
        }
    }
}

#[test]
fn no_files_of_the_state_import_each_other_in_a_circle() {
    let imports = imports();
    assert!(imports.len() > 50, "the files were read");
    assert!(
        imports.values().flatten().count() > 200,
        "and their imports"
    );
    let circles = in_circles(imports.clone());
    let tied = circles.iter().map(|module| {
        let to = imports[module].iter().filter(|to| circles.contains(to));
        let to: Vec<_> = to.map(|to| to.join("::")).collect();
        format!("{} uses {}", module.join("::"), to.join(", "))
    });
    let tied: Vec<_> = tied.collect();
    assert!(tied.is_empty(), "{tied:#?}");
}
