import { useQueryClient } from '@tanstack/react-query'
import { useApi } from '../../ui/use-api.tsx'

/** 退出 — ends the session and forgets everything that was read under it. */
export function useSignOut(): () => Promise<void> {
  const api = useApi()
  const client = useQueryClient()
  return async () => {
    await api.send('DELETE', '/api/session')
    client.clear()
    window.location.assign('/sign-in')
  }
}
