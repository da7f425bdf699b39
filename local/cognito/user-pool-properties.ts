/** A user pool as the template describes it. */
export interface UserPoolProperties {
  readonly UserPoolName?: string;
  readonly Schema?: unknown[];
  readonly [property: string]: unknown;
}

/** An app client as the template describes it. */
export interface UserPoolClientProperties {
  readonly UserPoolId: string;
  readonly GenerateSecret?: boolean;
  readonly [property: string]: unknown;
}

/** A group as the template describes it. */
export interface UserPoolGroupProperties {
  readonly UserPoolId: string;
  readonly Description?: string;
  readonly Precedence?: number;
  readonly RoleArn?: string;
}
