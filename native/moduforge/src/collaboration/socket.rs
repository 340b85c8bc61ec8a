//! Users: real WebSocket connections that speak the synchronisation protocol.

use std::net::SocketAddr;

use forgebench_measure::Failure;
use futures_util::stream::{self, SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use mf_collab_client::yrs::StateVector;
use mf_collab_client::yrs::sync::{Message, SyncMessage};
use mf_collab_client::yrs::updates::decoder::Decode;
use mf_collab_client::yrs::updates::encoder::Encode;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message as Frame;
use tokio_tungstenite::{WebSocketStream, client_async};

/// Users who connect at once; fewer than a listener's queue is long.
const AT_ONCE: usize = 64;

/// The half of a user's connection that sends.
pub type Sender = SplitSink<WebSocketStream<TcpStream>, Frame>;
/// The half that receives.
pub type Receiver = SplitStream<WebSocketStream<TcpStream>>;

/// A user in a room.
pub struct User {
    pub sender: Sender,
    pub receiver: Receiver,
    /// The room's document as it was sent.
    pub document: Vec<u8>,
}

/// The message that asks for all that a newcomer does not have, which is everything.
pub fn question() -> Vec<u8> {
    Message::Sync(SyncMessage::SyncStep1(StateVector::default())).encode_v1()
}

/// Lets `users` join the room, up to 64 at once, in order.
pub async fn join_all(address: SocketAddr, room: &str, users: usize) -> Result<Vec<User>, Failure> {
    let joining = stream::iter((0..users).map(|_| join(address, room)));
    joining.buffered(AT_ONCE).collect::<Vec<_>>().await.into_iter().collect()
}

/// Connects to the room and waits for its document: from then on the server sends every change.
async fn join(address: SocketAddr, room: &str) -> Result<User, Failure> {
    let stream = TcpStream::connect(address).await.map_err(failed)?;
    // A browser sends small messages at once, too.
    stream.set_nodelay(true).map_err(failed)?;
    // Closing resets the connection, so that thousands of users leave no sockets that wait for a minute.
    stream.set_zero_linger().map_err(failed)?;
    let url = format!("ws://{address}/collaboration/{room}");
    let (socket, _) = client_async(url, stream).await.map_err(failed)?;
    let (mut sender, mut receiver) = socket.split();
    sender.send(Frame::Binary(question())).await.map_err(failed)?;
    while let Some(frame) = receiver.next().await {
        if let Some(Message::Sync(SyncMessage::SyncStep2(document))) = message(&frame.map_err(failed)?) {
            return Ok(User { sender, receiver, document });
        }
    }
    Err(failed("the server closed a connection before it sent the document"))
}

/// The message in a frame, if it is one.
pub fn message(frame: &Frame) -> Option<Message> {
    match frame {
        Frame::Binary(bytes) => Message::decode_v1(bytes).ok(),
        _ => None,
    }
}

fn failed(error: impl std::fmt::Display) -> Failure {
    Failure::Error(format!("a user cannot join: {error}"))
}
