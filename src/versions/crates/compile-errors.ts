// What the compiler says against a version, and which features of the workloads it concerns.
import type { CrateWorkspace } from './crate-workspace.js';

/** The first error in a crate. */
export interface CompileError {
  /** Name of the crate that does not compile. */
  crate: string;
  /** The compiler's sentence with its place: `error[E0308]: mismatched types (src/tree.rs:12)`. */
  message: string;
  /** File of the error, as the compiler names it. */
  file: string;
}

interface Message {
  reason: string;
  package_id: string;
  message: {
    level: string;
    message: string;
    code: { code: string } | null;
    spans: { file_name: string; line_start: number; is_primary: boolean }[];
  };
}

/** All errors in the lines that `cargo build --message-format=json` prints, in their order. */
export function compileErrors(lines: readonly string[]): CompileError[] {
  return lines
    .filter((line) => line.startsWith('{"reason":"compiler-message"'))
    .map((line) => JSON.parse(line) as Message)
    .filter(({ message }) => message.level === 'error' && message.spans.length > 0)
    .map(({ package_id, message }) => {
      const span = message.spans.find(({ is_primary }) => is_primary) ?? message.spans[0];
      const code = message.code ? `[${message.code.code}]` : '';
      return {
        crate: crateOf(package_id),
        message: `error${code}: ${message.message} (${span?.file_name}:${span?.line_start})`,
        file: span?.file_name ?? '',
      };
    });
}

/** The name in an id of a package: `registry+https://…#name@1.0.0`, or `path+file:///…/name#1.0.0` where folder and crate have one name. */
export function crateOf(packageId: string): string {
  const [place = '', rest = ''] = packageId.split('#');
  return rest.includes('@') ? (rest.split('@')[0] as string) : (place.split('/').at(-1) as string);
}

/** What `cargo metadata` says, as far as it is needed. */
export interface Metadata {
  packages: { id: string; name: string; version: string; source: string | null; features: Record<string, string[]> }[];
  resolve: { nodes: { id: string; deps: { name: string; pkg: string }[] }[] };
}

/** What features are judged by. */
export interface Resolved {
  workspace: CrateWorkspace;
  metadata: Metadata;
}

/**
 * Features of the workloads that cannot be built because of an error: those whose module does not fit the version, or
 * that need the crate that does not compile, and those that need these.
 *
 * @param chosen the features that the build was made with
 * @returns all of them where nothing tells which
 */
export function brokenFeatures(error: CompileError, chosen: readonly string[], resolved: Resolved): string[] {
  const { workspace, metadata } = resolved;
  const { features } = packageOf(workspace.workloads.package, metadata);
  const broken =
    error.crate === workspace.workloads.package
      ? chosen.filter((feature) => closureOf(feature, features).includes(moduleOf(error.file)))
      : featuresNeeding(error.crate, chosen, resolved);
  return broken.length > 0 ? broken : [...chosen];
}

/** Features that a crate is compiled for; dependencies that are not optional belong to every feature. */
export function featuresNeeding(crate: string, chosen: readonly string[], { workspace, metadata }: Resolved): string[] {
  const names = new Map(metadata.packages.map(({ id, name }) => [id, name]));
  const { id: workloads, features } = packageOf(workspace.workloads.package, metadata);
  const direct = metadata.resolve.nodes.find(({ id }) => id === workloads)?.deps ?? [];
  const leading = direct.filter(({ pkg }) => reaches(pkg, crate, metadata)).map(({ pkg }) => `dep:${names.get(pkg)}`);
  const optional = new Set(Object.values(features).flat());
  if (leading.some((each) => !optional.has(each))) return [...chosen];
  return chosen.filter((feature) => closureOf(feature, features).some((entry) => leading.includes(entry)));
}

function packageOf(name: string, { packages }: Metadata): Metadata['packages'][number] {
  const found = packages.find((each) => each.name === name);
  if (found === undefined) throw new Error(`Cannot find ${name} in what cargo resolved; build forgebench again`);
  return found;
}

/** The feature whose module a file is in; `core` would hide Rust's own crate of that name. */
function moduleOf(file: string): string {
  const module = /src\/([a-z_]+)\//.exec(file)?.[1] ?? '';
  return module.replace(/^forge_/, '');
}

/** A feature and all that it switches on. */
function closureOf(feature: string, features: Readonly<Record<string, readonly string[]>>): string[] {
  const found = new Set<string>();
  const visit = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    for (const other of features[name] ?? []) visit(other);
  };
  visit(feature);
  return [...found];
}

function reaches(from: string, name: string, { packages, resolve }: Metadata): boolean {
  const goals = new Set(packages.filter((each) => each.name === name).map(({ id }) => id));
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
  const seen = new Set<string>();
  const visit = (id: string): boolean => {
    if (goals.has(id)) return true;
    if (seen.has(id)) return false;
    seen.add(id);
    return (nodes.get(id)?.deps ?? []).some(({ pkg }) => visit(pkg));
  };
  return visit(from);
}
