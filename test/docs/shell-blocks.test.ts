import { spawnSync } from 'node:child_process';
import { FILES, page } from './documents';
import { blocksOf, paste, type Pasted } from './pasting';

const hasZsh = spawnSync('zsh', ['-f', '-c', 'true']).status === 0;

describe.each(FILES.filter((file) => blocksOf(page(file).text).length > 0))('%s', (file) => {
  const blocks = blocksOf(page(file).text);

  test('no block has a comment: zsh takes it for arguments, and its apostrophe for the start of a string', () => {
    expect(blocks.flatMap(commentsOf)).toEqual([]);
  });

  const name = 'each block calls the same in an interactive zsh as in bash, and zsh reports nothing';
  if (hasZsh)
    test(name, () => {
      expect(differences(blocks)).toEqual([]);
    });
  else test.skip(`${name} (this machine has no zsh; Debian and Ubuntu: apt-get install zsh)`, () => undefined);
});

function commentsOf(block: string): string[] {
  return block.split('\n').filter((line) => /(^|\s)#(\s|$)/.test(line));
}

/** Pastes the blocks of a page into one session of each shell; tells the first call that differs, and what they report. */
function differences(blocks: readonly string[]): string[] {
  const [zsh, bash] = [paste('zsh', blocks), paste('bash', blocks)];
  const said = (list: Pasted['calls'], index: number) => list[index]?.join(' ') ?? 'nothing';
  const calls = Array.from({ length: Math.max(zsh.calls.length, bash.calls.length) }, (_, index) => index);
  const at = calls.find((index) => said(zsh.calls, index) !== said(bash.calls, index));
  return [
    ...(at === undefined ? [] : [`${said(zsh.calls, at)} in zsh, ${said(bash.calls, at)} in bash`]),
    ...zsh.errors,
    ...bash.errors,
  ];
}
