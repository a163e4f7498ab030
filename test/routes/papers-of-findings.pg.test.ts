import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { reports } from '../../src/features/reports/index.ts'
import type { FindingFound } from '../../src/records/findings/finding.ts'
import { findFinding } from '../../src/records/findings/list-findings.ts'
import { openFinding } from '../../src/records/findings/open-findings.ts'
import { takeFindingStep } from '../../src/records/findings/take-finding-step.ts'
import { paperOffice } from './paper-office.for-tests.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

let hamlet: ServedHamlet
let counties: { id: number; name: string }[]
let county: { id: number; name: string }
let day: string

before(async () => {
  hamlet = await servedHamlet(reports.routes)
  const { rows } = await hamlet.owner.query(
    "select county_id as id, name from registry.county where kind = 'county' order by county_id",
  )
  counties = rows
  county = rows[0]
  day = hamlet.books.site.generatedUntil!
})
after(() => hamlet.close())

const { ask, done, refused, shown, step, drafted } = paperOffice(() => hamlet)

/** A finding about a county or the city itself, or about an institution. */
async function found(subject: FindingFound['subject']): Promise<number> {
  const item = hamlet.books.plan.items.get('M8.7')!
  const opened = await hamlet.books.db.transaction({ counties: [subject.countyId], asOf: day }, (tx) =>
    openFinding(
      tx,
      {
        source: 'inspection',
        item: item.id,
        quote: [item.quote].flat()[0]!,
        subject,
        ownerLevel: subject.kind === 'institution' ? 'institution' : 'county',
        supervision: 'government',
        severity: 'ordinary',
        says: '两所乡村学校没有城镇学校对口帮扶',
      },
      { hand: 'platform', account: '', name: '平台按规则' },
      day,
    ),
  )
  return opened.findingId
}

test('the notice of a finding quotes it and names who answers; what is missing yet is said', async () => {
  const id = await found({ countyId: county.id, kind: 'county', id: county.id })
  const paper = await shown(await drafted('rectification-notice', id))
  const printed = JSON.stringify(paper.document)
  const quote = [hamlet.books.plan.items.get('M8.7')!.quote].flat()[0]!
  assert.ok(printed.includes('两所乡村学校没有城镇学校对口帮扶') && printed.includes(quote))
  assert.deepEqual(
    paper.missing.map(({ of }: { of: string }) => of),
    ['整改责任单位', '整改责任人', '整改期限'],
  )
  const own = `county-${county.id}`
  const itself = { template: 'county-rectification-notice', aboutId: id }
  await refused('paper.own-finding', ask(own, 'POST', '/api/papers', itself))
})

test('a county draws the notice to its own institution, under its own number; another county does not', async () => {
  const { rows } = await hamlet.owner.query<{ id: number; name: string }>(
    `select institution_id::float8 as id, name from registry.institution
      where county_id = $1 and upper_inf(valid) and known_to = 'infinity' order by 1 limit 1`,
    [county.id],
  )
  const id = await found({ countyId: county.id, kind: 'institution', id: rows[0]!.id })
  await hamlet.books.db.transaction({ counties: [county.id], asOf: day, actor: 'a' }, async (tx) => {
    const finding = (await findFinding(tx, id, 'locked'))!
    await takeFindingStep(tx, finding, {
      ...({ act: 'assign', phase: 'assigned', hand: 'county', dueOn: '2099-01-05', on: day } as const),
      owner: { unit: rows[0]!.name, person: '周校长', cause: 'management' },
      by: { account: 'a', name: '县教体局' },
    })
  })
  const own = `county-${county.id}`
  const template = 'county-rectification-notice'
  const { templates } = (await ask(own, 'GET', '/api/papers')).body
  const offered = templates.find((each: { template: string }) => each.template === template)
  assert.deepEqual(
    offered.subjects.map(({ aboutId }: { aboutId: number }) => aboutId),
    [id],
    'not what the county itself owes',
  )
  const paperId = await drafted(template, id, own)
  const printed = JSON.stringify((await shown(paperId, own)).document)
  assert.ok(printed.includes('周校长') && printed.includes(`${county.name}教育主管部门`))
  for (const [account, act] of [
    [own, 'submit'],
    [`${own}-second`, 'approve'],
    [own, 'issue'],
  ] as const)
    await done(step(account, paperId, act))
  assert.match((await shown(paperId, own)).docNumber, new RegExp(`^${county.name}教督改〔\\d{4}〕1号$`))
  const stranger = await ask(`county-${counties[1]!.id}`, 'POST', '/api/papers', { template, aboutId: id })
  assert.equal(stranger.status, 404)
})

test('a county’s page counts its own findings, also when the city draws it', async () => {
  const printed = []
  for (const { id } of counties) {
    const { document } = await shown(await drafted('county-one-page', id))
    const field = document.body[1].text.find((part: { id?: string }) => part.id === `findings.open@${id}`)
    printed.push(field.text)
  }
  assert.deepEqual(printed, ['2', '0'], 'those that were opened above')
})

test('the city’s report counts as many findings as it lists, with those the city itself must mend; it orders itself nothing', async () => {
  const { cityId } = hamlet.books.site
  const own = await found({ countyId: cityId, kind: 'county', id: cityId })
  const { body } = (await shown(await drafted('monthly-report', cityId))).document
  const table = body.find((block: { head?: string[] }) => block.head?.[0] === '编号')
  const counted = body
    .flatMap(({ text: words }: { text?: unknown[] }) => words ?? [])
    .find(({ id }: { id?: string }) => id === `findings.open@${cityId}`)
  assert.deepEqual([table.rows.length, counted.text], [3, '3'])
  const { templates } = (await ask('city', 'GET', '/api/papers')).body
  const notice = templates.find(({ template }: { template: string }) => template === 'rectification-notice')
  const offered = notice.subjects.map(({ aboutId }: { aboutId: number }) => aboutId)
  assert.deepEqual([offered.length, offered.includes(own)], [2, false])
})

test('of very many findings the city’s report lists those due first and says how many; the county’s ledger has all of its own', async () => {
  const { cityId } = hamlet.books.site
  const own = counties[1]!
  for (let each = 0; each < 205; each += 1) await found({ countyId: own.id, kind: 'county', id: own.id })
  const listIn = async (template: string, aboutId: number, account: string) => {
    const { body } = (await shown(await drafted(template, aboutId, account), account)).document
    const words = body.flatMap(({ text: parts }: { text?: unknown[] }) => parts ?? [])
    const said = (name: string) =>
      words.find(({ id }: { id?: string }) => id === `findings.${name}@${aboutId}`)?.text
    const table = body.find((block: { head?: string[] }) => block.head?.[0] === '编号')
    return { rows: table.rows.length, open: said('open'), listed: said('listed') }
  }
  assert.deepEqual(await listIn('monthly-report', cityId, 'city'), { rows: 200, open: '208', listed: '200' })
  assert.equal((await listIn('county-ledger', own.id, `county-${own.id}`)).rows, 205)
})
