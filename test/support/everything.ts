/** Whether `npm run test:all` runs, in which some tests have more cases than in `npm test`. */
export const EVERYTHING = process.env.TEST_ALL === 'true';
