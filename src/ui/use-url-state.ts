import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'

/**
 * 地址栏状态 — a choice that stands in the page's address, so that the address can be sent to a colleague.
 *
 * Choosing the default takes it out of the address again.
 */
export function useUrlState(key: string, byDefault: string): [string, (value: string) => void] {
  const search = useSearch({ strict: false }) as Record<string, unknown>
  const navigate = useNavigate()
  const choose = useCallback(
    (value: string) => {
      navigate({
        to: '.',
        search: (before: Record<string, unknown>) => ({
          ...before,
          [key]: value === byDefault ? undefined : value,
        }),
        replace: true,
      } as never)
    },
    [navigate, key, byDefault],
  )
  const value = search[key]
  return [value === undefined ? byDefault : String(value), choose]
}
