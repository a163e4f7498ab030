import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { loadDemoChildren } from '../../src/demo/demo-children.ts'
import { exchange } from '../../src/features/exchange/index.ts'
import { institutions } from '../../src/features/institutions/index.ts'
import { people } from '../../src/features/people/index.ts'
import { publishBaseForecast, seats } from '../../src/features/seats/index.ts'
import { targets } from '../../src/features/targets/index.ts'
import { stageOfGrade } from '../../src/kernel/stage.ts'
import { createAccount } from '../../src/platform/access/account.ts'
import { writeGrant } from '../../src/platform/access/grants.ts'
import { bookDay } from '../../src/records/books.ts'
import { textWithin } from '../trust/text-within.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

const yexian = 410_422
const weidong = 410_403
let hamlet: ServedHamlet

interface Row {
  readonly institutionId: number
  readonly name: string
  readonly kind: string
}

before(async () => {
  hamlet = await servedHamlet(
    [institutions, seats, people, exchange, targets].flatMap(({ routes }) => routes),
  )
  const { books, owner } = hamlet
  await publishBaseForecast(books, { asOf: bookDay(books.site), report: () => {} })
  await loadDemoChildren({ ...books.db, pool: owner }, books.vault, 7, bookDay(books.site))
  const everywhere = [books.site.cityId, weidong, yexian]
  await giveJuniorSchoolsPrimary()
  await holding('preschool', 'city-basic-education', { counties: everywhere, stages: ['preschool'] })
  await holding('primary', 'city-basic-education', { counties: everywhere, stages: ['primary'] })
  await holding(
    'crossed',
    'county-bureau',
    { counties: [weidong], stages: ['preschool'] },
    { counties: [yexian], stages: ['primary'] },
  )
})
after(() => hamlet.close())

/** The hamlet has no school of several stages: its junior schools take in primary pupils, rooms and teachers. */
async function giveJuniorSchoolsPrimary() {
  await hamlet.owner.query(`
    update registry.institution set kind = 'nine-year-school', stages = array['primary', 'junior'] where kind = 'junior-school';
    insert into registry.enrolment (county_id, institution_id, school_year, grade, pupils, act_id)
      select county_id, institution_id, school_year, 'P1', 7, act_id from registry.enrolment where grade = 'J1';
    insert into registry.premises (county_id, institution_id, campus_name, stage, rooms, valid, act_id)
      select county_id, institution_id, campus_name, 'primary', 3, valid, act_id from registry.premises where stage = 'junior';
    insert into registry.staff_count (county_id, institution_id, school_year, stage, subject, teachers, act_id)
      select county_id, institution_id, school_year, 'primary', subject, 5, act_id from registry.staff_count
       where stage = 'junior'`)
}

async function holding(
  account: string,
  role: string,
  ...scopes: readonly { counties: readonly number[]; stages: readonly string[] }[]
) {
  const { owner } = hamlet
  await createAccount(owner, { account, name: account, demonstration: true })
  for (const scope of scopes)
    await writeGrant(owner, {
      ...scope,
      account,
      role,
      institutions: [],
      document: '',
      reason: '试验',
      grantedBy: 'test',
    })
}

const ask = (account: string, url: string) => hamlet.ask(account, 'GET', url)
const list = async (account: string, query = ''): Promise<{ total: number; rows: Row[] }> =>
  (await ask(account, `/api/institutions?pageSize=500&${query}`)).body
const stagesOf = async () => {
  const { rows } = await hamlet.owner.query<{ id: number; county: number; stages: string[] }>(
    `select institution_id::float8 as id, county_id as county, stages from registry.institution
      where valid @> $1::date and known_to = 'infinity'`,
    [bookDay(hamlet.books.site)],
  )
  return rows
}
const several = async () => {
  const all = await stagesOf()
  return all.find(({ stages }) => stages.includes('primary') && stages.length > 1)
}

test('only institutions of one’s own stages stand in the list, and its count tells of no other', async () => {
  const own = (await stagesOf()).filter(({ stages }) => stages.includes('preschool'))
  const seen = await list('preschool')
  assert.equal(seen.total, own.length)
  assert.deepEqual(seen.rows.map(({ institutionId }) => institutionId).sort(), own.map(({ id }) => id).sort())
  assert.equal((await list('preschool', 'stage=junior')).total, 0)
  const school = (await list('city', 'kind=primary-school')).rows[0] as Row
  assert.equal((await ask('preschool', `/api/institutions/${school.institutionId}`)).status, 404)
  const found = await ask('preschool', `/api/search?text=${encodeURIComponent(school.name)}`)
  assert.ok(!JSON.stringify(found.body).includes(String(school.institutionId)))
})

