import type { Plan } from '../../plan/index.ts'
import { dueLights } from '../../plan/index.ts'
import type { TaskBoard } from './contract.ts'
import type { FactBook } from './gather-facts.ts'
import { type Judgement, judgeItem, judgeSection, missingOf } from './rules.ts'
import { sectionsOf } from './sections.ts'

/** 责任矩阵 — every section against every county, each cell from the judgements of its items. */
export function taskBoard(plan: Plan, book: FactBook): TaskBoard {
  const { asOf, places } = book
  const sections = sectionsOf(plan)
  const day = { today: asOf, lightOf: dueLights(plan, asOf) }
  const judged = new Map<string, readonly Judgement[]>()
  for (const { countyId } of places)
    for (const { id, items } of sections)
      judged.set(
        `${countyId} ${id}`,
        items.map((item) => judgeItem(book.of(countyId, item), day)),
      )
  const judgementsOf = (countyId: number, sectionId: string) => judged.get(`${countyId} ${sectionId}`) ?? []
  return {
    asOf,
    places: places.map(({ countyId, name }) => ({ countyId, name })),
    sections: sections.map(({ id: sectionId, kind, zh, items }) => ({
      sectionId,
      kind,
      zh,
      items: items.length,
      cells: places.map(({ countyId }) => ({
        countyId,
        ...judgeSection(judgementsOf(countyId, sectionId)),
      })),
    })),
    owners: places.map(({ countyId, name }) => {
      const items = sections.flatMap((section) => section.items)
      const lacks = items.map((item) => missingOf(book.of(countyId, item).owner).length)
      const { counts } = judgeSection(sections.flatMap(({ id }) => judgementsOf(countyId, id)))
      return {
        countyId,
        name,
        items: items.length,
        without: lacks.filter((lack) => lack === 4).length,
        incomplete: lacks.filter((lack) => lack > 0 && lack < 4).length,
        counts: { ...counts },
      }
    }),
  }
}
