//! A collaboration server on the loopback interface, in this process.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

use forgebench_measure::Failure;
use mf_collab::{CollaborationServer, YrsManager};
use mf_collab_client::AwarenessRef;
use tokio::net::TcpStream;
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinHandle;
use tokio::time::sleep;

/// Threads of the runtime that both ends share.
const WORKERS: usize = 2;
/// Ports to try: another process can take a free one before the server does, which panics then.
const ATTEMPTS: usize = 5;
const PATIENCE: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(1);
/// Files that a process has open beside its connections.
const OTHER_FILES: u64 = 256;

static ROOMS: AtomicUsize = AtomicUsize::new(0);

/// A running server; it stops when it is dropped.
pub struct Server {
    manager: Arc<YrsManager>,
    port: u16,
    task: JoinHandle<()>,
}

/// A room that was made before anybody joins: two users who opened it together could get two documents.
pub struct Room {
    manager: Arc<YrsManager>,
    pub name: String,
    pub awareness: AwarenessRef,
    /// Owners of `awareness` while nobody is connected.
    owners: usize,
}

/// A runtime for a server and its clients.
pub fn runtime() -> Result<Runtime, Failure> {
    Builder::new_multi_thread().worker_threads(WORKERS).enable_all().build().map_err(Failure::setup)
}

/// Raises the limit of open files so far that both ends of `users` connections fit into this process.
pub fn allow_connections(users: usize) -> Result<(), Failure> {
    let needed = 2 * users as u64 + OTHER_FILES;
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: `limit` is a valid place for the answer.
    if unsafe { libc::getrlimit(libc::RLIMIT_NOFILE, &raw mut limit) } != 0 {
        return Err(Failure::setup(std::io::Error::last_os_error()));
    }
    if limit.rlim_cur >= needed {
        return Ok(());
    }
    if limit.rlim_max < needed {
        return Err(Failure::setup(format!("{users} users need {needed} open files, {} are allowed", limit.rlim_max)));
    }
    limit.rlim_cur = needed;
    // SAFETY: `limit` was filled by `getrlimit` and its soft limit is below its hard one.
    if unsafe { libc::setrlimit(libc::RLIMIT_NOFILE, &raw const limit) } != 0 {
        return Err(Failure::setup(std::io::Error::last_os_error()));
    }
    Ok(())
}

impl Server {
    /// Starts a server on a free port and waits until it answers. It listens on all interfaces, as the crate has it.
    pub fn start(runtime: &Runtime) -> Result<Self, Failure> {
        for _ in 0..ATTEMPTS {
            let port = free_port().map_err(|error| Failure::setup(format!("no port is free: {error}")))?;
            let manager = Arc::new(YrsManager::new());
            let task = runtime.spawn(CollaborationServer::new(manager.clone(), port).start());
            let server = Self { manager, port, task };
            if runtime.block_on(server.answers()) {
                return Ok(server);
            }
        }
        Err(Failure::setup(format!("no server came up on any of {ATTEMPTS} ports")))
    }

    async fn answers(&self) -> bool {
        let start = Instant::now();
        while start.elapsed() < PATIENCE && !self.task.is_finished() {
            if TcpStream::connect(self.address()).await.is_ok() {
                return !self.task.is_finished();
            }
            sleep(PAUSE).await;
        }
        false
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        (Ipv4Addr::LOCALHOST, self.port).into()
    }

    /// The address of all rooms, as the client's provider wants it.
    pub fn url(&self) -> String {
        format!("ws://{}/collaboration", self.address())
    }

    /// Makes a room under a name that no other has.
    pub fn open_room(&self) -> Room {
        let name = format!("room{}", ROOMS.fetch_add(1, Relaxed));
        let awareness = self.manager.get_or_create_awareness(&name);
        let owners = Arc::strong_count(&awareness);
        Room { manager: self.manager.clone(), name, awareness, owners }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Room {
    /// Waits until the server has let go of every connection, or for five seconds.
    pub async fn wait_until_left(&self) {
        let start = Instant::now();
        while Arc::strong_count(&self.awareness) > self.owners && start.elapsed() < PATIENCE {
            sleep(PAUSE).await;
        }
    }

    /// Whether at least so many connections hold the room's document.
    pub fn is_used_by(&self, users: usize) -> bool {
        Arc::strong_count(&self.awareness) >= self.owners + users
    }

    /// Removes the room from the server.
    pub async fn close(&self) {
        drop(self.manager.remove_room(&self.name).await);
    }
}

fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}
