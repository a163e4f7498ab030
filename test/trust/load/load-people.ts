import { createHash, randomBytes } from 'node:crypto'
import { importTables } from '../../../src/features/exchange/tables/all-tables.ts'
import { gradeName } from '../../../src/features/exchange/tables/code-lists.ts'
import { hashPassword } from '../../../src/platform/access/password.ts'
import type { Database } from '../../../src/platform/db/open-database.ts'
import type { Caller } from './load-scenario.ts'

/** 众人的密码 — one for all: hashing thousands to set a trial up would only take time. */
export const password = 'sunlit-orchard-47-harbour'

/** 办公人员 — accounts of a city section, each with a school in front of them, signed in. */
export async function addOfficers(owner: Database, count: number): Promise<Caller[]> {
  const { rows } = await owner.pool.query<{ county: number; institution: number; name: string }>(
    `select county_id as county, institution_id as institution, name from registry.institution
      where upper_inf(valid) and lower(valid) < '2024-08-01' and known_to = 'infinity' and kind = 'primary-school' order by md5(institution_id::text) limit $1`,
    [count],
  )
  const everywhere = (await owner.pool.query('select county_id from registry.county')).rows.map(
    (row) => row.county_id,
  )
  return signIn(
    owner,
    Array.from({ length: count }, (_, index) => {
      const own = rows[index % rows.length]!
      return {
        account: `load-officer-${index}`,
        role: 'city-planning-finance',
        counties: everywhere,
        institutions: [],
        own,
      }
    }),
  )
}

/** 学校数据员 — one of each of so many schools, signed in, with this year's table of pupils in hand: one figure corrected.
 * Their networks come after those of `after` other people. */
export async function addClerks(owner: Database, count: number, after: number): Promise<Caller[]> {
  const { rows } = await owner.pool.query<Filed & { county: number; institution: number }>(
    `with schools as (
       select institution_id from registry.enrolment where known_to = 'infinity' group by 1 having max(school_year) = (
         select max(school_year) from registry.enrolment where known_to = 'infinity'))
     select i.county_id as county, i.institution_id as institution, i.code, i.name,
            json_agg(json_build_object('schoolYear', e.school_year, 'code', i.code, 'name', i.name, 'grade', e.grade,
              'classes', e.classes, 'boys', e.boys, 'girls', e.girls, 'pupils', e.pupils, 'largestClass', e.largest_class)
              order by e.grade) as filed
       from schools join registry.institution i using (institution_id)
       join registry.enrolment e on e.county_id = i.county_id and e.institution_id = i.institution_id
        and e.known_to = 'infinity' and e.school_year = (select max(school_year) from registry.enrolment where known_to = 'infinity')
      where upper_inf(i.valid) and i.known_to = 'infinity'
      group by 1, 2, 3, 4 order by md5(i.institution_id::text) limit $1`,
    [count],
  )
  if (rows.length < count) throw new Error(`only ${rows.length} schools have filed, ${count} are wanted`)
  return signIn(
    owner,
    rows.map(({ county, institution, filed }) => ({
      account: `load-clerk-${institution}`,
      role: 'school-clerk',
      counties: [county],
      institutions: [institution],
      own: { county, institution, table: tableOf(filed) },
    })),
    after,
  )
}

/**
 * 填报人 — one of each of so many institutions, schools and kindergartens alike, signed in, with the yearly form its kind
 * owes, not handed in by the demonstration, and what it would answer where nothing was answered a year before.
 */
