import { words } from '../words';
import type { EnvironmentConfig } from '../environment';
import { isOn } from '../safeguard';
import type { AcceptedFindingConfig } from '../sections/image-registry';
import {
  checkDistinct,
  checkDuration,
  checkInteger,
  checkOneOf,
  checkSafeguard,
  givesReason,
  LONGEST_EXPIRATION_DAYS,
  type Report,
  show,
} from './check';

export function imageRegistryRules({ imageRegistry }: EnvironmentConfig, report: Report): void {
  const { immutableTags, scanOnPush, refuse, keptImages, untaggedExpiration } = imageRegistry;
  checkSafeguard(report, 'imageRegistry.immutableTags', immutableTags);
  checkSafeguard(report, 'imageRegistry.scanOnPush', scanOnPush);
  if (refuse) {
    if (!isOn(scanOnPush)) report('imageRegistry.refuse', words.imageRegistry.refuseWithoutScan);
    checkOneOf(report, 'imageRegistry.refuse.severity', refuse.severity, ['CRITICAL', 'HIGH']);
    acceptedRules(refuse.accepted, report);
  }
  keptImagesRules(keptImages, report);
  checkDuration(report, 'imageRegistry.untaggedExpiration', untaggedExpiration, 'days', 1, LONGEST_EXPIRATION_DAYS);
}

/**
 * Forms of the accepted findings. Only `release` compares `until` with the present date: a synth that did would fail one
 * morning without a change.
 */
function acceptedRules(accepted: readonly AcceptedFindingConfig[], report: Report): void {
  const field = 'imageRegistry.refuse.accepted';
  checkDistinct(
    report,
    field,
    accepted.map(({ id }) => id),
  );
  for (const [index, { id, until, why }] of accepted.entries()) {
    const finding = `${field}[${index}]`;
    if (!isVulnerabilityId(id)) report(`${finding}.id`, words.imageRegistry.notVulnerabilityId({ id: show(id) }));
    if (!isDate(until)) report(`${finding}.until`, words.imageRegistry.notDate({ date: show(until) }));
    if (!givesReason(why)) report(`${finding}.why`, words.imageRegistry.noReasonToAccept({ why: show(why) }));
  }
}

/** Ids of CVE: the year, and four digits or more (cve.mitre.org). */
const CVE_ID = /^CVE-\d{4}-\d{4,}$/;
/** Ids of what has none of CVE, such as GHSA-599f-7c49-w659 of GitHub or TEMP-0290435-0B57B5 of Debian. */
const ADVISORY_ID = /^(?!CVE)[A-Z][A-Z0-9]+(-[A-Za-z0-9]+)+$/;

function isVulnerabilityId(text: string): boolean {
  return CVE_ID.test(text) || ADVISORY_ID.test(text);
}

/** True for a day of the calendar, as ISO 8601 writes it. JavaScript takes February 30 for a day in March. */
function isDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}

/**
 * The running image, and one to roll back to: ECR deletes all others within 24 hours
 * (docs.aws.amazon.com/AmazonECR/latest/userguide/lp_creation.html).
 */
function keptImagesRules(keptImages: number, report: Report): void {
  const field = 'imageRegistry.keptImages';
  if (keptImages === 1) report(field, words.imageRegistry.noImageToRollBack);
  else checkInteger(report, field, keptImages, 2, 10000);
}
