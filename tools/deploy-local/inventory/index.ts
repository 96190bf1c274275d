import { resourceNames } from '../../../lib/config/names';
import type { HostedZoneConfig } from '../../local-aws';
import type { Section } from '../table';
import { data } from './data';
import { front } from './front';
import { network } from './network';
import { operations } from './operations';
import { service } from './service';

/** Asks every service what an environment consists of. The SDK finds the local AWS through the process's variables. */
export async function takeInventory(environment: string, zones: readonly HostedZoneConfig[]): Promise<Section[]> {
  const names = resourceNames(environment);
  const parts = [network(names), data(names), service(names), front(names, zones), operations(names)];
  return (await Promise.all(parts)).flat();
}
