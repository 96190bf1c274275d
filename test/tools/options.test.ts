import type { Command } from 'commander';
import { COMMENT_MARKER } from '@infra/common/comment';
import { newProoflinkProgram } from '../../tools/prooflink';
import { newProgram } from '../../tools/program/program';
import { assembly } from '../support/assembly';
import { effectOf, file, folder, other, rehearsal, REHEARSALS } from './support/effect';

const users = file('alpha.csv', 'email,name\nann@example.com,Ann\n');
const more = file('omega.csv', 'email,name\nann@example.com,Ann\n');
const none = `${folder}/none`;
const role = (account: string) => `arn:aws:iam::${account}:role/x`;

/**
 * A call of a command without an option, or with _ for an argument, and two values for it. Without values, an option that
 * takes none is given and left out, and an environment is dev and prod. Values called alpha and omega differ in nothing
 * but their name.
 */
const CALLS: Readonly<Record<string, readonly [call: string, ...values: string[]]>> = {
  'rehearse account': [`rehearse _ --assembly ${rehearsal}`, '123456789012', REHEARSALS],
  'rehearse --until': [`rehearse ${REHEARSALS} --assembly ${rehearsal}`, 'destroyAgain', 'images'],
  'rehearse --destroy': [`rehearse ${REHEARSALS} --assembly ${rehearsal}`],
  'rehearse --yes': [`rehearse ${REHEARSALS} --assembly ${rehearsal} --report ${folder}/reports`],
  'rehearse --app-image': [`rehearse ${REHEARSALS} --assembly ${rehearsal} --batch-image b:1`, 'alpha', 'omega'],
  'rehearse --batch-image': [`rehearse ${REHEARSALS} --assembly ${rehearsal} --app-image a:1`, 'alpha', 'omega'],
  'rehearse --users': [`rehearse ${REHEARSALS} --assembly ${rehearsal} --app-image a --batch-image b`, users, more],
  'rehearse --assembly': [`rehearse ${REHEARSALS}`, rehearsal, none],
  'rehearse --report': [`rehearse ${REHEARSALS} --assembly ${rehearsal} --yes`, `${folder}/alpha`, `${folder}/omega`],
  'prepare environments': ['prepare _'],
  'prepare --execution-policies': ['prepare', 'arn:alpha', 'arn:omega'],
  'prepare --json': ['prepare'],
  'settings environment': ['settings _'],
  'settings action': ['settings prod _', '', 'set ALPHA_KEY'],
  'settings key': ['settings prod set _', 'ALPHA_KEY', 'OMEGA_KEY'],
  'cost environments': [`cost --assembly ${assembly} _`],
  'cost --assembly': ['cost dev', assembly, none],
  'cost --json': [`cost dev --assembly ${assembly}`],
  'cost --renew': [`cost --assembly ${assembly}`],
  'release environment': [`release _ --assembly ${assembly} --examples`],
  'release --app': [`release dev --assembly ${assembly}`, 'alpha', 'omega'],
  'release --batch': [`release dev --assembly ${assembly}`, 'alpha', 'omega'],
  'release --migration': [`release dev --assembly ${other} --app old`],
  'release --no-migration': [`release dev --assembly ${other} --app old`],
  'release --assembly': ['release dev --app alpha', assembly, other],
  'release --json': [`release dev --assembly ${assembly}`],
  'release --examples': [`release prod --assembly ${assembly}`],
  'restart environment': ['restart _'],
  'restart --json': ['restart dev'],
  'status environment': ['status _'],
  'status --json': ['status dev'],
  'doctor environment': ['doctor _'],
  'doctor --json': ['doctor dev'],
  'first-contact environment': ['first-contact _'],
  'first-contact --json': ['first-contact dev'],
  'import environment': [`import _ ${users}`],
  'import file': ['import dev _', users, more],
  'import --job': ['import dev', 'alpha', 'omega'],
  'start environment': ['start _'],
  'stop environment': ['stop _'],
  'drift stack': ['drift _', 'ProoflinkDev', 'ProoflinkProd'],
  'reachability assembly': ['reachability _', assembly, none],
  'review base': [`review _ ${assembly}`, assembly, other],
  'review head': [`review ${assembly} _`, assembly, other],
  'review --markdown': [`review ${assembly} ${other}`],
  'review --config-diff': [`review ${assembly} ${other}`, file('a.diff', '+a\n'), file('b.diff', '+b\n')],
  'review --deployed': [`review ${assembly} ${other}`, file('deployed.json', '{}'), none],
  'review --allow-destructive': [`review ${assembly} ${other}`],
  'review --stack': [`review ${assembly} ${other}`, 'ProoflinkDev', 'ProoflinkProd'],
  'deployed assembly': ['deployed _ out --stack ProoflinkDev', assembly, none],
  'deployed file': [`deployed ${assembly} _ --stack ProoflinkDev`, 'alpha', 'omega'],
  'deployed --stack': [`deployed ${assembly} out`, 'ProoflinkDev', 'ProoflinkProd'],
  'comment run': ['comment _ body.md', '1', '2'],
  'comment file': ['comment 1 _', file('a.md', `${COMMENT_MARKER}\n\na`), file('b.md', `${COMMENT_MARKER}\n\nb`)],
  'plan-deployment --outputs': ['plan-deployment', 'alpha', 'omega'],
  'plan-deployment --environment': ['plan-deployment --commit c3', 'dev', 'test'],
  'plan-deployment --commit': ['plan-deployment --environment dev', 'c2', 'c3'],
  'check-role user': [`check-role _ ${assembly} ProoflinkDev ${role('210987654321')}`, 'deploy', 'drift'],
  'check-role assembly': [`check-role drift _ ProoflinkDev ${role('210987654321')}`, assembly, folder],
  'check-role stack': [`check-role drift ${assembly} _ ${role('210987654321')}`, 'ProoflinkDev', 'ProoflinkProd'],
  'check-role role': [`check-role drift ${assembly} ProoflinkDev _`, role('123456789012'), role('210987654321')],
  'digest folder': ['digest _', assembly, other],
  'digest digest': [`digest ${assembly} _`, 'alpha', 'omega'],
  'check-assembly assembly': ['check-assembly _', assembly, other],
  'check-assembly --renew': [`check-assembly ${assembly}`],
};

