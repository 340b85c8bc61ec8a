//! `file/convert`: an archive of one format becomes an archive of another.

use forgebench_measure::{Failure, FigureValue, Workload};
use mf_file::export_zip_with_format;
use mf_file::zipdoc::SnapshotShardMeta;
use serde::Deserialize;
use serde_json::json;

use super::containers::{export_zip, import_zip};
use super::document::{Document, FASTEST, Format};
use super::{FilePath, Folder, oracle};

const RECORDS: usize = 20_000;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    from: Format,
    to: Format,
}

/// The workload.
pub struct Convert {
    params: Params,
    document: Document,
    meta: SnapshotShardMeta,
    source: FilePath,
    folder: Folder,
    changed_numbers: usize,
}

impl Workload for Convert {
    const ID: &'static str = "file/convert";
    const HELD: usize = 1;
    type Params = Params;
    type Input = FilePath;
    type Output = FilePath;

    fn new(params: Params) -> Result<Self, Failure> {
        let document = Document::of_records(RECORDS)?;
        let mut folder = Folder::new().map_err(Failure::setup)?;
        let source = folder.fresh();
        export_zip(&source.0, &document, params.from).map_err(Failure::setup)?;
        Ok(Self { params, meta: document.meta(), document, source, folder, changed_numbers: 0 })
    }

    fn input(&mut self) -> FilePath {
        self.folder.fresh()
    }

    fn run(&mut self, target: FilePath) -> FilePath {
        let shards = import_zip(&self.source.0, self.params.from).expect("the source is intact");
        let (shard, to) = (|i: usize| Ok(&shards[i]), self.params.to.into());
        export_zip_with_format(&target, &json!({}), b"", &self.meta, shard, None::<&()>, None, FASTEST, to)
            .expect("Cannot write the file");
        target
    }

    fn verify(&mut self, target: FilePath) -> Result<(), Failure> {
        let archive = std::fs::read(&target).map_err(Failure::setup)?;
        let shards = oracle::zipped_shards(&archive, self.params.to)?;
        self.document.compare(&shards)?;
        self.changed_numbers = self.document.changed_numbers(&shards);
        Ok(())
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        let value = self.changed_numbers as f64 / RECORDS as f64 * 100.0;
        vec![FigureValue { name: "changed-numbers", value }]
    }
}
