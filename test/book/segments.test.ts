/** The counts that are kept with a book against counting its rows. */
import { describe, expect, it } from 'vitest';
import { compileFilter } from '../../src/book/expression.ts';
import { keptCount, rememberCounts, SEGMENT_FILTERS, segmentCounts } from '../../src/book/segments.ts';
import type { Day } from '../../src/units/day.ts';
import { row } from '../screen/fixture.ts';

const ASOF = '2026-11-21' as Day;
const rows = Array.from({ length: 40 }, (_, index) => row(index, index % 9 === 0 ? { group: 'snoozed', quadrant: 'keep' } : {}));

describe('segments', () => {
  it('are counted as their filters say, but for those that hang on who looks', () => {
    const counts = segmentCounts(rows, ASOF);
    for (const [name, filter] of Object.entries(SEGMENT_FILTERS)) {
      const { test, wrong } = compileFilter(filter, { rows, myId: null, asOf: ASOF });
      expect(wrong, name).toEqual([]);
      expect(counts[filter], name).toBe(name === 'mine' ? undefined : rows.filter(test).length);
    }
    expect(counts[SEGMENT_FILTERS.snoozed]).toBe(5);
    expect(counts[SEGMENT_FILTERS.act]).toBe(35);
  });

  it('are known of the rows that were counted, and of no others', () => {
    rememberCounts(rows, segmentCounts(rows, ASOF));
    expect(keptCount(rows, SEGMENT_FILTERS.snoozed)).toBe(5);
    expect(keptCount(rows, 'owner:me')).toBeNull();
    expect(keptCount([...rows], SEGMENT_FILTERS.snoozed)).toBeNull();
  });
});
