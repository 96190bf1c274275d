import {
  type DescribeImageScanFindingsResponse,
  type ECR,
  type EnhancedImageScanFinding,
  type ImageIdentifier,
  type ImageScanFinding,
  ScanNotFoundException,
} from '@aws-sdk/client-ecr';
import type { AcceptedFindingConfig, RefusedImagesConfig } from '@infra/commands/app';
import { platformName, readManifest } from './image-manifest';
import { dateInTokyo } from './tokyo-time';
import { words } from './words';

/** A tag of a repository in ECR, with the platform that its tasks run on, such as `linux/amd64`. */
export interface TagOfPlatform {
  readonly repositoryName: string;
  readonly imageTag: string;
  readonly platform: string;
}

/** Scan of an image in ECR. */
export interface ImageScan {
  /** Status of the scan, as ECR names it; empty if ECR knows no scan of the image. */
  readonly status: string;
  /** ECR's reason for a scan that failed. */
  readonly description: string;
  /** True if the tag names an index of images. ECR scans the images in an index at most. */
  readonly isIndex: boolean;
  readonly findings: readonly Finding[];
}

/** A vulnerability that a scan found, and a package that has it. */
interface Finding {
  /** Its id, such as `CVE-2026-12345`. */
  readonly name: string;
  readonly severity: string;
  /** Packages with their versions, such as `openssl 3.0.1`. */
  readonly packages: readonly string[];
  /** Versions that fix it. Only Amazon Inspector knows them: a basic scan's finding has no such field. */
  readonly fixedVersions: readonly string[];
}

/** Reads the scan of the image that ECS pulls by a tag. */
export async function readImageScan(ecr: ECR, tag: TagOfPlatform): Promise<ImageScan> {
  const { repositoryName, imageTag, platform } = tag;
  const { manifests } = await readManifest(ecr, repositoryName, imageTag);
  const isIndex = manifests !== undefined;
  if (!isIndex) return { ...(await readPages(ecr, repositoryName, { imageTag })), isIndex };
  const imageOfPlatform = manifests.find((manifest) => platformName(manifest.platform) === platform);
  const scan = await readPages(ecr, repositoryName, { imageDigest: imageOfPlatform?.digest });
  return { ...scan, isIndex };
}

/** Reads all pages of a scan. The status and the counts are on each of them. */
async function readPages(
  ecr: ECR,
  repositoryName: string,
  imageId: ImageIdentifier,
): Promise<Omit<ImageScan, 'isIndex'>> {
  const findings: Finding[] = [];
  let lastPage: DescribeImageScanFindingsResponse = {};
  try {
    const pages = ecr.paginateDescribeImageScanFindings({ repositoryName, imageId }, { pageSize: 1000 });
    for await (const page of pages) {
      findings.push(...findingsOf(page));
      lastPage = page;
    }
  } catch (error) {
    if (!(error instanceof ScanNotFoundException)) throw error;
  }
  const { status = '', description = '' } = lastPage.imageScanStatus ?? {};
  return { status, description, findings };
}

function findingsOf({ imageScanFindings = {} }: DescribeImageScanFindingsResponse): Finding[] {
  const { findings = [], enhancedFindings = [] } = imageScanFindings;
  return [...findings.map(basicFinding), ...enhancedFindings.map(enhancedFinding)];
}

function basicFinding({ name = '', severity = 'UNDEFINED', attributes = [] }: ImageScanFinding): Finding {
  const valueOf = (wantedKey: string) => attributes.find(({ key }) => key === wantedKey)?.value ?? '';
  const packageText = `${valueOf('package_name')} ${valueOf('package_version')}`.trim();
  return { name, severity, packages: packageText === '' ? [] : [packageText], fixedVersions: [] };
}

function enhancedFinding({
  title = '',
  severity = '',
  packageVulnerabilityDetails = {},
}: EnhancedImageScanFinding): Finding {
  const { vulnerabilityId = title, vulnerablePackages = [] } = packageVulnerabilityDetails;
  const packages = vulnerablePackages.map(({ name = '', version = '' }) => `${name} ${version}`.trim());
  // Inspector writes this text where no version fixes it.
  const fixedVersions = vulnerablePackages.flatMap(({ fixedInVersion = 'NotAvailable' }) =>
    fixedInVersion === 'NotAvailable' ? [] : [fixedInVersion],
  );
  return { name: vulnerabilityId, severity, packages, fixedVersions };
}

/** True while ECR scans an image, or is about to. */
export function isUnderway({ status }: ImageScan): boolean {
  return status === 'IN_PROGRESS' || status === 'PENDING';
}

/** True if a scan has findings to judge. `ACTIVE` is the status of Amazon Inspector's, which goes on for months. */
export function hasResult({ status }: ImageScan): boolean {
  return status === 'COMPLETE' || status === 'ACTIVE';
}

/** Severities that each value of the config refuses. */
const REFUSED_SEVERITIES: Readonly<Record<RefusedImagesConfig['severity'], readonly string[]>> = {
  CRITICAL: ['CRITICAL'],
  HIGH: ['CRITICAL', 'HIGH'],
};

/**
 * A line for each finding with which the config refuses an image, the most severe first; none if the image is accepted.
 *
 * @param now - Moment at which an accepted finding may have ended.
 */
export function refusedFindings(
  { findings }: ImageScan,
  { severity, accepted }: RefusedImagesConfig,
  now: Date = new Date(),
): string[] {
  const today = dateInTokyo(now);
  const severities = REFUSED_SEVERITIES[severity];
  const lines: string[] = [];
  for (const refusedSeverity of severities) {
    for (const finding of findings.filter((each) => each.severity === refusedSeverity)) {
      const acceptance = accepted.find(({ id }) => id === finding.name);
      // Dates of ISO 8601 sort as texts.
      if (acceptance && acceptance.until >= today) continue;
      lines.push(findingLine(finding, acceptance));
    }
  }
  return lines;
}

function findingLine(
  { name, severity, packages, fixedVersions }: Finding,
  endedAcceptance: AcceptedFindingConfig | undefined,
): string {
  const parts = [`${severity} ${name}`];
  if (packages.length > 0) parts.push(packages.join(', '));
  if (fixedVersions.length > 0) parts.push(words.scan.fixedIn({ versions: fixedVersions }));
  if (endedAcceptance) parts.push(words.scan.acceptedUntil({ date: endedAcceptance.until }));
  return parts.join('; ');
}
