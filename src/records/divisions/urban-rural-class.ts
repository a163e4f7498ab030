import type { TownshipKind, UrbanRural } from '../registry/unit.ts'

interface Neighbour {
  readonly community: boolean
  readonly urbanRural?: UrbanRural
}

/**
 * 推定城乡分类 — the urban–rural class of a village missing from the statistical list.
 *
 * The class most of its township's villages of the same type have; without any, what the type of
 * township suggests: streets 111 (communities) or 112, towns 121 or 122, townships 210 or 220.
 */
export function deriveUrbanRural(
  community: boolean,
  township: TownshipKind,
  neighbours: readonly Neighbour[],
): UrbanRural {
  const counts = new Map<UrbanRural, number>()
  for (const neighbour of neighbours) {
    if (neighbour.urbanRural && neighbour.community === community) {
      counts.set(neighbour.urbanRural, (counts.get(neighbour.urbanRural) ?? 0) + 1)
    }
  }
  const [commonest] = [...counts].sort((one, other) => other[1] - one[1] || one[0].localeCompare(other[0]))
  return commonest?.[0] ?? byType[township][community ? 0 : 1]
}

const byType: Readonly<Record<TownshipKind, readonly [UrbanRural, UrbanRural]>> = {
  street: ['111', '112'],
  town: ['121', '122'],
  township: ['210', '220'],
  other: ['111', '112'],
}
