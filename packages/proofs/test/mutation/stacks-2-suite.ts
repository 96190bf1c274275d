import { requireTests } from './require-tests';

// Left out: snapshots, which notice every change and say nothing of its meaning, and what takes seconds a run (programs of
// their own, cfn-lint, the CDK's validation, random configs).
const APP = 'app/(create-stacks|image-tags|invariants|other-configs|outputs|wiring)';
const DELIVERY = 'delivery/(accounts|delivery-stack)';
requireTests(new RegExp(`^(${APP}|${DELIVERY}|config/.*)\\.test\\.ts$`));
