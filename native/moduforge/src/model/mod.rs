//! Workloads over `moduforge-model`: nodes, trees, marks, schemas, and the pool that looks nodes up.

mod attribute_get;
mod id_generate;
mod mark;
mod memory_layout;
mod node_create;
mod pool_lookup;
mod schema_compile;
mod schema_validate;
mod tree_build;
mod tree_query;
mod tree_traverse;

use forgebench_measure::Registration;

/// The workloads of this module.
pub fn workloads() -> Vec<Registration> {
    vec![
        Registration::of::<node_create::NodeCreate>(),
        Registration::of::<id_generate::IdGenerate>(),
        Registration::of::<tree_build::TreeBuild>(),
        Registration::of::<tree_traverse::TreeTraverse>(),
        Registration::of::<tree_query::TreeQuery>(),
        Registration::of::<attribute_get::AttributeGet>(),
        Registration::of::<mark::MarkChange>(),
        Registration::of::<schema_compile::SchemaCompile>(),
        Registration::of::<schema_validate::SchemaValidate>(),
        Registration::of::<pool_lookup::PoolLookup>(),
        Registration::of::<memory_layout::MemoryLayout>(),
    ]
}
