import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { institutions } from '../../src/features/institutions/index.ts'
import { nameInitials } from '../../src/records/registry/name-initials.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

const yexian = 410_422
const weidong = 410_403
const officer = `county-${yexian}`
let hamlet: ServedHamlet

before(async () => {
  hamlet = await servedHamlet(institutions.routes)
})
after(() => hamlet.close())

interface Row {
  readonly institutionId: number
  readonly name: string
  readonly code: string
  readonly kind: string
  readonly county: string
  readonly pupils: number | null
}
const list = async (query: string, account = 'city'): Promise<{ total: number; year: number; rows: Row[] }> =>
  (await hamlet.ask(account, 'GET', `/api/institutions?${query}`)).body
const file = async (id: number, more = '', account = 'city') =>
  (await hamlet.ask(account, 'GET', `/api/institutions/${id}${more}`)).body
const someone = async (query: string) => (await list(query)).rows[0] as Row
const basis = { docNumber: '平教〔2024〕18号', decidedOn: '2024-08-10', effectiveOn: '2024-08-25' }
const act = (id: number, body: object, account = 'city') =>
  hamlet.ask(account, 'POST', `/api/institutions/${id}/acts`, { ...basis, ...body })

test('strangers, wrong roles, malformed and foreign requests are turned away', async () => {
  const foreign = await someone(`county=${weidong}`)
  for (const url of ['/api/counties', '/api/search?text=a', '/api/institutions', '/api/institutions/1']) {
    assert.equal((await hamlet.ask(undefined, 'GET', url)).status, 401, url)
  }
  assert.equal((await hamlet.ask('city', 'GET', '/api/institutions?stage=nursery')).status, 400)
  assert.equal((await hamlet.ask('city', 'GET', '/api/search')).status, 400)
  assert.equal((await hamlet.ask(officer, 'GET', `/api/institutions?county=${weidong}`)).status, 404)
  assert.equal((await hamlet.ask(officer, 'GET', `/api/institutions/${foreign.institutionId}`)).status, 404)
  assert.equal((await hamlet.ask('city', 'GET', '/api/institutions/123')).status, 404)
  assert.equal((await act(foreign.institutionId, { act: 'close' }, officer)).status, 403)
  assert.equal((await act(foreign.institutionId, { act: 'abolish' })).status, 400)
  assert.equal((await act(123, { act: 'close' })).status, 404)
})

test('counties are those of the visitor, without the city', async () => {
  const ids = async (account: string) =>
    (await hamlet.ask(account, 'GET', '/api/counties')).body.map(({ countyId }: never) => countyId)
  assert.deepEqual(await ids('city'), [weidong, yexian])
  assert.deepEqual(await ids(officer), [yexian])
})

test('an institution is found by part of its name, its initials and its code, with where it is', async () => {
  const school = await someone(`county=${yexian}&kind=junior-school`)
  for (const text of [school.name.slice(2), nameInitials(school.name), school.code]) {
    const { body } = await hamlet.ask('city', 'GET', `/api/search?text=${encodeURIComponent(text)}`)
    const found = body.find(({ id }: { id: number }) => id === school.institutionId)
    assert.equal(found?.kind, 'institution', text)
    assert.match(found.where, /叶县/)
  }
  const own = await hamlet.ask(officer, 'GET', `/api/search?text=${encodeURIComponent('卫东')}`)
  assert.deepEqual(own.body, [])
})

test('the tree opens level by level', async () => {
  const under = async (parent: number) =>
    (await hamlet.ask('city', 'GET', `/api/units?parent=${parent}`)).body
  assert.deepEqual(
    (await under(410_400)).map(({ unitId }: never) => unitId),
    [weidong, yexian],
  )
  const townships = await under(yexian)
  assert.equal(townships.length, 3)
  assert.ok(townships.every(({ kind, parent }: never) => kind === 'township' && parent))
  assert.equal((await under(townships[0].unitId)).length, 4)
})

