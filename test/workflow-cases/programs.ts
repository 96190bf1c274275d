import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Event } from './event';

const PROGRAMS = [
  'npm',
  'npx',
  'git',
  'gh',
  'pip',
  'aws',
  'docker',
  '.ci/run',
  'tools/drift/issue.sh',
  'tools/rehearsal/copy-images.sh',
  'tools/rehearsal/import.sh',
];

const TOKEN = 'case "$5" in newest|comment) [ -n "$GITHUB_TOKEN" ] || exit 4 ;; esac';

/** Puts programs that say that they were called, and do what the case wants, where a job's shell finds them. */
export function writePrograms(workspace: string, replaced: Event['programs'] = []): string {
  const bin = `${workspace}-bin`;
  if (existsSync(bin)) return bin;
  for (const program of PROGRAMS) {
    const path = join(program.includes('/') ? workspace : bin, program);
    const cases = replaced.map(([call, shell]) => `  "${call.replace(/["$`\\]/g, '\\$&')}"*) ${shell} ;;`);
    const says = [`call="${program} $*"`, 'printf "%s\\n" "$call" >> "$CALLS"'];
    // GitHub answers nobody without a token.
    const asks = [
      'case "$call" in',
      '  "git checkout --detach HEAD^1") [ "$DEPTH" -ge 2 ] || exit 4 ;;',
      '  "gh "*|"tools/drift/issue.sh "*) [ -n "$GH_TOKEN" ] && [ -n "$GH_REPO" ] || exit 4 ;;',
      `  *"prooflink -- "*) ${TOKEN} ;;`,
      'esac',
    ];
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, ['#!/bin/sh', ...says, ...asks, 'case "$call" in', ...cases, 'esac'].join('\n'), {
      mode: 0o755,
    });
  }
  return bin;
}
