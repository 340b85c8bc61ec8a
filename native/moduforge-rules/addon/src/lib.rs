//! The workloads over the rules crates of ModuForge-RS as an addon of Node.js.

forgebench_border::workload_addon!(forgebench_moduforge_rules::workloads());
