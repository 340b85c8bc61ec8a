export type { Frame, Origin, Profile, Stack, ThreadProfile } from './profile.js';
