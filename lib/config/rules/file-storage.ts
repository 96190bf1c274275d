import { words } from '../words';
import type { EnvironmentConfig } from '../environment';
import { whyOff } from '../safeguard';
import { checkDuration, checkSafeguard, LONGEST_EXPIRATION_DAYS, type Report, show } from './check';

/** `URL` alone takes other schemes, and quotes, braces and more asterisks in a host. */
const WEB_ORIGIN = /^https?:[a-z0-9.:/[\]-]+$/;

export function fileStorageRules(config: EnvironmentConfig, report: Report): void {
  const { versioning, noncurrentVersionExpiration, importExpiration } = config.fileStorage;
  checkSafeguard(report, 'fileStorage.versioning', versioning);
  for (const [field, expiration] of Object.entries({ noncurrentVersionExpiration, importExpiration })) {
    if (expiration) checkDuration(report, `fileStorage.${field}`, expiration, 'days', 1, LONGEST_EXPIRATION_DAYS);
  }
  originRules(config, report);
}

function originRules({ fileStorage, keepData }: EnvironmentConfig, report: Report): void {
  const keepsData = whyOff(keepData) === undefined;
  for (const [index, origin] of fileStorage.extraCorsOrigins.entries()) {
    const field = `fileStorage.extraCorsOrigins[${index}]`;
    // S3 takes one asterisk; a name in its place makes the rest readable as a URL.
    const plain = origin.replace('*', 'any');
    if (origin !== '*' && (!WEB_ORIGIN.test(plain) || originOf(plain) !== plain)) {
      report(field, words.fileStorage.notOrigin({ origin: show(origin) }));
    }
    if (keepsData && origin.includes('*')) {
      report(field, words.fileStorage.wildcardOrigin({ origin: show(origin) }));
    }
  }
}

function originOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined;
}
