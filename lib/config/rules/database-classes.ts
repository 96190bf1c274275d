/**
 * Classes that RDS offers for PostgreSQL 15, as cfn-lint 1.51 lists them (2026-10). To use a newer class, add it here:
 * `aws rds describe-orderable-db-instance-options --engine postgres --engine-version 15` lists what a region offers.
 */
const OFFERED: readonly { families: string; sizes: string; gibibytesOfLarge: number }[] = [
  { families: 't3 t4g', sizes: 'micro small medium large xlarge 2xlarge', gibibytesOfLarge: 8 },
  ...[
    { m: 'm6g m6gd m7g', r: 'r6g r6gd r7g', sizes: 'large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge' },
    { m: 'm5 m5d', r: 'r5 r5b r5d', sizes: 'large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge' },
    {
      m: 'm6i m6id m6idn m6in',
      r: 'r6i r6id r6idn r6in',
      sizes: 'large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge',
    },
    {
      m: 'm7i m8g m8gd',
      r: 'r7i r8g r8gd',
      sizes: 'large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge',
    },
  ].flatMap(({ m, r, sizes }) => [
    { families: m, sizes, gibibytesOfLarge: 8 },
    { families: r, sizes, gibibytesOfLarge: 16 },
  ]),
  { families: 'x2g', sizes: 'large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge', gibibytesOfLarge: 32 },
  { families: 'x2iedn', sizes: 'xlarge 2xlarge 4xlarge 8xlarge 16xlarge 24xlarge 32xlarge', gibibytesOfLarge: 64 },
];

/** Major versions of PostgreSQL that RDS offers, from the guide's on, as the CDK's own validation has them (2.276). */
export const MAJOR_VERSIONS = ['15', '16', '17', '18'] as const;

/** Every family of instance classes. */
export const FAMILIES = OFFERED.flatMap(({ families }) => families.split(' '));

/** The sizes of a family; none where RDS does not offer the family. */
export function sizesOf(family: string): readonly string[] {
  return offered(family)?.sizes.split(' ') ?? [];
}

/** The most connections of any class. */
export const MOST_CONNECTIONS = 5000;

/**
 * Connections that PostgreSQL takes on an instance class by RDS's default, `LEAST(memory / 9531392, 5000)`: a little
 * fewer in truth, for RDS itself takes some of the memory. `undefined` where RDS does not offer the class.
 */
export function mostConnections(instanceClass: string): number | undefined {
  const [family = '', size = ''] = instanceClass.split('.');
  const large = offered(family)?.gibibytesOfLarge;
  if (large === undefined || !sizesOf(family).includes(size)) return undefined;
  const times = { micro: 1 / 8, small: 1 / 4, medium: 1 / 2, large: 1, xlarge: 2 }[size] ?? 2 * parseInt(size, 10);
  return Math.min(Math.floor((times * large * 2 ** 30) / 9531392), MOST_CONNECTIONS);
}

function offered(family: string): (typeof OFFERED)[number] | undefined {
  return OFFERED.find(({ families }) => families.split(' ').includes(family));
}