test('of an institution that runs several stages one sees the own figures; the others are absent, not 0', async () => {
  const found = await several()
  assert.ok(found, 'the hamlet has no institution of several stages')
  const whole = (await ask('city', `/api/institutions/${found.id}`)).body
  const part = (await ask('primary', `/api/institutions/${found.id}`)).body
  const stages = (file: typeof whole) => ({
    grades: [...new Set(file.enrolment.map(({ grade }: { grade: string }) => stageOfGrade(grade)))],
    premises: [...new Set(file.premises.map(({ stage }: { stage: string }) => stage))],
    teachers: [...new Set(file.teachers.map(({ stage }: { stage: string }) => stage))],
  })
  assert.ok(stages(whole).grades.length > 1)
  assert.deepEqual(stages(part), { grades: ['primary'], premises: ['primary'], teachers: ['primary'] })
})

test('nothing beyond one’s stages is changed, nor what belongs to several of which one is not one’s own', async () => {
  const basis = { docNumber: '平教〔2024〕18号', decidedOn: '2024-08-10', effectiveOn: '2024-08-25' }
  const close = (account: string, id: number) =>
    hamlet.ask(account, 'POST', `/api/institutions/${id}/acts`, { ...basis, act: 'close' })
  const school = (await list('city', 'kind=primary-school')).rows[0] as Row
  const garden = (await list('city', 'kind=kindergarten')).rows[0] as Row
  assert.equal((await close('preschool', school.institutionId)).status, 404)
  assert.equal((await close('primary', (await several())!.id)).status, 404)
  const widen = { ...basis, act: 'convert', stages: ['preschool', 'primary'] }
  const converted = await hamlet.ask(
    'preschool',
    'POST',
    `/api/institutions/${garden.institutionId}/acts`,
    widen,
  )
  assert.equal(converted.status, 404)
  const renamed = await hamlet.ask('preschool', 'POST', `/api/institutions/${garden.institutionId}/acts`, {
    ...basis,
    act: 'rename',
    name: '改了名字的幼儿园',
  })
  assert.equal(renamed.status, 200)
})

test('the board opens at the own stage and turns to no other; computing it all takes every stage', async () => {
  const { body } = await ask('preschool', '/api/seats/board')
  assert.deepEqual([body.stage, body.stages, body.mayRecompute], ['preschool', ['preschool'], false])
  assert.ok(body.rows.length > 0)
  for (const view of ['board', `series?unit=${yexian}&`, 'map?year=2026&', 'institutions', 'export']) {
    const url = `/api/seats/${view.includes('?') ? view : `${view}?`}stage=primary`
    assert.equal((await ask('preschool', url)).status, 404, url)
  }
  const warned = (await ask('preschool', '/api/seats/warnings')).body as { stage: string }[]
  assert.deepEqual([...new Set(warned.map(({ stage }) => stage))], ['preschool'])
  const computed = await hamlet.ask('preschool', 'POST', '/api/seats/recompute', {})
  assert.equal(computed.status, 403)
  assert.match(computed.body.text, /全部学段/)
  assert.equal((await ask('preschool', '/api/targets')).status, 403)
})

test('one school’s outlook tells of the own stage alone, though it is computed from the county', async () => {
  const found = await several()
  const { body } = await ask('primary', `/api/seats/institutions/${found!.id}`)
  assert.deepEqual(
    body.stages.map(({ stage }: { stage: string }) => stage),
    ['primary'],
  )
})

test('exports hold the own stages; births belong to none and are kept back', async () => {
  const sheet = async (account: string, kind: string) => {
    const { bytes, status } = await ask(account, `/api/exchange/exports/${kind}?format=csv`)
    return status === 200 ? textWithin(bytes) : String(status)
  }
  const grades = await sheet('preschool', 'enrolment-by-grade')
  assert.ok(grades.includes('大班') && !grades.includes('一年级'))
  assert.ok(!(await sheet('preschool', 'institutions')).includes('初中'))
  assert.equal(await sheet('preschool', 'births'), '404')
})

test('pupils are seen by those who answer for their stage', async () => {
  const pupils = async (account: string) => (await ask(account, '/api/people/pupils')).body
  const { rows } = await pupils('primary')
  assert.ok(rows.length > 0)
  assert.equal((await pupils('preschool')).total, 0)
  assert.equal((await ask('preschool', `/api/people/pupils/${rows[0].personId}`)).status, 404)
  assert.equal((await ask('primary', `/api/people/pupils/${rows[0].personId}`)).status, 200)
})

test('the county of one grant is not crossed with the stage of another', async () => {
  const all = await stagesOf()
  const own = all.filter(({ county, stages }) =>
    stages.includes(county === weidong ? 'preschool' : 'primary'),
  )
  const seen = await list('crossed')
  assert.deepEqual(seen.rows.map(({ institutionId }) => institutionId).sort(), own.map(({ id }) => id).sort())
  const board = (unit: number, stage: string) =>
    ask('crossed', `/api/seats/board?unit=${unit}&stage=${stage}`)
  assert.equal((await board(weidong, 'preschool')).status, 200)
  assert.equal((await board(yexian, 'primary')).status, 200)
  assert.equal((await board(weidong, 'primary')).status, 404)
  assert.equal((await board(yexian, 'preschool')).status, 404)
  const { rows } = (await ask('crossed', '/api/people/pupils')).body
  assert.deepEqual([...new Set(rows.map(({ countyId }: { countyId: number }) => countyId))], [yexian])
})
