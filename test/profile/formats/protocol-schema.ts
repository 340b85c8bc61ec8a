// The DevTools protocol's own description of a type, as a schema that checks values.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { z } from 'zod';

interface Described {
  $ref?: string;
  type?: string;
  items?: Described;
  properties?: (Described & { name: string; optional?: boolean })[];
}

interface Protocol {
  domains: { domain: string; types?: (Described & { id: string })[] }[];
}

/** The schema of a type such as `Profiler.Profile`. Fields that the protocol does not name are let pass, as its readers do. */
export function protocolSchema(name: string): z.ZodType {
  const file = createRequire(import.meta.url).resolve('devtools-protocol/json/js_protocol.json');
  const { domains } = JSON.parse(readFileSync(file, 'utf8')) as Protocol;
  const types = new Map<string, { domain: string; type: Described }>(
    domains.flatMap(({ domain, types = [] }) =>
      types.map((type) => [`${domain}.${type.id}`, { domain, type }] as const),
    ),
  );
  const schemas = new Map<string, z.ZodType>();
  const of = (path: string): z.ZodType => {
    const found = types.get(path);
    if (found === undefined) throw new Error(`The protocol has no type ${path}`);
    const known = schemas.get(path) ?? z.lazy(() => convert(found.type, found.domain));
    schemas.set(path, known);
    return known;
  };
  const convert = ({ $ref, type, items, properties = [] }: Described, domain: string): z.ZodType => {
    if ($ref !== undefined) return of($ref.includes('.') ? $ref : `${domain}.${$ref}`);
    if (type === 'string') return z.string();
    if (type === 'integer') return z.int();
    if (type === 'number') return z.number();
    if (type === 'array') return z.array(convert(items as Described, domain));
    if (type !== 'object') throw new Error(`The protocol describes a type ${type}, which nobody converts`);
    const fields = properties.map((each) => {
      const field = convert(each, domain);
      return [each.name, each.optional ? field.optional() : field] as const;
    });
    return z.looseObject(Object.fromEntries(fields));
  };
  return of(name);
}
