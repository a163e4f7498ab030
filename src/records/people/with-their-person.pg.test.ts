import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { TestDatabase } from '../../../test/house/database-for-tests.ts'
import { limitsOf } from '../../platform/access/limits-of.ts'
import { admit, declareAccess } from '../../platform/access/policy.ts'
import type { Grant } from '../../platform/access/visitor.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { lushan, school, smallWorld, yexian } from '../registry/small-world.for-tests.ts'

let live: TestDatabase
before(async () => {
  live = await smallWorld()
  for (const child of Object.keys(children) as Child[]) await plant(child)
})
after(() => live.close())

const children = {
  first: { id: 9101, county: yexian, institution: school.yexianFirst, grade: 'P1' },
  central: { id: 9102, county: yexian, institution: school.rendianCentral, grade: 'P2' },
  junior: { id: 9103, county: yexian, institution: school.kunyangJunior, grade: 'J1' },
  other: { id: 9104, county: lushan, institution: school.lushanFirst, grade: 'P1' },
} as const
type Child = keyof typeof children

/** Where each of them is named, and by which column. */
const tables = {
  'people.person': 'person_id',
  'people.subject_salt': 'person_id',
  'people.enrolment_record': 'person_id',
  'people.guardian_link': 'child_id',
  'people.consent': 'child_id',
  'people.access_record': 'person_id',
  'people_sealed.condition': 'person_id',
  'files.attachment': 'thing_id::bigint',
} as const

async function plant(name: Child): Promise<void> {
  const { id, county, institution, grade } = children[name]
  const guardian = id + 100
  const insert = (table: string, row: Readonly<Record<string, unknown>>) =>
    live.db.pool.query(
      `insert into ${table} (${Object.keys(row)}) values (${Object.keys(row).map((_, at) => `$${at + 1}`)})`,
      Object.values(row),
    )
  for (const person of [id, guardian]) {
    const bytes = Buffer.from(String(person))
    const sealed = { document_sealed: bytes, document_index: bytes, name_sealed: bytes, name_index: bytes }
    const known = { document_kind: 'resident', initials: 'x', recorded_by: 'x' }
    await insert('people.person', { county_id: county, person_id: person, ...known, ...sealed })
    const salt = Buffer.alloc(16, person % 256)
    await insert('people.subject_salt', { county_id: county, person_id: person, salt })
  }
  const on = { valid: '[2020-09-01,)', recorded_by: 'x' }
  const enrolled = { county_id: county, person_id: id, institution_id: institution, grade }
  await insert('people.enrolment_record', { ...enrolled, ...on })
  const bond = { county_id: county, child_id: id, guardian_id: guardian }
  await insert('people.guardian_link', { ...bond, relation: 'mother', ...on })
  const given = { notice_version: '1', given_at: '2024-09-01', channel: 'paper', received_by: 'x' }
  await insert('people.consent', { ...bond, ...given })
  const look = { county_id: county, person_id: id, act: 'view', account: 'x', account_name: '查看人' }
  await insert('people.access_record', look)
  const sealed = { condition_id: id, content_sealed: Buffer.from('x'), recorded_by: 'x' }
  await insert('people_sealed.condition', { county_id: county, person_id: id, ...sealed })
  await insert('files.attachment', {
    ...{ county_id: county, attachment_id: randomUUID(), institution_id: institution },
    ...{ thing: 'person', thing_id: String(id), name: '同意书.pdf', media_type: 'application/pdf', bytes: 1 },
    ...{ sha256: 'x', personal: true, added_by: 'x', added_name: 'x' },
  })
  const named = {
    county_id: county,
    account: `reader of ${name}`,
    named_by: 'x',
    reason: 'x',
    until: '2099-01-01',
  }
  await insert('people_sealed.named_user', named)
}

const { read } = declareAccess('thing', { read: { zh: '', roles: ['officer', 'clerk'] } })
const officer = (county: number, more: Partial<Grant> = {}): Grant => ({
  role: 'officer',
  counties: [county],
  ...more,
})

function holding<T>(grants: readonly Grant[], work: (tx: Tx) => Promise<T>, account = 'a'): Promise<T> {
  const visitor = admit(read, { account, name: '甲', role: '', counties: [], grants })!
  return live.service.transaction(limitsOf(visitor), work)
}

