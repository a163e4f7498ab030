import { missing } from '../../kernel/missing.ts'
import type { Provenance } from '../../kernel/provenance.ts'
import { type Plan, sectionOf, traceParameter } from '../../plan/index.ts'
import type { CountyCoverage, DutyJudgement } from '../../records/duties/duty-judgement.ts'
import type { Place } from '../../records/indicators/list-places.ts'
import { cellOf, quoteOf, readingOf, sumCounts } from './rules.ts'

/** Rows a provenance lists; the rest are counted. */
const rowsListed = 200

/** 所依何据 — what a provenance is written from. */
export interface TracedCoverage {
  readonly judgement: DutyJudgement
  readonly place: Place
  readonly places: readonly Place[]
  readonly counties: readonly CountyCoverage[]
  readonly knownAt: string
}

/** 来历 — everything that lies under the count of one duty in one place. */
export function traceCoverage(plan: Plan, traced: TracedCoverage): Provenance {
  const { judgement, place, places, counties, knownAt } = traced
  const { duty, reading, day, parameters } = judgement
  const sums = sumCounts(counties)
  const paper = sectionOf(plan, duty.item)?.paper ?? ''
  const nameOf = (countyId: number) => places.find(({ unitId }) => unitId === countyId)?.name ?? ''
  const gaps = counties.flatMap((county) =>
    county.gaps.map((gap) => ({ ...gap, county: nameOf(county.countyId) })),
  )
  const chosen = readingOf(duty, reading)
  return {
    title: `${place.name} ${duty.zh}`,
    value: cellOf(place.unitId, sums, judgement).words,
    formula: [
      `分母：${day} 登记在册的${duty.every} ＝ ${sums.total}`,
      `分子：其中当日有${duty.has}的 ＝ ${sums.covered}`,
      `没有的 ${sums.uncovered}，台账没有说明的 ${sums.unknown}（不当作没有，也不当作有）`,
      ...(chosen ? [`读法：${chosen.of}——${chosen.zh}；${chosen.differs}`] : []),
      ...(duty.counts && typeof sums.whole === 'number'
        ? [`其中${duty.counts}：共 ${sums.whole}，已覆盖 ${sums.part ?? 0}`]
        : []),
      '分母只取登记簿，不取填报；协议、认定从起始日算起，到截止日当日为止。',
    ].join('\n'),
    basis: [{ paper, item: duty.item, quote: quoteOf(plan, duty), zh: duty.zh }],
    parameters: parameters.map((parameter) => traceParameter(plan, parameter)),
    rows: gaps
      .slice(0, rowsListed)
      .map(({ subject, why, county }) => ({ label: subject, value: why, source: county })),
    rowCount: gaps.length,
    missing: counties
      .filter(({ unknown }) => unknown > 0)
      .map(({ countyId, unknown }) =>
        missing(`${unknown} 个${duty.every}有无${duty.has}`, nameOf(countyId), { owedBy: duty.owedBy }),
      ),
    asOf: day,
    knownAt,
    planVersion: plan.version,
  }
}
