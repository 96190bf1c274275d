import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lintTemplates } from '../../../tools/lint-templates/run';
import type { Template } from '../../support/template';

/** What cfn-lint finds in templates, all in one run, or how to install it; empty where it finds nothing. */
export function lint(templates: readonly Template[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'prooflink-lint-'));
  try {
    for (const [index, template] of templates.entries()) {
      writeFileSync(join(folder, `${index}.template.json`), JSON.stringify(template));
    }
    const { exitCode, stdout, stderr } = lintTemplates(folder);
    return exitCode === 0 ? '' : stdout + stderr;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
