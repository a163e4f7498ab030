import { createHash, createSign, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { signatureOf } from './ticket-sign-on.ts'

export interface TestProvider {
  readonly url: string
  close(): Promise<void>
}

async function listening(server: Server): Promise<TestProvider> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

const client = { client_id: 'kuoyou', client_secret: 'secret-of-the-test-site' }

/** A real OIDC provider (oidc-provider) in this process, which sends people back to `returnTo`. */
export async function realOidcProvider(returnTo = 'http://localhost/sso/city'): Promise<TestProvider> {
  const { default: Provider } = await import('oidc-provider' as string)
  const socket = createServer()
  const place = await listening(socket)
  const provider = new Provider(place.url, {
    clients: [{ ...client, redirect_uris: [returnTo], grant_types: ['authorization_code'] }],
    pkce: { required: () => true },
    cookies: { keys: ['test'] },
    findAccount: (_: unknown, id: string) => ({ accountId: id, claims: async () => ({ sub: id }) }),
  })
  provider.on('server_error', (_: unknown, error: Error) => process.stderr.write(`${error.stack}\n`))
  socket.on('request', provider.callback())
  return place
}

/** A person at the provider: follows its pages from `url`, signs in as `login`, agrees, and gives the address sent back to. */
export async function walkThrough(url: string, login: string): Promise<URL> {
  const cookies = new Map<string, string>()
  let at = new URL(url)
  let form: URLSearchParams | undefined
  for (let step = 0; step < 20; step++) {
    const answer: Response = await fetch(at, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { body: form }),
    })
    form = undefined
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) as unknown as [string, string, string]
      cookies.set(name, value)
    }
    const next = answer.headers.get('location')
    if (next) {
      at = new URL(next, at)
      if (at.hostname === 'localhost') return at
      continue
    }
    const page = await answer.text()
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1]
    const action = /action="([^"]+)"/.exec(page)?.[1]
    if (!prompt || !action)
      throw new Error(`the provider's page has no form: ${answer.status} ${page.slice(0, 500)}`)
    at = new URL(action, at)
    form = new URLSearchParams({ prompt, login, password: 'x' })
  }
  throw new Error('the provider led in a circle')
}

/** What a provider that lies says in its id token. */
export interface Lie {
  readonly algorithm?: 'none'
  readonly claims?: Readonly<Record<string, unknown>>
  readonly foreignKey?: true
}

/** An OIDC provider whose id tokens say what `lie` tells it to, with the nonce it was asked with unless the lie says otherwise. */
export async function lyingOidcProvider(lie: { now: Lie }): Promise<TestProvider> {
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 })
  let nonce = ''
  const place: { url: string } = { url: '' }
  const said: Record<string, (request: IncomingMessage) => unknown> = {
    '/.well-known/openid-configuration': () => ({
      issuer: place.url,
      authorization_endpoint: `${place.url}/authorize`,
      token_endpoint: `${place.url}/token`,
      jwks_uri: `${place.url}/jwks`,
      response_types_supported: ['code'],
      id_token_signing_alg_values_supported: ['RS256'],
      subject_types_supported: ['public'],
    }),
    '/jwks': () => ({
      keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'RS256', use: 'sig' }],
    }),
    '/authorize': (request) => {
      nonce = new URL(request.url as string, place.url).searchParams.get('nonce') ?? ''
      return {}
    },
    '/token': () => ({
      access_token: 'a',
      token_type: 'Bearer',
      id_token: idToken(place.url, nonce, lie.now, lie.now.foreignKey ? foreign.privateKey : keys.privateKey),
    }),
  }
  const server = await listening(answering(said))
  place.url = server.url
  return server
}

function idToken(issuer: string, nonce: string, lie: Lie, key: KeyObject): string {
  const now = Math.floor(Date.now() / 1000)
  const claims = {
    iss: issuer,
    aud: client.client_id,
    sub: 'N-1',
    nonce,
    iat: now,
    exp: now + 60,
    ...lie.claims,
  }
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const text = `${encode({ alg: lie.algorithm ?? 'RS256', kid: 'k' })}.${encode(claims)}`
  return `${text}.${lie.algorithm ? '' : createSign('sha256').update(text).sign(key).toString('base64url')}`
}

/** An OAuth2 server that gives one code per challenge and holds the client to PKCE and its secret. */
export function oauth2Provider(person: object): Promise<TestProvider> {
  const codes = new Map<string, string>()
  return listening(
    answering({
      '/authorize': (request) => {
        const asked = new URL(request.url as string, 'http://x').searchParams
        const code = randomUUID()
        codes.set(code, asked.get('code_challenge') ?? '')
        return { code }
      },
      '/token': (_, body) => {
        const form = new URLSearchParams(body)
        const challenge = codes.get(form.get('code') ?? '')
        codes.delete(form.get('code') ?? '')
        const proven = createHash('sha256')
          .update(form.get('code_verifier') ?? '')
          .digest('base64url')
        return proven === challenge && form.get('client_secret') === client.client_secret
          ? { access_token: 'token-1' }
          : { error: 'invalid_grant' }
      },
      '/me': (request) => (request.headers.authorization === 'Bearer token-1' ? person : { error: 'no' }),
    }),
  )
}

/** A portal that gives tickets, good once, and checks the signature of who exchanges them. */
export function ticketPortal(person: object): Promise<TestProvider & { tickets: Set<string> }> {
  const tickets = new Set(['T-1', 'T-2', 'T-3'])
  const signed = (body: string) => {
    const { sign, ...fields } = JSON.parse(body)
    return sign === signatureOf(fields, client.client_secret) ? fields : undefined
  }
  return listening(
    answering({
      '/token': (_, body) => {
        const fields = signed(body)
        return fields && tickets.delete(fields.ticket)
          ? { code: 0, data: { accessToken: 'A-1' } }
          : { code: 1 }
      },
      '/me': (_, body) => (signed(body)?.accessToken === 'A-1' ? person : { code: 1 }),
    }),
  ).then((server) => ({ ...server, tickets }))
}

function answering(
  said: Readonly<Record<string, (request: IncomingMessage, body: string) => unknown>>,
): Server {
  return createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    const say = said[new URL(request.url as string, 'http://x').pathname]
    response.writeHead(say ? 200 : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify(say?.(request, body) ?? {}))
  })
}
