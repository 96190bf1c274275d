import type { DeliveryConfig } from '../../../lib/config/delivery';
import type * as configured from './index';

/** The delivery of the tests' dev and prod before a repository is connected, whatever lib/config/delivery.ts says today. */
export const delivery: DeliveryConfig<keyof typeof configured> = {
  repository: undefined,
  applicationRepository: undefined,
  existingProviders: [],
  region: 'ap-northeast-1',
  reviewLanguage: 'en',
  environments: { dev: true, prod: true },
};
