import { requireTests } from './require-tests';

// Left out: snapshots, which notice every change and say nothing of its meaning, and what takes seconds a run (programs of
// their own, cfn-lint, the CDK's validation, random configs).
requireTests(/^((app\/(invariants|outputs|other-configs)|delivery\/(delivery-stack|accounts))|config\/.*)\.test\.ts$/);
