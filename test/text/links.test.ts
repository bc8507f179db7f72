import { describe, expect, it } from 'vitest';
import { wantsLinks } from '../../src/settings/terminal.ts';
import { isSafeUrl, knowsLinks, linked } from '../../src/text/links.ts';

describe('links', () => {
  it.each([
    [{ TERM: 'xterm-256color' }, false],
    [{ TERM: 'xterm-256color', VTE_VERSION: '6800' }, true],
    [{ TERM: 'xterm-256color', VTE_VERSION: '4800' }, false],
    [{ TERM: 'xterm-256color', WT_SESSION: 'a' }, true],
    [{ TERM: 'xterm-256color', TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.5.0' }, true],
    [{ TERM: 'xterm-256color', TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.0.1' }, false],
    [{ TERM: 'xterm-256color', TERM_PROGRAM: 'Apple_Terminal' }, false],
    [{ TERM: 'xterm-256color', TERM_PROGRAM: 'vscode', TERM_PROGRAM_VERSION: '1.90.2' }, true],
    [{ TERM: 'tmux-256color', TMUX: '/tmp/x,1,0', TERM_PROGRAM: 'tmux', TERM_PROGRAM_VERSION: '3.4' }, true],
    [{ TERM: 'screen', TMUX: '/tmp/x,1,0', TERM_PROGRAM: 'tmux', TERM_PROGRAM_VERSION: '3.2a' }, false],
    [{ TERM: 'screen', VTE_VERSION: '6800' }, false],
    [{ TERM: 'xterm-kitty' }, true],
    [{ TERM: 'dumb', VTE_VERSION: '6800' }, false],
    [{ TERM: 'linux' }, false],
  ])('are known to %j: %s', (env, expected) => {
    expect(knowsLinks(env as Record<string, string>)).toBe(expected);
  });

  it('follow the setting before the terminal', () => {
    expect(wantsLinks({ TERM: 'xterm' }, { links: 'always' })).toBe(true);
    expect(wantsLinks({ TERM: 'xterm-kitty' }, { links: 'never' })).toBe(false);
    expect(wantsLinks({ TERM: 'dumb' }, { links: 'always' })).toBe(false);
  });

  it('take safe addresses alone', () => {
    expect(isSafeUrl('https://app.hubspot.com/contacts/1/record/0-2/5')).toBe(true);
    expect(linked('Aoba', 'https://app.hubspot.com/')).toBe('\u001b]8;;https://app.hubspot.com/\u001b\\Aoba\u001b]8;;\u001b\\');
    for (const bad of [
      '',
      'http://x.example',
      'file:///etc/passwd',
      'https://x.example/\u0007',
      'https://x.example/;a',
      'https://user:pw@x.example/',
    ])
      expect(linked('Aoba', bad)).toBe('Aoba');
    expect(linked('Aoba', null)).toBe('Aoba');
  });
});
