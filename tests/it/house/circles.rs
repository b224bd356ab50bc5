//! Checks that no files of `src/` import each other in a circle.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::{is_for_tests, paths, rust_files, without_tests, words};

/// A module by its names from the crate root, without `crate`.
type Module = Vec<String>;

/// The module of a file in `src/`.
fn module_of(inside: &Path, source: &Path) -> Module {
    let names = inside.with_extension("");
    let names = names.iter().map(|name| name.to_string_lossy().into_owned());
    let mut names: Module = names.filter(|name| name != "mod").collect();
    let folder = source.join(inside.parent().unwrap_or(source));
    let has_module =
        folder == source || folder.join("mod.rs").exists() || folder.with_extension("rs").exists();
    // Files for one system each are the module of their folder (`#[path]`).
    if !has_module {
        names.pop();
    }
    names
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

/// The code of a file without `(in …)`, `(super)` and `(crate)` behind `pub`, which name no import.
fn imported_words(code: &str) -> Vec<String> {
    let mut words = words(without_tests(code));
    let is_limited = |three: &[String]| {
        three[..2] == ["pub", "("] && ["in", "super", "crate"].contains(&three[2].as_str())
    };
    while let Some(at) = words.windows(3).position(is_limited) {
        let end = words[at..].iter().position(|word| word == ")");
        words.drain(at + 1..=at + end.unwrap_or(1));
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
    let moved = named.map(|mut path| {
        path.pop();
        let target = absolute(&path, module);
        let name = target.last().cloned().unwrap_or_default();
        ([module, &[name]].concat(), target)
    });
    // An item that is named like its module is found there either way.
    moved
        .filter(|(at, target)| !target.starts_with(at))
        .collect()
}

/// For each module, the modules whose items it names. A re-exported item is one of the module that declares it.
fn imports() -> BTreeMap<Module, BTreeSet<Module>> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut named: BTreeMap<Module, Vec<Module>> = BTreeMap::new();
    let mut re_exported: BTreeMap<Module, Module> = BTreeMap::new();
    for file in rust_files(&source) {
        let inside = file.strip_prefix(&source).unwrap();
        if is_for_tests(inside) {
            continue;
        }
        let words = imported_words(&fs::read_to_string(&file).unwrap());
        let module = module_of(inside, &source);
        re_exported.extend(re_exports(&words, &module));
        let found = paths(&words, usize::MAX).into_iter().map(|mut path| {
            path.retain(|name| name != "use");
            absolute(&path, &module)
        });
        let found: Vec<_> = found.collect();
        named.entry(module).or_default().extend(found);
    }
    let declaring = |path: &Module| {
        let mut path = path.clone();
        // A path may go on behind the re-exported item, as that of a variant does.
        while let Some(target) = (1..=path.len()).find_map(|len| re_exported.get(&path[..len])) {
            path.clone_from(target);
        }
        let mut modules = (1..=path.len()).rev().map(|len| path[..len].to_vec());
        modules.find(|module| named.contains_key(module))
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

/// The modules that can be reached from one along its imports.
fn reached_from<'a>(
    module: &Module,
    imports: &'a BTreeMap<Module, BTreeSet<Module>>,
) -> BTreeSet<&'a Module> {
    let mut reached = BTreeSet::new();
    let mut next: Vec<&Module> = imports[module].iter().collect();
    while let Some(module) = next.pop() {
        if reached.insert(module) {
            next.extend(&imports[module]);
        }
    }
    reached
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let imports = imports();
    assert!(imports.len() > 500, "the files were read");
    assert!(
        imports.values().flatten().count() > 2_000,
        "and their imports"
    );
    let modules = imports.keys();
    let reached: BTreeMap<_, _> = modules
        .map(|module| (module, reached_from(module, &imports)))
        .collect();
    let circles = imports.iter().flat_map(|(module, targets)| {
        let back = targets
            .iter()
            .filter(|target| reached[target].contains(module));
        back.map(|target| format!("{} uses {}", module.join("::"), target.join("::")))
    });
    let circles: Vec<_> = circles.collect();
    assert!(circles.is_empty(), "{circles:#?}");
}
