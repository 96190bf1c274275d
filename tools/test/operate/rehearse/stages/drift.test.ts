import { HEALTH_CHECK_PATH } from '../../../../../lib/contract';
import type { DeployedResource } from '../../../../deployed/changed-by-hand/deployed-resources';
import type { Change, Findings } from '../../../../deployed/changed-by-hand/findings';
import { readableName } from '../../../../deployed/changed-by-hand/property-name';
import type * as driftReport from '../../../../operate/drift/render-drift-issue';
import type { Ended } from '../../../../operate/rehearse/processes';
import type { Rehearsal } from '../../../../operate/rehearse/rehearsal';
import type * as driftStages from '../../../../operate/rehearse/stages/drift';

jest.mock('../../../../operate/rehearse/processes', () => ({ runProoflink: () => Promise.resolve(ended) }));

/** End of `drift`, which a stage runs. */
let ended: Ended;

/** A process in a language. */
interface Process {
  readonly changeByHand: typeof driftStages.changeByHand;
  readonly renderDrift: typeof driftReport.renderDrift;
}

function processWith(locale: string): Process {
  const localeOfTests = process.env['LC_ALL'];
  process.env['LC_ALL'] = locale;
  let loaded: Process | undefined;
  jest.isolateModules(() => {
    const stages = jest.requireActual<typeof driftStages>('../../../../operate/rehearse/stages/drift');
    const report = jest.requireActual<typeof driftReport>('../../../../operate/drift/render-drift-issue');
    loaded = { changeByHand: stages.changeByHand, renderDrift: report.renderDrift };
  });
  process.env['LC_ALL'] = localeOfTests;
  if (!loaded) throw new Error('The stages were not loaded.');
  return loaded;
}

function resourceOf(type: string): DeployedResource {
  return { logicalId: 'Web', physicalId: 'web-1', type, path: 'Web/Resource', properties: {} };
}

function changeOf(property: string, actual = 'other'): Change {
  return { ...resourceOf('AWS::RDS::DBInstance'), property, expected: 'deployed', actual, fix: 'npx cdk deploy' };
}

function findingsOf(change: Change, typeThatNothingCompares: string): Findings {
  const resource = resourceOf(typeThatNothingCompares);
  const notCompared = { ...resource, property: '', reason: '', cause: 'unsupported' } as const;
  const unresolved = { ...resource, property: 'tags', reason: '', cause: 'unresolved' } as const;
  return { changes: [change], byDesign: [], notCompared: [unresolved, notCompared] };
}

describe.each(['C', 'ja_JP.UTF-8'])('in a terminal with the locale %s', (locale) => {
  const { changeByHand, renderDrift } = processWith(locale);

  it.each([
    {
      title: 'a changed end of support, and a type that CloudFormation was to compare, refute their rows',
      findings: findingsOf(changeOf(readableName('/EngineLifecycleSupport')), 'AWS::EC2::VPC'),
      outcome: 'refuted',
    },
    {
      title: 'another change, and a type that nothing was to compare, do not',
      findings: findingsOf(changeOf(readableName('/BackupRetentionPeriod')), 'AWS::Test::Unsupported'),
      outcome: 'seen',
    },
  ])('$title', async ({ findings, outcome }) => {
    ended = { exitCode: 1, stdout: renderDrift('ProoflinkRehearsal', findings), progress: [] };
    await expect(changeByHand({} as Rehearsal)).rejects.toMatchObject({
      result: {
        observations: [
          { row: 'no-drift-after-deploy', outcome: 'refuted' },
          { row: 'compared-types', outcome },
          { row: 'no-extended-support', outcome },
        ],
      },
    });
  });

  it('a comparison that could not ask AWS shows none of its rows', async () => {
    ended = { exitCode: 2, stdout: 'TimeoutError', progress: [] };
    await expect(changeByHand({} as Rehearsal)).rejects.toMatchObject({ result: { observations: [] } });
  });

  it('the change of an earlier call is recognized by its value', async () => {
    const change = changeOf('health check path', `${HEALTH_CHECK_PATH}?changed-by-hand`);
    const stdout = renderDrift('ProoflinkRehearsal', findingsOf(change, 'AWS::EC2::VPC'));
    ended = { exitCode: 1, stdout, progress: [] };
    expect(await changeByHand({} as Rehearsal)).toEqual({ words: stdout.trim().split('\n') });
  });
});
