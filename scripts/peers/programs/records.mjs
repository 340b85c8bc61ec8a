// @ts-check
// Plain JavaScript of the kind that people profile: functions that call each other, objects, strings, garbage.

/**
 * @param {number} count
 * @returns {() => string} Parses so many records, groups them and sorts the groups.
 */
export function records(count) {
  const text = JSON.stringify(Array.from({ length: count }, (_, at) => ({ key: `k${(at * 7919) % 997}`, value: at })));
  return () => {
    const groups = groupByKey(JSON.parse(text));
    return [...groups].sort(byTotal).slice(0, 3).join(' ');
  };
}

/** @param {{ key: string, value: number }[]} parsed */
function groupByKey(parsed) {
  const groups = new Map();
  for (const { key, value } of parsed) groups.set(key, (groups.get(key) ?? 0) + value);
  return groups;
}

/**
 * @param {[string, number]} a
 * @param {[string, number]} b
 */
function byTotal(a, b) {
  return b[1] - a[1] || (a[0] < b[0] ? -1 : 1);
}
