import { stripVTControlCharacters } from 'node:util';
import { HEALTH_CHECK_PATH } from '../../lib/contract';

/** A health check in an access log, with the status of its answer. */
const HEALTH_CHECK = new RegExp(`\\bGET ${HEALTH_CHECK_PATH}\\b.*?(?: ([1-5]\\d\\d)\\b|$)`);

/** Returns a filter for the lines of a log: it drops health checks whose answer has the same status as the one before. */
export function healthCheckFilter(): (line: string) => boolean {
  let lastStatus: string | undefined;
  return (line) => {
    const healthCheck = HEALTH_CHECK.exec(stripVTControlCharacters(line));
    if (!healthCheck) return true;
    const [, status = ''] = healthCheck;
    const isNew = status !== lastStatus;
    lastStatus = status;
    return isNew;
  };
}
