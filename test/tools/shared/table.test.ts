import { drawTables } from '../../../tools/shared/table';

const arn = 'arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:ProoflinkDev-DatabaseConnectionUrl-AbCdEf';

describe('a table for people', () => {
  const sections = [
    { title: 'Database', rows: [['prooflink-dev-db', 'postgres 15, db.t4g.micro'] as const, ['secret', arn] as const] },
    { title: 'Alarms', rows: [['a-name-that-is-much-longer-than-its-column-is-wide', '> 80'] as const] },
  ];

  it('fits into 80 columns, cuts nothing and has no colours', () => {
    const text = drawTables(sections, 80);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(text).not.toContain('…');
    // eslint-disable-next-line no-control-regex -- the escape character is what must not be there
    expect(text).not.toMatch(/\u001b/);
    expect(text).toMatchSnapshot();
  });
});
