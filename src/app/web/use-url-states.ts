import { useNavigate, useSearch } from '@tanstack/react-router'

/** 地址栏状态 — several choices at once, each empty by default; setting some leaves the others. */
export function useUrlStates<Name extends string>(
  names: readonly Name[],
): [Readonly<Record<Name, string>>, (values: Partial<Record<Name, string>>) => void] {
  const search = useSearch({ strict: false }) as Record<string, unknown>
  const navigate = useNavigate()
  const values = Object.fromEntries(names.map((name) => [name, String(search[name] ?? '')]))
  const set = (chosen: Partial<Record<Name, string>>) => {
    const changes = Object.entries<string | undefined>(chosen).map(([name, value]) => [
      name,
      value || undefined,
    ])
    navigate({
      to: '.',
      search: (before: Record<string, unknown>) => ({ ...before, ...Object.fromEntries(changes) }),
      replace: true,
    } as never)
  }
  return [values as Record<Name, string>, set]
}
