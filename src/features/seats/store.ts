import { type RawBuilder, sql } from 'kysely'
import type { Grade, Stage } from '../../kernel/stage.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Assumptions, ScenarioBody } from './scenario-contract.ts'

/** 情景方案 — as saved; `revision` rises with each saving. */
export interface SavedScenario {
  readonly scenarioId: number
  readonly countyId: number
  readonly name: string
  readonly note: string
  readonly revision: number
  readonly author: string
  readonly savedAt: string
  readonly assumptions: Assumptions
}

interface ScenarioRow extends Omit<SavedScenario, 'assumptions'> {
  readonly births: Assumptions['births']
  readonly townDrift: number
  readonly capacityBasis: Assumptions['capacityBasis']
  readonly classSize: Assumptions['classSize']
  readonly housing: Assumptions['housing']
  readonly seniorShares: Assumptions['seniorShares']
  readonly overrides: (Omit<Assumptions['overrides'][number], 'pupils' | 'factor'> & {
    pupils: number | null
    factor: number | null
  })[]
}

/** The lines of a scenario as one JSON list, in the order they were written. */
const lines = (table: string, fields: string): RawBuilder<unknown> => sql`
  coalesce((select jsonb_agg(jsonb_build_object(${sql.raw(fields)}) order by line_no) from seats.${sql.raw(table)} line
    where line.county_id = scenario.county_id and line.scenario_id = scenario.scenario_id), '[]')`

const columns = sql`
  scenario_id as "scenarioId", county_id as "countyId", name, note, revision, author, saved_at as "savedAt",
  births, town_drift as "townDrift", capacity_basis as "capacityBasis", class_size as "classSize",
  ${lines('housing_addition', "'unitId', unit_id, 'year', year, 'stage', stage, 'dwellings', dwellings, 'pupilsPer100', pupils_per_100, 'reason', reason")} as housing,
  ${lines('senior_share', "'unitId', unit_id, 'from', from_year, 'share', share, 'reason', reason")} as "seniorShares",
  ${lines('pupil_override', "'unitId', unit_id, 'year', year, 'grade', grade, 'pupils', pupils, 'factor', factor, 'reason', reason")} as overrides`

/** 列情景方案 — all the visitor's counties may see, latest first. */
export async function listScenarios(tx: Tx): Promise<SavedScenario[]> {
  const { rows } =
    await sql<ScenarioRow>`select ${columns} from seats.scenario order by saved_at desc`.execute(tx)
  return rows.map(savedScenario)
}

/** 找情景方案 — absent when there is none, or it is another county's. */
export async function findScenario(tx: Tx, scenarioId: number): Promise<SavedScenario | undefined> {
  const { rows } = await sql<ScenarioRow>`
    select ${columns} from seats.scenario where scenario_id = ${scenarioId}`.execute(tx)
  return rows[0] && savedScenario(rows[0])
}

/**
 * 找同名 — another scenario of the county with this name.
 *
 * Holds the name until the transaction ends: of two who save one name at once, the second finds the first.
 */
