import { ScanNotFoundException } from '@aws-sdk/client-ecr';
import type { RefusedImagesConfig } from '@infra/commands/app';
import { readStack } from '../../src/deployed/deployed-stack';
import { ImageRepository } from '../../src/release/image-repository';
import type { ReleaseOptions } from '../../src/release/options';
import { planRelease } from '../../src/release/plan';
import { checkScan } from '../../src/release/scan-check';
import { Minutes } from '../../src/release/time-limits';
import { withFields } from '@infra/testing/config';
import { prod } from '@infra/testing/configs';
import { answerCommands, type Answers } from '../support/answer-commands';
import { deployedEnvironment } from './deployed-environment';

jest.mock('@infra/commands/pause', () => ({ pause: () => Promise.resolve() }));

let progress = '';
beforeEach(() => {
  progress = '';
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((progress += String(text))));
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

const IMAGE = { BatchGetImage: { images: [{ imageManifest: '{"config":{}}' }] } };
const NO_SCAN = new ScanNotFoundException({ message: 'Image scan does not exist', $metadata: {} });

/** Finding of a basic scan, as ECR answers it. */
const finding = (severity: string, name: string) => ({
  severity,
  name,
  attributes: [
    { key: 'package_version', value: '3.0.1' },
    { key: 'package_name', value: 'openssl' },
  ],
});
const scanIn = (status: string, ...findings: readonly object[]) => ({
  imageScanStatus: { status, description: `${status} is why` },
  imageScanFindings: { findings },
});

interface Check {
  readonly refuse?: Partial<RefusedImagesConfig>;
  /** Answer to DescribeImageScanFindings. */
  readonly scan: unknown;
  readonly answers?: Answers;
}

/** Checks the image v1 while ECR answers so. */
function problem({ refuse, scan, answers = IMAGE }: Check): Promise<string | undefined> {
  answerCommands({ ...answers, DescribeImageScanFindings: scan });
  const repository = new ImageRepository('prooflink-prod-app', 'ap-northeast-1');
  const image = { repository, imageTag: 'v1', platform: 'linux/amd64' };
  return checkScan(image, { severity: 'HIGH', accepted: [], ...refuse });
}

describe('an image with findings', () => {
  it('is refused with their names and packages, the most severe first', async () => {
    const findings = [finding('LOW', 'CVE-2026-1'), finding('HIGH', 'CVE-2026-2'), finding('CRITICAL', 'CVE-2026-3')];
    expect(await problem({ scan: scanIn('COMPLETE', ...findings) })).toBe(
      'imageRegistry.refuse refuses prooflink-prod-app:v1 for its findings:\n' +
        '  CRITICAL CVE-2026-3; openssl 3.0.1\n' +
        '  HIGH CVE-2026-2; openssl 3.0.1\n' +
        'Rebuild it on a newer base image, or accept a finding until a day: docs/delivery.md, "An image that is refused".',
    );
  });

  it('shows the fixed version where Amazon Inspector knows one', async () => {
    const vulnerablePackages = [
      { name: 'openssl', version: '3.0.1', fixedInVersion: '3.0.2' },
      { name: 'libssl3', version: '3.0.1', fixedInVersion: 'NotAvailable' },
    ];
    const enhanced = {
      severity: 'HIGH',
      packageVulnerabilityDetails: { vulnerabilityId: 'CVE-2026-2', vulnerablePackages },
    };
    const findings = { imageScanStatus: { status: 'ACTIVE' }, imageScanFindings: { enhancedFindings: [enhanced] } };
    expect(await problem({ scan: findings })).toContain(
      '\n  HIGH CVE-2026-2; openssl 3.0.1, libssl3 3.0.1; fixed in 3.0.2\n',
    );
  });
});

describe('a finding that is accepted until a day', () => {
  const accepted = [{ id: 'CVE-2026-2', until: '2026-12-31', why: 'the package is never called' }];
  const findings = scanIn('COMPLETE', finding('HIGH', 'CVE-2026-2'));

  it.each([
    { title: 'refuses nothing on that day in Japan', now: '2026-12-31T14:59:59Z', says: undefined },
    {
      title: 'refuses the image on the next day, and says that it has ended',
      now: '2026-12-31T15:00:00Z',
      says: 'HIGH CVE-2026-2; openssl 3.0.1; was accepted until 2026-12-31, which is over\n',
    },
  ])('$title', async ({ now, says }) => {
    jest.useFakeTimers({ now: new Date(now), doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    const refusal = await problem({ refuse: { accepted }, scan: findings });
    if (says === undefined) expect(refusal).toBeUndefined();
    else expect(refusal).toContain(says);
  });
});

const indexFor = (architecture: string) => {
  const manifests = [{ digest: 'sha256:image', platform: { os: 'linux', architecture } }];
  return { BatchGetImage: { images: [{ imageManifest: JSON.stringify({ manifests }) }] } };
};

it('an index is refused for the findings in its image for the tasks: ECR scans the image, and not the index', async () => {
  const scan = ({ imageId }: { readonly imageId: { readonly imageDigest?: string } }) =>
    imageId.imageDigest === 'sha256:image' ? scanIn('COMPLETE', finding('HIGH', 'CVE-2026-2')) : NO_SCAN;
  expect(await problem({ answers: indexFor('amd64'), scan })).toContain('HIGH CVE-2026-2');
});

describe('an image whose findings are unknown is refused', () => {
  it.each([
    { title: 'its scan failed', scan: scanIn('FAILED'), reason: 'FAILED, FAILED is why' },
    { title: 'it was never scanned', scan: NO_SCAN, reason: 'pushed before imageRegistry.scanOnPush was deployed' },
  ])('$title', async ({ scan, reason }) => {
    expect(await problem({ scan })).toContain(`prooflink-prod-app:v1 was not scanned (${reason})`);
  });

  it('it is an index of images', async () => {
    expect(await problem({ answers: indexFor('amd64'), scan: NO_SCAN })).toMatch(
      /^prooflink-prod-app:v1 was not scanned: it is an index of images.*--provenance=false/,
    );
  });
});

describe('a scan that is underway', () => {
  it('is waited for', async () => {
    const statuses = ['PENDING', 'IN_PROGRESS', 'IN_PROGRESS'];
    expect(await problem({ scan: () => scanIn(statuses.shift() ?? 'COMPLETE') })).toBeUndefined();
    expect(progress.match(/^The scan of prooflink-prod-app:v1 is IN_PROGRESS\. Waiting since /gm)).toHaveLength(1);
  });

  it('is not waited for without end', async () => {
    let minutes = 0;
    jest.spyOn(Date, 'now').mockImplementation(() => (minutes += 1) * 60_000);
    await expect(problem({ scan: scanIn('IN_PROGRESS') })).rejects.toThrow(
      `The scan of prooflink-prod-app:v1 is still IN_PROGRESS after ${Minutes.scan} minutes.`,
    );
  });
});

describe('a release', () => {
  const config = withFields(prod, { 'imageRegistry.refuse': { severity: 'HIGH', accepted: [] } });
  const imageManifest = JSON.stringify({
    config: { data: Buffer.from('{"os":"linux","architecture":"amd64"}').toString('base64') },
  });
  const aws = {
    ...deployedEnvironment('prod', ''),
    DescribeImages: { imageDetails: [{ imageTags: ['v1'], imageDigest: 'sha256:1' }] },
    BatchGetImage: { images: [{ imageManifest }] },
    DescribeImageScanFindings: scanIn('COMPLETE', finding('HIGH', 'CVE-2026-2')),
  };
  const plan = async (options: ReleaseOptions, gate = config) => {
    const asked = answerCommands(aws);
    const { problems } = await planRelease(gate, options, await readStack('prod'));
    return { problems, asked };
  };

  it('asks for the scan of both images', async () => {
    const { problems } = await plan({ appTag: 'v1', batchTag: 'v1' });
    expect(problems).toEqual([
      expect.stringMatching(/^imageRegistry\.refuse refuses prooflink-prod-app:v1/),
      expect.stringMatching(/^imageRegistry\.refuse refuses prooflink-prod-batch:v1/),
    ]);
  });

  it('without the gate asks for no scan', async () => {
    const { problems, asked } = await plan({ appTag: 'v1' }, prod);
    expect(problems).toEqual([]);
    expect(asked['DescribeImageScanFindings']).toBeUndefined();
  });
});
