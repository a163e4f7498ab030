import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import {
  type DrawSchool,
  drawInspections,
  type InspectionDraw,
} from '../../../engines/draw/draw-inspections.ts'
import { granted, type Result, refused } from '../../../kernel/result.ts'
import { type Stage, stageNames } from '../../../kernel/stage.ts'
import type { Visitor } from '../../../platform/access/visitor.ts'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import { beginNoting } from '../../../records/registry/begin-writing.ts'
import { canonicalHash } from '../../../records/series/canonical-hash.ts'
import type { DrawBody } from '../draw-contract.ts'
import { readInspectors } from './read-inspectors.ts'
import { type DrawGiven, saveDraw } from './store.ts'

/** 签号算法 — SHA-256 in hexadecimal, as any machine computes it. */
export const digest = (text: string) => createHash('sha256').update(text).digest('hex')

/** 按底册抽取 — the same at the draw and whenever it is computed again. */
export function drawFrom({ rule, schools, inspectors }: DrawGiven, seed: string): InspectionDraw {
  return drawInspections({ seed, rule, schools, inspectors }, digest)
}

/** 举行抽取 — fixes lists and rule as of today and draws, once in each county; the ids in the order of the counties. */
export async function holdDraws(
  tx: Tx,
  visitor: Visitor,
  { counties, title, seed, seedSource, rule }: DrawBody,
  today: string,
): Promise<Result<{ drawIds: number[] }>> {
  if (counties.some((county) => !visitor.counties.includes(county))) return notWhole()
  await beginNoting(tx, counties)
  const pool = await drawPool(tx, rule.stages)
  const inspectors = await readInspectors(tx)
  const empty = counties.find((county) => !pool.some(({ countyId }) => countyId === county))
  if (empty !== undefined) return noPool()
  // A refusal is kept like any answer: nothing may be saved before every county can be drawn.
  const bare = counties.find((county) => !inspectors.some(({ countyId }) => countyId === county))
  if (bare !== undefined) return noInspectors(pool.find(({ countyId }) => countyId === bare)!.county)
  const drawIds: number[] = []
  for (const countyId of counties) {
    const given: DrawGiven = {
      rule,
      schools: pool
        .filter((each) => each.countyId === countyId)
        .map(({ id, code, name, stratum }) => ({ id, code, name, stratum })),
      inspectors: inspectors
        .filter((each) => each.countyId === countyId)
        .map(({ id, name, worksAt, avoid }) => ({
          ...{ id, name },
          related: worksAt === null ? avoid : [worksAt, ...avoid],
        })),
    }
    drawIds.push(
      await saveDraw(
        tx,
        {
          ...{ countyId, title: title.trim(), seed: seed.trim(), seedSource: seedSource.trim(), given },
          result: drawFrom(given, seed.trim()),
          givenHash: canonicalHash(given),
          drawnOn: today,
        },
        { account: visitor.account, name: visitor.name },
      ),
    )
  }
  return granted({ drawIds })
}

/** A school that teaches several stages stands in one stratum, that of its highest. */
const fromHighest: readonly Stage[] = ['senior', 'vocational', 'junior', 'primary', 'preschool', 'special']

async function drawPool(tx: Tx, stages: readonly Stage[]) {
  const { rows } = await sql<
    Omit<DrawSchool, 'stratum'> & { countyId: number; county: string; stages: Stage[] }
  >`
    select i.county_id as "countyId", county.name as county, i.institution_id as id, i.code, i.name, i.stages
      from book.institution as i join registry.county using (county_id) order by i.county_id, i.code`.execute(
    tx,
  )
  return rows.flatMap(({ stages: of, ...school }) => {
    const stage = fromHighest.find((each) => of.includes(each))
    return stage !== undefined && stages.includes(stage) ? [{ ...school, stratum: stageNames[stage] }] : []
  })
}

function notWhole() {
  return refused({
    code: 'supervision.not-yours',
    text: '不能抽取—抽查要以全县学校为底册，您只管其中一部分—请由负责全县的人员办理。',
  })
}

function noPool() {
  return refused({
    code: 'supervision.no-draw-pool',
    text: '不能抽取—有的县（市、区）没有所选学段的学校—请改选学段，或去掉该县。',
  })
}

function noInspectors(county: string) {
  return refused({
    code: 'supervision.no-inspectors',
    text: `不能抽取—${county}的责任督学名册里当日没有督学，抽不出检查人员—请先在填报采集登记《责任督学名册》。`,
  })
}
