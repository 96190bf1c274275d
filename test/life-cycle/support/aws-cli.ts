import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { scratch } from './apps';

/** Folder of the program `aws` that `aws_cli.py` writes; without it, as where Python has no AWS CLI, PATH's own is run. */
const folder = join(scratch, 'aws-cli');

/** PATH of commands that call the AWS CLI. */
export const path = `${folder}:${process.env['PATH'] ?? ''}`;

/** Loads the AWS CLI once, until this process ends. */
export async function loadAwsCli(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const server = spawn('python3', [join(__dirname, 'aws_cli.py'), folder], { stdio: ['pipe', 'pipe', 'ignore'] });
  await once(server.stdout, 'readable');
  server.stdout.destroy();
  server.unref();
}
