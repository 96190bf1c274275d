import { messagesOf } from '@infra/commands/messages';
import type { Lists, Numbers, Texts } from '@infra/common/words';
import { ja } from './ja';
import type { CostPart } from './parts';

/** Sentences on costs, in English. */
export const en = {
  /** Texts in the help of the command `cost`. */
  help: {
    summary: 'Estimates what environments cost in a month.',
    details:
      'Computed from the templates, from the dated prices in packages/cost/src/prices.json and from the usage that ' +
      'packages/cost/src/usage.ts assumes. Usage types are those of AWS\'s bill. A sum that lacks a price is "?". No network.',
    exitCodes: {
      0: 'estimated',
      2: 'not known',
    },
    assembly: 'what "npx cdk synth -o" wrote; synthesized now unless given',
    json: 'everything, for programs',
  },

  /** Name of a part of the bill. */
  part: ({ part }: { readonly part: CostPart }): string => part,

  /** Output of `cost`. */
  total: ({ stackName, usd, yen }: Texts<'stackName' | 'usd' | 'yen'>) =>
    `${stackName}: USD ${usd}, ${yen} yen a month`,
  columns: {
    part: 'Part',
    usage: 'Usage type, quantity',
    usd: 'USD',
    yen: 'Yen',
  },
  assumed: '* assumed in packages/cost/src/usage.ts',
  notInSum: ({ names }: Lists<'names'>) => `Not in the sum (no quantity or no price is known): ${names.join(', ')}.`,
  unknownSum: ({ stackName, region, names }: Texts<'stackName' | 'region'> & Lists<'names'>) =>
    `${stackName}: the sum is unknown: packages/cost/src/prices.json has no price of ${region}, or the template no ` +
    `number, for ${names.join(', ')}. Prices to add with their date: https://aws.amazon.com/pricing/`,
  terms: ({
    regions,
    oldestDate,
    newestDate,
    yenPerDollar,
    hoursPerMonth,
  }: Texts<'oldestDate' | 'newestDate'> & Lists<'regions'> & Numbers<'yenPerDollar' | 'hoursPerMonth'>) =>
    `List prices of ${regions.join(', ')}, known from ${oldestDate} to ${newestDate}, without tax and without a free ` +
    `tier; USD 1 = ${yenPerDollar} yen; a month has ${hoursPerMonth} hours.`,
  noAssumedUsage: 'Its usage is not assumed yet: add the environment to packages/cost/src/usage.ts.',

  /** Tables of pages, and the sentence of the READMEs. */
  pages: {
    yenPerMonth: () => 'yen per month',
    guide: () => 'the guide, dev',
    /** The guide's total, as in the guide itself. */
    about: ({ amount }: Texts<'amount'>) => `about ${amount}`,
    together: () => 'together',
    sum: ({ environmentName, amount }: Texts<'environmentName' | 'amount'>) => `${amount} yen (${environmentName})`,
    sums: ({ ofEnvironments }: Lists<'ofEnvironments'>) =>
      `A month costs ${ofEnvironments.join(' or ')}, by AWS's list prices`,
  },

  /** The app without a template to read. */
  notSynthesized: ({ output }: Texts<'output'>) => `The app cannot be synthesized:\n${output}`,
  noStack: ({ environmentName, stackName }: Texts<'environmentName' | 'stackName'>) =>
    `${environmentName}: the assembly has no stack ${stackName}. Synthesize it again.`,
};

/** Sentences on costs, in the language of this process. */
export const words = messagesOf({ en, ja });

/** Sentences on costs in one language. */
export type CostWords = typeof en;