test('filters narrow the list, pages cover it once, totals agree with the registers', async () => {
  const all = await list('pageSize=500')
  const { rows } = await hamlet.owner.query(`
    select count(*)::integer as open from registry.institution
     where valid @> '${hamlet.books.site.generatedUntil}'::date and known_to = 'infinity'`)
  assert.equal(all.total, rows[0].open)
  assert.equal(all.rows.length, all.total)
  const paged = [...(await list('pageSize=10&page=1')).rows, ...(await list('pageSize=10&page=2')).rows]
  assert.deepEqual(
    paged.map(({ code }) => code),
    all.rows.slice(0, 20).map(({ code }) => code),
  )
  const counties = (await list(`county=${yexian}`)).total + (await list(`county=${weidong}`)).total
  assert.equal(counties, all.total)
  assert.ok((await list('kind=kindergarten&sector=private')).total < (await list('kind=kindergarten')).total)
  assert.equal((await list('unit=410400')).total, all.total)
  const [township] = (await hamlet.ask('city', 'GET', `/api/units?parent=${yexian}`)).body
  const inside = await list(`unit=${township.unitId}&pageSize=500`)
  assert.ok(inside.total > 0 && inside.total < counties)
  assert.equal((await hamlet.ask('city', 'GET', '/api/institutions?unit=999999')).status, 404)
})

test('pupils in the list are those of the file, and a day before it opened hides an institution', async () => {
  const school = await someone(`county=${yexian}&kind=primary-school`)
  const found = await file(school.institutionId)
  const last = Math.max(...found.enrolment.map(({ schoolYear }: never) => schoolYear))
  const pupils = found.enrolment
    .filter(({ schoolYear }: never) => schoolYear === last)
    .reduce((sum: number, row: { pupils: number }) => sum + row.pupils, 0)
  assert.equal(pupils, school.pupils)
  const early = await list('asOf=1949-10-01')
  assert.equal(early.total, 0)
})

test('a file tells what holds on the day, since when and by which document', async () => {
  const school = await someone(`county=${yexian}&kind=primary-school`)
  const found = await file(school.institutionId)
  assert.equal(found.notOpen, null)
  assert.equal(found.mayAct, true)
  assert.equal((await file(school.institutionId, '', officer)).mayAct, false)
  const kind = found.facts.find(({ zh }: { zh: string }) => zh === '类别')
  assert.equal(kind.value, '小学')
  assert.match(kind.docNumber, /合成/)
  assert.ok(found.premises.length > 0 && found.teachers.length > 0 && found.history.length > 0)
})

test('a clerk sees the own school only, in the list, the search and the file', async () => {
  const { rows } = await hamlet.owner.query(
    "select institutions[1] as id from access.grant where account = 'school'",
  )
  const own = rows[0].id
  assert.deepEqual(
    (await list('', 'school')).rows.map(({ institutionId }) => institutionId),
    [own],
  )
  assert.equal((await file(own, '', 'school')).institutionId, own)
  const other = (await list('kind=primary-school')).rows.find(({ institutionId }) => institutionId !== own)!
  assert.equal((await hamlet.ask('school', 'GET', `/api/institutions/${other.institutionId}`)).status, 404)
  const { body } = await hamlet.ask('school', 'GET', `/api/search?text=${encodeURIComponent('小学')}`)
  assert.ok(body.every(({ id }: { id: number }) => id === own))
  assert.equal((await hamlet.ask('school', 'GET', `/api/units?parent=${yexian}`)).status, 403)
  assert.equal((await act(own, { act: 'close' }, 'school')).status, 403)
})

test('a new name holds from its day on and stands in the history with its document', async () => {
  const school = await someone(`county=${yexian}&kind=primary-school`)
  const done = await act(school.institutionId, { act: 'rename', name: '叶县新名小学' })
  assert.equal(done.status, 200)
  const found = await file(school.institutionId)
  assert.equal(found.name, '叶县新名小学')
  assert.deepEqual(found.history[0].changes, [`名称：${school.name} → 叶县新名小学`])
  assert.equal(found.history[0].docNumber, basis.docNumber)
  const name = found.facts.find(({ zh }: { zh: string }) => zh === '名称')
  assert.deepEqual([name.since, name.docNumber], [basis.effectiveOn, basis.docNumber])
  assert.equal((await file(school.institutionId, '?asOf=2024-08-24')).name, school.name)
  const again = await act(school.institutionId, { act: 'rename', name: '叶县新名小学' })
  assert.equal(again.status, 422)
  assert.equal(again.body.refusal.code, 'registry.nothing-changes')
})

