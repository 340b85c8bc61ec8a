//! `collaboration/room-lifecycle`: rooms are created and destroyed, by one or by several threads at once.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Barrier};
use std::thread;

use forgebench_measure::{Failure, FigureValue, Workload};
use mf_collab::{SyncService, YrsManager};
use mf_collab_client::AwarenessRef;
use serde::Deserialize;
use tokio::runtime::{Builder, Runtime};

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    rooms: usize,
    /// Threads that open the same rooms at the same time; the first of them destroys the rooms afterwards.
    threads: usize,
}

/// The workload.
pub struct RoomLifecycle {
    params: Params,
    names: Vec<String>,
    service: SyncService,
    runtime: Runtime,
    counts: Arc<Counts>,
}

/// Rooms opened, and those of them that became several documents.
#[derive(Default)]
struct Counts {
    opened: AtomicU64,
    split: AtomicU64,
}

/// The documents that each thread got, in the order of the rooms. They are compared when nobody times any more.
pub struct Documents {
    by_thread: Vec<Vec<AwarenessRef>>,
    destroyed: usize,
    counts: Arc<Counts>,
}

impl RoomLifecycle {
    /// Opens every room as the server does for a user who joins.
    fn open(&self) -> Vec<AwarenessRef> {
        let open = |name: &String| self.service.yrs_manager().get_or_create_awareness(name);
        self.names.iter().map(open).collect()
    }

    fn open_together(&self) -> Vec<Vec<AwarenessRef>> {
        if self.params.threads == 1 {
            return vec![self.open()];
        }
        let ready = Barrier::new(self.params.threads);
        let open = || {
            ready.wait();
            self.open()
        };
        thread::scope(|scope| {
            let threads: Vec<_> = (0..self.params.threads).map(|_| scope.spawn(open)).collect();
            threads.into_iter().map(|thread| thread.join().expect("opening a room does not panic")).collect()
        })
    }
}

impl Documents {
    fn split(&self) -> usize {
        let rooms = self.by_thread[0].len();
        let whole =
            |room: usize| self.by_thread.iter().all(|rooms| Arc::ptr_eq(&rooms[room], &self.by_thread[0][room]));
        (0..rooms).filter(|&room| !whole(room)).count()
    }
}

impl Drop for Documents {
    fn drop(&mut self) {
        self.counts.opened.fetch_add(self.by_thread[0].len() as u64, Relaxed);
        self.counts.split.fetch_add(self.split() as u64, Relaxed);
    }
}

impl Workload for RoomLifecycle {
    const ID: &'static str = "collaboration/room-lifecycle";
    const HELD: usize = 1;
    type Params = Params;
    type Input = ();
    type Output = Documents;

    fn new(params: Params) -> Result<Self, Failure> {
        let names = (0..params.rooms).map(|room| format!("room{room}")).collect();
        let service = SyncService::new(Arc::new(YrsManager::new()));
        let runtime = Builder::new_current_thread().build().map_err(Failure::setup)?;
        Ok(Self { params, names, service, runtime, counts: Arc::default() })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Documents {
        let by_thread = self.open_together();
        let open = self.service.get_active_rooms().len();
        self.runtime.block_on(async {
            for name in &self.names {
                self.service.offline_room(name, false).await.expect("the room is there");
            }
        });
        let destroyed = open - self.service.get_active_rooms().len();
        Documents { by_thread, destroyed, counts: self.counts.clone() }
    }

    fn verify(&mut self, documents: Documents) -> Result<(), Failure> {
        Failure::unless_equal("rooms destroyed", documents.destroyed, self.params.rooms)?;
        Failure::unless_equal("threads", documents.by_thread.len(), self.params.threads)?;
        for rooms in &documents.by_thread {
            Failure::unless_equal("documents of a thread", rooms.len(), self.params.rooms)?;
        }
        let alone = self.params.threads == 1;
        Failure::unless_equal("rooms that a thread alone has split", if alone { documents.split() } else { 0 }, 0)
    }

    fn operations(&self) -> u64 {
        self.params.rooms as u64
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        let (opened, split) = (self.counts.opened.load(Relaxed), self.counts.split.load(Relaxed));
        vec![FigureValue { name: "split", value: 100.0 * split as f64 / opened.max(1) as f64 }]
    }
}
