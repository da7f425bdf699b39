/** How a user comes into the user pool, and what happens to them. */
export type UserKind =
  /** Signs up, and confirms with a code. */
  | 'native'
  /** Signs in through an identity provider. */
  | 'federated'
  /** Is confirmed by an administrator, and never verifies their address. */
  | 'unverified'
  /** The same, but verifies their address later. */
  | 'verified later'
  /** Signs up, and never confirms. */
  | 'unconfirmed'
  /** Is disabled before they are confirmed. */
  | 'disabled'
  /** Confirms, and is disabled later. */
  | 'disabled later'
  /** Confirms, and is deleted later. */
  | 'deleted later'
  /** Is created by an administrator, and signs in later. No trigger is called. */
  | 'created by administrator'
  /** Is created by an administrator, and never signs in. */
  | 'never signed in'
  /** Signs up, never confirms, and is linked to an identity provider later. */
  | 'linked later'
  /** Was parked by the version before, whose messages had another form. */
  | 'parked before';

/** A user of a schedule. Times are in ms since the start of the world. */
export interface Arrival {
  readonly number: number;
  readonly kind: UserKind;
  readonly at: number;
  /** When what the kind calls `later` happens. */
  readonly later: number;
  readonly address?: string;
}
