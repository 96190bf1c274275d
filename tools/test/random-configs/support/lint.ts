import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder, removeOwnPath } from '@infra/common/own-paths';
import type { Template } from '../../../../test/support/template';

const CFN_LINT = join(__dirname, '../../../../.ci/cfn-lint');

/** Findings of cfn-lint in templates, all in one run, or how to install it. */
export function lint(templates: readonly Template[]): string {
  const folder = makeTemporaryFolder('prooflink-lint-');
  try {
    const files = templates.map((template, index) => {
      const file = join(folder, `${index}.template.json`);
      writeFileSync(file, JSON.stringify(template));
      return file;
    });
    const { status, stdout, stderr } = spawnSync(CFN_LINT, ['--template', ...files], { encoding: 'utf8' });
    return status === 0 ? '' : stdout + stderr;
  } finally {
    removeOwnPath(folder);
  }
}
