import type { ConfirmedUser } from './confirmed-user';

/** Nobody, to prime the functions with. */
export const EXAMPLE_USER: ConfirmedUser = {
  userPoolId: 'us-east-1_Example',
  username: 'example',
  sub: 'example',
  address: '{"address_type":"home","locality":"Springfield"}',
};
