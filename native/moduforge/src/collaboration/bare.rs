//! Users without a heap: a socket each, and nothing that an allocator could count.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::os::fd::AsRawFd;

use forgebench_measure::Failure;

use super::socket::question;

/// The example key of RFC 6455 and the answer to it.
const KEY: &str = "dGhlIHNhbXBsZSBub25jZQ==";
const ACCEPTED: &[u8] = b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
const END_OF_HEAD: &[u8] = b"\r\n\r\n";
/// A whole message of bytes.
const BINARY: u8 = 0x82;
const MASKED: u8 = 0x80;
/// Payloads below this have their length in one byte.
const SHORT: usize = 126;
const BUFFER: usize = 1024;

/// The bytes that a user sends, made once for all of them.
pub struct Script {
    address: SocketAddr,
    request: Vec<u8>,
    question: Vec<u8>,
}

impl Script {
    pub fn new(address: SocketAddr, room: &str) -> Self {
        let request = format!(
            "GET /collaboration/{room} HTTP/1.1\r\nHost: {address}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Key: {KEY}\r\nSec-WebSocket-Version: 13\r\n\r\n"
        );
        let payload = question();
        // A mask of zeros leaves the payload as it is.
        let head = [BINARY, MASKED | payload.len() as u8, 0, 0, 0, 0];
        Self { address, request: request.into_bytes(), question: [&head[..], &payload].concat() }
    }

    /// Joins the room and receives its document, which must be a short one.
    pub fn join(&self) -> Result<TcpStream, Failure> {
        let mut stream = TcpStream::connect(self.address).map_err(failed)?;
        reset_when_closed(&stream)?;
        stream.write_all(&self.request).map_err(failed)?;
        let mut buffer = [0; BUFFER];
        let mut length = 0;
        while !buffer[..length].ends_with(END_OF_HEAD) {
            length += receive(&mut stream, &mut buffer[length..])?;
        }
        if !buffer[..length].windows(ACCEPTED.len()).any(|window| window == ACCEPTED) {
            return Err(failed("the server does not speak WebSocket"));
        }
        stream.write_all(&self.question).map_err(failed)?;
        let mut head = [0; 2];
        stream.read_exact(&mut head).map_err(failed)?;
        let length = usize::from(head[1]);
        if head[0] != BINARY || length >= SHORT {
            return Err(failed("the room's document is not a short message"));
        }
        stream.read_exact(&mut buffer[..length]).map_err(failed)?;
        Ok(stream)
    }
}

fn receive(stream: &mut TcpStream, buffer: &mut [u8]) -> Result<usize, Failure> {
    match stream.read(buffer).map_err(failed)? {
        0 => Err(failed("the server closed the connection or sent too much")),
        length => Ok(length),
    }
}

/// Thousands of users would otherwise leave as many sockets that wait for a minute.
fn reset_when_closed(stream: &TcpStream) -> Result<(), Failure> {
    let linger = libc::linger { l_onoff: 1, l_linger: 0 };
    // SAFETY: the descriptor is open, and `linger` lives through the call and has the size that is given.
    let done = unsafe {
        libc::setsockopt(
            stream.as_raw_fd(),
            libc::SOL_SOCKET,
            libc::SO_LINGER,
            (&raw const linger).cast(),
            size_of::<libc::linger>() as libc::socklen_t,
        )
    };
    if done == 0 { Ok(()) } else { Err(failed(std::io::Error::last_os_error())) }
}

fn failed(error: impl std::fmt::Display) -> Failure {
    Failure::Error(format!("a bare user cannot join: {error}"))
}
