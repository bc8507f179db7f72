/** The terminal's window onto the model: the only place that hears keys, pastes and sizes. */
import { Box, useApp, useCursor, useInput, usePaste, useWindowSize } from 'ink';
import { useInsertionEffect, useLayoutEffect, useSyncExternalStore } from 'react';
import { AsciiContext, Lines } from '../components/Lines.tsx';
import { ThemeContext } from '../components/theme.ts';
import { keyNames } from './keys.ts';
import type { Looks } from './looks.ts';
import type { Shown } from './shown.ts';

/** A Windows console scrolls when its last cell is written. */
const SPARE_ROWS = process.platform === 'win32' ? 1 : 0;

export interface AppProps {
  readonly model: Shown;
  readonly looks: Pick<Looks, 'theme' | 'ascii'>;
  /** Told how to give the terminal away for a while. */
  readonly onTerminal: (suspend: (run: () => Promise<void>) => Promise<void>) => void;
}

export function App({ model, looks, onTerminal }: AppProps) {
  const { suspendTerminal } = useApp();
  const { columns, rows: terminalRows } = useWindowSize();
  const rows = Math.max(1, terminalRows - SPARE_ROWS);
  useSyncExternalStore(model.subscribe, model.snapshot);
  const { setCursorPosition } = useCursor();

  useInsertionEffect(() => onTerminal((run) => suspendTerminal(run)), [onTerminal, suspendTerminal]);
  useLayoutEffect(() => model.resize({ columns, rows }), [model, columns, rows]);
  useInput((input, key) => model.press(keyNames(input, key)));
  usePaste((text) => model.paste(text));

  // The model hears of a new size after this render; the frame must fit the terminal before that.
  const frame = model.frame({ columns, rows });
  setCursorPosition(frame.cursor ?? undefined);

  return (
    <ThemeContext value={looks.theme}>
      <AsciiContext value={looks.ascii}>
        <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
          <Lines lines={frame.lines} width={columns} />
        </Box>
      </AsciiContext>
    </ThemeContext>
  );
}
