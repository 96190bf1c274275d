import type { EnvironmentConfig } from './environment';
export class ConfigError extends Error {}
export function assertValid(_e: Readonly<Record<string, EnvironmentConfig>>): void {
  return;
}