test('a conversion keeps the past, an act without a change of code for a new type is refused', async () => {
  const garden = await someone(`county=${yexian}&kind=kindergarten&sector=private`)
  assert.equal((await act(garden.institutionId, { act: 'convert', sector: 'public' })).status, 200)
  const sector = (found: { facts: { zh: string; value: string }[] }) =>
    found.facts.find(({ zh }) => zh === '办学性质')?.value
  assert.equal(sector(await file(garden.institutionId)), '公办')
  assert.equal(sector(await file(garden.institutionId, '?asOf=2024-08-24')), '民办')
  const school = (await list(`county=${yexian}&kind=primary-school`)).rows[1]!
  const profit = await act(garden.institutionId, { act: 'convert', profitStatus: 'for-profit' })
  assert.equal(profit.body.refusal.code, 'institutions.public-has-no-profit-status')
  const refused = await act(school.institutionId, { act: 'convert', kind: 'nine-year-school' })
  assert.equal(refused.body.refusal.code, 'registry.kind-change-needs-new-code')
})

test('a closing before filed pupils is refused; one without is done, and the file says so', async () => {
  const school = (await list(`county=${yexian}&kind=primary-school`)).rows[1]!
  const refused = await act(school.institutionId, { act: 'close' })
  assert.equal(refused.status, 422)
  const done = await act(school.institutionId, { act: 'close', effectiveOn: '2024-12-31' })
  assert.ok(done.status === 200 || done.body.refusal.code === 'registry.has-teaching-points')
  if (done.status === 200)
    assert.match((await file(school.institutionId, '?asOf=2025-01-01')).notOpen, /2024-12-31 停办/)
})

test('a merge moves the smaller school into the larger one', async () => {
  const [one, other] = (await list(`county=${yexian}&kind=kindergarten`)).rows as [Row, Row]
  const body = { act: 'merge', effectiveOn: '2024-12-31', premises: 'kept-as-campuses' }
  const done = await act(one.institutionId, { ...body, closingIds: [other.institutionId] })
  assert.equal(done.status, 200)
  const later = '?asOf=2025-01-01'
  assert.match((await file(other.institutionId, later)).notOpen, /并入他校/)
  assert.ok((await file(one.institutionId, later)).premises.length > 1)
})

test('an opening enters the school and its rooms; a code is never given twice', async () => {
  const [township] = (await hamlet.ask('city', 'GET', `/api/units?parent=${yexian}`)).body
  const body = {
    ...basis,
    countyId: yexian,
    code: '2141999999',
    name: '叶县新开小学',
    kind: 'primary-school',
    stages: ['primary'],
    sector: 'public',
    publicInterest: false,
    townshipCentral: false,
    boarding: false,
    urbanRural: '121',
    unitId: township.unitId,
    premises: [{ stage: 'primary', rooms: 12 }],
  }
  const opened = await hamlet.ask('city', 'POST', '/api/institutions', body)
  assert.equal(opened.status, 200)
  const found = await file(opened.body.institutionId)
  assert.deepEqual([found.name, found.premises[0].rooms], ['叶县新开小学', 12])
  const again = await hamlet.ask('city', 'POST', '/api/institutions', { ...body, name: '叶县又开小学' })
  assert.equal(again.body.refusal.code, 'registry.already-open')
  assert.equal((await hamlet.ask(officer, 'POST', '/api/institutions', body)).status, 403)
})

test('a move within the county changes the place from its day on', async () => {
  const school = await someone(`county=${yexian}&kind=junior-school`)
  const townships = (await hamlet.ask('city', 'GET', `/api/units?parent=${yexian}`)).body
  const place = (found: { facts: { zh: string; value: string }[] }) =>
    found.facts.find(({ zh }) => zh === '所在地')?.value ?? ''
  const before = place(await file(school.institutionId))
  const target = townships.find(({ name }: { name: string }) => !before.includes(name))
  const done = await act(school.institutionId, { act: 'move', toUnitId: target.unitId })
  assert.equal(done.status, 200)
  assert.match(place(await file(school.institutionId)), new RegExp(target.name))
  const nowhere = await act(school.institutionId, { act: 'move', toUnitId: 999_999 })
  assert.equal(nowhere.body.refusal.code, 'registry.unit-not-there')
})
