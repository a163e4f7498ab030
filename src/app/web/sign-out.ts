import { useQueryClient } from '@tanstack/react-query'
import { useApi } from '../../ui/use-api.tsx'

/**
 * 退出 — ends the session and forgets everything that was read under it: what the pages hold, and the page itself.
 *
 * Also when the platform cannot be reached: the next person at this computer sees nothing, though the session then ends
 * only by being left idle.
 */
export function useSignOut(): () => Promise<void> {
  const api = useApi()
  const client = useQueryClient()
  return async () => {
    // What is still being read would be refused the moment the session is over.
    await client.cancelQueries()
    await api.send('DELETE', '/api/session').catch(() => {})
    client.clear()
    document.body.replaceChildren()
    window.location.replace('/sign-in')
  }
}
