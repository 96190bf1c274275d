import { describeAnswers, dev } from './aws-answers';

const quotaOf = (Value: number) => ({ GetServiceQuota: { Quota: { Value } } });
const requestQuota = (vcpus: number) =>
  'aws service-quotas request-service-quota-increase --service-code fargate --quota-code L-3032A538 ' +
  `--desired-value ${vcpus} --region ap-northeast-1`;

// dev: 2 × 1 task of half a vCPU and 4 of imports. prod: 2 × 4 tasks of one, and 16.
describeAnswers('quotas', [
  {
    title: 'a quota that suffices for dev, and not for prod beside it, asks a person to look',
    aws: quotaOf(6),
    environment: dev,
    result: 'look',
    says: "Fargate's quota is 6 vCPUs; dev may want 5 at once, and all environments of its region in lib/config 29.",
    fix: requestQuota(29),
  },
  {
    title: 'the quota of a new account is too small for prod',
    aws: quotaOf(6),
    result: 'wrong',
    says: "Fargate's quota is 6 vCPUs; prod may want 24 at once, and all environments of its region in lib/config 29.",
    fix: requestQuota(29),
  },
]);
