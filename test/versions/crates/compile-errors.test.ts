// What a compiler says is brought to the crate and the suites that it concerns.
import { describe, expect, it } from 'vitest';
import {
  brokenFeatures,
  compileErrors,
  featuresNeeding,
  type Metadata,
} from '../../../src/versions/crates/compile-errors.js';
import { CRATE_WORKSPACES, type CrateWorkspace } from '../../../src/versions/crates/crate-workspace.js';

const line = (packageId: string, level: string, text: string) =>
  JSON.stringify({
    reason: 'compiler-message',
    package_id: packageId,
    message: {
      level,
      message: text,
      code: { code: 'E0308' },
      spans: [
        { file_name: 'src/other.rs', line_start: 1, is_primary: false },
        { file_name: 'src/tree.rs', line_start: 12, is_primary: true },
      ],
    },
  });

describe('compileErrors', () => {
  it('gives the errors with crate, sentence and place, and no warnings', () => {
    const lines = [
      '{"reason":"compiler-artifact","package_id":"x"}',
      line('path+file:///home/me/moduforge-model#0.7.0', 'warning', 'unused'),
      line('path+file:///home/me/model#moduforge-model@0.7.0', 'error', 'mismatched types'),
      line('path+file:///home/me/moduforge-model#0.7.0', 'error', 'mismatched types'),
    ];
    const error = {
      crate: 'moduforge-model',
      message: 'error[E0308]: mismatched types (src/tree.rs:12)',
      file: 'src/tree.rs',
    };
    expect(compileErrors(lines)).toEqual([error, error]);
  });
});

describe('brokenFeatures', () => {
  const crate = (name: string, features: Record<string, string[]> = {}) => ({
    id: name,
    name,
    version: '1.0.0',
    source: null,
    features,
  });
  const node = (id: string, ...deps: string[]) => ({ id, deps: deps.map((pkg) => ({ name: pkg, pkg })) });
  const features = {
    model: [],
    transform: ['dep:moduforge-transform'],
    state: ['transform', 'dep:moduforge-state'],
    core: ['state', 'dep:moduforge-core'],
    file: ['dep:moduforge-file'],
  };
  const metadata: Metadata = {
    packages: [
      crate('forgebench-moduforge', features),
      ...['model', 'transform', 'state', 'core', 'file'].map((name) => crate(`moduforge-${name}`)),
      crate('zip'),
    ],
    resolve: {
      nodes: [
        node(
          'forgebench-moduforge',
          ...['model', 'transform', 'state', 'core', 'file'].map((name) => `moduforge-${name}`),
        ),
        node('moduforge-transform', 'moduforge-model'),
        node('moduforge-state', 'moduforge-transform'),
        node('moduforge-core', 'moduforge-state'),
        node('moduforge-file', 'zip'),
      ],
    },
  };
  const all = Object.keys(features);
  const context = { workspace: CRATE_WORKSPACES[0] as CrateWorkspace, metadata };
  const broken = (crateName: string, file = 'src/lib.rs') =>
    brokenFeatures({ crate: crateName, message: 'error', file }, all, context);

  it('takes with a crate whatever is built on it, through other crates too', () => {
    expect(broken('moduforge-transform')).toEqual(['transform', 'state', 'core']);
    expect(broken('moduforge-core')).toEqual(['core']);
    expect(broken('zip')).toEqual(['file']);
  });

  it('takes everything with a crate that no feature switches on or off', () => {
    expect(broken('moduforge-model')).toEqual(all);
    expect(featuresNeeding('moduforge-file', ['model', 'file'], context)).toEqual(['file']);
    expect(featuresNeeding('moduforge-file', ['model'], context)).toEqual([]);
  });

  it('takes the suite whose workloads do not fit, and those that switch it on', () => {
    expect(broken('forgebench-moduforge', 'native/moduforge/src/state/bytes.rs')).toEqual(['state', 'core']);
    expect(broken('forgebench-moduforge', 'native/moduforge/src/forge_core/history.rs')).toEqual(['core']);
  });

  it('takes everything where nothing tells which', () => {
    expect(broken('forgebench-moduforge', 'native/moduforge/src/builders.rs')).toEqual(all);
    expect(broken('forgebench-moduforge-addon', '')).toEqual(all);
  });
});
