import { Duration, Size } from 'aws-cdk-lib/core';

/** Usage of an environment in a month, which its template does not say and its cost is computed from. */
export interface Usage {
  /** How many capacity units (LCU) does the load balancer use on average? One is 25 new connections per second. */
  readonly loadBalancerUnits: number;
  /** How much do users download? */
  readonly dataOut: Size;
  /** How much is kept in the bucket? */
  readonly files: Size;
  /** How many files are written, or listed? */
  readonly fileWrites: number;
  /** How many files are read? */
  readonly fileReads: number;
  /** How much do the images take, of both repositories? */
  readonly images: Size;
  /** How much is logged? */
  readonly logs: Size;
  /** How long do import jobs run, all together? */
  readonly imports: Duration;
  /** How many times does a starting task or job fetch a secret? */
  readonly secretReads: number;
  /** How many mails do the alarms send? */
  readonly mails: number;
  /** How many times does CloudFormation call each function, which it does in some deployments? */
  readonly functionCalls: number;
  /** How long does each function run, all calls together? */
  readonly functionTime: Duration;
}

/** Yen per US dollar. */
export const yenPerDollar = 150;

/** The usage of each environment. What depends on the usage of one that is missing here is not priced. */
export const usage: Readonly<Record<string, Usage | undefined>> = {
  // The guide's figures (5.1); it says "few requests".
  dev: {
    loadBalancerUnits: 0.1,
    dataOut: Size.gibibytes(1),
    files: Size.gibibytes(10),
    fileWrites: 10,
    fileReads: 50,
    images: Size.gibibytes(15),
    logs: Size.gibibytes(1),
    imports: Duration.minutes(30),
    secretReads: 60,
    mails: 0,
    functionCalls: 2,
    functionTime: Duration.seconds(4),
  },
  // The guide has none for prod.
  prod: {
    loadBalancerUnits: 1,
    dataOut: Size.gibibytes(50),
    files: Size.gibibytes(50),
    fileWrites: 2_000,
    fileReads: 20_000,
    images: Size.gibibytes(15),
    logs: Size.gibibytes(5),
    imports: Duration.minutes(30),
    secretReads: 60,
    mails: 20,
    functionCalls: 2,
    functionTime: Duration.seconds(4),
  },
};