export async function findNamesake(
  tx: Tx,
  countyId: number,
  name: string,
  except?: number,
): Promise<SavedScenario | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`scenario ${countyId} ${name}`}, 0))`.execute(tx)
  const { rows } = await sql<ScenarioRow>`select ${columns} from seats.scenario
    where county_id = ${countyId} and name = ${name} and scenario_id is distinct from ${except ?? null}`.execute(
    tx,
  )
  return rows[0] && savedScenario(rows[0])
}

/** 新存情景方案 — returns its number. */
export async function saveScenario(
  tx: Tx,
  countyId: number,
  body: ScenarioBody,
  author: string,
): Promise<number> {
  const { assumptions: assumed } = body
  const { rows } = await sql<{ scenarioId: number }>`
    insert into seats.scenario (county_id, name, note, births, town_drift, capacity_basis, class_size, author)
    values (${countyId}, ${body.name}, ${body.note}, ${assumed.births}, ${assumed.townDrift},
      ${assumed.capacityBasis}, ${assumed.classSize}, ${author})
    returning scenario_id as "scenarioId"`.execute(tx)
  const scenarioId = rows[0]!.scenarioId
  await writeLines(tx, countyId, scenarioId, assumed)
  return scenarioId
}

/**
 * 改情景方案 — a new revision; what was computed from the old one no longer counts as current. False, and nothing is
 * changed, when the scenario is no longer this revision.
 */
export async function reviseScenario(
  tx: Tx,
  saved: Pick<SavedScenario, 'countyId' | 'scenarioId' | 'revision'>,
  body: ScenarioBody,
  author: string,
): Promise<boolean> {
  const { assumptions: assumed } = body
  const { countyId, scenarioId, revision } = saved
  const { rows } =
    await sql`update seats.scenario set name = ${body.name}, note = ${body.note}, births = ${assumed.births},
      town_drift = ${assumed.townDrift}, capacity_basis = ${assumed.capacityBasis}, class_size = ${assumed.classSize},
      author = ${author}, saved_at = now(), revision = revision + 1
    where county_id = ${countyId} and scenario_id = ${scenarioId}
      and revision = ${revision} returning 1`.execute(tx)
  if (rows.length === 0) return false
  for (const table of ['housing_addition', 'senior_share', 'pupil_override']) {
    await sql`delete from seats.${sql.raw(table)}
      where county_id = ${countyId} and scenario_id = ${scenarioId}`.execute(tx)
  }
  await writeLines(tx, countyId, scenarioId, assumed)
  return true
}

/** 删情景方案 — its lines go with it; what was published from it stays in the series. */
export async function deleteScenario(tx: Tx, { countyId, scenarioId }: SavedScenario): Promise<void> {
  await sql`delete from seats.scenario where county_id = ${countyId} and scenario_id = ${scenarioId}`.execute(
    tx,
  )
}

async function writeLines(tx: Tx, countyId: number, scenarioId: number, assumed: Assumptions): Promise<void> {
  const given = (list: readonly object[]) =>
    JSON.stringify(list.map((line, index) => ({ ...line, no: index + 1 })))
  await sql`insert into seats.housing_addition
    select ${countyId}, ${scenarioId}, no, "unitId", year, stage, dwellings, "pupilsPer100", reason
      from jsonb_to_recordset(${given(assumed.housing)}::jsonb) as line (no integer, "unitId" bigint, year smallint,
        stage text, dwellings integer, "pupilsPer100" double precision, reason text)`.execute(tx)
  await sql`insert into seats.senior_share
    select ${countyId}, ${scenarioId}, no, "unitId", "from", share, reason
      from jsonb_to_recordset(${given(assumed.seniorShares)}::jsonb) as line (no integer, "unitId" bigint,
        "from" smallint, share double precision, reason text)`.execute(tx)
  await sql`insert into seats.pupil_override
    select ${countyId}, ${scenarioId}, no, "unitId", year, grade, pupils, factor, reason
      from jsonb_to_recordset(${given(assumed.overrides)}::jsonb) as line (no integer, "unitId" bigint, year smallint,
        grade text, pupils integer, factor double precision, reason text)`.execute(tx)
}

function savedScenario(row: ScenarioRow): SavedScenario {
  const { births, townDrift, capacityBasis, classSize, housing, seniorShares, overrides, ...rest } = row
  return {
    ...rest,
    assumptions: {
      births,
      townDrift,
      capacityBasis,
      classSize,
      housing: housing.map((line) => ({ ...line, stage: line.stage as Stage })),
      seniorShares,
      overrides: overrides.map(({ pupils, factor, ...line }) => ({
        ...line,
        grade: line.grade as Grade,
        ...(pupils !== null && { pupils }),
        ...(factor !== null && { factor }),
      })),
    },
  }
}
