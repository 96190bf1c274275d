// For tests alone: these bring the CDK's constructs, which programs load late.
export { show } from '../../../lib/config/rules/check';
export { isSecretValue } from '../../../lib/config/rules/plain-secrets';
export { SECRET_FORMS } from '../../../lib/config/rules/secret-forms';
export { LONGEST_MIGRATION_MINUTES } from '../../../lib/config/rules/web-service';
export { brokenRules, ConfigError } from '../../../lib/config/validate';
export { SESSION_HOURS } from '../../../lib/delivery/workflow-role';
