import { App } from 'aws-cdk-lib/core';
import { createStacks, environments } from '@infra/commands/app';
import { REHEARSAL } from './environment';
import { rehearsalConfig } from './rehearsal-config';
import { words } from './words';

/** App of a rehearsal, an environment of its own: the command synthesizes it with the account as context. */
const app = new App();
const config = rehearsalConfig(environments, String(app.node.tryGetContext('account')));
if (!config) throw new Error(words.noEnvironment);
createStacks(app, { [REHEARSAL]: config });
