/** Style resets in the groups that chalk opens and closes. */
const CLOSED_BY: Readonly<Record<string, (code: number) => boolean>> = {
  '22': (code) => code === 1 || code === 2,
  '23': (code) => code === 3,
  '24': (code) => code === 4,
  '27': (code) => code === 7,
  '29': (code) => code === 9,
  '39': (code) => (code >= 30 && code <= 38) || (code >= 90 && code <= 97),
  '49': (code) => (code >= 40 && code <= 48) || (code >= 100 && code <= 107),
};

/** The style after one more SGR sequence. Extended colours (38, 48) stay one piece with their arguments. */
export function styled(style: string, parameters: string): string {
  if (parameters === '' || parameters === '0') return '';
  const close = CLOSED_BY[parameters];
  const parts = style === '' ? [] : style.split('|');
  if (close) return parts.filter((part) => !close(Number.parseInt(part, 10))).join('|');
  return [...parts.filter((part) => part !== parameters), parameters].join('|');
}
