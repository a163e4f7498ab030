import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'

/**
 * 地址栏状态 — a choice that stands in the page's address, so that the address can be sent to a colleague.
 *
 * Choosing the default takes it out of the address again.
 */
export function useUrlState(key: string, byDefault: string): [string, (value: string) => void] {
  const search = useSearch({ strict: false }) as Record<string, unknown>
  const chooseAll = useUrlChoices()
  const choose = useCallback(
    (value: string) => chooseAll({ [key]: value === byDefault ? undefined : value }),
    [chooseAll, key, byDefault],
  )
  const value = search[key]
  return [value === undefined ? byDefault : String(value), choose]
}

/** 几项一起选 — one change of the address for choices that belong together; `undefined` takes a choice out of it. */
export function useUrlChoices(): (choices: Readonly<Record<string, string | number | undefined>>) => void {
  const navigate = useNavigate()
  return useCallback(
    (choices) => {
      navigate({
        to: '.',
        search: (before: Record<string, unknown>) => ({ ...before, ...plain(choices) }),
        replace: true,
        // A choice is made on the page one stands on: it must not throw the reader back to its top.
        resetScroll: false,
      } as never)
    },
    [navigate],
  )
}

/** A number goes into the address as one: as text it would stand there in quotation marks. */
function plain(choices: Readonly<Record<string, string | number | undefined>>): object {
  return Object.fromEntries(
    Object.entries(choices).map(([key, value]) => [
      key,
      typeof value === 'string' && /^[1-9]\d{0,14}$/.test(value) ? Number(value) : value,
    ]),
  )
}
