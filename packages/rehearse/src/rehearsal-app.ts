import { App } from 'aws-cdk-lib/core';
import { createStacks, environments } from '@infra/commands/app';
import { REHEARSAL } from './environment';
import { rehearsalConfig } from './rehearsal-config';
import { words } from './words';

/**
 * App of a rehearsal, an environment of its own: `npm run prooflink -- rehearse` and .github/workflows/rehearsal.yml
 * synthesize it with the account as context, `-c account=123456789012`.
 */
function createRehearsal(app: App): string | undefined {
  const account = app.node.tryGetContext('account') as unknown;
  if (typeof account !== 'string') return words.noAccount({ option: '-c account=123456789012' });
  const config = rehearsalConfig(environments, account);
  if (config) {
    createStacks(app, { [REHEARSAL]: config });
    return undefined;
  }
  return words.noEnvironment;
}

const problem = createRehearsal(new App());
if (problem) {
  console.error(problem);
  process.exitCode = 1;
}
