/** Lines that were typed before, for the fields that are typed into again and again. */
import type { Mode, Ui } from './state.ts';

/** Of each field. */
const KEPT = 50;

/** The newest stand first; what was typed again moves up. */
export function remembered(ui: Ui, mode: Mode, text: string): Ui {
  const line = text.trim();
  if (line === '') return ui;
  const before = (ui.typed[mode] ?? []).filter((one) => one !== line);
  return { ...ui, typed: { ...ui.typed, [mode]: [line, ...before].slice(0, KEPT) } };
}

/** The line before `text`, the newest where it is none of them; null where nothing was typed yet. */
export function earlier(ui: Ui, mode: Mode, text: string): string | null {
  const lines = ui.typed[mode] ?? [];
  return lines[(lines.indexOf(text.trim()) + 1) % Math.max(1, lines.length)] ?? null;
}
