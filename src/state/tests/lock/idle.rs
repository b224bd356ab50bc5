//! Locking when idle: when it is due, how it is announced, what postpones it.

use super::*;

fn touch(state: &mut AppState, now: Now) {
    state.command(Command::Lock(LockCommand::Touch), now);
}

/// A time with different values for the two clocks.
fn clocks(boot: u64, wall: i64) -> Now {
    Now {
        wall: secs(0).wall + SignedDuration::from_secs(wall),
        boot: secs(boot).boot,
    }
}

#[test]
fn it_locks_when_nobody_has_touched_it_for_the_time_that_is_set() {
    let mut state = locking_after(10);
    state.tick(secs(10 * MINUTE - 1));
    assert!(!is_locked(&state));
    let effects = state.tick(secs(10 * MINUTE));
    assert!(is_locked(&state));
    let locked = state.locked().unwrap();
    assert_eq!(locked.why, LockReason::Idle(Duration::from_mins(10)));
    assert!(
        matches!(effects[0], Effect::Session(SessionEffect::End)),
        "{effects:?}"
    );

    let mut state = locking_after(10);
    touch(&mut state, secs(9 * MINUTE));
    state.tick(secs(19 * MINUTE - 1));
    assert!(!is_locked(&state));
    state.tick(secs(19 * MINUTE));
    assert!(is_locked(&state));
}

#[test]
fn either_clock_is_enough_and_none_can_put_it_off() {
    for (boot, wall, locks, why) in [
        (600, 600, true, "both"),
        (600, 0, true, "the wall clock was set back"),
        (600, -86_400, true, "by a day"),
        (1, 600, true, "the boot clock does not count sleep"),
        (599, 599, false, "not yet"),
        (0, -86_400, false, "set back at once"),
    ] {
        let mut state = locking_after(10);
        state.tick(clocks(boot, wall));
        assert_eq!(is_locked(&state), locks, "{why}");
    }
}

#[test]
fn a_minute_ahead_it_is_announced_every_second() {
    let mut state = locking_after(10);
    assert_eq!(state.locks_in(secs(9 * MINUTE - 1)), None);
    assert_eq!(state.next_deadline(secs(0)), Some(secs(9 * MINUTE).boot));
    for left in (1..=60).rev() {
        let now = secs(10 * MINUTE - left);
        state.tick(now);
        assert_eq!(state.locks_in(now), Some(left));
        assert_eq!(
            state.next_deadline(now),
            Some(secs(10 * MINUTE - left + 1).boot)
        );
    }
    touch(&mut state, secs(10 * MINUTE - 1));
    assert_eq!(state.locks_in(secs(10 * MINUTE)), None);

    let state = locking_after(1);
    assert_eq!(state.locks_in(secs(29)), None, "half of a short time");
    assert_eq!(state.locks_in(secs(30)), Some(30));
}

#[test]
fn a_touch_is_told_once_a_second_and_at_once_when_a_lock_is_near() {
    let mut state = locking_after(10);
    let half = Duration::from_millis(500);
    touch(&mut state, secs(5));
    assert!(!state.wants_touch(at(Duration::from_secs(5) + half)));
    assert!(state.wants_touch(secs(6)));
    let state = locking_after(1);
    assert!(state.wants_touch(secs(30)));
    assert!(!signed_out().wants_touch(secs(30)), "nothing to lock");
    assert!(!signed_in().wants_touch(secs(30)), "never locks");
}

proptest! {
    /// Until the deadline, the console does not lock and the notice does not change. At the deadline, one of them happens.
    #[test]
    fn the_deadline_of_a_lock_is_exact(minutes in 1_u16..30, touched_ms in 0_u64..100_000, begin_ms in 0_u64..2_000_000) {
        let mut state = locking_after(minutes);
        let ms = |ms| at(Duration::from_millis(ms));
        touch(&mut state, ms(touched_ms));
        let mut now = Duration::from_millis(touched_ms + begin_ms);
        state.tick(at(now));
        for _ in 0..70 {
            let seen = |state: &AppState, now| (is_locked(state), state.lock_notice(at(now)));
            let before = seen(&state, now);
            let Some(deadline) = state.next_deadline(at(now)) else {
                prop_assert!(is_locked(&state));
                break;
            };
            let wait = deadline.saturating_since(at(now).boot);
            prop_assert!(!wait.is_zero());
            let just_before = now + wait.checked_sub(Duration::from_nanos(1)).unwrap();
            state.tick(at(just_before));
            prop_assert_eq!(seen(&state, just_before), before);
            now += wait;
            state.tick(at(now));
            prop_assert_ne!(seen(&state, now), before);
        }
    }
}
