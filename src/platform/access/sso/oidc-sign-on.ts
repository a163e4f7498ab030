import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client'
import type { OidcSetting, WithSecret } from './provider-setting.ts'
import { type SignOnOutcome, type SingleSignOn, textAt } from './single-sign-on.ts'

/** OIDC 统一认证 — authorisation code with PKCE and nonce; the id token's signature is checked against the provider's keys. */
export function oidcSignOn(setting: WithSecret<OidcSetting>): SingleSignOn {
  let found: Promise<Configuration> | undefined
  const configuration = () => {
    found ??= discover(setting).catch((error) => {
      // Asked again next time: the provider may be back.
      found = undefined
      throw error
    })
    return found
  }
  return {
    id: setting.id,
    name: setting.name,
    secondFactor: setting.secondFactor,
    match: setting.match,
    begin: async (callback) => {
      const [state, nonce, verifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()]
      const url = buildAuthorizationUrl(await configuration(), {
        redirect_uri: callback,
        scope: setting.scope,
        state,
        nonce,
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      })
      return { url: url.href, state, secrets: { nonce, verifier } }
    },
    finish: async (returned, { state, secrets }): Promise<SignOnOutcome> => {
      const tokens = await authorizationCodeGrant(await configuration(), returned, {
        expectedState: state,
        expectedNonce: secrets.nonce as string,
        pkceCodeVerifier: secrets.verifier as string,
        idTokenExpected: true,
      }).catch(() => undefined)
      if (!tokens) return { ok: false, why: '对方的答复没有通过核对' }
      const subject = textAt(tokens.claims(), setting.subject)
      return subject ? { ok: true, subject } : { ok: false, why: `对方没有给出 ${setting.subject}` }
    },
  }
}

async function discover(setting: WithSecret<OidcSetting>): Promise<Configuration> {
  const server = new URL(setting.issuer)
  return discovery(server, setting.clientId, setting.clientSecret, undefined, {
    timeout: 10,
    execute: [enableNonRepudiationChecks, ...(server.protocol === 'http:' ? [allowInsecureRequests] : [])],
  })
}
