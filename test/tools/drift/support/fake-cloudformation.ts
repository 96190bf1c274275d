import { startFakeQueryApi, xml } from '../../../support/fake-query-api';

/** Result of the detection. */
export interface FakeDetection {
  readonly status: 'DETECTION_COMPLETE' | 'DETECTION_FAILED';
  readonly drifts: readonly {
    readonly fields: Readonly<Record<string, string>>;
    readonly differences: readonly Readonly<Record<string, string | undefined>>[];
  }[];
}

/** Answers what `cdk drift` and the SDK ask; a page holds one resource, so that whoever reads one page only is found out. */
function answer(action: string, request: URLSearchParams, { status, drifts }: FakeDetection): string {
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
      ...(drift?.differences ?? []).map(
        (difference) => `<member>${xml(difference as Record<string, string>)}</member>`,
      ),
      drift && '</PropertyDifferences></member>',
      '</StackResourceDrifts>',
      page + 1 < drifts.length && xml({ NextToken: String(page + 1) }),
    ]
      .filter(Boolean)
      .join(''),
  };
  return results[action] ?? '';
}

/** Starts it on a free port of loopback. */
export function startFakeCloudFormation(detection: FakeDetection) {
  return startFakeQueryApi((action, request) => answer(action, request, detection));
}
