import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { htmlOfText, textOfHtml, textOfOwnHtml } from '../../../src/data/hubspot/html.ts';
import { bodyFits, dueAt, toNewRecord } from '../../../src/data/hubspot/write.ts';
import type { NoteIntent, TaskIntent } from '../../../src/plays/intent.ts';
import { hasMarker, makeMarker, markersIn, withMarker, withoutMarker } from '../../../src/plays/marker.ts';
import { addDays, type Day, dayOf, type Instant } from '../../../src/units/day.ts';

const MARKER = 'ref7k3q9f2mxd01';
const SENDING = { marker: MARKER, timeZone: 'Asia/Tokyo' };
const NOTE: NoteIntent = { kind: 'note', companyId: '10', body: '5 < 6 & "x"\nokay', at: 1_700_000_000_123 as Instant, ownerId: '7' };
const TASK: TaskIntent = {
  kind: 'task',
  companyId: '10',
  subject: ' Call\n them ',
  body: '',
  due: '2026-11-24' as Day,
  priority: 'NONE',
  type: 'CALL',
  ownerId: null,
};

describe('records of intents', () => {
  test('a note', () => {
    expect(toNewRecord(NOTE, SENDING)).toEqual({
      object: 'notes',
      record: {
        properties: {
          hs_timestamp: '1700000000123',
          hs_note_body: `5 &lt; 6 &amp; &quot;x&quot;<br>okay<br><br>${MARKER}`,
          hubspot_owner_id: '7',
        },
        associations: [{ toId: '10', types: [{ category: 'HUBSPOT_DEFINED', typeId: 190 }] }],
      },
    });
  });

  test('a task is due at nine in the portal, and no priority is no property', () => {
    expect(toNewRecord(TASK, SENDING)).toEqual({
      object: 'tasks',
      record: {
        properties: {
          hs_timestamp: String(Date.UTC(2026, 10, 24)),
          hs_task_subject: 'Call them',
          hs_task_body: MARKER,
          hs_task_status: 'NOT_STARTED',
          hs_task_type: 'CALL',
        },
        associations: [{ toId: '10', types: [{ category: 'HUBSPOT_DEFINED', typeId: 192 }] }],
      },
    });
    expect(toNewRecord({ ...TASK, priority: 'HIGH' }, SENDING).record.properties.hs_task_priority).toBe('HIGH');
  });

  test('nine in the morning, whatever the clocks do', () => {
    expect(dueAt('2026-03-08' as Day, 'America/Los_Angeles')).toBe(Date.UTC(2026, 2, 8, 16));
    expect(dueAt('2026-11-01' as Day, 'America/Los_Angeles')).toBe(Date.UTC(2026, 10, 1, 17));
    expect(dueAt('2026-06-01' as Day, 'Pacific/Kiritimati')).toBe(Date.UTC(2026, 4, 31, 19));
    expect(dueAt('2026-06-01' as Day, 'Asia/Kolkata')).toBe(Date.UTC(2026, 5, 1, 3, 30));
    const zones = ['UTC', 'Asia/Tokyo', 'America/St_Johns', 'Australia/Lord_Howe', 'Pacific/Apia', 'Europe/London', 'Africa/Casablanca'];
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 4_000 }), (zone, days) => {
        const day = addDays('2020-01-01' as Day, days);
        const at = dueAt(day, zone);
        expect(dayOf(at, zone)).toBe(day);
        const time = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(at);
        expect(time).toBe('09:00');
      }),
    );
  });

  test('the limit counts what is sent, not what was typed', () => {
    const room = 65_536 - '<br><br>'.length - MARKER.length;
    expect(bodyFits({ ...NOTE, body: 'a'.repeat(room) }, MARKER)).toBe(true);
    expect(bodyFits({ ...NOTE, body: 'a'.repeat(room + 1) }, MARKER)).toBe(false);
    expect(bodyFits({ ...NOTE, body: '&'.repeat(room / 4) }, MARKER)).toBe(false);
  });
});

