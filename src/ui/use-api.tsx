import { useMutation, useQuery } from '@tanstack/react-query'
import { createContext, useContext } from 'react'

/** 查询参数 — absent ones are left out of the address. */
export type Params = Readonly<Record<string, string | number | boolean | undefined>>

/** 出错 — what the server said went wrong, in Chinese, ready to show. */
export interface AnswerError {
  readonly kind: string
  readonly text: string
  readonly problems?: readonly { readonly path: string; readonly text: string }[]
  readonly refusal?: {
    readonly code?: string
    readonly basis?: { readonly quote: string }
    readonly facts?: Readonly<Record<string, unknown>>
  }
}

/** 服务端 — how a page asks; the app gives the real one, a test its own. Rejects with an AnswerError. */
export interface Api {
  /** `signal` gives the reading up; the promise then rejects, and nobody is told of it. */
  get<A>(path: string, params?: Params, signal?: AbortSignal): Promise<A>
  send<A>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<A>
  /**
   * Sends a form with one file; `told` hears what share of it has gone, 0 to 1. `key` names it where it may have to be
   * sent again later: under the same key it is taken once.
   */
  upload<A>(
    path: string,
    file: File,
    fields?: Readonly<Record<string, string>>,
    told?: (share: number) => void,
    key?: string,
  ): Promise<A>
  /** Address of a file to download. */
  href(path: string, params?: Params): string
}

export const ApiContext = createContext<Api | undefined>(undefined)

/** 服务端 — the one this page is given. */
export function useApi(): Api {
  const api = useContext(ApiContext)
  if (!api) throw new Error('no ApiContext above this component: see src/app/web/web.tsx')
  return api
}

/** 查询 — asks once per address, keeps the answer; `undefined` as path asks nothing yet. */
export function useAnswer<A>(path: string | undefined, params: Params = {}) {
  const api = useApi()
  return useQuery<A, AnswerError>({
    queryKey: [path, params],
    queryFn: ({ signal }) => api.get<A>(path as string, params, signal),
    enabled: path !== undefined,
    placeholderData: (before) => before,
  })
}

/** 跟踪查询 — asks again after as many milliseconds as the last answer calls for; `false` is enough. */
export function useLiveAnswer<A>(path: string, after: (answer: A) => number | false) {
  const api = useApi()
  return useQuery<A, AnswerError>({
    queryKey: [path, {}],
    queryFn: ({ signal }) => api.get<A>(path, {}, signal),
    refetchInterval: ({ state }) => (state.data === undefined ? false : after(state.data)),
  })
}

/** 办理 — sends something and reports how it went. */
export function useSend<B, A>(method: 'POST' | 'PUT' | 'DELETE', path: string) {
  const api = useApi()
  return useMutation<A, AnswerError, B>({ mutationFn: (body) => api.send<A>(method, path, body) })
}
