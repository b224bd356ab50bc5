//! Requests the clipboard content as another program would.

use std::error::Error;
use std::num::TryFromIntError;
use std::thread;
use std::time::Duration;

use x11rb::connection::Connection as _;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ConnectionExt as _, GetPropertyReply, SelectionNotifyEvent, Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::{COPY_DEPTH_FROM_PARENT, COPY_FROM_PARENT, CURRENT_TIME, NONE};
use zeroize::Zeroizing;

const POLL_INTERVAL: Duration = Duration::from_millis(5);

/// How often to check for the content of a selection that is ignored.
const BRIEF_POLLS: u32 = 200;
/// How often to check for a text. The library that copied it waits for as long.
const POLLS: u32 = 800;

/// Makes the owner of a selection, such as `CLIPBOARD`, send its content, which is ignored. Waits for up to a second.
///
/// # Errors
/// If there is no X server, or it rejects the request.
pub(super) fn request_content(selection: &str) -> Result<(), Box<dyn Error>> {
    ContentRequest::send(selection)?.response(BRIEF_POLLS)?;
    Ok(())
}

/// The text on the clipboard, if it has no more than `most` bytes. Waits for up to four seconds.
///
/// A library would reserve as much memory as the owner announces, and read whatever it sends.
///
/// # Errors
/// If there is no X server, or no response from the owner.
pub(super) fn read_text(most: usize) -> Result<Option<Zeroizing<Vec<u8>>>, Box<dyn Error>> {
    let request = ContentRequest::send("CLIPBOARD")?;
    let response = request.response(POLLS)?;
    let response = response.ok_or("the owner of the clipboard did not respond")?;
    if response.property == NONE {
        return Ok(None);
    }
    let property = request.connection.get_property(
        true,
        request.window,
        request.property,
        AtomEnum::ANY,
        0,
        length_to_request(most)?,
    )?;
    Ok(text_in(property.reply()?, request.text, most))
}

/// How much of a property to request: in units of four bytes, and one unit more than `most` bytes need, to notice a longer text.
fn length_to_request(most: usize) -> Result<u32, TryFromIntError> {
    u32::try_from(most / 4 + 2)
}

/// The text in a property, if it is all there and has no more than `most` bytes.
fn text_in(property: GetPropertyReply, text: Atom, most: usize) -> Option<Zeroizing<Vec<u8>>> {
    let value = Zeroizing::new(property.value);
    // Longer texts are announced with another type, and sent in pieces that are not requested.
    let is_whole = property.type_ == text && property.bytes_after == 0;
    Some(value).filter(|value| is_whole && value.len() <= most)
}

/// A request for the text of a selection.
struct ContentRequest {
    connection: RustConnection,
    window: Window,
    /// The type of a text.
    text: Atom,
    /// Where the owner writes the text.
    property: Atom,
}

impl ContentRequest {
    fn send(selection: &str) -> Result<Self, Box<dyn Error>> {
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
        let atom = |name: &str| -> Result<Atom, Box<dyn Error>> {
            Ok(connection
                .intern_atom(false, name.as_bytes())?
                .reply()?
                .atom)
        };
        let (selection, text) = (atom(selection)?, atom("UTF8_STRING")?);
        let property = atom("THRED_CONSOLE")?;
        connection.convert_selection(window, selection, text, property, CURRENT_TIME)?;
        connection.flush()?;
        Ok(Self {
            connection,
            window,
            text,
            property,
        })
    }

    /// The owner's response; `None` if it has not arrived after this number of checks.
    fn response(&self, polls: u32) -> Result<Option<SelectionNotifyEvent>, Box<dyn Error>> {
        for _ in 0..polls {
            if let Some(Event::SelectionNotify(response)) = self.connection.poll_for_event()? {
                return Ok(Some(response));
            }
            thread::sleep(POLL_INTERVAL);
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: Atom = 300;
    /// The type with which an owner announces a text in pieces.
    const INCR: Atom = 301;

    fn property(type_: Atom, value: &[u8], bytes_after: u32) -> GetPropertyReply {
        GetPropertyReply {
            format: 8,
            type_,
            bytes_after,
            value_len: value.len() as u32,
            value: value.to_vec(),
            ..GetPropertyReply::default()
        }
    }

    #[test]
    fn a_little_more_than_the_limit_is_requested_and_never_much_more() {
        for most in 0..100 {
            let bytes = length_to_request(most).unwrap() as usize * 4;
            assert!((most + 1..=most + 8).contains(&bytes), "{most}: {bytes}");
        }
        assert!(length_to_request(usize::MAX).is_err());
    }

    #[test]
    fn only_a_whole_text_within_the_limit_is_read() {
        let read = |reply| text_in(reply, TEXT, 5).map(|text| text.to_vec());
        assert_eq!(read(property(TEXT, b"", 0)), Some(Vec::new()));
        assert_eq!(read(property(TEXT, b"token", 0)), Some(b"token".to_vec()));
        assert_eq!(read(property(TEXT, b"tokens", 0)), None);
        assert_eq!(read(property(TEXT, b"token", 1)), None, "there is more");
        // The owner announces 4 GiB.
        assert_eq!(read(property(INCR, &[0xff; 4], 0)), None);
    }
}
