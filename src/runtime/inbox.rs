//! The inbox for events from tasks and threads, in the order in which they happened.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

use crate::domain::time::BootInstant;
use crate::state::event::Event;

/// Wakes the window to collect its events. Callable from any thread.
pub type Waker = Arc<dyn Fn() + Send + Sync>;

/// How many events may be queued. A full inbox slows the senders down.
const CAPACITY: usize = 4_096;

/// How many bytes may be queued in events whose size the server determines. They are buffered here, so that a server faster than the window does not
/// have to wait for drawing.
const BYTES: usize = 32 << 20;

/// How long a frame takes events. Sorting the list afterwards takes about as long again, and a frame should end within 50 ms.
const FRAME_EVENT_TIME: Duration = Duration::from_millis(10);

/// An event, with the space it occupies while queued.
struct QueuedEvent {
    event: Event,
    _room: Option<OwnedSemaphorePermit>,
}

pub(super) struct Inbox {
    events: mpsc::Receiver<QueuedEvent>,
    outbox: Outbox,
    /// Until when this frame takes events.
    until: BootInstant,
    /// How many events this frame may still take, counted when it began.
    left: usize,
}

/// The sending end; clones send to the same inbox.
#[derive(Clone)]
pub(super) struct Outbox {
    events: mpsc::Sender<QueuedEvent>,
    room: Arc<Semaphore>,
    wake: Waker,
}

impl Inbox {
    pub(super) fn new(wake: Waker) -> Self {
        let (sender, events) = mpsc::channel(CAPACITY);
        Self {
            events,
            outbox: Outbox {
                events: sender,
                room: Arc::new(Semaphore::new(BYTES)),
                wake,
            },
            until: BootInstant::default(),
            left: 0,
        }
    }

    /// Closes the inbox. Senders that wait for space continue at once.
    pub(super) fn close(&mut self) {
        self.events.close();
    }

    pub(super) fn outbox(&self) -> Outbox {
        self.outbox.clone()
    }

    /// Starts a frame at `now`.
    pub(super) fn begin_frame(&mut self, now: BootInstant) {
        self.until = now.saturating_add(FRAME_EVENT_TIME);
        self.left = self.events.len();
    }

    /// The next event that had arrived when the frame began, if the frame has time left at `now`. If it has not, wakes the window for another frame.
    pub(super) fn next(&mut self, now: BootInstant) -> Option<Event> {
        if self.left == 0 {
            return None;
        }
        if now >= self.until {
            self.left = 0;
            self.outbox.wake();
            return None;
        }
        self.left -= 1;
        let envelope = self.events.try_recv().ok()?;
        Some(envelope.event)
    }
}

/// An event that somebody waits for: if its sender panics or drops this, `fallback` is sent, unless the inbox is full both when the event is
/// promised and when it is due.
pub(super) struct OwedEvent {
    outbox: Outbox,
    /// A reserved slot in the inbox; `None` if it was full when the event was promised.
    permit: Option<mpsc::OwnedPermit<QueuedEvent>>,
    fallback: Option<Box<dyn FnOnce() -> Event + Send>>,
}

impl OwedEvent {
    /// Sends the actual event, from a thread that may block.
    pub(super) fn send(mut self, event: Event) {
        self.fallback = None;
        match self.permit.take() {
            Some(permit) => self.outbox.send_to(permit, event),
            None => self.outbox.send_blocking(event),
        }
    }
}

impl Drop for OwedEvent {
    fn drop(&mut self) {
        if let Some(fallback) = self.fallback.take() {
            match self.permit.take() {
                Some(permit) => self.outbox.send_to(permit, fallback()),
                // This may be the window's thread, which must not wait for itself.
                None => self.outbox.try_send(fallback()),
            }
        }
    }
}

impl Outbox {
    /// Promises an event that the state is waiting for.
    pub(super) fn promise(&self, fallback: impl FnOnce() -> Event + Send + 'static) -> OwedEvent {
        OwedEvent {
            outbox: self.clone(),
            permit: self.events.clone().try_reserve_owned().ok(),
            fallback: Some(Box::new(fallback)),
        }
    }

    /// Sends from a task. Waits while the inbox is full.
    pub(super) async fn send(&self, event: impl Into<Event>) {
        self.put(event.into(), None).await;
        self.wake();
    }

    /// Sends an event of this many bytes from a task. Waits while there is no space for it, and wakes the window only then: otherwise the caller
    /// wakes it after a batch.
    pub(super) async fn send_large(&self, event: impl Into<Event>, bytes: usize) {
        let bytes = bytes.min(BYTES) as u32;
        let room = Arc::clone(&self.room);
        let permit = match room.try_acquire_many_owned(bytes) {
            Ok(permit) => Some(permit),
            Err(_) => {
                self.wake();
                let room = Arc::clone(&self.room);
                room.acquire_many_owned(bytes).await.ok()
            }
        };
        self.put(event.into(), permit).await;
    }

