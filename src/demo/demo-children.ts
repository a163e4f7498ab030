import { sql } from 'kysely'
import { gradesOf, stageOfGrade } from '../kernel/stage.ts'
import type { Database } from '../platform/db/open-database.ts'
import type { Tx } from '../platform/db/transaction-client.ts'
import type { Vault } from '../platform/vault/vault.ts'
import { writeCondition } from '../records/people/conditions.ts'
import { giveConsent } from '../records/people/consents.ts'
import { checkDigit, syntheticRegion } from '../records/people/identity/resident-id.ts'
import type { NewPerson } from '../records/people/person.ts'
import { writeEnrolmentRecords, writeGuardianLinks, writePeople } from '../records/people/write-people.ts'
import { type RandomStream, randomStream } from './random-stream.ts'

/** 演示学校 — whose pupils are made: one primary school of each county, the first in its book. */
interface DemoSchool {
  readonly countyId: number
  readonly institutionId: number
  readonly rolls: readonly {
    readonly grade: string
    readonly boys: number
    readonly girls: number
    readonly classes: number
  }[]
}

interface DemoChild {
  readonly child: NewPerson
  readonly guardian: NewPerson
  readonly relation: 'father' | 'mother'
  readonly grade: string
  readonly classNo: number
}

const recordedBy = '合成数据'
const surnames = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗']
const given = [...'子梓浩宇轩涵欣怡佳明文杰雨晨思远一诺可心博雅嘉瑞安宁清'] as const

/**
 * 演示儿童（合成数据） — pupils and guardians of a few schools, as many as those schools' rolls of the last year say.
 *
 * Their identity numbers begin with 99, which is no region, and their telephone numbers with 100, which is
 * no network: check digits hold, but the numbers can be nobody's.
 */
export async function loadDemoChildren(
  db: Database,
  vault: Vault,
  seed: number,
  day: string,
): Promise<number> {
  const { rows } = await db.pool.query<{ id: number }>(
    "select county_id as id from registry.county where kind = 'county' order by county_id",
  )
  let children = 0
  for (const { id } of rows) {
    await db.transaction({ counties: [id], asOf: day }, async (tx) => {
      const school = await firstPrimarySchool(tx, id, day)
      if (school) children += await writeSchool(tx, vault, school, seed, day)
    })
  }
  return children
}

async function firstPrimarySchool(tx: Tx, countyId: number, day: string): Promise<DemoSchool | undefined> {
  const { rows } = await sql<DemoSchool['rolls'][number] & { institutionId: number }>`
    select institution_id as "institutionId", grade, boys, girls, coalesce(classes, 1) as classes
      from book.enrolment where school_year = ${Number(day.slice(0, 4))} and boys is not null
       and institution_id = (select min(institution_id) from book.institution
                              where county_id = ${countyId} and kind = 'primary-school')
     order by grade`.execute(tx)
  return rows[0] && { countyId, institutionId: rows[0].institutionId, rolls: rows }
}

async function writeSchool(
  tx: Tx,
  vault: Vault,
  school: DemoSchool,
  seed: number,
  day: string,
): Promise<number> {
  const { countyId, institutionId } = school
  const made = childrenOf(school, randomStream(seed, `children/${institutionId}`), day)
  const children = await writePeople(
    tx,
    vault,
    made.map(({ child }) => child),
    recordedBy,
  )
  const guardians = await writePeople(
    tx,
    vault,
    made.map(({ guardian }) => guardian),
    recordedBy,
  )
  const from = `${Number(day.slice(0, 4))}-09-01`
  await writeEnrolmentRecords(
    tx,
    made.map(({ grade, classNo }, i) => ({
      countyId,
      personId: children[i]!,
      institutionId,
      grade,
      classNo,
      from,
    })),
    recordedBy,
  )
  await writeGuardianLinks(
    tx,
    made.map(({ relation }, i) => ({
      countyId,
      childId: children[i]!,
      guardianId: guardians[i]!,
      relation,
      from,
    })),
    recordedBy,
  )
  await writePapers(tx, vault, { countyId, children, guardians, day })
  return children.length
}

/** Consents of the first children of a school, and the support one of them needs: enough to see how it works. */
async function writePapers(
  tx: Tx,
  vault: Vault,
  made: { countyId: number; children: readonly number[]; guardians: readonly number[]; day: string },
): Promise<void> {
  const { countyId, children, guardians, day } = made
  for (const [i, childId] of children.slice(0, 20).entries()) {
    await giveConsent(tx, vault, {
      countyId,
      childId,
      guardianId: guardians[i]!,
      noticeVersion: '2024-1',
      channel: 'paper',
      receivedBy: recordedBy,
      day,
    })
  }
  if (children[0] === undefined) return
  const condition = { kind: 'disability', detail: '合成数据：听力残疾二级，随班就读', since: day } as const
  await writeCondition(tx, vault, countyId, children[0], condition, recordedBy)
}

function childrenOf(school: DemoSchool, random: RandomStream, day: string): DemoChild[] {
  const serials = new Map<string, number>()
  return school.rolls.flatMap(({ grade, boys, girls, classes }) =>
    Array.from({ length: boys + girls }, (_, i) => {
      const sex = i < boys ? ('male' as const) : ('female' as const)
      const surname = random.pick(surnames)
      const child = demoPerson(school.countyId, surname, sex, bornFor(grade, day, random), serials, random)
      const relation = random.next() < 0.5 ? ('father' as const) : ('mother' as const)
      const born = dayOf(Date.UTC(1975 + random.whole(0, 20), 0, 1) + random.whole(0, 364) * dayMs)
      const parent = relation === 'father' ? 'male' : 'female'
      const guardian = demoPerson(
        school.countyId,
        relation === 'father' ? surname : random.pick(surnames),
        parent,
        born,
        serials,
        random,
      )
      return { child, guardian, relation, grade, classNo: (i % classes) + 1 }
    }),
  )
}

const dayMs = 86_400_000
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10)

/** Children of a grade are born in the year that ends on 31 August, six years before its first grade began. */
function bornFor(grade: string, day: string, random: RandomStream): string {
  const at = gradesOf[stageOfGrade(grade) ?? 'primary'].indexOf(grade as never)
  const year = Number(day.slice(0, 4)) - 7 - Math.max(at, 0)
  return dayOf(Date.UTC(year, 8, 1) + random.whole(0, 364) * dayMs)
}

function demoPerson(
  countyId: number,
  surname: string,
  sex: 'male' | 'female',
  bornOn: string,
  serials: Map<string, number>,
  random: RandomStream,
): NewPerson {
  const birthday = `${bornOn}/${sex}`
  const serial = (serials.get(birthday) ?? (sex === 'male' ? -1 : -2)) + 2
  serials.set(birthday, serial)
  const first = `${syntheticRegion}${String(countyId).slice(2)}${bornOn.replaceAll('-', '')}${String(serial).padStart(3, '0')}`
  return {
    countyId,
    documentKind: 'resident',
    document: `${first}${checkDigit(first)}`,
    name: `${surname}${random.pick(given)}${random.next() < 0.7 ? random.pick(given) : ''}`,
    bornOn,
    sex,
    phone: `100${String(random.whole(0, 99_999_999)).padStart(8, '0')}`,
    address: `合成数据路${random.whole(1, 300)}号${random.whole(1, 30)}号楼${random.whole(101, 1802)}室`,
  }
}
