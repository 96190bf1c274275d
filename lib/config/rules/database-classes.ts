/**
 * A class by family and size, such as `t4g.micro`. Families m1 to m4, r3, r4, t1 and t2 are too old for PostgreSQL 15
 * (docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Support.html). The CDK's own validation
 * refuses what RDS does not offer in the region, but accepts these, whatever the version.
 */
export const INSTANCE_CLASS = /^(?!(m[1-4]|r[34]|t[12])\.)[a-z][a-z\d]+\.[a-z\d]+$/;

/** The most connections of any class. */
export const MOST_CONNECTIONS = 5000;

/** Memory in GiB of a class of the size large, by the letter of its family. */
const GIBIBYTES_OF_LARGE: Readonly<Record<string, number>> = { t: 8, m: 8, r: 16, x: 32 };

/** Sizes below large, and xlarge, as multiples of large. */
const MULTIPLES: Readonly<Record<string, number>> = { micro: 1 / 8, small: 1 / 4, medium: 1 / 2, large: 1, xlarge: 2 };

/**
 * Connections that PostgreSQL takes on an instance class by RDS's default, `LEAST(memory / 9531392, 5000)`: a little
 * fewer in truth, for RDS itself takes some of the memory. `undefined` for a class of another form.
 */
export function mostConnections(instanceClass: string): number | undefined {
  const [, letter = '', size = '', factor] = /^([a-z])\w*\.((\d*)[a-z]+)$/.exec(instanceClass) ?? [];
  const large = GIBIBYTES_OF_LARGE[letter];
  const multiple = factor ? 2 * Number(factor) : MULTIPLES[size];
  if (large === undefined || multiple === undefined) return undefined;
  const bytes = large * multiple * 2 ** 30;
  return Math.min(Math.floor(bytes / 9531392), MOST_CONNECTIONS);
}
