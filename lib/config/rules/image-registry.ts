import type { EnvironmentConfig } from '../environment';
import { checkDuration, checkInteger, checkSafeguard, LONGEST_EXPIRATION_DAYS, type Report } from './check';

export function imageRegistryRules({ imageRegistry }: EnvironmentConfig, report: Report): void {
  const { immutableTags, scanOnPush, keptImages, untaggedExpiration } = imageRegistry;
  checkSafeguard(report, 'imageRegistry.immutableTags', immutableTags);
  checkSafeguard(report, 'imageRegistry.scanOnPush', scanOnPush);
  checkInteger(report, 'imageRegistry.keptImages', keptImages, 1, 10000);
  checkDuration(report, 'imageRegistry.untaggedExpiration', untaggedExpiration, 'days', 1, LONGEST_EXPIRATION_DAYS);
}
