import { isMissing } from '../../kernel/missing.ts'
import { granted, type Result, refused } from '../../kernel/result.ts'
import { schoolYearOf } from '../../kernel/school-year.ts'
import { gradesOf, type Stage, stages } from '../../kernel/stage.ts'
import { type Reach, reaches } from '../../platform/access/policy.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { type NotFound, notFound } from '../../platform/http/route.ts'
import type { Books } from '../../records/books.ts'
import { findInstitution } from '../../records/registry/reads/list-institutions.ts'
import { placeInstitutions } from '../../records/registry/reads/place-institutions.ts'
import { type PanelRow, readEnrolmentPanel } from '../../records/registry/reads/read-enrolment-panel.ts'
import { classSizesIn } from './class-sizes.ts'
import { type InstitutionForecastAnswer, stageNames } from './contract.ts'
import { forecastInstitution } from './forecast-institution.ts'
import { forecastParameters } from './forecast-parameters.ts'
import { readInstitutions } from './read-institutions.ts'
import type { RefusalCode } from './refusals.ts'
import { totalSupply } from './seat-supply.ts'
import { counted, inTenths, inWan } from './tell-outlook.ts'

/** 问一校 — which institution, which stage if not all, until when, as of which day. */
export interface InstitutionAsked {
  readonly institutionId: number
  readonly stage?: Stage | undefined
  readonly until?: number | undefined
  readonly asOf: string
}

/**
 * 一校预测 — pupils and seats of one institution, no further ahead than the plan's `forecast.school-horizon`.
 *
 * Beyond it the figure is refused: in public panels the error of a single school passes a tenth within three years.
 */
export async function institutionForecastAnswer(
  tx: Tx,
  books: Books,
  asked: InstitutionAsked,
  visitor: Reach,
): Promise<Result<InstitutionForecastAnswer> | NotFound> {
  const institution = await findInstitution(tx, asked.institutionId)
  if (!institution) return notFound
  const parameters = forecastParameters(books.plan, asked.asOf)
  if (!parameters.ok) return parameters
  const now = schoolYearOf(asked.asOf)
  const horizon = parameters.value.schoolHorizon
  if (asked.until !== undefined && asked.until > now + horizon) return tooFar(institution.name, now + horizon)
  const { institutionId, countyId } = institution
  const run = stages.filter(
    (stage) =>
      institution.stages.includes(stage) &&
      (asked.stage === undefined || stage === asked.stage) &&
      reaches(visitor, { counties: [countyId], institution: institutionId, stages: [stage] }),
  )
  const rows = await readNeighbours(tx, asked.institutionId)
  const seen = []
  for (const stage of run) seen.push(await oneStage(tx, books, asked, { stage, rows, now, horizon }))
  return granted({
    institutionId: asked.institutionId,
    name: institution.name,
    words: seen.map((each) => tell(each, inTenths(parameters.value.bandLevel))).join(''),
    horizonYears: horizon,
    stages: seen,
  })
}

type StageAnswer = InstitutionForecastAnswer['stages'][number]

async function oneStage(
  tx: Tx,
  books: Books,
  { institutionId, asOf }: InstitutionAsked,
  ground: { stage: Stage; rows: readonly PanelRow[]; now: number; horizon: number },
): Promise<StageAnswer> {
  const { stage, rows, now, horizon } = ground
  const [premises] = await readInstitutions(tx, { institutionId }, stage, now)
  const sizes = classSizesIn(books.plan, now, asOf)
  const supply = premises && sizes.ok ? totalSupply([premises], sizes.value) : undefined
  const known = (seats: unknown) => (typeof seats === 'number' ? seats : null)
  return {
    stage,
    rooms: supply && !isMissing(supply.rooms) ? known(supply.rooms) : null,
    approved: known(premises?.approved),
    history: historyOf(rows, institutionId, stage),
    forecast: forecastInstitution(rows, institutionId, stage, now, horizon),
  }
}

/** The filings of the institutions in the same township: the company in which a single school is projected. */
async function readNeighbours(tx: Tx, institutionId: number): Promise<PanelRow[]> {
  const places = await placeInstitutions(tx, 'township')
  const own = places.find((place) => place.institutionId === institutionId)
  const near = new Set(
    places.filter(({ unitId }) => unitId === own?.unitId).map((place) => place.institutionId),
  )
  const rows = await readEnrolmentPanel(tx, { unitKind: 'institution' })
  return rows.filter(({ unitId }) => near.has(unitId))
}

function historyOf(rows: readonly PanelRow[], institutionId: number, stage: Stage): StageAnswer['history'] {
  const grades: readonly string[] = gradesOf[stage]
  const byYear = new Map<number, number>()
  for (const { unitId, schoolYear, grade, pupils } of rows) {
    if (unitId !== institutionId || !grades.includes(grade)) continue
    byYear.set(schoolYear, (byYear.get(schoolYear) ?? 0) + pupils)
  }
  return [...byYear].sort(([one], [other]) => one - other).map(([year, pupils]) => ({ year, pupils }))
}

function tell({ stage, history, forecast, rooms }: StageAnswer, sure: string): string {
  const present = history.at(-1)
  const last = forecast.at(-1)
  if (!present || present.pupils === null) return `${stageNames[stage]}没有在校生记录，不能推算。`
  if (!last) return `${stageNames[stage]}记录太短，不能推算。`
  const seats = rooms === null ? '' : `，按教室可容 ${counted(rooms, '人')}`
  return `${stageNames[stage]} ${present.year} 年在校 ${counted(present.pupils, '人')}，预计 ${last.year} 年约 ${counted(last.mean, '人')}（${sure}把握在 ${inWan(last.lo80)}—${counted(last.hi80, '人')}之间）${seats}。`
}

function tooFar(name: string, until: number) {
  return refused({
    code: 'seats.beyond-school-horizon' satisfies RefusalCode,
    text: `${name}在 ${until} 年以后的学生数—单个学校推算得越远越不可靠，已超过可靠年限—请看所在乡镇（街道）的预测，或把年份改到 ${until} 年以内。`,
  })
}
