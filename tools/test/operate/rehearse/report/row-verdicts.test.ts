import type { Observation } from '../../../../operate/rehearse/observation';
import { FIRST_DEPLOY_ROWS, type RowId } from '../../../../operate/rehearse/report/first-deploy-rows';
import { type RowVerdicts, rowVerdicts } from '../../../../operate/rehearse/report/row-verdicts';
import { keptRecord } from './records';

const ALL_IDS = Object.keys(FIRST_DEPLOY_ROWS);

function observation(row: RowId, outcome: Observation['outcome'], word = 'AWS said so'): Observation {
  return { row, outcome, words: [word] };
}

function reasonOf({ notSeen }: RowVerdicts, row: RowId): string | undefined {
  return notSeen.find(({ id }) => id === row)?.reason;
}

const RECORDS_OF_REHEARSALS = [
  { title: 'nothing ran', records: [] },
  {
    title: 'a stage saw a row, another one refuted another',
    records: [
      keptRecord({ stage: 'deploy', observations: [observation('values-accepted', 'seen')] }),
      keptRecord({ stage: 'drift', observations: [observation('no-drift-after-deploy', 'refuted')] }),
    ],
  },
];

test.each(RECORDS_OF_REHEARSALS)(
  'each row has one verdict, and one that is not seen has a reason: $title',
  (rehearsal) => {
    const { seen, refuted, notSeen } = rowVerdicts(rehearsal.records);
    const idsWithVerdict = [...seen, ...refuted, ...notSeen].map(({ id }) => id);
    expect(idsWithVerdict.sort()).toEqual([...ALL_IDS].sort());
    expect(notSeen.filter(({ reason }) => reason.trim() === '')).toEqual([]);
  },
);

test('an observation of a row that the page does not have is refused: a reader could not look it up', () => {
  const gone = observation('gone' as RowId, 'seen');
  const records = [keptRecord({ stage: 'deploy', observations: [gone] })];
  expect(() => rowVerdicts(records)).toThrow(
    'The stage deploy observed a row "gone", which docs/first-deploy does not have.',
  );
});

test('what one stage refuted is refuted, whatever another one saw, with the words of the refutation alone', () => {
  const records = [
    keptRecord({ stage: 'deploy', observations: [observation('values-accepted', 'seen', 'CREATE_COMPLETE')] }),
    keptRecord({ stage: 'deployAgain', observations: [observation('values-accepted', 'refuted', 'Invalid value')] }),
  ];
  const { seen, refuted } = rowVerdicts(records);
  expect(seen).toEqual([]);
  expect(refuted).toEqual([
    {
      id: 'values-accepted',
      observations: [{ stage: 'deployAgain', row: 'values-accepted', outcome: 'refuted', words: ['Invalid value'] }],
    },
  ]);
});

describe('a row that was not seen says why', () => {
  it('no stage can see it', () => {
    expect(reasonOf(rowVerdicts([]), 'alarm-mail')).toBe('a rehearsal waits for no mail');
  });

  it('its only stage did not run', () => {
    expect(reasonOf(rowVerdicts([]), 'log-lines')).toBe('the stage firstContact did not run');
  });

  it('none of its stages ran', () => {
    expect(reasonOf(rowVerdicts([]), 'values-accepted')).toBe('no stage of deploy, deployAgain ran');
  });

  it('its stage failed', () => {
    const verdicts = rowVerdicts([keptRecord({ stage: 'release', exitCode: 1 })]);
    expect(reasonOf(verdicts, 'image-processor')).toBe('the stage release ended with exit code 1 before it');
  });

  it('its stage was interrupted', () => {
    const verdicts = rowVerdicts([keptRecord({ stage: 'release', exitCode: undefined })]);
    expect(reasonOf(verdicts, 'image-processor')).toBe('the stage release has not ended: it runs, or was interrupted');
  });

  it('its stage was left out', () => {
    const verdicts = rowVerdicts([keptRecord({ stage: 'release', skippedBecause: 'there is no Docker' })]);
    expect(reasonOf(verdicts, 'image-processor')).toBe('the stage release was left out: there is no Docker');
  });

  it('its stage ran, and something that it needs was not there', () => {
    const verdicts = rowVerdicts([keptRecord({ stage: 'firstContact' })]);
    expect(reasonOf(verdicts, 'database-reached')).toBe("it needs ProofLink's own images (--app-image, --batch-image)");
  });

  it('its stage ran, and got no answer', () => {
    const verdicts = rowVerdicts([keptRecord({ stage: 'firstContact' })]);
    expect(reasonOf(verdicts, 'log-lines')).toBe('the stage firstContact got no answer to it');
  });
});
