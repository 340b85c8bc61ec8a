// The part of a library that remote write uses; it ships no types.
declare module 'snappyjs' {
  export function compress(uncompressed: Uint8Array): Uint8Array<ArrayBuffer>;
}
