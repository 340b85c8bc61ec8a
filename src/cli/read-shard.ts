// The flag --shard.
import { parseShard, type Shard } from '../definition/index.js';
import { UsageError } from './usage-error.js';

/** @throws UsageError where it is no such pair */
export function readShard(text: string): Shard {
  try {
    return parseShard(text);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
