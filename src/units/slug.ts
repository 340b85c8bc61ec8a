// Names of folders for cases: readable, safe on every file system, and different for different ids.

// A file name may have 255 bytes; some are left for endings that others add.
const LONGEST = 180;

/**
 * The name of a case in file names: every character other than letters, digits, `.` and `-` becomes `_`, and six hex
 * digits of the SHA-256 of the id follow, so that ids which differ only in such characters stay apart.
 *
 * @example
 * slug('model/node-create[attributes=3]'); // 'model_node-create_attributes_3__e04566'
 */
export function slug(caseId: string): string {
  // Looked up here and not imported: the browser code of the report shares this room and has no node:crypto.
  const { createHash } = process.getBuiltinModule('node:crypto');
  const hash = createHash('sha256').update(caseId).digest('hex').slice(0, 6);
  return `${caseId.replace(/[^A-Za-z0-9.-]/g, '_').slice(0, LONGEST)}_${hash}`;
}
