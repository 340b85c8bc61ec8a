//! `core/runtime-startup`: an editor is created over a document, by each way that the crate offers.

use std::sync::Arc;

use forgebench_measure::{Failure, FigureValue, Workload};
use mf_core::{
    AnyRuntime, Content, ForgeActorRuntime, ForgeAsyncRuntime, ForgeResult, ForgeRuntime, ForgeRuntimeBuilder,
};
use mf_model::NodePool;
use serde::Deserialize;
use serde_json::json;
use tokio::runtime::{Handle, Runtime};

use super::{options, runtime, types, wait_for_tasks};
use crate::builders::{child_id, flat_pool, warm_shard_cache};
use crate::checks;

const PREFIX: &str = "startup";
/// Edits after which the share of those that the editor forgot is told.
const EDITS: usize = 20;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    kind: Kind,
    nodes: usize,
}

/// Which editor, or who chooses it.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Sync,
    Async,
    Actor,
    /// Looks at the machine and takes the editor that it thinks fit.
    Builder,
}

/// The workload.
pub struct RuntimeStartup {
    kind: Kind,
    nodes: usize,
    document: Arc<NodePool>,
    runtime: Runtime,
}

/// An editor that is stopped when it is dropped, with all tasks that it has started.
pub struct Started {
    editor: Option<AnyRuntime>,
    runtime: Handle,
}

impl Drop for Started {
    fn drop(&mut self) {
        if let Some(AnyRuntime::Actor(mut editor)) = self.editor.take() {
            // Stopping is asked for and not awaited: a process can have one actor editor, and the next comes soon.
            let _ = self.runtime.block_on(editor.destroy());
        }
        wait_for_tasks(&self.runtime, 0);
    }
}

impl RuntimeStartup {
    async fn create(&self) -> ForgeResult<AnyRuntime> {
        if let Kind::Builder = self.kind {
            let content = Content::NodePool(self.document.as_ref().clone());
            return ForgeRuntimeBuilder::new().content(content).extensions(types()).build().await;
        }
        let options = options(&self.document).build();
        match self.kind {
            Kind::Sync => ForgeRuntime::create(options).await.map(AnyRuntime::Sync),
            Kind::Async => ForgeAsyncRuntime::create(options).await.map(AnyRuntime::Async),
            _ => ForgeActorRuntime::create(options).await.map(AnyRuntime::Actor),
        }
    }

    /// The share of edits that are reported as done and are not in the document.
    fn edits_lost(&mut self) -> f64 {
        let mut started = self.run(());
        let editor = started.editor.as_mut().expect("it is taken on drop only");
        let id = child_id(PREFIX, 1);
        let mut lost = 0;
        for edit in 0..EDITS {
            let written = json!(self.nodes + edit);
            let document = self.runtime.block_on(async {
                let mut transaction = editor.get_tr().await.expect("the editor runs");
                let values = [("order".to_string(), written.clone())].into_iter().collect();
                transaction.set_node_attribute(id.clone(), values).expect("the node exists");
                transaction.commit().expect("the step is right");
                editor.dispatch(transaction).await.expect("the editor reports success");
                editor.get_state().await.expect("the editor runs").doc()
            });
            lost += usize::from(checks::attribute(&document, &id, "order", &written).is_err());
        }
        lost as f64 / EDITS as f64
    }
}

impl Workload for RuntimeStartup {
    const ID: &'static str = "core/runtime-startup";
    // There can be one actor editor in a process.
    const HELD: usize = 1;
    type Params = Params;
    type Input = ();
    type Output = Started;

    fn new(params: Params) -> Result<Self, Failure> {
        let document = flat_pool(PREFIX, params.nodes);
        warm_shard_cache(&document);
        Ok(Self { kind: params.kind, nodes: params.nodes, document, runtime: runtime()? })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Started {
        let editor = self.runtime.block_on(self.create()).expect("the document fits the schema");
        Started { editor: Some(editor), runtime: self.runtime.handle().clone() }
    }

    fn verify(&mut self, started: Started) -> Result<(), Failure> {
        let editor = started.editor.as_ref().expect("it is taken on drop only");
        let state = self.runtime.block_on(editor.get_state()).map_err(|e| Failure::WrongAnswer(e.to_string()))?;
        checks::flat_document(&state.doc(), PREFIX, self.nodes)?;
        Failure::unless_equal("node types", state.schema().factory().definitions().0.len(), 2)?;
        let asked = match self.kind {
            Kind::Sync => editor.as_sync().is_some(),
            Kind::Async => editor.as_async().is_some(),
            Kind::Actor => editor.as_actor().is_some(),
            Kind::Builder => true,
        };
        Failure::unless_equal("the editor is of the kind asked for", asked, true)
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        vec![FigureValue { name: "edits-lost", value: self.edits_lost() }]
    }
}
