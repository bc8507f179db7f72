/** The views of a screen side by side, the one that is shown marked by more than colour. */
import { gap, type Line, lineWidth, span } from '../components/line.ts';
import { type Clean, literal } from '../text/clean.ts';

/** Views before the shown one give way where there is no room for all, so that it is always in sight. */
export function viewTabs(names: readonly Clean[], shown: number, width: number): Line {
  const drawn = names.map(
    (name, index): Line =>
      index === shown
        ? [span(literal('▌'), 'accent'), span(name, 'strong'), span(literal('▐'), 'accent')]
        : [gap(1), span(name, 'quiet'), gap(1)],
  );
  let first = 0;
  while (first < shown && drawn.slice(first, shown + 1).reduce((sum, one) => sum + lineWidth(one), 0) > width) first += 1;
  return drawn.slice(first).flat();
}
