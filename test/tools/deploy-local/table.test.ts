import { drawTables, fold, maskPassword } from '../../../tools/deploy-local/table';

const arn = 'arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:ProoflinkDev-DatabaseConnectionUrl-AbCdEf';

describe('the table of what was built', () => {
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

describe('fold', () => {
  it('breaks after a separator and loses nothing', () => {
    const folded = fold(arn, 40);
    expect(folded.split('\n').every((line) => line.length <= 40)).toBe(true);
    expect(folded.replaceAll('\n', '')).toBe(arn);
    expect(folded.split('\n')[0]).toBe('arn:aws:secretsmanager:ap-northeast-1:');
  });

  it('breaks anywhere where there is no separator', () => {
    expect(fold('x'.repeat(25), 10)).toBe(`${'x'.repeat(10)}\n${'x'.repeat(10)}\nxxxxx`);
  });

  it('leaves lines and short words alone', () => {
    expect(fold('two words\nand a line', 10)).toBe('two words\nand a line');
  });
});

describe('maskPassword', () => {
  it.each([
    ['postgresql://postgres:s3cret@db:5432/prooflink_dev', 'postgresql://postgres:****@db:5432/prooflink_dev'],
    ['postgresql://db:5432/prooflink_dev', 'postgresql://db:5432/prooflink_dev'],
  ])('%s', (url, shown) => {
    expect(maskPassword(url)).toBe(shown);
  });
});
