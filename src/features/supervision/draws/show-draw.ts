import { sql } from 'kysely'
import { canonicalJson } from '../../../kernel/canonical-json.ts'
import { admit } from '../../../platform/access/policy.ts'
import type { Visitor } from '../../../platform/access/visitor.ts'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import { canonicalHash } from '../../../records/series/canonical-hash.ts'
import { drawAccess } from '../access.ts'
import type { DrawList, DrawShown } from '../draw-contract.ts'
import { digest, drawFrom } from './hold-draw.ts'
import { readInspectors } from './read-inspectors.ts'
import { type KeptDraw, listDraws } from './store.ts'

/** A page lists no more; older ones are found by county. */
const listed = 100

/** 历次抽查 — and, for whoever may hold one, what there is to draw from. */
export async function drawList(
  tx: Tx,
  visitor: Visitor,
  county: number | undefined,
  today: string,
): Promise<DrawList> {
  const mayDraw = admit(drawAccess.hold, visitor) !== undefined
  const inspectors = mayDraw ? await readInspectors(tx) : []
  const { rows: counties } = await sql<{ countyId: number; county: string; schools: number }>`
    select i.county_id as "countyId", county.name as county, count(*)::integer as schools
      from book.institution as i join registry.county using (county_id)
     where ${mayDraw} group by 1, 2 order by 1`.execute(tx)
  return {
    today,
    mayDraw,
    counties: counties.map((each) => ({
      ...each,
      inspectors: inspectors.filter(({ countyId }) => countyId === each.countyId).length,
    })),
    rows: await listDraws(tx, county, listed),
  }
}

/** 展示一次抽查 — every lot of the list, and whether the draw comes out the same when it is computed again. */
export function showDraw(draw: KeptDraw): DrawShown {
  const { given, result, ...head } = draw
  const { seed, givenHash } = head
  const again = drawFrom(given, seed)
  const drawnById = new Map(result.drawn.map((each) => [each.id, each]))
  const nameOf = new Map(given.inspectors.map(({ id, name }) => [id, name]))
  const schoolOf = new Map(given.schools.map(({ id, name }) => [id, name]))
  const lots = given.schools.map(({ id, code, name, stratum }) => ({
    ...{ institutionId: id, code, name, stratum },
    lot: digest(`${seed}|${code}`),
    drawn: drawnById.has(id),
    inspectors: (drawnById.get(id)?.inspectors ?? []).map((each) => nameOf.get(each) ?? `编号 ${each}`),
  }))
  return {
    ...head,
    rule: { ...given.rule, stages: [...given.rule.stages] },
    recomputed: canonicalJson(again) === canonicalJson(result) && canonicalHash(given) === givenHash,
    strata: [...result.strata],
    lots: lots.sort(
      (one, other) =>
        Number(other.drawn) - Number(one.drawn) ||
        compare(one.stratum, other.stratum) ||
        compare(one.lot, other.lot),
    ),
    inspectors: given.inspectors.map(({ id, name, related }) => ({
      ...{ id, name },
      related: namesOf(related, schoolOf),
      sent: result.drawn.filter(({ inspectors }) => inspectors.includes(id)).length,
    })),
  }
}

/** A school of another stage stands in no list of this draw: it is counted, not named. */
function namesOf(related: readonly number[], schoolOf: ReadonlyMap<number, string>): string[] {
  const names = related.flatMap((id) => schoolOf.get(id) ?? [])
  const others = related.length - names.length
  return others === 0 ? names : [...names, `不在底册的 ${others} 所`]
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)
