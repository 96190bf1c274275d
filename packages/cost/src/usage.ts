import { Duration, Size } from 'aws-cdk-lib/core';

/** Usage of an environment in a month, which its template does not say and its cost is computed from. */
export interface Usage {
  /** How many capacity units (LCU) does the load balancer use on average? One is 25 new connections per second. */
  readonly loadBalancerUnits: number;
  /** How much do users download? */
  readonly dataOut: Size;
  /** How much is kept in the bucket, with old versions of files? */
  readonly files: Size;
  /** How much do the images take, of both repositories? */
  readonly images: Size;
  /** How much is logged? */
  readonly logs: Size;
  /** How long do import jobs run, all together? */
  readonly imports: Duration;
}

/** Yen per US dollar. */
export const yenPerDollar = 150;

/** The usage of each environment. What depends on the usage of one that is missing here is in no sum. */
export const usage: Readonly<Record<string, Usage | undefined>> = {
  // The guide's figures (5.1); it says "few requests".
  dev: {
    loadBalancerUnits: 0.1,
    dataOut: Size.gibibytes(1),
    files: Size.gibibytes(10),
    images: Size.gibibytes(15),
    logs: Size.gibibytes(1),
    imports: Duration.minutes(30),
  },
  // The guide has none for prod.
  prod: {
    loadBalancerUnits: 1,
    dataOut: Size.gibibytes(50),
    files: Size.gibibytes(50),
    images: Size.gibibytes(15),
    logs: Size.gibibytes(5),
    imports: Duration.minutes(30),
  },
};
