const HOURS_PER_YEAR = 24 * 365;

/** Hours of an average month, 730, as in AWS's own estimates. */
export const HOURS_PER_MONTH = HOURS_PER_YEAR / 12;

/** Days of a month for stored data, rounded: data that are kept for 30 days cost one month of storage. */
export const DAYS_PER_MONTH = 30;
