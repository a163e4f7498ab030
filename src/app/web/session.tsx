import { createContext, useContext } from 'react'

/** 登录情况 — as `/api/session` tells it. */
export interface Session {
  readonly visitor: {
    readonly account: string
    readonly name: string
    readonly role: string
    readonly counties: readonly number[]
    readonly institutions?: readonly number[]
  } | null
  readonly site: {
    readonly cityId: number
    readonly cityName: string
    readonly synthetic: boolean
    readonly generatedUntil?: string
  }
  readonly demonstrationAccounts: readonly {
    readonly account: string
    readonly name: string
    readonly role: string
  }[]
}

export const SessionContext = createContext<Session | undefined>(undefined)

/** 登录情况 — of the visitor before the screen. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('no SessionContext above this component: see web.tsx')
  return session
}
