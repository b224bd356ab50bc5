//! Gives each frame a single press, so that a key meant for what an earlier key opens does not act on what is shown now.

use egui::{Event, Key, RawInput};

/// Events that arrived with an earlier press and wait for the next frame.
#[derive(Default)]
pub(super) struct PressQueue(Vec<Event>);

impl PressQueue {
    /// Leaves in `input` the oldest events up to the second press, and keeps the others for the next call.
    pub(super) fn limit(&mut self, input: &mut RawInput, is_typing: bool) {
        input.events.splice(0..0, self.0.drain(..));
        if let Some(end) = second_press(&input.events, is_typing) {
            self.0 = input.events.split_off(end);
        }
    }

    /// Whether no events wait, so that no further frame is needed for them.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Where the second press begins. Letters typed into a field count as one press, and so do clicks, because egui counts double clicks itself.
fn second_press(events: &[Event], is_typing: bool) -> Option<usize> {
    let mut first = None;
    for (at, event) in events.iter().enumerate() {
        let Some(press) = press(event, &events[..at], is_typing) else {
            continue;
        };
        match (first, press) {
            (None, _) => first = Some(press),
            (Some(Press::Letters), Press::Letters) | (Some(Press::Click), Press::Click) => {}
            (Some(_), _) => return Some(at),
        }
    }
    None
}

#[derive(Clone, Copy)]
enum Press {
    /// A shortcut, or a key that leaves a field.
    Key,
    Letters,
    Click,
}

fn press(event: &Event, before: &[Event], is_typing: bool) -> Option<Press> {
    match event {
        Event::Key {
            key,
            pressed: true,
            modifiers,
            ..
        } if !is_modifier(*key) && !is_repeat(*key, before) => {
            let is_letter = is_typing && !modifiers.command && !leaves_a_field(*key);
            Some(if is_letter {
                Press::Letters
            } else {
                Press::Key
            })
        }
        Event::Text(_) | Event::Ime(_) | Event::Copy | Event::Cut | Event::Paste(_)
            if is_typing =>
        {
            Some(Press::Letters)
        }
        Event::Copy | Event::Cut | Event::Paste(_) => Some(Press::Key),
        Event::PointerButton { pressed: true, .. } => Some(Press::Click),
        _ => None,
    }
}

/// Whether `key` was pressed before and not released since. Repeats share a frame: on a slow computer, a selection moved by a held arrow key
/// would otherwise go on after the release.
fn is_repeat(key: Key, before: &[Event]) -> bool {
    before
        .iter()
        .rev()
        .find_map(|event| match event {
            Event::Key {
                key: other,
                pressed,
                ..
            } if *other == key => Some(*pressed),
            _ => None,
        })
        .unwrap_or(false)
}

fn is_modifier(key: Key) -> bool {
    matches!(
        key,
        Key::ShiftLeft
            | Key::ShiftRight
            | Key::ControlLeft
            | Key::ControlRight
            | Key::AltLeft
            | Key::AltRight
            | Key::SuperLeft
            | Key::SuperRight
    )
}

/// Keys that a text field does not use for editing: they send it, leave it or act on the window.
fn leaves_a_field(key: Key) -> bool {
    matches!(key, Key::Enter | Key::Escape | Key::Tab)
        || key.name().len() > 1 && key.name().starts_with('F')
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{Modifiers, PointerButton, Pos2};

    fn key(key: Key, pressed: bool) -> Event {
        Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers: Modifiers::NONE,
        }
    }

    fn click() -> Event {
        Event::PointerButton {
            pos: Pos2::ZERO,
            button: PointerButton::Primary,
            pressed: true,
            modifiers: Modifiers::NONE,
        }
    }

    /// The events of each frame, if all arrive at once.
    fn frames(events: Vec<Event>, is_typing: &[bool]) -> Vec<Vec<Event>> {
        let mut queue = PressQueue::default();
        let mut events = Some(events);
        let mut frames = Vec::new();
        let mut is_typing = is_typing.iter();
        loop {
            let mut input = RawInput {
                events: events.take().unwrap_or_default(),
                ..RawInput::default()
            };
            queue.limit(&mut input, *is_typing.next().unwrap_or(&false));
            frames.push(input.events);
            if queue.is_empty() {
                return frames;
            }
        }
    }

    #[test]
    fn each_key_gets_a_frame_together_with_its_text_and_release() {
        let n = [
            key(Key::N, true),
            Event::Text("n".to_owned()),
            key(Key::N, false),
        ];
        let question = [key(Key::Questionmark, true), Event::Text("?".to_owned())];
        let all = n.iter().chain(&question).cloned().collect();
        assert_eq!(frames(all, &[]), [n.to_vec(), question.to_vec()]);
    }

    #[test]
    fn what_is_typed_into_a_field_arrives_at_once_and_enter_after_it() {
        let typed = vec![
            key(Key::A, true),
            Event::Text("a".to_owned()),
            key(Key::B, true),
            Event::Text("b".to_owned()),
        ];
        let (enter, t) = (key(Key::Enter, true), key(Key::T, true));
        let all = typed.iter().chain([&enter, &t]).cloned().collect();
        assert_eq!(
            frames(all, &[true, true, false]),
            [typed, vec![enter], vec![t]]
        );
    }

    #[test]
    fn a_key_that_opens_a_field_leaves_the_letters_to_the_field() {
        let slash = [key(Key::Slash, true), Event::Text("/".to_owned())];
        let word = [
            key(Key::T, true),
            Event::Text("t".to_owned()),
            key(Key::N, true),
            Event::Text("n".to_owned()),
        ];
        let all = slash.iter().chain(&word).cloned().collect();
        assert_eq!(frames(all, &[false, true]), [slash.to_vec(), word.to_vec()]);
    }

    #[test]
    fn repeats_share_a_frame_and_presses_after_a_release_do_not() {
        let held = vec![key(Key::ArrowDown, true); 5];
        assert_eq!(frames(held.clone(), &[]), [held]);
        let twice = vec![
            key(Key::ArrowDown, true),
            key(Key::ArrowDown, false),
            key(Key::ArrowDown, true),
        ];
        assert_eq!(frames(twice, &[]).len(), 2);
    }

    #[test]
    fn a_key_waits_for_an_earlier_click_but_a_double_click_is_whole() {
        assert_eq!(
            frames(vec![click(), key(Key::N, true)], &[]),
            [vec![click()], vec![key(Key::N, true)]]
        );
        assert_eq!(frames(vec![click(), click()], &[]).len(), 1);
    }

    #[test]
    fn later_input_comes_after_what_waits() {
        let mut queue = PressQueue::default();
        let with = |events| RawInput {
            events,
            ..RawInput::default()
        };
        let mut first = with(vec![key(Key::N, true), key(Key::T, true)]);
        queue.limit(&mut first, false);
        let mut second = with(vec![key(Key::E, true)]);
        queue.limit(&mut second, false);
        assert_eq!(second.events, [key(Key::T, true)]);
        let mut third = with(Vec::new());
        queue.limit(&mut third, false);
        assert!(queue.is_empty());
        assert_eq!(third.events, [key(Key::E, true)]);
    }

    #[test]
    fn a_modifier_alone_is_no_press() {
        let chord = vec![key(Key::ControlLeft, true), key(Key::K, true)];
        assert_eq!(frames(chord.clone(), &[]), [chord]);
    }
}
