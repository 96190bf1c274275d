import { FENCE, FILES, page } from './documents';

/** Commands of a page; one that goes on in the next line is one. */
const commandsOf = (file: string): string[] =>
  [...page(file).text.matchAll(FENCE)].flatMap(([, language, block = '']) =>
    language === 'sh' ? block.replaceAll(/\\\n\s*/g, '').split('\n') : [],
  );

it('no page deletes a database whose automated backups go with it, but one that never stood', () => {
  const deletions = FILES.flatMap(commandsOf).filter((command) => command.includes('delete-db-instance '));
  expect(deletions.length).toBeGreaterThan(5);
  const takesBackups = deletions.filter((command) => !command.includes('--no-delete-automated-backups'));
  // "A first deploy of prod that failed", in both languages.
  expect(takesBackups.map((command) => command.includes('"$database" --skip-final-snapshot'))).toEqual([true, true]);
});

it('whoever takes or copies a snapshot waits until it is available: RDS restores none before', () => {
  for (const file of FILES) {
    const commands = commandsOf(file);
    for (const [index, command] of commands.entries()) {
      const [, name] =
        /aws rds (?:create|copy)-db-snapshot .*--(?:target-)?db-snapshot-identifier (\S+)/.exec(command) ?? [];
      if (name === undefined) continue;
      expect(commands[index + 1]).toBe(`aws rds wait db-snapshot-available --db-snapshot-identifier ${name}`);
    }
  }
});
