/** How many property names an address holds. */

/** Characters of properties in one address, so that the whole stays below 4 KiB. */
const ROOM = 3_500;

/** Parts of which each fits into an address; one empty part where nothing is asked for. */
export function addressParts(properties: readonly string[], room = ROOM): string[][] {
  const parts: string[][] = [[]];
  let used = 0;
  for (const name of properties) {
    const cost = 'properties='.length + encodeURIComponent(name).length + 1;
    if (used + cost > room && parts.at(-1)?.length) {
      parts.push([]);
      used = 0;
    }
    parts.at(-1)?.push(name);
    used += cost;
  }
  return parts;
}
