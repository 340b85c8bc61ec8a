//! Workloads over `moduforge-collaboration`: rooms, real servers, and real WebSocket connections on the loopback
//! interface. Server and users share this process and its cores.

mod awareness;
mod bare;
mod burst;
mod concurrent_users;
mod conflict;
mod crdt_merge;
mod crowd;
mod memory_per_user;
mod message_latency;
mod message_throughput;
mod messages;
mod room_commit;
mod room_lifecycle;
pub(crate) mod rooms;
pub(crate) mod server;
pub(crate) mod socket;
pub(crate) mod tally;

use forgebench_measure::Registration;

/// The workloads of this module.
pub fn workloads() -> Vec<Registration> {
    vec![
        Registration::of::<crdt_merge::CrdtMerge>(),
        Registration::of::<message_throughput::MessageThroughput>(),
        Registration::of::<burst::Burst>(),
        Registration::of::<message_latency::MessageLatency>(),
        Registration::of::<concurrent_users::ConcurrentUsers>(),
        Registration::of::<awareness::Awareness>(),
        Registration::of::<room_commit::RoomCommit>(),
        Registration::of::<room_lifecycle::RoomLifecycle>(),
        Registration::of::<conflict::Conflict>(),
        Registration::of::<memory_per_user::MemoryPerUser>(),
    ]
}
