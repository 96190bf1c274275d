import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { delivery, environments } from '@infra/commands/app';
import { joined } from '@infra/common/message';
import type { Outcome } from '@infra/common/outcome';
import { type ApplicationFolder, readApplication } from './application-folder';
import { dockerfile, DOCKERIGNORE, migrationCommand } from './dockerfile';
import { type File, FILES } from './printed-files';
import { type Delivered, hasImport, releaseWorkflow } from './release-workflow';
import { words } from './words';

/** Runs `app-workflow`: prints a file, or how to write all of them. */
export function runAppWorkflow(path: string, file?: File, delivered = configured()): Outcome {
  const application = readApplication(path);
  const stdout = file ? textOf(file, application, delivered) : overview(path, application);
  return { exitCode: 0, stdout, stderr: '' };
}

function configured(): Delivered {
  const names = Object.entries(delivery.environments).filter(([, isDelivered]) => isDelivered);
  return {
    repository: delivery.repository,
    environments: Object.fromEntries(names.map(([name]) => [name, environments[name as keyof typeof environments]])),
  };
}

function textOf(file: File, application: ApplicationFolder, delivered: Delivered): string {
  if (file === 'release.yml') return releaseWorkflow(application, delivered);
  return file === 'Dockerfile' ? dockerfile(application) : DOCKERIGNORE;
}

/** Lists the files with the commands that write them, and what a person does besides. */
function overview(path: string, application: ApplicationFolder): string {
  const root = join(path, relative(application.folder, application.root));
  const targets: Readonly<Record<File, string>> = {
    'release.yml': join(root, '.github/workflows/release.yml'),
    Dockerfile: join(path, 'Dockerfile'),
    '.dockerignore': join(root, '.dockerignore'),
  };
  const lines = FILES.map((file) => {
    const target = targets[file];
    if (existsSync(target)) return words.isThere({ target });
    const folder = existsSync(dirname(target)) ? '' : `mkdir -p ${dirname(target)} && `;
    return `${folder}npm run --silent prooflink -- app-workflow ${path} ${file} > ${target}`;
  });
  const migration = migrationCommand(application)?.map((word) => `'${word}'`);
  const notes = [
    migration && words.migration({ command: migration.join(', ') }),
    hasImport(application) ? undefined : words.noImport,
    words.notBuilt,
  ];
  return `${lines.join('\n')}\n\n${joined(notes)}\n`;
}
