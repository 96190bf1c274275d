import { words } from '../words';
import type { EnvironmentConfig } from '../environment';
import { checkDuration, checkInteger, checkSafeguard, LONGEST_EXPIRATION_DAYS, type Report } from './check';

export function imageRegistryRules({ imageRegistry }: EnvironmentConfig, report: Report): void {
  const { immutableTags, scanOnPush, keptImages, untaggedExpiration } = imageRegistry;
  checkSafeguard(report, 'imageRegistry.immutableTags', immutableTags);
  checkSafeguard(report, 'imageRegistry.scanOnPush', scanOnPush);
  keptImagesRules(keptImages, report);
  checkDuration(report, 'imageRegistry.untaggedExpiration', untaggedExpiration, 'days', 1, LONGEST_EXPIRATION_DAYS);
}

/**
 * The running image, and one to roll back to: ECR deletes all others within 24 hours
 * (docs.aws.amazon.com/AmazonECR/latest/userguide/lp_creation.html).
 */
function keptImagesRules(keptImages: number, report: Report): void {
  const field = 'imageRegistry.keptImages';
  if (keptImages === 1) report(field, words.imageRegistry.noImageToRollBack());
  else checkInteger(report, field, keptImages, 2, 10000);
}
