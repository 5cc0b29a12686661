import { Logger } from '@aws-lambda-powertools/logger';

/** Structured lines with ids. Never a token, a signature, a phone number or an address. */
export const log = new Logger({ serviceName: 'cho-kinh-bac' });
