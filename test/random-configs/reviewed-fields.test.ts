import { review } from '@infra/change-review/testing';
import { synthesize } from '../tools/review/support/real-stacks';
import { bases } from './support/changes';
import { changeOf } from './support/change-shows';
import { leavesOf } from './support/leaves';
import { whereFieldsShow } from './support/where-fields-show';

/** Fields whose change may be more than something to look at, one way or the other. Whoever adds one reads the review. */
const MORE_THAN_A_LOOK = [
  // What cannot change without a replacement, or at all.
  /^region$/,
  /^network\./,
  /^database\.(fromSnapshot|databaseName|encryption|engineVersion|allocatedStorage|multiAz|iops|storageThroughput)$/,
  /^loadBalancer\.domain(\.domainName|\.hostedZoneId)?$/,
  // Safeguards.
  /^(terminationProtection|keepData|logRetention|alarms)$/,
  /^alarms\.email$/,
  /^database\.(backups\.retention|deletionProtection|maxAllocatedStorage|sslMode)$/,
  /^fileStorage\.(versioning|noncurrentVersionExpiration|importExpiration)$/,
  /^imageRegistry\./,
  /^loadBalancer\.(openPorts|allowedRanges(\[0\])?|domain\.sslPolicy)$/,
  /^webService\.(executeCommand|tasks\.mode)$/,
  // What brings roles, secrets or parameters of its own, which go with it.
  /^(webService|userImport)\.(settings|migration|schedule)$/,
  /^budget$/,
];

describe.each([
  { name: 'dev', other: 'prod' },
  { name: 'prod', other: 'dev' },
] as const)('the review of $name with one field changed, and changed back', ({ name, other }) => {
  const bare = new Map<unknown, string>();
  const folder = (config: (typeof bases)['dev']) => {
    const known = bare.get(config) ?? synthesize({ [name]: config });
    bare.set(config, known);
    return known;
  };

  it.each(leavesOf(bases[name]).map(([field]) => field))('%s', (field) => {
    const row = whereFieldsShow[field];
    if (!row || row.refused !== undefined) return;
    const { before, after } = changeOf({ field, name, here: bases[name], there: bases[other] }, row);
    const sides = [folder(before), synthesize({ [name]: after })] as const;
    for (const [base, head] of [sides, [sides[1], sides[0]] as const]) {
      const { stdout } = review(base, head, '--markdown');
      const [, open = ''] = /^([^]*?)(?:<details>|$)/.exec(stdout) ?? [];
      expect(stdout).not.toContain('**No change.**');
      if (!MORE_THAN_A_LOOK.some((each) => each.test(field))) expect(open).not.toMatch(/⛔|⚠️/);
      // Each finding says what it means, beside its values, and what to do.
      const findings = open.split(/\n(?=- (?:⛔|⚠️|👀) )/).slice(1);
      for (const finding of findings) {
        expect(finding).toMatch(/\*\*: \S/);
        expect(finding).toMatch(/\n {2}- Do: \S/);
      }
    }
  });
});
