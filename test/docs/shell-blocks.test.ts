import { spawnSync } from 'node:child_process';
import { FILES, page } from './documents';
import { blocksOf, paste } from './pasting';

const hasZsh = spawnSync('zsh', ['-f', '-c', 'true']).status === 0;

describe.each(FILES.filter((file) => blocksOf(page(file).text).length > 0))('%s', (file) => {
  const blocks = blocksOf(page(file).text);

  test('no block has a comment: zsh takes it for arguments, and its apostrophe for the start of a string', () => {
    expect(blocks.flatMap((block) => block.match(/^(.* )?#( .*)?$/gm) ?? [])).toEqual([]);
  });

  const name = 'each block calls the same in an interactive zsh as in bash, and zsh reports nothing';
  if (hasZsh)
    test(name, () => {
      const [zsh, bash] = [paste('zsh', blocks), paste('bash', blocks)];
      expect(zsh.calls).toEqual(bash.calls);
      expect([...zsh.errors, ...bash.errors]).toEqual([]);
    });
  else test.skip(`${name} (this machine has no zsh; Debian and Ubuntu: apt-get install zsh)`, () => undefined);
});
