import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stackId } from '../../lib/config/names';
import type { TestEnvironment, TestStack } from './environments';
import { runFolder } from './run-folder';
import type { Template } from './template';

/** Cloud assemblies in the folder of a run: the tests' environments and delivery, and those of lib/config. */
export function assemblies(folder: string) {
  return { ofTests: join(folder, 'cdk.out'), ofConfig: join(folder, 'configured.out') };
}

/** Folder in which globalSetup puts the tests' environments. */
export const assembly = assemblies(runFolder).ofTests;

/** Folder of those of lib/config, and its delivery. */
export const configuredAssembly = assemblies(runFolder).ofConfig;

/** The template of an environment or of the delivery, a fresh copy at every call. */
export function template(environment: TestStack): Template {
  const name = environment.replace(/^lib\//, '');
  return read(`${stackId(name)}.template.json`, name === environment ? assembly : configuredAssembly) as Template;
}

/** The cloud assembly's manifest. */
export function manifest(): Manifest {
  return read('manifest.json') as Manifest;
}

/** Parts of the manifest that tests read. */
export interface Manifest {
  readonly artifacts: Readonly<Record<string, Artifact>>;
  readonly missing?: readonly unknown[];
}

interface Artifact {
  readonly type: string;
  readonly environment?: string;
  readonly properties?: { readonly tags?: Record<string, string>; readonly terminationProtection?: boolean };
  readonly additionalMetadataFile?: string;
}

/** A message that the synth leaves for its reader. */
export interface Message {
  readonly level: string;
  readonly path: string;
  readonly text: string;
}

/** Infos, warnings and errors of an environment's stack. */
export function messages(environment: TestEnvironment | 'delivery'): Message[] {
  const file = manifest().artifacts[stackId(environment)]?.additionalMetadataFile;
  const metadata = (file ? read(file) : {}) as Record<string, { type: string; data: unknown }[]>;
  return Object.entries(metadata).flatMap(([path, entries]) =>
    entries
      .filter(({ type }) => /^aws:cdk:(info|warning|error)$/.test(type))
      .map(({ type, data }) => ({ level: type.slice('aws:cdk:'.length), path, text: String(data) })),
  );
}

function read(file: string, folder = assembly): unknown {
  return JSON.parse(readFileSync(join(folder, file), 'utf8'));
}
