import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the detection comes to. */
export interface FakeDetection {
  readonly status: 'DETECTION_COMPLETE' | 'DETECTION_FAILED';
  readonly drifts: readonly {
    readonly fields: Readonly<Record<string, string>>;
    readonly differences?: readonly Readonly<Record<string, string>>[];
  }[];
}

const xml = (fields: Readonly<Record<string, string>>) =>
  Object.entries(fields)
    .map(([name, value]) => `<${name}>${value.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</${name}>`)
    .join('');

/** Answers what `cdk drift` and the SDK ask; a page holds one resource, so that whoever reads one page only is found out. */
function answer(request: URLSearchParams, { status, drifts }: FakeDetection): string {
  const page = Number(request.get('NextToken') ?? '0');
  const drift = drifts[page];
  const results: Readonly<Record<string, string>> = {
    GetCallerIdentity: xml({ Arn: 'arn:aws:iam::123456789012:user/x', UserId: 'x', Account: '123456789012' }),
    DetectStackDrift: xml({ StackDriftDetectionId: 'd-1' }),
    DescribeStackDriftDetectionStatus: xml({
      StackId: 'arn:aws:cloudformation:ap-northeast-1:123456789012:stack/ProoflinkDev/1',
      StackDriftDetectionId: 'd-1',
      DetectionStatus: status,
      DetectionStatusReason: 'Rate exceeded',
      Timestamp: '2026-01-23T19:30:00Z',
    }),
    DescribeStackResourceDrifts: [
      '<StackResourceDrifts>',
      drift && `<member>${xml(drift.fields)}<PropertyDifferences>`,
      ...(drift?.differences ?? []).map((difference) => `<member>${xml(difference)}</member>`),
      drift && '</PropertyDifferences></member>',
      '</StackResourceDrifts>',
      page + 1 < drifts.length && xml({ NextToken: String(page + 1) }),
    ]
      .filter(Boolean)
      .join(''),
  };
  const action = request.get('Action') ?? '';
  return `<${action}Response><${action}Result>${results[action] ?? ''}</${action}Result></${action}Response>`;
}

/** Starts it on a free port of loopback. */
export async function startFakeCloudFormation(detection: FakeDetection): Promise<{ server: Server; endpoint: string }> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      response.setHeader('Content-Type', 'text/xml');
      response.end(answer(new URLSearchParams(body), detection));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
