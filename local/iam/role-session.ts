/** The session of a person or a service under an assumed role. */
export interface RoleSession {
  readonly roleArn: string;
  readonly roleName: string;
  readonly sessionName: string;
  /** The gateway recognizes the calls of this session by this key. */
  readonly accessKeyId: string;
  /** Whether the role allows this. The question is recorded. */
  readonly may: (action: string, resource: string) => boolean;
}
