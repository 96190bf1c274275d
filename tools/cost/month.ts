/** Hours of an average month. */
export const MONTH_HOURS = 730;

/** Days of a month, for data that are kept for a number of days. */
export const MONTH_DAYS = 30;
