import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { type ServedHamlet, servedHamlet } from '../../../test/routes/served-hamlet.ts'

let hamlet: ServedHamlet
let bi: pg.Pool
before(async () => {
  hamlet = await servedHamlet([])
  const { options } = hamlet.owner
  bi = new pg.Pool({ ...options, password: options.password as string, max: 2, options: '-c role=kuoyou_bi' })
  bi.on('error', () => {})
})
after(async () => {
  await bi.end()
  await hamlet.close()
})

const ask = async (text: string) => (await bi.query(text)).rows

test('a BI tool sees every county’s counts by grade, and they are the books’ own', async () => {
  const seen = await ask(
    'select sum(pupils)::int as pupils, count(distinct county_id)::int as counties from bi.enrolment where not withheld',
  )
  assert.ok(seen[0].pupils > 1_000 && seen[0].counties >= 2, JSON.stringify(seen))
  const { rows } = await hamlet.owner.query(
    `select sum(e.pupils)::int as pupils from registry.enrolment e
      where e.known_to = 'infinity' and e.held is null and (e.county_id, e.school_year, left(e.grade, 1)) in
        (select county_id, school_year, stage from bi.enrolment where not withheld)`,
  )
  assert.equal(seen[0].pupils, rows[0].pupils)
  assert.ok((await ask('select * from bi.institution')).length > 5)
})

test('a small count is withheld, and so is enough beside it that no total gives it away', async () => {
  await hamlet.owner.query(
    `update registry.enrolment set pupils = 1, boys = 1, girls = 0
      where county_id = 410422 and grade = (select max(grade) from registry.enrolment where county_id = 410422 and grade like 'P%')
        and school_year = (select max(school_year) from registry.enrolment)
        and institution_id = (select min(institution_id) from registry.enrolment where county_id = 410422 and grade like 'P%')`,
  )
  await hamlet.owner.query(
    `update registry.enrolment e set pupils = 0, boys = 0, girls = 0
      where county_id = 410422 and pupils <> 1 and grade = (select max(grade) from registry.enrolment where county_id = 410422 and grade like 'P%')
        and school_year = (select max(school_year) from registry.enrolment)`,
  )
  const rows = await ask(
    `select county_id, grade, pupils, withheld from bi.enrolment
      where stage = 'P' and school_year = (select max(school_year) from bi.enrolment)`,
  )
  const withheld = new Set(rows.filter((row) => row.withheld).map((row) => row.county_id))
  assert.ok(withheld.has(410_422) && withheld.size >= 2, JSON.stringify(rows))
  assert.ok(rows.every((row) => row.withheld === (row.pupils === null)))
  assert.deepEqual(await ask('select * from bi.enrolment where pupils between 1 and 9'), [])
  assert.deepEqual(await ask('select * from bi.staff where teachers between 1 and 9'), [])
})

test('it sees nothing else and changes nothing', async () => {
  for (const text of [
    'select * from registry.enrolment',
    'select * from book.enrolment',
    'select * from access.account',
    'select * from audit.entry',
    'select * from people.person',
    'delete from bi.county',
    'create table bi.mine (a int)',
  ])
    await assert.rejects(bi.query(text), /permission denied/, text)
  const { rows } = await hamlet.owner.query(
    "select pg_has_role('kuoyou_bi', r, 'member') as may from unnest(array['kuoyou_bi_reader', 'kuoyou_app', 'kuoyou_platform']) r",
  )
  assert.deepEqual(
    rows.map(({ may }) => may),
    [false, false, false],
  )
})
