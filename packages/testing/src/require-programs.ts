import { spawnSync } from 'node:child_process';

/** Packages of Debian with programs that GitHub's machines have. */
const PACKAGES = { aws: 'awscli', jq: 'jq' };

/** @throws Error with the command that installs them, if programs are missing: a test that skips them would prove nothing. */
export function requirePrograms(...programs: readonly (keyof typeof PACKAGES)[]): void {
  const missing = programs.filter((program) => spawnSync(program, ['--version']).status !== 0);
  if (missing.length === 0) return;
  const packages = missing.map((program) => PACKAGES[program]).join(' ');
  throw new Error(
    `${missing.join(' and ')} not found. Install: sudo apt-get install ${packages} (macOS: brew install ${packages})`,
  );
}