export async function addFillers(owner: Database, count: number, after: number): Promise<Caller[]> {
  const { rows } = await owner.pool.query<{ county: number; institution: number; kindergarten: boolean }>(
    `select county_id as county, institution_id as institution, kind = 'kindergarten' as kindergarten
       from registry.institution i
      where upper_inf(valid) and lower(valid) < '2024-09-01' and known_to = 'infinity'
        and (kind = 'kindergarten' or stages && array['primary', 'junior', 'senior'])
        and not exists (select from returns.filing f
          where f.county_id = i.county_id and f.institution_id = i.institution_id and f.phase <> 'draft'
            and f.period = '2024' and f.form_id = case kind when 'kindergarten' then $2 else $3 end)
      order by md5(institution_id::text) limit $1`,
    [count, kindergartenYear.form, schoolYear.form],
  )
  return signIn(
    owner,
    rows.map(({ county, institution, kindergarten }) => ({
      account: `load-filler-${institution}`,
      role: 'school-clerk',
      counties: [county],
      institutions: [institution],
      own: { county, institution, ...(kindergarten ? kindergartenYear : schoolYear) },
    })),
    after,
  )
}

const kindergartenYear = {
  form: 'kindergarten-conditions',
  answers: JSON.stringify({
    'built-on': '2015',
    'floor-area': '9000',
    'outdoor-area': '3000',
    'toys-meet': '达到',
    'has-hazard': '否',
  }),
}
const schoolYear = {
  form: 'pupil-health',
  answers: JSON.stringify({
    tested: '40',
    excellent: '6',
    good: '14',
    passed: '18',
    screened: '40',
    myopic: '12',
    'arts-assessed': '38',
    counsellors: '1',
    'part-time': '1',
    'counselling-room': '是',
    hotline: '是',
  }),
}

type Row = Readonly<Record<string, string | number | null>>
interface Filed {
  readonly filed: readonly Row[]
}

/** What the school filed, one pupil more in its first row: a correction, the smallest one there is. */
function tableOf(filed: readonly Row[]): Buffer {
  const { columns } = importTables['enrolment-by-grade']
  const lines = filed.map((row, index) => {
    const values: Row = {
      ...row,
      ...(index === 0 && onePupilMore(row)),
      grade: gradeName(row.grade as never),
    }
    return columns.map(({ key }) => values[key] ?? '').join(',')
  })
  return Buffer.from(`\ufeff${[columns.map(({ header }) => header).join(','), ...lines].join('\r\n')}\r\n`)
}

function onePupilMore(row: Row): Row {
  const more = (['pupils', 'boys', 'largestClass'] as const).filter((key) => row[key] !== null)
  return Object.fromEntries(more.map((key) => [key, Number(row[key]) + 1]))
}

interface Person {
  readonly account: string
  readonly role: string
  readonly counties: readonly number[]
  readonly institutions: readonly number[]
  readonly own: Caller['own']
}

/** Sessions are written as signing in would leave them: how fast people sign in is measured on its own. */
async function signIn(owner: Database, people: readonly Person[], after = 0): Promise<Caller[]> {
  const tokens = people.map(() => randomBytes(32).toString('base64url'))
  const hash = await hashPassword(password)
  const list = JSON.stringify(
    people.map(({ account, role, counties, institutions }, index) => ({
      account,
      role,
      counties,
      institutions,
      token: createHash('sha256').update(tokens[index]!).digest('hex'),
    })),
  )
  await owner.pool.query(
    `insert into access.account (account, name, password_hash, password_changed_at)
       select account, account, $2, now() from json_to_recordset($1) as p (account text)`,
    [list, hash],
  )
  await owner.pool.query(
    `insert into access.grant (account, role, counties, institutions, granted_by)
       select account, role, array(select json_array_elements_text(counties)::int),
              array(select json_array_elements_text(institutions)::bigint), 'first-start'
         from json_to_recordset($1) as p (account text, role text, counties json, institutions json)`,
    [list],
  )
  await owner.pool.query(
    `insert into access.session (token_hash, account, expires_at, stage, way)
       select decode(token, 'hex'), account, now() + interval '12 hours', 'full', 'password'
         from json_to_recordset($1) as p (account text, token text)`,
    [list],
  )
  return people.map(({ account, own }, index) => ({
    account,
    own,
    cookie: `kuoyou_session=${tokens[index]}`,
    address: loopback(after + index),
  }))
}

/** Each school stands behind a network of its own, as it does in life. */
function loopback(index: number): string {
  return `127.${20 + (index >> 8)}.${index & 255}.1`
}
