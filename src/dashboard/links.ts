// Addresses of pages. Names from outside stand in the query, where every character of theirs is encoded.

/** The page of a suite. */
export function suiteLink(suite: string): string {
  return `/suite?${new URLSearchParams({ name: suite })}`;
}

/** The page of a case, with the choices of its form. */
export function caseLink(id: string, choice: { metric?: string; machine?: string; last?: string } = {}): string {
  return `/case?${new URLSearchParams({ id, ...choice })}`;
}

/** The page of a run. */
export function runLink(id: string): string {
  return `/run?${new URLSearchParams({ id })}`;
}

/** The page of a run under way. */
export function liveLink(id: string): string {
  return `/live?${new URLSearchParams({ id })}`;
}

/** The flame graph of a profile that a run has. */
export function flameLink(run: string, hash: string): string {
  return `/flame?${new URLSearchParams({ run, hash })}`;
}

/** The differential flame graph of a case of two runs. */
export function differenceLink(base: string, head: string, caseId: string): string {
  return `/flame/difference?${new URLSearchParams({ base, head, case: caseId })}`;
}

/** The comparison of two runs. */
export function compareLink(base: string, head: string): string {
  return `/compare?${new URLSearchParams({ base, head })}`;
}