    async fn put(&self, event: Event, room: Option<OwnedSemaphorePermit>) {
        let envelope = QueuedEvent { event, _room: room };
        if let Err(mpsc::error::TrySendError::Full(envelope)) = self.events.try_send(envelope) {
            self.wake();
            // Fails only if the receiver is gone, which happens when the program ends.
            let _ = self.events.send(envelope).await;
        }
    }

    /// Sends to a reserved slot.
    fn send_to(&self, permit: mpsc::OwnedPermit<QueuedEvent>, event: Event) {
        permit.send(QueuedEvent { event, _room: None });
        self.wake();
    }

    /// Sends from a thread that may block.
    pub(super) fn send_blocking(&self, event: impl Into<Event>) {
        let (event, _room) = (event.into(), None);
        let envelope = QueuedEvent { event, _room };
        if self.events.blocking_send(envelope).is_ok() {
            self.wake();
        }
    }

    /// Sends an event that can be lost, unless the inbox is full.
    pub(super) fn try_send(&self, event: impl Into<Event>) {
        let (event, _room) = (event.into(), None);
        let envelope = QueuedEvent { event, _room };
        if self.events.try_send(envelope).is_ok() {
            self.wake();
        }
    }

    pub(super) fn wake(&self) {
        (self.wake)();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use futures_util::FutureExt as _;
    use jiff::tz::TimeZone;

    use super::*;
    use crate::state::shell::messages::ShellEvent;

    fn event() -> Event {
        Event::Shell(ShellEvent::ZoneChanged(TimeZone::UTC))
    }

    fn at(millis: u64) -> BootInstant {
        BootInstant::from_origin(Duration::from_millis(millis))
    }

    fn counted() -> (Inbox, Arc<AtomicUsize>) {
        let woken = Arc::new(AtomicUsize::new(0));
        let inbox = Inbox::new(Arc::new({
            let woken = Arc::clone(&woken);
            move || {
                woken.fetch_add(1, Ordering::Relaxed);
            }
        }));
        (inbox, woken)
    }

    #[test]
    fn a_frame_takes_events_for_a_time_and_then_asks_for_the_next_frame() {
        let (mut inbox, woken) = counted();
        for _ in 0..100 {
            inbox.outbox().try_send(event());
        }
        woken.store(0, Ordering::Relaxed);
        // Each event takes three milliseconds.
        let mut frames = Vec::new();
        let mut now = 1_000;
        while frames.iter().sum::<usize>() < 100 {
            inbox.begin_frame(at(now));
            let mut taken = 0;
            while inbox.next(at(now)).is_some() {
                taken += 1;
                now += 3;
            }
            frames.push(taken);
        }
        assert_eq!(frames, [4; 25]);
        assert_eq!(woken.load(Ordering::Relaxed), 24, "the last had no need");
    }

    #[test]
    fn a_frame_takes_one_event_however_slow_and_none_that_came_after_it_began() {
        let (mut inbox, _) = counted();
        inbox.outbox().try_send(event());
        inbox.begin_frame(at(5));
        inbox.outbox().try_send(event());
        assert!(inbox.next(at(5)).is_some());
        assert!(inbox.next(at(5)).is_none());
        inbox.begin_frame(at(6));
        assert!(inbox.next(at(6)).is_some());
    }

    #[test]
    fn a_promised_event_arrives_even_if_the_inbox_has_filled_up_since() {
        use crate::domain::session_signal::SessionSignal;
        let (mut inbox, _) = counted();
        let fallback = || Event::Shell(ShellEvent::SystemSession(SessionSignal::Locked));
        let dropped = inbox.outbox().promise(fallback);
        let told = inbox.outbox().promise(fallback);
        for _ in 0..CAPACITY {
            inbox.outbox().try_send(event());
        }
        let taken = inbox.events.len();
        assert_eq!(taken, CAPACITY - 2, "two places are reserved");
        drop(dropped);
        let told_event = || Event::Shell(ShellEvent::SystemSession(SessionSignal::Sleeping));
        told.send(told_event());
        inbox.begin_frame(at(0));
        let arrived: Vec<_> = std::iter::from_fn(|| inbox.next(at(0))).collect();
        assert_eq!(arrived.len(), CAPACITY);
        let ends = format!("{:?}", &arrived[CAPACITY - 2..]);
        assert_eq!(ends, format!("{:?}", [fallback(), told_event()]));
    }

    #[test]
    fn what_is_large_waits_for_room_and_wakes_the_window_only_then() {
        let (mut inbox, woken) = counted();
        let outbox = inbox.outbox();
        for _ in 0..4 {
            let sent = outbox.send_large(event(), BYTES / 4).now_or_never();
            assert!(sent.is_some(), "nothing waits for a frame");
        }
        assert_eq!(woken.load(Ordering::Relaxed), 0);
        let mut waiting = std::pin::pin!(outbox.send_large(event(), BYTES * 2));
        assert!(waiting.as_mut().now_or_never().is_none());
        assert_eq!(woken.load(Ordering::Relaxed), 1);
        inbox.begin_frame(at(0));
        for _ in 0..4 {
            assert!(inbox.next(at(0)).is_some());
        }
        assert!(waiting.now_or_never().is_some());
    }
}
