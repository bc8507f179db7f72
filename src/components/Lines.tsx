/** Draws lines: each exactly one row high, never wider than its box. */
import { Box, Text } from 'ink';
import { createContext, memo, use } from 'react';
import { inAscii } from '../text/glyphs.ts';
import type { Line } from './line.ts';
import { ThemeContext, type Tone } from './theme.ts';

/** Whether glyphs are drawn in ASCII. */
export const AsciiContext = createContext(false);

/** Neighbours of one tone become one node: Ink's cost grows with nodes. */
function merged(line: Line, ascii: boolean): readonly { readonly text: string; readonly tone: Tone }[] {
  const out: { text: string; tone: Tone }[] = [];
  for (const { text: drawn, tone } of line) {
    const text = ascii ? inAscii(drawn) : drawn;
    const last = out.at(-1);
    if (last && (last.tone === tone || (/^ *$/.test(text) && tone === 'plain' && last.tone !== 'selected'))) last.text += text;
    else out.push({ text, tone });
  }
  return out;
}

const DrawnLine = memo(function DrawnLine({ line, width }: { readonly line: Line; readonly width: number }) {
  const theme = use(ThemeContext);
  const spans = merged(line, use(AsciiContext));
  return (
    <Box height={1} width={width} flexShrink={0}>
      <Text wrap="truncate-end">
        {spans.length === 0
          ? ' '
          : spans.map((one, index) => (
              // A line has no identity but its place, and neither have its spans.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <Text key={index} {...theme[one.tone]}>
                {one.text}
              </Text>
            ))}
      </Text>
    </Box>
  );
});

export function Lines({ lines, width }: { readonly lines: readonly Line[]; readonly width: number }) {
  return lines.map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a row of the terminal is its place
    <DrawnLine key={index} line={line} width={width} />
  ));
}
