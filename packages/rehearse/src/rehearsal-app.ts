import { App } from 'aws-cdk-lib/core';
import { createStacks, environments } from '@infra/commands/app';
import { REHEARSAL } from './environment';
import { rehearsalConfig } from './rehearsal-config';
import { words } from './words';

/*
 * App of a rehearsal, an environment of its own: `npm run prooflink -- rehearse` and .github/workflows/rehearsal.yml
 * synthesize it with the account as context, `-c account=123456789012`.
 */

const app = new App();
const account = app.node.tryGetContext('account') as unknown;
if (typeof account !== 'string') throw new Error(words.noAccount({ option: '-c account=123456789012' }));
const config = rehearsalConfig(environments, account);
if (!config) throw new Error(words.noEnvironment);
createStacks(app, { [REHEARSAL]: config });
