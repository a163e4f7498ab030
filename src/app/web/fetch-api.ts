import type { AnswerError, Api, Params } from '../../ui/use-api.tsx'

/** 服务端 — asks this platform's own API; a signed-out visitor is sent to the sign-in page by `onSignedOut`. */
export function fetchApi(onSignedOut: () => void): Api {
  const ask = async <A>(path: string, options: RequestInit): Promise<A> => {
    const response = await asked(path, options).catch((): never => {
      throw {
        kind: 'fault',
        text: '连不上平台。您填写的内容仍在页面上；请检查网络后再试。',
      } satisfies AnswerError
    })
    if (response.ok) return (await response.json()) as A
    if (response.status === 401) onSignedOut()
    throw await errorOf(response)
  }
  return {
    get: (path, params) => ask(href(path, params), { method: 'GET' }),
    send: (method, path, body) =>
      ask(path, {
        method,
        headers: {
          'idempotency-key': newKey(),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    upload: (path, file, fields = {}) => {
      const form = new FormData()
      for (const [name, value] of Object.entries(fields)) form.append(name, value)
      form.append('file', file)
      return ask(path, { method: 'POST', headers: { 'idempotency-key': newKey() }, body: form })
    },
    href,
  }
}

/** A line that broke may have lost the question or only the answer: it is asked again once, under the same key. */
async function asked(path: string, options: RequestInit): Promise<Response> {
  try {
    return await fetch(path, options)
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    return fetch(path, options)
  }
}

/** 请求编号 — new for each act; sent again with the same act, so that it is done once. */
function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
}

async function errorOf(response: Response): Promise<AnswerError> {
  const body = (await response.json().catch(() => undefined)) as AnswerError | undefined
  return body?.text
    ? body
    : { kind: 'fault', text: `平台没有给出可读的答复（${response.status}）。数据没有改动，请稍后再试。` }
}

function href(path: string, params: Params = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(params))
    if (value !== undefined && value !== '') search.set(name, String(value))
  const text = search.toString()
  return text ? `${path}?${text}` : path
}
