import { stripVTControlCharacters } from 'node:util';
import { HEALTH_CHECK_PATH } from '@infra/commands/app';

/** A health check in a line of an access log. The group is the HTTP status of the answer, if the line has one. */
const HEALTH_CHECK = new RegExp(`\\bGET ${HEALTH_CHECK_PATH}\\b.*?(?: ([1-5]\\d\\d)\\b|$)`);

/**
 * Returns a function that is true for the lines of a log to show: all but a health check that was answered with the same
 * status as the last one. Call it with each line, in their order.
 */
export function newHealthCheckFilter(): (line: string) => boolean {
  let lastStatus: string | undefined;
  return (line) => {
    const healthCheck = HEALTH_CHECK.exec(stripVTControlCharacters(line));
    if (!healthCheck) return true;
    const [, status = ''] = healthCheck;
    const hasNewStatus = status !== lastStatus;
    lastStatus = status;
    return hasNewStatus;
  };
}
