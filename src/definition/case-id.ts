// Ids of cases: `suite/name[a=1,b=x]`, parameters in definition order.
import type { Parameters } from '../samples/index.js';

/**
 * The id of the case of `benchmarkId` with these parameters.
 *
 * @example
 * caseId('model/node-create', { attributes: 3, via: 'new' }) // 'model/node-create[attributes=3,via=new]'
 */
export function caseId(benchmarkId: string, parameters: Parameters): string {
  const pairs = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  return pairs.length === 0 ? benchmarkId : `${benchmarkId}[${pairs.join(',')}]`;
}

/** Whether `parameters` has every value that `where` names. */
export function hasParameters(parameters: Parameters, where: Parameters): boolean {
  return Object.entries(where).every(([name, value]) => parameters[name] === value);
}
