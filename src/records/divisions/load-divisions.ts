import type { Database } from '../../platform/db/open-database.ts'
import type { Act } from '../registry/act.ts'
import { beginWriting } from '../registry/begin-writing.ts'
import { recordAct } from '../registry/record-act.ts'
import { writeSite } from '../registry/site.ts'
import { writeCounties } from '../registry/write-counties.ts'
import { readDivisions } from './read-divisions.ts'
import { divisionCounties, writeCityDivision, writeCountyDivision } from './write-divisions.ts'

/** 进度 — how far a long loading is, and what it is doing, in Chinese. */
export type Progress = (done: number, total: number, zh: string) => void

interface LoadOptions {
  readonly planLayer: string
  readonly onProgress?: Progress
}

/**
 * 装载行政区划 — sets a real site up: the official divisions and outlines, no generated data.
 *
 * Everything about children and schools stays empty until the bureau imports it. The site's own row is
 * written last: without it the loading was cut off.
 */
export async function loadDivisions(
  db: Database,
  dataFolder: string,
  { planLayer, onProgress }: LoadOptions,
): Promise<void> {
  const city = readDivisions(dataFolder)
  const total = city.counties.length + 1
  await writeCounties(db.pool, divisionCounties(city))
  await db.transaction({ counties: [city.code] }, async (tx) => {
    await beginWriting(tx, city.code)
    await writeCityDivision(tx, await recordAct(tx, divisionAct(city.code)), city)
  })
  for (const [i, county] of city.counties.entries()) {
    onProgress?.(i + 1, total, `装载行政区划：${county.name}`)
    await db.transaction({ counties: [county.code] }, async (tx) => {
      await beginWriting(tx, county.code)
      const derived = county.townships.flatMap(({ villages }) =>
        villages.filter((village) => village.derived),
      )
      const act = divisionAct(county.code, { derivedUrbanRural: derived.map((village) => village.code) })
      await writeCountyDivision(tx, await recordAct(tx, act), city.code, county)
    })
  }
  await writeSite(db.pool, { cityId: city.code, planLayer, synthetic: false })
  onProgress?.(total, total, '行政区划已装载')
}

function divisionAct(countyId: number, detail: Act['detail'] = {}): Act {
  return {
    countyId,
    kind: 'load',
    docNumber: '2023年统计用区划代码和城乡划分代码',
    decidedOn: '2023-09-11',
    effectiveOn: '2023-06-30',
    recordedBy: '建库',
    note: '统计用区划代码2023年版；以前的区划沿革未录。城乡分类取2016年版，缺者按类型推定，名单见明细。',
    detail,
  }
}
