export type { Frame, Origin, Profile, Stack, ThreadProfile } from './profile.js';
export type { EngineResult } from './engine-result.js';
