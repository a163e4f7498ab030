import { stageOfGrade } from '../../src/kernel/stage.ts'
import type { KnownValues } from '../../src/platform/http/example-of.ts'
import type { Books } from '../../src/records/books.ts'
import { checkDigit, syntheticRegion } from '../../src/records/people/identity/resident-id.ts'
import { writeEnrolmentRecords, writePeople } from '../../src/records/people/write-people.ts'
import type { TestDatabase } from '../house/database-for-tests.ts'
import type { Ground } from './authorisation-accounts.ts'

/** 有记号之物 — what can be known again in an answer: by its number and its name, and who may see it. */
export interface Marked {
  readonly id: number | string
  readonly name: string
  readonly book?: string
  /** Whose books it stands in; absent for what belongs to an account alone. */
  readonly county?: number
  readonly institution?: number
  readonly stages?: readonly string[] | null
  readonly owner?: string
  /** Only whoever passes this door may be told of it. */
  readonly door?: string
}

/** 有记号的单位和机构. */
export interface Placed extends Marked {
  readonly id: number
  readonly county: number
  readonly kind: string
  /** Where an institution stands, or what a unit belongs to. */
  readonly unitId: number
}

type Pool = TestDatabase['db']['pool']

/** 种下的证件号和电话 — each child's, to be looked for wherever they must not be. */
export const seededNumber = (serial: number) => {
  const seventeen = `${syntheticRegion}040320171123${100 + serial}`
  return `${seventeen}${checkDigit(seventeen)}`
}
export const seededPhone = (serial: number) => `1009876540${serial}`
const seededBirth = '2017-11-23'
const seededAddress = (serial: number) => `标记路${serial}号院`

/** 种下儿童 — one in each school the trial turns on, with a name nobody else bears. */
export async function plantChildren(
  db: TestDatabase['db'],
  books: Books,
  placed: readonly Placed[],
  ground: Ground,
) {
  const at = (institution: number, grade: string) => ({
    ...placed.find(({ id }) => id === institution)!,
    grade,
  })
  const garden = placed.find(({ kind, county }) => kind === 'kindergarten' && county === ground.own)!
  const places = [
    at(ground.mine, 'P1'),
    at(ground.theirs, 'P2'),
    at(garden.id, 'K1'),
    at(ground.beside[0]!, 'P3'),
  ]
  const marked: Marked[] = []
  const ids: number[] = []
  for (const [serial, { county, id: institution, grade }] of places.entries()) {
    const name = `标记童子${'甲乙丙丁'[serial]}`
    const child = { countyId: county, documentKind: 'resident', name } as const
    const numbers = { document: seededNumber(serial), phone: seededPhone(serial) }
    const personId = await db.transaction({ counties: [county] }, async (tx) => {
      const born = { bornOn: seededBirth, address: seededAddress(serial) }
      const [entered] = await writePeople(tx, books.vault, [{ ...child, ...numbers, ...born }], 'x')
      const record = {
        countyId: county,
        personId: entered!,
        institutionId: institution,
        grade,
        from: '2020-09-01',
      }
      await writeEnrolmentRecords(tx, [record], 'x')
      return entered!
    })
    ids.push(personId)
    const stages = [stageOfGrade(grade)!]
    marked.push({ id: numbers.document, name, county, institution, stages, door: 'person.read' })
  }
  const plain = places.flatMap((_, serial) => [
    seededNumber(serial),
    seededPhone(serial),
    seededAddress(serial),
  ])
  return {
    marked,
    plain: [...plain, seededBirth],
    known: { personId: [...ids, 9_999_999_999] } satisfies KnownValues,
  }
}

const holders = ['own-bureau', 'sibling-bureau', 'own-clerk', 'sibling-clerk'] as const

/** 种下各人之物 — a finished job with its file, an import and an export request of four accounts, and a scenario of each county. */
export async function plantBelongings(pool: Pool, books: Books, ground: Ground) {
  const marked: Marked[] = []
  const known: Record<string, unknown[]> = {
    jobId: [],
    fileId: [],
    importId: [],
    requestId: [],
    scenarioId: [],
  }
  const remember = (key: string, id: unknown, mark: Omit<Marked, 'id'>) => {
    known[key]!.push(id)
    marked.push({ ...mark, id: String(id) })
  }
  for (const owner of holders) {
    const fileId = await keepFile(books, owner)
    const job = { fileId, name: `文件标记-${owner}.csv`, bytes: 10 }
    remember('fileId', fileId, { name: job.name, owner })
    const { rows: jobs } = await pool.query(
      `insert into jobs.job (kind, title, owner, state, finished_at, files) values ('exchange.export', $1, $2, 'done', now(), $3) returning job_id as id`,
      [`任务标记-${owner}`, owner, JSON.stringify([job])],
    )
    remember('jobId', jobs[0].id, { name: `任务标记-${owner}`, owner })
    const { rows: imports } = await pool.query(
      `insert into exchange.pending_import (kind, account, file_name, file_id, sha256, state)
       values ('enrolment-by-grade', $1, $2, $3, $4, 'reading') returning import_id as id`,
      [owner, `导入标记-${owner}.csv`, fileId, '0'.repeat(64)],
    )
    remember('importId', imports[0].id, { name: `导入标记-${owner}`, owner })
    const county = owner.startsWith('own') ? ground.own : ground.sibling
    const institution = owner.startsWith('own') ? ground.mine : ground.theirs
    const { rows: requests } = await pool.query(
      `insert into people_export.request (county_id, institution_id, grade, plain, as_of, reason, persons, state, account, account_name, trace)
       values ($1, $2, 'P1', false, '2024-09-01', $3, 1, 'granted', $4, $4, $4) returning request_id as id`,
      [county, institution, `事由标记-${owner}`, owner],
    )
    const request = { name: `事由标记-${owner}`, owner, county, stages: ['primary'], door: 'person.export' }
    remember('requestId', requests[0].id, request)
  }
  for (const county of [ground.own, ground.sibling]) {
    const { rows } = await pool.query(
      `insert into seats.scenario (county_id, name, births, town_drift, capacity_basis, class_size, author)
       values ($1::integer, '情景标记' || $1::integer::text, 'mid', 0, 'rooms', 'standard', 'x') returning scenario_id as id`,
      [county],
    )
    known.scenarioId!.push(rows[0].id)
    marked.push({ id: '情景', name: `情景标记${county}`, county, book: 'unit', door: 'seats.read' })
  }
  const scenarios = known.scenarioId!.map((id) => `s${id}`)
  known.scenario = ['mid', ...scenarios]
  known.one = ['mid', ...scenarios]
  known.other = ['low', scenarios[1]]
  known.scenarioId!.push(9_999)
  return { marked, known: known as KnownValues }
}

async function keepFile(books: Books, owner: string): Promise<string> {
  const bytes = Buffer.from(`文件标记-${owner}`)
  const name = `文件标记-${owner}.csv`
  const written = await books.files.write({
    bytes,
    name,
    mediaType: 'text/csv',
    owner,
    purpose: 'trial',
    ownMaking: true,
  })
  if (!written.ok) throw new Error(written.refusal.text)
  return books.files.enter(books.db.pool, written.value)
}
