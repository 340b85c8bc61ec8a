// Functions of real crates that are made slower, and the cases whose time they take nearly all of.

/** A function, and the cases that stand or fall with it. */
export interface Slowdown {
  /** File below `src` of the crate. */
  file: string;
  /** What the definition of the function begins with; it stands once in the file. */
  signature: string;
  /** Cases as `forgebench ab` selects them; none where another function of the list calls this one. */
  cases: readonly string[];
}

/** A crate whose copy is patched; one crate at a time, so that no slowdown is counted twice. */
export interface SlowedCrate {
  crate: string;
  version: string;
  slowdowns: readonly Slowdown[];
}

export const SLOWED_CRATES: readonly SlowedCrate[] = [
  {
    crate: 'moduforge-model',
    version: '0.7.0',
    slowdowns: [
      { file: 'schema.rs', signature: 'pub fn compile(', cases: ['model/schema-compile*'] },
      { file: 'node_pool.rs', signature: 'pub fn descendants(', cases: ['model/tree-traverse[*walk=down]'] },
      { file: 'node_pool.rs', signature: 'pub fn get_node_path(', cases: ['model/tree-traverse[*walk=up]'] },
      { file: 'node_pool.rs', signature: 'pub fn find_all(', cases: ['model/tree-query[*by=engine]'] },
      { file: 'node_pool.rs', signature: 'pub fn parallel_find_all(', cases: ['model/tree-query[*by=parallel]'] },
      { file: 'node_pool.rs', signature: 'pub fn from(nodes: NodeTree)', cases: ['model/tree-build[*via=pool]'] },
      { file: 'tree.rs', signature: 'pub fn add(', cases: ['model/tree-build[*via=add]'] },
    ],
  },
  {
    crate: 'moduforge-transform',
    version: '0.7.0',
    slowdowns: [
      {
        file: 'transform.rs',
        signature: 'pub fn step(',
        cases: ['transform/step*', 'transform/batch[*via=loop]', 'transform/batch[*via=batch-step]'],
      },
      { file: 'transform.rs', signature: 'pub fn apply_steps_batch(', cases: ['transform/batch[*via=batch]'] },
    ],
  },
  {
    crate: 'moduforge-state',
    version: '0.7.0',
    slowdowns: [
      { file: 'state.rs', signature: 'pub async fn serialize(', cases: ['state/serialize*'] },
      { file: 'state.rs', signature: 'pub async fn deserialize(', cases: ['state/deserialize*'] },
    ],
  },
  {
    crate: 'moduforge-file',
    version: '0.7.0',
    slowdowns: [
      {
        file: 'zipdoc/formats/strategy.rs',
        signature: 'pub fn write_shards<',
        cases: ['file/serialize*', 'file/compress*'],
      },
      { file: 'zipdoc/formats/strategy.rs', signature: 'pub fn read_shards<', cases: ['file/parse*'] },
      { file: 'zipdoc/formats/strategy.rs', signature: 'pub fn export_zip_with_format<', cases: ['file/convert*'] },
      {
        file: 'zipdoc/formats/strategy.rs',
        signature: 'pub fn import_zip_with_format<',
        cases: ['file/import[*container=zip]'],
      },
    ],
  },
  {
    crate: 'moduforge-rules-template',
    version: '0.5.0',
    slowdowns: [
      {
        file: 'lib.rs',
        signature: 'pub fn render(',
        cases: ['template/render*', 'template/parse*', 'template/interpolate[by=template*'],
      },
    ],
  },
  {
    crate: 'moduforge-rules-expression',
    version: '0.5.0',
    slowdowns: [
      { file: 'isolate.rs', signature: 'pub fn run_standard(', cases: ['expression/isolate[kind=standard*'] },
      { file: 'isolate.rs', signature: 'pub fn run_unary(', cases: ['expression/isolate[kind=unary*'] },
    ],
  },
];
