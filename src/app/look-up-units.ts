import { admit } from '../platform/access/policy.ts'
import type { Grant, Visitor } from '../platform/access/visitor.ts'
import { type Books, bookDay } from '../records/books.ts'
import { institutionsUnder } from '../records/registry/reads/institutions-under.ts'

/** A grant is read at every request, a tree changes by an act now and then. */
const keptMs = 60_000

/**
 * 查明授权单位 — a visitor's grants for units (a school group, an inspection area, a township) as the institutions
 * that belong to them today; remembered for a minute.
 */
export function unitLookUp(books: Books): (visitor: Visitor) => Promise<Visitor> {
  const known = new Map<string, { institutions: readonly number[]; until: number }>()
  const look = async ({ counties, units }: Grant & { units: readonly number[] }) => {
    const key = `${counties.join()}|${units.join()}`
    const held = known.get(key)
    if (held && held.until > Date.now()) return held.institutions
    const institutions = await books.db.transaction({ counties, asOf: bookDay(books.site) }, (tx) =>
      institutionsUnder(tx, units),
    )
    known.set(key, { institutions, until: Date.now() + keptMs })
    return institutions
  }
  return async (visitor) => {
    if (!visitor.grants?.some(({ units }) => units)) return visitor
    const grants = visitor.grants.map(async (grant) => {
      const { units, institutions } = grant
      if (!units) return grant
      const under = await look({ ...grant, units })
      return {
        ...grant,
        institutions: institutions ? under.filter((id) => institutions.includes(id)) : under,
      }
    })
    const seen = { ...visitor, grants: await Promise.all(grants) }
    // At a door for everybody signed in nothing narrows the visitor further: they stand as far as their role reaches now.
    return admit({ thing: 'self', act: 'use', zh: '', roles: [visitor.role] }, seen) ?? seen
  }
}
