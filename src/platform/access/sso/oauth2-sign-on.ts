import { createHash, randomBytes } from 'node:crypto'
import { askProvider } from './ask-provider.ts'
import type { OAuth2Setting, WithSecret } from './provider-setting.ts'
import { type SignOnOutcome, type SingleSignOn, textAt } from './single-sign-on.ts'

const random = () => randomBytes(32).toString('base64url')

/** OAuth2 统一认证 — authorisation code with PKCE, then the person from the user-info address. */
export function oauth2SignOn(setting: WithSecret<OAuth2Setting>): SingleSignOn {
  return {
    id: setting.id,
    name: setting.name,
    secondFactor: setting.secondFactor,
    match: setting.match,
    begin: async (callback) => {
      const [state, verifier] = [random(), random()]
      const url = new URL(setting.authorizeUrl)
      const asked = {
        response_type: 'code',
        client_id: setting.clientId,
        redirect_uri: callback,
        scope: setting.scope,
        state,
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
      }
      for (const [name, value] of Object.entries(asked)) if (value) url.searchParams.set(name, value)
      return { url: url.href, state, secrets: { verifier } }
    },
    finish: async (returned, { secrets }): Promise<SignOnOutcome> => {
      const code = returned.searchParams.get('code')
      if (!code) return { ok: false, why: '对方没有同意登录' }
      const tokens = await askProvider(setting.tokenUrl, {
        method: 'POST',
        headers: { accept: 'application/json' },
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          code,
          redirect_uri: `${returned.origin}${returned.pathname}`,
          client_id: setting.clientId,
          client_secret: setting.clientSecret,
          code_verifier: secrets.verifier as string,
        }),
      })
      const token = textAt(tokens, 'access_token')
      if (!token) return { ok: false, why: '对方没有接受登录凭据' }
      const person = await askProvider(setting.userInfoUrl, {
        headers: { accept: 'application/json', authorization: `Bearer ${token}` },
      })
      const subject = textAt(person, setting.subject)
      return subject ? { ok: true, subject } : { ok: false, why: `对方没有给出 ${setting.subject}` }
    },
  }
}
