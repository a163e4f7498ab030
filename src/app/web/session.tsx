import { createContext, useContext } from 'react'
import type { Session } from '../../platform/access/identity-contract.ts'
import type { HeldRole } from './navigation.ts'

export const SessionContext = createContext<Session | undefined>(undefined)

/** 登录情况 — of the visitor before the screen. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('no SessionContext above this component: see web.tsx')
  return session
}

/** 所持角色 — every role the visitor holds now, and over what; none for an account nobody granted anything yet. */
export function heldRoles({ visitor }: Session): readonly HeldRole[] {
  return visitor?.grants ?? []
}
