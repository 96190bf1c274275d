export { type ConfigField, fieldsAndSectionsOf, fieldsOf, isWithin } from '../../../test/support/config-fields';