describe('markers', () => {
  test('are taken off again, and only from the end', () => {
    for (const body of ['', 'words', 'words<br>more'])
      expect(withoutMarker(withMarker(body, 'ref0123456789ab'), 'ref0123456789ab')).toBe(body);
    expect(withoutMarker('ref0123456789ab in front', 'ref0123456789ab')).toBe('ref0123456789ab in front');
  });

  test('are found in HTML and in text, whole and exact', () => {
    const html = withMarker('<b>hello</b>', MARKER);
    expect(hasMarker(html, MARKER)).toBe(true);
    expect(hasMarker(textOfHtml(html), MARKER)).toBe(true);
    expect(hasMarker(html, 'ref7k3q9f2mxd02')).toBe(false);
    expect(hasMarker(`${MARKER}0`, MARKER)).toBe(false);
    expect(hasMarker(`x${MARKER}`, MARKER)).toBe(false);
    expect(hasMarker('', MARKER)).toBe(false);
    expect(markersIn(`${MARKER} reference refrain ${MARKER} ref000000000000`)).toEqual([MARKER, 'ref000000000000']);
  });

  test('any 12 bytes make one', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 12, maxLength: 20 }), (bytes) => {
        const marker = makeMarker(bytes);
        expect(markersIn(withMarker('', marker))).toEqual([marker]);
      }),
    );
    expect(() => makeMarker(new Uint8Array(11))).toThrow(RangeError);
  });
});

describe('HTML', () => {
  test('of ours becomes again what was typed, double spaces and markup in words too', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (typed) => {
        const kept = htmlOfText(typed);
        return htmlOfText(textOfOwnHtml(kept)) === kept;
      }),
    );
    expect(textOfOwnHtml(htmlOfText('a  <b>&amp;\n\n"c"'))).toBe('a  <b>&amp;\n\n"c"');
    expect(textOfOwnHtml('<div>theirs</div>more')).toBe('theirs\nmore');
  });

  test('our text is never markup and comes back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (typed) => {
        const html = htmlOfText(typed);
        expect(html.replaceAll('<br>', '')).not.toMatch(/[<>"'\n]/);
        const plain = typed
          .replace(/[\u0000-\u001f\u007f-\u009f]/g, '')
          .replace(/[ \t]+/g, ' ')
          .trim();
        expect(textOfHtml(html).replaceAll('\n', '')).toBe(plain);
      }),
    );
    expect(htmlOfText('a\r\nb\u001b[31mc\td\u0000')).toBe('a<br>b[31mc\td');
  });

  test.each([
    ['<p>one</p><p>two<br/>three</p>', 'one\n\ntwo\nthree'],
    ['<div>a</div>\n  <div>b &amp; c</div>', 'a\nb & c'],
    ['a<br><br>b<div>c</div>', 'a\n\nb\nc'],
    ['<ul><li>x</li> <li>y</li></ul>z', 'x\ny\nz'],
    ['<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>', '1 2\n3'],
    ['<style>p{}</style><script>alert("<p>")</script>seen<title>no</title>', 'seen'],
    ['<a href="https://a.example/x">here</a> <a href="javascript:x">there</a>', 'here (https://a.example/x) there'],
    ['<a href="https://a.example/x">https://a.example/x</a>', 'https://a.example/x'],
    ['5 &lt; 6 &#38; &quot;x&quot; &#x5146;', '5 < 6 & "x" 兆'],
    ['<b>unclosed <i>tags', 'unclosed tags'],
    ['a\n  b\t c', 'a b c'],
    ['', ''],
  ])('%s', (html, text) => {
    expect(textOfHtml(html)).toBe(text);
  });

  test('a decoded escape stays in: cleaning is the next step', () => {
    expect(textOfHtml('&#27;]52;c;eA==')).toContain(']52;c;eA==');
  });

  test('a megabyte and a thousand levels take no time', () => {
    const began = performance.now();
    expect(textOfHtml('<p>word</p>'.repeat(100_000)).length).toBeGreaterThan(400_000);
    expect(textOfHtml(`${'<table><tr><td>'.repeat(1_000)}in${'</td></tr></table>'.repeat(1_000)}`)).toBe('in');
    expect(performance.now() - began).toBeLessThan(3_000);
  });
});
