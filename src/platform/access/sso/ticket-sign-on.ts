import { createHmac, randomBytes } from 'node:crypto'
import { askProvider } from './ask-provider.ts'
import type { TicketSetting, WithSecret } from './provider-setting.ts'
import { type SignOnOutcome, type SingleSignOn, textAt } from './single-sign-on.ts'

/**
 * 票据式统一认证 — as provincial portals do it: the browser comes back with a ticket, we exchange it for a
 * token under a signature with the application's secret, and ask with the token who it is.
 *
 * Our state travels inside the return address, since such portals know no state of their own; what comes
 * back without it is refused.
 */
export function ticketSignOn(setting: WithSecret<TicketSetting>): SingleSignOn {
  return {
    id: setting.id,
    name: setting.name,
    secondFactor: setting.secondFactor,
    match: setting.match,
    begin: async (callback) => {
      const state = randomBytes(32).toString('base64url')
      const back = new URL(callback)
      back.searchParams.set('state', state)
      const url = new URL(setting.loginUrl)
      url.searchParams.set('appId', setting.clientId)
      url.searchParams.set(setting.returnParameter, back.href)
      return { url: url.href, state, secrets: {} }
    },
    finish: async (returned): Promise<SignOnOutcome> => {
      const ticket = returned.searchParams.get(setting.ticketParameter)
      if (!ticket) return { ok: false, why: '对方没有给出票据' }
      const tokens = await askSigned(setting, setting.tokenUrl, { ticket })
      const token = textAt(tokens, setting.token)
      if (!token) return { ok: false, why: '票据无效、已用过，或签名没有被接受' }
      const person = await askSigned(setting, setting.userInfoUrl, { accessToken: token })
      const subject = textAt(person, setting.subject)
      return subject ? { ok: true, subject } : { ok: false, why: `对方没有给出 ${setting.subject}` }
    },
  }
}

function askSigned(
  setting: WithSecret<TicketSetting>,
  url: string,
  fields: Readonly<Record<string, string>>,
): Promise<unknown> {
  const told = {
    ...fields,
    appId: setting.clientId,
    timestamp: String(Date.now()),
    nonce: randomBytes(16).toString('hex'),
  }
  return askProvider(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ ...told, sign: signatureOf(told, setting.clientSecret) }),
  })
}

/** 签名 — HMAC-SHA256, in hex, of `name=value` joined by & in the order of the names. */
export function signatureOf(fields: Readonly<Record<string, string>>, secret: string): string {
  const text = Object.keys(fields)
    .sort()
    .map((name) => `${name}=${fields[name]}`)
    .join('&')
  return createHmac('sha256', secret).update(text).digest('hex')
}
