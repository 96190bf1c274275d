import { parseArguments, UsageError } from '../../../tools/deploy-local/arguments';

const environments = ['dev', 'prod'];

describe('the arguments of deploy:local', () => {
  it.each([
    [[], { environment: 'dev', keep: false, help: false }],
    [['prod'], { environment: 'prod', keep: false, help: false }],
    [['--keep', 'prod'], { environment: 'prod', keep: true, help: false }],
    [['-h'], { environment: 'dev', keep: false, help: true }],
  ])('%j', (argv, expected) => {
    expect(parseArguments(argv, environments)).toEqual(expected);
  });

  it.each([
    [['production'], "There is no environment 'production'."],
    [['dev', 'prod'], "One environment at a time: what is 'prod'?"],
    [['--kepe'], "Unknown option '--kepe'."],
    [['--keep=yes'], "Option '--keep' does not take an argument."],
  ])('%j is refused with the reason and the usage', (argv, reason) => {
    const parse = () => parseArguments(argv, environments);
    expect(parse).toThrow(UsageError);
    expect(parse).toThrow(reason);
    expect(parse).toThrow('Usage: npm run deploy:local -- [dev|prod] [--keep]');
  });

  it('knows an environment that was added', () => {
    expect(parseArguments(['staging'], [...environments, 'staging']).environment).toBe('staging');
  });
});
