/** What Lambda tells a function by its environment, for processes of the bench that load functions' code. */
export const functionSettings = {
  PATH: process.env.PATH,
  AWS_REGION: 'ap-southeast-1',
  COMMERCE_TABLE: 'commerce',
  TRACEABILITY_TABLE: 'traceability',
  REPORTING_TABLE: 'reporting',
  PUBLIC_ORIGIN: 'https://chokinhbac.test',
};
