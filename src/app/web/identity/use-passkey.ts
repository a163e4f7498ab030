import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser'
import type { AnswerError, Api } from '../../../ui/use-api.tsx'

/** 能否用通行密钥 — the browser knows them and the address is a name, not a number. */
export function passkeyUsable(): boolean {
  return browserSupportsWebAuthn() && !/^[\d.:[\]]+$/.test(window.location.hostname)
}

const notDone: AnswerError = {
  kind: 'refusal',
  text: '通行密钥没有完成：可能取消了，或超时了。请再试一次，或改用别的方式。',
}

/** 用通行密钥登录 — asks, lets the browser sign, answers. */
export async function signWithPasskey<A>(api: Api): Promise<A> {
  const { options } = await api.send<{ options: PublicKeyCredentialRequestOptionsJSON }>(
    'POST',
    '/api/session/passkey-question',
  )
  const response = await startAuthentication({ optionsJSON: options }).catch((): never => {
    throw notDone
  })
  return api.send<A>('POST', '/api/session/passkey', { response })
}

/** 登记通行密钥 — makes one for this account under a name its owner will recognise. */
export async function enrolPasskey<A>(api: Api, name: string): Promise<A> {
  const { options } = await api.send<{ options: PublicKeyCredentialCreationOptionsJSON }>(
    'POST',
    '/api/security/passkey-question',
  )
  const response = await startRegistration({ optionsJSON: options }).catch((): never => {
    throw notDone
  })
  return api.send<A>('POST', '/api/security/passkeys', { name, response })
}
