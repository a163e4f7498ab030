import { sql } from 'kysely'
import type { Missing } from '../../kernel/missing.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { allBirths } from './assemble-ground.ts'
import type { MissingAnswer, UnitRef } from './contract.ts'
import type { SeatsRead } from './read-seats.ts'

/** 缺出生 — the counties in sight whose publications had to do without any births, by name. */
export async function countiesWithoutBirths(tx: Tx, { parent, parts }: SeatsRead): Promise<string[]> {
  const inSight =
    parent.kind === 'city' ? parts : parts.filter(({ countyId }) => countyId === parent.countyId)
  const { rows } = await sql<{ name: string }>`
    select distinct c.county_id, c.name
      from unnest(${inSight.map(({ countyId }) => countyId)}::integer[], ${inSight.map(({ seriesId }) => seriesId)}::bigint[])
             as part (county_id, series_id)
      join series.value v using (county_id, series_id)
      join registry.county c using (county_id)
     where v.measure = 'note' and v.missing->>'of' = ${allBirths} order by c.county_id`.execute(tx)
  return rows.map(({ name }) => name)
}

/** 缺数据 — what the publications had to do without, at a unit and below it, and who owes it. */
export async function missingAnswer(tx: Tx, read: SeatsRead): Promise<MissingAnswer> {
  const { parent, parts } = read
  const inSight =
    parent.kind === 'city' ? parts : parts.filter(({ countyId }) => countyId === parent.countyId)
  const { rows } = await sql<UnitRef & { missing: Missing }>`
    select u.unit_id as "unitId", u.name, u.kind, u.county_id as "countyId", v.missing
      from unnest(${inSight.map(({ countyId }) => countyId)}::integer[], ${inSight.map(({ seriesId }) => seriesId)}::bigint[])
             as part (county_id, series_id)
      join series.value v using (county_id, series_id)
      join book.unit u on u.county_id = v.county_id and u.unit_id = v.unit_id
     where v.measure = 'note' and v.missing is not null
       and (${parent.kind} <> 'township' or v.unit_id = ${parent.unitId})
     order by u.unit_id, v.grade::integer`.execute(tx)
  return rows.map(({ missing, ...unit }) => ({
    unit,
    stage: '',
    text: `${missing.where}：${missing.of}`,
    owedBy: missing.owedBy ?? null,
  }))
}