async function seenIn(tx: Tx, table: keyof typeof tables): Promise<string[]> {
  const { rows } = await sql<{ id: number }>`
    select distinct ${sql.raw(tables[table])} as id from ${sql.table(table)}`.execute(tx)
  const seen = new Set(rows.map(({ id }) => Number(id)))
  return Object.entries(children).flatMap(([name, { id }]) => (seen.has(id) ? [name] : []))
}

const holders: readonly (readonly [string, readonly Grant[], readonly Child[]])[] = [
  ['both counties', [officer(yexian), officer(lushan)], ['first', 'central', 'junior', 'other']],
  [
    'primary here and junior there: nothing junior here, nothing primary there',
    [officer(yexian, { stages: ['primary'] }), officer(lushan, { stages: ['junior'] })],
    ['first', 'central'],
  ],
  [
    'all of one county and a school of the other: that school and no more of it',
    [officer(lushan), { role: 'clerk', counties: [yexian], institutions: [school.yexianFirst] }],
    ['first', 'other'],
  ],
  [
    'a school in one stage, and another county: not the other stages of the school’s county',
    [
      officer(lushan, { stages: ['junior'] }),
      officer(yexian, { stages: ['junior'], institutions: [school.kunyangJunior, school.yexianFirst] }),
    ],
    ['junior'],
  ],
]

for (const [whose, grants, expected] of holders)
  test(`whatever is kept of a child is seen with the child alone: ${whose}`, async () => {
    for (const table of Object.keys(tables) as (keyof typeof tables)[]) {
      if (table === 'people_sealed.condition') continue
      const seen = await holding(grants, (tx) => seenIn(tx, table))
      assert.deepEqual(seen, expected, table)
    }
  })

test('who is named for a county reads sealed conditions there of the children in sight, and of no other', async () => {
  const [, crossed] = holders[1]!
  const seen = await holding(crossed, (tx) => seenIn(tx, 'people_sealed.condition'), 'reader of first')
  assert.deepEqual(seen, ['first', 'central'])
  const school = await holding(
    holders[2]![1],
    (tx) => seenIn(tx, 'people_sealed.condition'),
    'reader of first',
  )
  assert.deepEqual(school, ['first'])
  assert.deepEqual(await holding(crossed, (tx) => seenIn(tx, 'people_sealed.condition')), [])
})

test('nothing can be written of a child out of sight: no consent, no link, no paper', async () => {
  const [, grants] = holders[2]!
  const { id, county, institution } = children.central
  const consent = sql`insert into people.consent (county_id, child_id, guardian_id, notice_version, given_at, channel, received_by)
    values (${county}, ${id}, ${id + 100}, '2', now(), 'paper', 'x')`
  const link = sql`insert into people.guardian_link (county_id, child_id, guardian_id, relation, valid, recorded_by)
    values (${county}, ${id}, ${children.first.id + 100}, 'other', '[2024-01-01,)', 'x')`
  const paper = sql`insert into files.attachment (county_id, attachment_id, institution_id, thing, thing_id, name, media_type,
      bytes, sha256, personal, added_by, added_name)
    values (${county}, ${randomUUID()}, ${institution}, 'person', ${String(id)}, 'x', 'x', 1, 'x', true, 'x', 'x')`
  for (const statement of [consent, link, paper])
    await assert.rejects(
      holding(grants, (tx) => statement.execute(tx)),
      /row-level security/,
    )
})

test('a file of a county and of no school is seen with the whole county, whatever is held beside it', async () => {
  await live.db.pool.query(
    `insert into files.attachment (county_id, attachment_id, thing, thing_id, name, media_type, bytes, sha256, personal, added_by, added_name)
     select county, gen_random_uuid(), 'filing', county, 'x', 'x', 1, 'x', false, 'x', 'x' from unnest($1::integer[]) as county`,
    [[yexian, lushan]],
  )
  const seen = (grants: readonly Grant[]) =>
    holding(grants, async (tx) => {
      const { rows } = await sql<{ county: number }>`
        select county_id as county from files.attachment where thing = 'filing' order by 1`.execute(tx)
      return rows.map(({ county }) => county)
    })
  assert.deepEqual(await seen(holders[0]![1]), [yexian, lushan])
  assert.deepEqual(await seen(holders[1]![1]), [])
  assert.deepEqual(await seen(holders[2]![1]), [lushan])
})
