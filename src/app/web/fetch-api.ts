import type { AnswerError, Api, Params } from '../../ui/use-api.tsx'

/** 服务端 — asks this platform's own API; a signed-out visitor is sent to the sign-in page by `onSignedOut`. */
export function fetchApi(onSignedOut: () => void): Api {
  const ask = <A>(path: string, options: RequestInit) =>
    answer<A>(twice(() => fetch(path, options), options.signal))
  const answer = async <A>(asked: Promise<Response>): Promise<A> => {
    const response = await asked.catch((): never => {
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
    get: (path, params, signal) => ask(href(path, params), { method: 'GET', ...(signal && { signal }) }),
    send: (method, path, body) =>
      ask(path, {
        method,
        headers: {
          'idempotency-key': newKey(),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    upload: (path, file, fields = {}, told = () => {}, key = newKey()) => {
      const form = new FormData()
      for (const [name, value] of Object.entries(fields)) form.append(name, value)
      form.append('file', file)
      return answer(twice(() => sendForm(path, form, key, told)))
    },
    href,
  }
}

/** A line that broke may have lost the question or only the answer: it is asked again once, under the same key. */
async function twice(send: () => Promise<Response>, signal?: AbortSignal | null): Promise<Response> {
  try {
    return await send()
  } catch (broken) {
    if (signal?.aborted) throw broken
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    return send()
  }
}

/** 发送表单 — `fetch` does not tell how much of a file has gone. */
function sendForm(
  path: string,
  form: FormData,
  key: string,
  told: (share: number) => void,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', path)
    request.setRequestHeader('idempotency-key', key)
    request.upload.onprogress = ({ loaded, total, lengthComputable }) =>
      lengthComputable && told(loaded / total)
    request.onload = () => resolve(new Response(request.responseText, { status: request.status }))
    request.onerror = () => reject(new Error('the line broke'))
    request.send(form)
  })
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
