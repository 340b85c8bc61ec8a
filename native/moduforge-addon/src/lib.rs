//! The workloads over ModuForge-RS as an addon of Node.js.

forgebench_border::workload_addon!(forgebench_moduforge::workloads());
forgebench_recorder_border::offer_metrics!();
