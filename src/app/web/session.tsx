import { createContext, useContext } from 'react'

/** 登录情况 — as `/api/session` tells it. */
export interface Session {
  readonly visitor: {
    readonly account: string
    readonly name: string
    readonly role: string
    readonly counties: readonly number[]
    readonly institutions?: readonly number[]
    readonly grants: readonly { readonly role: string }[]
  } | null
  /** A sign-in that still owes a step. */
  readonly owing: {
    readonly account: string
    readonly stage: 'factor' | 'enrol' | 'password'
    readonly ways: readonly string[]
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
  readonly sso: readonly { readonly id: string; readonly name: string }[]
  /** Seats of the three administrators that nobody holds; told to administrators only. */
  readonly vacantSeats: readonly string[]
}

export const SessionContext = createContext<Session | undefined>(undefined)

/** 登录情况 — of the visitor before the screen. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('no SessionContext above this component: see web.tsx')
  return session
}

/** 所持角色 — every role the visitor holds now; none for an account nobody granted anything yet. */
export function heldRoles({ visitor }: Session): readonly string[] {
  return visitor ? visitor.grants.map(({ role }) => role) : []
}
