import type { Database } from '../platform/db/open-database.ts'
import type { Tx } from '../platform/db/transaction-client.ts'
import type { Progress } from '../records/divisions/load-divisions.ts'
import {
  divisionCounties,
  writeCityDivision,
  writeCountyDivision,
} from '../records/divisions/write-divisions.ts'
import type { Act } from '../records/registry/act.ts'
import { beginWriting } from '../records/registry/begin-writing.ts'
import { recordAct } from '../records/registry/record-act.ts'
import { writeBirths } from '../records/registry/write-births.ts'
import { writeCounties } from '../records/registry/write-counties.ts'
import { writeEnrolment } from '../records/registry/write-enrolment.ts'
import { writeInstitutions } from '../records/registry/write-institutions.ts'
import { writeMemberships } from '../records/registry/write-memberships.ts'
import { writePopulation } from '../records/registry/write-population.ts'
import { writePremises } from '../records/registry/write-premises.ts'
import { writePupilFlows } from '../records/registry/write-pupil-flows.ts'
import { writeSchoolClasses } from '../records/registry/write-school-classes.ts'
import { writeStaffCounts } from '../records/registry/write-staff-counts.ts'
import { writeSuccessions } from '../records/registry/write-successions.ts'
import { writeUnitLinks } from '../records/registry/write-unit-links.ts'
import { writeUnits } from '../records/registry/write-units.ts'
import type { ActEntries } from './act-book.ts'
import { type City, type CityCounty, divisionsOf } from './build-city.ts'

/** Counties are written this many at a time: the database is the slower side and has two cores to spend. */
const connections = 2

/**
 * 装载演示城市 — writes a generated city through the books' own writers, one transaction per county.
 *
 * Into an empty registry; the site's own row is written by the caller when all is in.
 */
export async function loadCity(db: Database, city: City, onProgress?: Progress): Promise<void> {
  const total = city.counties.length
  await writeCounties(db.pool, divisionCounties({ ...divisionsOf(city), counties: [] }))
  await inBooksOf(db, city.cityId, async (tx) => {
    const actId = await recordAct(tx, divisionAct(city.cityId))
    await writeCityDivision(tx, actId, divisionsOf(city))
  })
  const waiting = city.counties.values()
  let done = 0
  const loadNext = async (): Promise<void> => {
    for (const county of waiting) {
      onProgress?.(done, total, `装载演示城市（合成数据）：${county.division.name}`)
      await writeCounties(db.pool, divisionCounties({ ...divisionsOf(city), counties: [county.division] }))
      await inBooksOf(db, county.division.code, (tx) => writeCounty(tx, city.cityId, county))
      done++
    }
  }
  await Promise.all(Array.from({ length: connections }, loadNext))
  onProgress?.(total, total, '演示城市（合成数据）已装载')
}

async function inBooksOf(db: Database, countyId: number, write: (tx: Tx) => Promise<void>): Promise<void> {
  await db.transaction({ counties: [countyId] }, async (tx) => {
    await beginWriting(tx, countyId)
    await write(tx)
  })
}

async function writeCounty(tx: Tx, cityId: number, county: CityCounty): Promise<void> {
  const actId = await recordAct(tx, divisionAct(county.division.code))
  await writeCountyDivision(tx, actId, cityId, county.division)
  for (const entries of county.acts) await writeAct(tx, entries)
}

function divisionAct(countyId: number): Act {
  return {
    countyId,
    kind: 'load',
    docNumber: '合成〔2016〕0号',
    decidedOn: '2016-08-20',
    effectiveOn: '2016-09-01',
    recordedBy: '合成数据',
    note: '合成数据：演示城市，区划名称与代码取自2023年统计用区划代码',
  }
}

async function writeAct(tx: Tx, entries: ActEntries): Promise<void> {
  const actId = await recordAct(tx, entries.act)
  const write = async <T>(
    rows: readonly T[],
    writer: (tx: Tx, actId: number, rows: readonly T[]) => Promise<void>,
  ): Promise<void> => {
    if (rows.length > 0) await writer(tx, actId, rows)
  }
  await write(entries.units, writeUnits)
  await write(entries.unitLinks, writeUnitLinks)
  await write(entries.institutions, writeInstitutions)
  await write(entries.premises, writePremises)
  await write(entries.memberships, writeMemberships)
  await write(entries.successions, writeSuccessions)
  await write(entries.enrolment, writeEnrolment)
  await write(entries.schoolClasses, writeSchoolClasses)
  await write(entries.pupilFlows, writePupilFlows)
  await write(entries.staffCounts, writeStaffCounts)
  await write(entries.births, writeBirths)
  await write(entries.population, writePopulation)
}
