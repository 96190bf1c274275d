import { CannotTellError } from '@infra/common/outcome';
import * as environments from '../../lib/config';
import type { EnvironmentConfig } from '../../lib/config/environment';
import { REHEARSAL } from '../../lib/config/names';
import { rehearsalConfig } from '../operate/rehearse/rehearsal-config';
import { words } from './words';
import type { EnvironmentName } from './environment-argument';

/** The config of an environment of `lib/config`, or of the rehearsal, which goes where the credentials do. */
export function configOf(environmentName: EnvironmentName): EnvironmentConfig {
  const config = (environments as Readonly<Record<string, EnvironmentConfig>>)[environmentName];
  if (config) return config;
  const ofRehearsal = environmentName === REHEARSAL ? rehearsalConfig(environments, undefined) : undefined;
  if (ofRehearsal) return ofRehearsal;
  const names = Object.keys(environments);
  throw new CannotTellError(words.environments.missing({ environmentName, names }));
}
