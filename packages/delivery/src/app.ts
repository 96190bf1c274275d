export { delivery, type DeliveryConfig } from '../../../lib/config/delivery';
export type { EnvironmentConfig } from '../../../lib/config/environment';
export { LONGEST_MIGRATION_MINUTES } from '../../../lib/config/rules/web-service';
export { SESSION_HOURS } from '../../../lib/delivery/workflow-role';
