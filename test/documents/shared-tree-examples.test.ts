// Examples of shared trees run as they stand.
import * as documents from '../../src/documents/index.js';
import { describeExamples } from '../examples.js';

describeExamples(['docs/shared-tree.md', 'src/documents/shared-tree.ts', 'src/documents/tree-yjs.ts'], documents);
