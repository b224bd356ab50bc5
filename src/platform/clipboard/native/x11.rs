//! Requests the clipboard content as another program would.

use std::error::Error;
use std::thread;
use std::time::Duration;

use x11rb::connection::Connection as _;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{ConnectionExt as _, WindowClass};
use x11rb::{COPY_DEPTH_FROM_PARENT, COPY_FROM_PARENT, CURRENT_TIME};

/// How often to check for the response, and how long to wait between checks.
const POLLS: u32 = 200;
const POLL_INTERVAL: Duration = Duration::from_millis(5);

/// Makes the owner of a selection, such as `CLIPBOARD`, send its content, which is ignored. Waits for up to a second.
///
/// # Errors
/// If there is no X server, or it rejects the request.
pub(super) fn request_content(selection: &str) -> Result<(), Box<dyn Error>> {
    let (connection, screen) = x11rb::connect(None)?;
    let root = connection.setup().roots[screen].root;
    let window = connection.generate_id()?;
    connection.create_window(
        COPY_DEPTH_FROM_PARENT,
        window,
        root,
        0,
        0,
        1,
        1,
        0,
        WindowClass::COPY_FROM_PARENT,
        COPY_FROM_PARENT,
        &Default::default(),
    )?;
    let names = [selection, "UTF8_STRING", "THRED_CONSOLE"];
    let asked = names.map(|name| connection.intern_atom(false, name.as_bytes()));
    let [selection, text, property] = asked;
    let (selection, text, property) = (
        selection?.reply()?.atom,
        text?.reply()?.atom,
        property?.reply()?.atom,
    );
    connection.convert_selection(window, selection, text, property, CURRENT_TIME)?;
    connection.flush()?;
    for _ in 0..POLLS {
        if let Some(Event::SelectionNotify(_)) = connection.poll_for_event()? {
            break;
        }
        thread::sleep(POLL_INTERVAL);
    }
    Ok(())
}
