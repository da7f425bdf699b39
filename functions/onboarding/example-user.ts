import type { ConfirmedUser } from './confirmed-user';

/** A user who does not exist, for priming the functions. */
export const EXAMPLE_USER: ConfirmedUser = {
  userPoolId: 'us-east-1_Example',
  username: 'example',
  sub: 'example',
  attributes: { address: '{"address_type":"home","locality":"Springfield"}' },
};
