import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { type Plan, quotedWords } from '../plan/index.ts'
import type { Database } from '../platform/db/open-database.ts'
import { openFindings } from '../records/findings/open-findings.ts'
import { noteLedTo } from '../records/visits/led-to.ts'
import { recordVisit } from '../records/visits/record-visit.ts'

/** So many kindergartens of a county have something found. */
const visited = 4

/**
 * 演示规范监管 — a county's officers visit a few kindergartens on a day and enter what they found, of kinds that the plan
 * tells every month; `turn` has each county, and each day, begin with another kind.
 */
export async function foundAtKindergartens(
  db: Database,
  plan: Plan,
  countyId: number,
  turn: number,
  on: string,
): Promise<void> {
  const list = [...plan.violations.values()].find(({ monthly }) => monthly)
  const item = list && plan.items.get(list.item)
  if (!list || !item) return
  const account = `county-${countyId}`
  await db.transaction({ counties: [countyId], asOf: on, actor: account }, async (tx) => {
    const { rows } = await sql<{ id: number }>`
      select institution_id as id from book.institution where county_id = ${countyId} and kind = 'kindergarten'
       order by institution_id offset ${turn % 3} limit ${visited}`.execute(tx)
    const found = rows.map(({ id }, at) => {
      const kind = list.kinds[(turn * visited + at) % list.kinds.length]!
      return {
        ...({
          source: 'visit',
          rule: `${list.id}.${kind.id}`,
          item: list.item,
          severity: kind.severity,
        } as const),
        quote: quotedWords(item),
        subject: { countyId, kind: 'institution', id } as const,
        ...({ ownerLevel: 'institution', supervision: 'schools' } as const),
        says: `入园检查发现${kind.zh}方面的问题（合成数据）`,
      }
    })
    const by = { account, name: '县级教育主管部门（合成数据）' }
    const opened = await openFindings(tx, found, { hand: 'county', ...by }, on)
    for (const [at, { subject, says }] of found.entries()) {
      const { visitId } = await recordVisit(
        tx,
        {
          ...{ countyId, institutionId: subject.id, kind: 'routine', visitedOn: on },
          ...{ seen: `${says}，已当场告知园方并立项`, draft: draftOf(`${subject.id} ${on}`) },
        },
        by,
      )
      await noteLedTo(tx, { countyId, visitId, institutionId: subject.id }, opened[at]!.findingId, on)
    }
  })
}

/** The same visit has the same draft, however often the city is built. */
function draftOf(visit: string): string {
  const hash = createHash('sha256').update(visit).digest('hex')
  return hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')
}
