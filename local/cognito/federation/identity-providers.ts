/** An identity provider as the template describes it. */
export interface IdentityProviderProperties {
  readonly UserPoolId: string;
  readonly ProviderName: string;
  readonly ProviderType: string;
}

/** The providers whose name is their type. */
const SOCIAL = ['Facebook', 'Google', 'LoginWithAmazon', 'SignInWithApple'];

/** The types of the identity providers of all user pools. */
export class IdentityProviders {
  private readonly types = new Map<string, string>();

  create({ UserPoolId, ProviderName, ProviderType }: IdentityProviderProperties): void {
    this.types.set(`${UserPoolId} ${ProviderName}`, ProviderType);
  }

  /** A provider that no template describes is taken for one of OpenID Connect, unless its name says more. */
  typeOf(userPoolId: string, providerName: string): string {
    const known = this.types.get(`${userPoolId} ${providerName}`);
    return known ?? (SOCIAL.includes(providerName) ? providerName : 'OIDC');
  }
}
