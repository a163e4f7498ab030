import Type, { type Static } from 'typebox'

const Url = Type.String({ pattern: '^https?://', maxLength: 500 })
const shared = {
  id: Type.String({ pattern: '^[a-z][a-z0-9-]{0,30}$' }),
  name: Type.String({ minLength: 1, maxLength: 30 }),
  secondFactor: Type.Boolean({ default: false }),
  match: Type.Union([Type.Literal('account'), Type.Literal('external-id')], { default: 'external-id' }),
  clientId: Type.String({ minLength: 1, maxLength: 200 }),
  /** The secret itself is never in the file: this names the environment variable that holds it. */
  clientSecretFrom: Type.String({ pattern: '^[A-Z][A-Z0-9_]*$' }),
  /** Where in the answer the person's id stands, e.g. `sub` or `data.userId`. */
  subject: Type.String({ minLength: 1, maxLength: 100 }),
}

/** OIDC 统一认证的设置. */
export const OidcSetting = Type.Object({
  kind: Type.Literal('oidc'),
  issuer: Url,
  scope: Type.String({ default: 'openid profile' }),
  ...shared,
})
/** OAuth2 统一认证的设置. */
export const OAuth2Setting = Type.Object({
  kind: Type.Literal('oauth2'),
  authorizeUrl: Url,
  tokenUrl: Url,
  userInfoUrl: Url,
  scope: Type.String({ default: '' }),
  ...shared,
})
/** 票据式统一认证的设置. */
export const TicketSetting = Type.Object({
  kind: Type.Literal('ticket'),
  loginUrl: Url,
  tokenUrl: Url,
  userInfoUrl: Url,
  /** Names the portal uses in its addresses and answers. */
  ticketParameter: Type.String({ default: 'ticket' }),
  returnParameter: Type.String({ default: 'redirectUrl' }),
  token: Type.String({ default: 'data.accessToken' }),
  ...shared,
})

/** 统一认证的设置 — one entry of the site's file, before its secret is looked up. */
export const ProviderSetting = Type.Union([OidcSetting, OAuth2Setting, TicketSetting])
export type ProviderSetting = Static<typeof ProviderSetting>

/** With the secret in hand. */
export type WithSecret<S> = S & { readonly clientSecret: string }
export type OidcSetting = Static<typeof OidcSetting>
export type OAuth2Setting = Static<typeof OAuth2Setting>
export type TicketSetting = Static<typeof TicketSetting>
