//! Pictures of every screen in every state, compared pixel by pixel with those in `tests/snapshots`.
//!
//! `cargo test --test pictures` compares; `UPDATE_PICTURES=1 cargo test --test pictures` replaces pictures that differ;
//! `SCENE=name` and `LOOK=name` limit both to some pictures.
//!
//! The tests need no display, graphics card or network, and every machine draws the same pixels: the fonts are the bundled
//! ones, and one in `fonts/` for right-to-left scripts, for which the program uses the system's fonts; the clock is fixed;
//! and the responses of servers are part of the scene.

#![expect(clippy::unwrap_used, reason = "a test fails on anything unexpected")]

mod canvas;
mod looks;
mod scenes;
mod shot;
mod stage;
mod world;

use std::{collections::BTreeSet, fs};

use looks::Look;
use scenes::{GROUPS, Scene};

/// Draws every scene of a group in each of its looks.
fn shoot(group: &str) {
    let (_, scenes) = GROUPS.iter().find(|(name, _)| *name == group).unwrap();
    let wanted = |name: &str| std::env::var(name).unwrap_or_default();
    let (scene_wanted, look_wanted) = (wanted("SCENE"), wanted("LOOK"));
    let mut complaints = Vec::new();
    let is_scene = |scene: &&Scene| scene.name.contains(&scene_wanted);
    for scene in scenes.iter().filter(is_scene) {
        let is_look = |look: &&Look| look.name.contains(&look_wanted);
        for look in scene.looks.iter().filter(is_look) {
            let picture = stage::with_look(*look, scene.play).shoot();
            let name = file_name(group, scene, look.name);
            complaints.extend(shot::compare(&name, &picture).err());
        }
    }
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

fn file_name(group: &str, scene: &Scene, look: &str) -> String {
    format!("{group}/{}.{look}", scene.name)
}

macro_rules! groups {
    ($($group:ident),* $(,)?) => {
        $(
            #[test]
            fn $group() {
                shoot(stringify!($group));
            }
        )*

        #[test]
        fn every_group_is_drawn() {
            let drawn = [$(stringify!($group)),*];
            assert_eq!(drawn, GROUPS.map(|(name, _)| name));
        }
    };
}

groups!(
    sign_in, list, detail, tokens, create, edit, import, dialogs, profiles, settings, lock,
    history, rotation, palette, overview,
);

#[test]
fn every_picture_has_its_scene() {
    if shot::is_update() {
        return;
    }
    let expected: BTreeSet<String> = GROUPS
        .iter()
        .flat_map(|(group, scenes)| scenes.iter().map(move |scene| (group, scene)))
        .flat_map(|(group, scene)| {
            let names = scene.looks.iter();
            names.map(move |look| file_name(group, scene, look.name) + ".png")
        })
        .collect();
    let mut kept = BTreeSet::new();
    for (group, _) in GROUPS {
        for file in fs::read_dir(shot::folder().join(group)).unwrap() {
            let file = file.unwrap();
            let name = format!("{group}/{}", file.file_name().to_str().unwrap());
            if !name.ends_with(".new.png") {
                assert!(file.metadata().unwrap().len() < 500_000, "{name} is large");
                kept.insert(name);
            }
        }
    }
    assert_eq!(kept, expected);
}
