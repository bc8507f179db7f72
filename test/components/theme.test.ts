/** Every palette is readable on its background, and says worse and better apart to every eye. */
import { describe, expect, it } from 'vitest';
import { nearest } from '../../src/app/sgr.ts';
import { PALETTES, themeFor } from '../../src/components/theme.ts';

/** What a terminal shows for a colour of the 256: six levels of each channel, and greys. */
function inCube(index: number): string {
  const hex = (channel: number): string => channel.toString(16).padStart(2, '0');
  if (index >= 232) return `#${hex(8 + (index - 232) * 10).repeat(3)}`;
  const level = (step: number): number => (step === 0 ? 0 : 55 + step * 40);
  const at = index - 16;
  return `#${[Math.floor(at / 36), Math.floor(at / 6) % 6, at % 6].map((step) => hex(level(step))).join('')}`;
}

type Rgb = readonly [number, number, number];

const linear = (channel: number): number => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);
const rgb = (hex: string): Rgb => [1, 3, 5].map((at) => linear(Number.parseInt(hex.slice(at, at + 2), 16) / 255)) as unknown as Rgb;
const luminance = ([r, g, b]: Rgb): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;
/** WCAG 2.2. */
function contrast(a: string, b: string): number {
  const [x, y] = [luminance(rgb(a)), luminance(rgb(b))];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** Machado, Oliveira and Fernandes 2009, full severity, in linear RGB. */
const EYES: Readonly<Record<string, readonly Rgb[]>> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const seen = (eye: readonly Rgb[], [r, g, b]: Rgb): Rgb =>
  eye.map((row) => Math.min(1, Math.max(0, row[0] * r + row[1] * g + row[2] * b))) as unknown as Rgb;

/** CIE 1976 distance in L*a*b*. */
function distance(a: Rgb, b: Rgb): number {
  const lab = ([r, g, bl]: Rgb): Rgb => {
    const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
    const [x, y, z] = [
      (0.4124 * r + 0.3576 * g + 0.1805 * bl) / 0.95047,
      0.2126 * r + 0.7152 * g + 0.0722 * bl,
      (0.0193 * r + 0.1192 * g + 0.9505 * bl) / 1.08883,
    ];
    return [116 * f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z))];
  };
  const [one, other] = [lab(a), lab(b)];
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}

const names = Object.keys(PALETTES) as (keyof typeof PALETTES)[];
const backgrounds = (name: string): readonly string[] => (name.includes('light') ? ['#ffffff', '#fdf6e3'] : ['#000000', '#1e1e2e']);

describe('a palette', () => {
  it.each(names)('%s is readable on its backgrounds', (name) => {
    const least = name.startsWith('high-contrast') ? 7 : 4.5;
    for (const background of backgrounds(name))
      for (const colour of Object.values(PALETTES[name]))
        if (colour !== null) expect(contrast(colour, background), `${colour} on ${background}`).toBeGreaterThanOrEqual(least);
  });

  it.each(names)('%s stays readable where there are 256 colours', (name) => {
    const least = name.startsWith('high-contrast') ? 7 : 4.5;
    for (const background of backgrounds(name))
      for (const colour of Object.values(PALETTES[name])) {
        if (colour === null) continue;
        const shown = inCube(nearest([1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))));
        expect(contrast(shown, background), `${colour} as ${shown} on ${background}`).toBeGreaterThanOrEqual(least);
      }
  });

  it.each(['colour-blind', 'colour-blind-light'] as const)('%s tells worse, better and focus apart to every eye', (name) => {
    const { worse, better, accent } = PALETTES[name];
    for (const [eye, matrix] of Object.entries(EYES)) {
      const as = (hex: string) => seen(matrix, rgb(hex));
      expect(distance(as(worse), as(better)), `${eye}: worse, better`).toBeGreaterThan(25);
      expect(distance(as(worse), as(accent)), `${eye}: worse, focus`).toBeGreaterThan(20);
    }
  });
});

describe('a theme', () => {
  it('has no colour with NO_COLOR, on a terminal without, or as mono; an empty NO_COLOR is none', () => {
    for (const theme of [themeFor({ NO_COLOR: '1' }, 'dark', 24), themeFor({}, 'dark', 1), themeFor({}, 'mono', 24)])
      expect(Object.values(theme).some((style) => style.color !== undefined)).toBe(false);
    expect(themeFor({ NO_COLOR: '' }, 'dark', 24).critical.color).toMatch(/^#/);
  });

  it('keeps to the sixteen colours where there are no more', () => {
    for (const name of names) for (const { color } of Object.values(themeFor({}, name, 4))) expect(color ?? '').not.toMatch(/^#/);
  });

  it('never shows a selection or a critical account by colour alone', () => {
    for (const name of [...names, 'auto', 'mono'] as const) {
      const theme = themeFor({}, name, 24);
      expect(theme.selected.bold).toBe(true);
      expect(theme.critical.bold).toBe(true);
    }
  });
});
