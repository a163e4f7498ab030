import type { CountyCoverage, DutyJudgement } from '../../records/duties/duty-judgement.ts'
import type { Place } from '../../records/indicators/list-places.ts'
import type { PaperRow, PaperValue } from './paper-facts.ts'

/** 覆盖用数 — how many X of each duty have their Y in the place the paper is about, and in each of its counties. */
export function dutyFacts(judged: readonly DutyJudgement[], place: Place, counties: readonly Place[]) {
  const values = new Map<string, PaperValue>()
  const rows: PaperRow[] = []
  for (const judgement of firstReadings(judged)) {
    for (const county of counties)
      for (const [name, value] of factsOf(judgement, county, [county.unitId])) values.set(name, value)
    const all = factsOf(
      judgement,
      place,
      counties.map(({ unitId }) => unitId),
    )
    for (const [name, value] of all) values.set(name, value)
    rows.push(rowOf(judgement, place, all))
  }
  return { values, rows }
}

function firstReadings(judged: readonly DutyJudgement[]): DutyJudgement[] {
  return [...Map.groupBy(judged, ({ duty }) => duty.id).values()].map(([first]) => first!)
}

const counts = { covered: '已落实', uncovered: '未落实', unknown: '台账未反映', total: '应有' } as const

function factsOf({ duty, day, counties, refused }: DutyJudgement, place: Place, of: readonly number[]) {
  const inside = counties.filter(({ countyId }) => of.includes(countyId))
  const sum = (count: keyof typeof counts) =>
    inside.reduce((total, county: CountyCoverage) => total + county[count], 0)
  return Object.entries(counts).map(([count, zh]): [string, PaperValue] => [
    `${count}:${duty.id}@${place.unitId}`,
    {
      zh: `${duty.zh}：${zh}`,
      text: refused === undefined ? String(sum(count as keyof typeof counts)) : null,
      source: '机构台账、填报台账',
      definition: refused ?? `每${duty.every}都有${duty.has}`,
      asOf: day,
      where: place.name,
    },
  ])
}

function rowOf(
  { duty }: DutyJudgement,
  place: Place,
  facts: readonly (readonly [string, PaperValue])[],
): PaperRow {
  const cells = Object.fromEntries(facts.map(([name, value]) => [name.split(':')[0]!, value]))
  return { key: `${duty.id}.${place.unitId}`, unitId: place.unitId, cells: { ...cells, duty: duty.zh } }
}