/** Effects of calls that have had the same one twice. */
const known = new Map<string, string[]>();

/** Effects of a parameter's first value and of its second one. */
async function effectsOf(program: () => Command, name: string, [start, ...given]: readonly [string, ...string[]]) {
  const [, parameter = ''] = name.split(' ');
  const values = given.length > 0 ? given : parameter.startsWith('env') ? ['dev', 'prod'] : ['', parameter];
  const [one = '', another = ''] = values.map((value) => {
    if (!parameter.startsWith('--')) return start.replace('_', value);
    return given.length > 0 ? `${start} ${parameter} ${value}` : `${start} ${value}`;
  });
  const effect = async (call: string) => (await effectOf(program, call)).sort();
  const first = known.get(one.trim()) ?? (await effect(one));
  if (!known.has(one.trim())) expect(await effect(one)).toEqual(first);
  known.set(one.trim(), first);
  return [first, await effect(another)] as const;
}

const parametersOf = (program: Command) =>
  program.commands.flatMap((each) =>
    [...each.registeredArguments.map((one) => one.name()), ...each.options.map(({ long }) => long ?? '')].map(
      (name) => `${each.name()} ${name}`,
    ),
  );

it('every option and argument of a command has a row', () => {
  expect(Object.keys(CALLS)).toEqual(parametersOf(newProoflinkProgram()));
});

it.each(Object.entries(CALLS))('%s has an effect with more than one value', async (name, row) => {
  const [one, another] = await effectsOf(newProoflinkProgram, name, row);
  expect(another).not.toEqual(one);
  const [, first = ''] = row;
  // A short one may be a part of other words.
  if (first.length > 4) expect(another.join('\n')).not.toContain(first);
  const renamed = one.map((line) => line.replaceAll('alpha', 'omega').replaceAll('ALPHA', 'OMEGA'));
  if (/alpha/i.test(first)) expect(another).toEqual(renamed.sort());
});

it('an option whose value is ignored is found', async () => {
  const program = () => {
    const broken = newProgram('it', '');
    broken
      .command('release')
      .option('--app <tag>')
      .action(() => {
        console.log('v1');
      });
    return broken;
  };
  const [one, another] = await effectsOf(program, 'release --app', ['release', 'v1', 'v2']);
  expect(another).toEqual(one);
});
