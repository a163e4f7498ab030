import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { homeRoute } from '../../src/app/home/home-route.ts'
import { reports } from '../../src/features/reports/index.ts'
import { refused as refusal } from '../../src/kernel/result.ts'
import { sha256Of } from '../../src/platform/files/content-store.ts'
import { jobRoutes } from '../../src/platform/jobs/job-routes.ts'
import { readDocument } from '../../src/platform/print/read-document.ts'
import { openPackage } from '../../src/platform/sheets/open-package.ts'
import { listCopies, signForCopy } from '../../src/records/papers/paper-copy.ts'
import { paperOffice } from './paper-office.for-tests.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

let hamlet: ServedHamlet
let counties: number[]
let own: string
let day: string

before(async () => {
  hamlet = await servedHamlet([homeRoute, ...jobRoutes, ...reports.routes])
  const { rows } = await hamlet.owner.query(
    "select county_id as id from registry.county where kind = 'county' order by county_id",
  )
  counties = rows.map(({ id }) => id)
  own = `county-${counties[0]}`
  day = hamlet.books.site.generatedUntil!
})
after(() => hamlet.close())

const { ask, done, refused, shown, step, sendOut, issued } = paperOffice(() => hamlet)

const received = async (account: string) =>
  (await done(ask(account, 'GET', '/api/papers'))).received as {
    paperId: number
    countyId: number
    receivedAt: string | null
    voidedOn: string | null
  }[]

test('a county reads what the city issued to it and signs for it once; the city sees who has', async () => {
  const id = await issued('supervision-circular')
  const draft = await done(
    ask('city', 'POST', '/api/papers', { template: 'monthly-report', aboutId: hamlet.books.site.cityId }),
  )
  assert.deepEqual(
    (await received(own)).map(({ paperId, countyId, receivedAt }) => [paperId, countyId, receivedAt]),
    [[id, counties[0], null]],
    'nothing that is only drafted',
  )
  const todo = async () =>
    (await done(ask(own, 'GET', '/api/home'))).todos.filter(({ type }: { type: string }) => type === '签收')
  assert.equal((await todo()).length, 1)
  const path = `/api/received-papers/${counties[0]}/${id}`
  const copy = await done(ask(own, 'GET', path))
  assert.equal(copy.docNumber, (await shown(id)).docNumber)
  const file = await ask(own, 'GET', `${path}/file?format=docx`)
  const kept = await ask('city', 'GET', `/api/papers/${id}/file?format=docx`)
  assert.ok(file.bytes.equals(kept.bytes), 'the very file of then')
  await done(ask(own, 'POST', `${path}/receipt`))
  await refused('paper.received-already', ask(`${own}-second`, 'POST', `${path}/receipt`))
  assert.deepEqual(await todo(), [])
  assert.deepEqual(
    (await shown(id)).receipts.map(({ receivedAt }: { receivedAt: string | null }) => receivedAt !== null),
    [true, false],
  )
  assert.equal((await ask(own, 'GET', `/api/papers/${id}`)).status, 404, 'the city’s own book stays shut')
  assert.equal((await ask(own, 'GET', `/api/received-papers/${counties[0]}/${draft.paperId}`)).status, 404)
})

test('what is about one county goes to it and to no other, and the database keeps it so', async () => {
  const id = await issued('county-one-page', counties[1])
  const other = `county-${counties[1]}`
  assert.ok((await received(other)).some(({ paperId }) => paperId === id))
  assert.ok(!(await received(own)).some(({ paperId }) => paperId === id))
  for (const method of ['', '/file?format=docx'])
    assert.equal((await ask(own, 'GET', `/api/received-papers/${counties[1]}/${id}${method}`)).status, 404)
  assert.equal((await ask(own, 'POST', `/api/received-papers/${counties[1]}/${id}/receipt`)).status, 404)
  assert.equal((await ask('city', 'GET', `/api/received-papers/${counties[1]}/${id}`)).status, 403)
  assert.equal((await ask('school', 'GET', `/api/received-papers/${counties[1]}/${id}`)).status, 403)
  const seen = (of: number[], institutions?: number[]) =>
    hamlet.books.db.transaction(
      { counties: of, ...(institutions && { institutions }) },
      async (tx) => (await listCopies(tx)).filter(({ paperId }) => paperId === id).length,
    )
  assert.deepEqual(
    [await seen([counties[0]!]), await seen([counties[1]!]), await seen([counties[1]!], [1])],
    [0, 1, 0],
  )
  await assert.rejects(
    hamlet.books.db.transaction({ counties: [counties[1]!], actor: own }, (tx) =>
      signForCopy(tx, { countyId: counties[1]!, paperId: id }, { account: other, name: '冒名' }),
    ),
    /row-level security/,
  )
})

test('a paper of the city is issued and called back only by whoever reaches all its counties', async () => {
  const draft = async () =>
    (
      await done(
        ask('city', 'POST', '/api/papers', {
          template: 'supervision-circular',
          aboutId: hamlet.books.site.cityId,
        }),
      )
    ).paperId
  const [id, out] = [await draft(), await issued('supervision-circular')]
  await done(step('city', id, 'submit', { withGaps: true }))
  await done(step('city-basic-education', id, 'approve'))
  const narrow = (sight: readonly number[]) =>
    hamlet.owner.query("update access.grant set counties = $1 where account = 'city-personnel'", [sight])
  const everywhere = [hamlet.books.site.cityId, ...counties]
  await narrow(everywhere.slice(0, -1))
  const by = 'city-personnel'
  await refused('paper.not-whole-city', step(by, id, 'issue', { withGaps: true }))
  await refused('paper.not-whole-city', step(by, out, 'void', { reason: '名单有误' }))
  await narrow(everywhere)
  await done(step(by, id, 'issue', { withGaps: true }))
  await done(step(by, out, 'void', { reason: '名单有误' }))
  assert.equal((await shown(id)).receipts.length, counties.length)
})

test('a void copy is not signed for', async () => {
  const id = await issued('supervision-circular')
  await done(step('city', id, 'void', { reason: '名单有误' }))
  await refused('paper.void-copy', ask(own, 'POST', `/api/received-papers/${counties[0]}/${id}/receipt`))
  assert.equal((await received(own)).find(({ paperId }) => paperId === id)?.receivedAt, null)
})

test('a number whose file could not be stored is given again', async (t) => {
  const numberOf = async (id: number) => Number(/(\d+)号$/.exec((await shown(id)).docNumber)?.[1])
  const before = await numberOf(await issued('supervision-circular'))
  const { paperId } = await done(
    ask('city', 'POST', '/api/papers', {
      template: 'supervision-circular',
      aboutId: hamlet.books.site.cityId,
    }),
  )
  await done(step('city', paperId, 'submit', { withGaps: true }))
  await done(step('city-basic-education', paperId, 'approve'))
  const full = t.mock.method(hamlet.books.files, 'write', async () =>
    refusal({ code: 'file.storage-full', text: '磁盘满了' }),
  )
  const { status, body } = await step('city', paperId, 'issue', { withGaps: true })
  assert.deepEqual([status, body.refusal.code, full.mock.callCount()], [507, 'file.storage-full', 1])
  full.mock.restore()
  assert.equal((await shown(paperId)).stands, '已审批，待编号印发')
  await done(step('city', paperId, 'issue', { withGaps: true }))
  assert.equal(await numberOf(paperId), before + 1)
})

test('a public notice is read by whoever comes, and nothing else is', async () => {
  assert.deepEqual((await ask(undefined, 'GET', '/api/public-notices')).body, [])
  const id = await issued('public-notice')
  const circular = await issued('supervision-circular')
  const list = (await ask(undefined, 'GET', '/api/public-notices')).body
  assert.deepEqual(
    list.map(({ paperId }: { paperId: number }) => paperId),
    [id],
  )
  const notice = (await ask(undefined, 'GET', `/api/public-notices/${id}`)).body
  assert.match(notice.document.marking, /合成数据/)
  assert.equal((await ask(undefined, 'GET', `/api/public-notices/${id}/file?format=docx`)).status, 200)
  assert.equal((await ask(undefined, 'GET', `/api/public-notices/${circular}`)).status, 404)
  assert.equal((await ask(undefined, 'GET', `/api/received-papers/${counties[0]}/${circular}`)).status, 401)
  assert.ok(!(await received(own)).some(({ paperId }) => paperId === id), 'no county signs for it')
})

test('an issued paper is void with a reason: its number stays used, its text readable with the mark, in every hand', async () => {
  const id = await issued('public-notice')
  const circular = await issued('supervision-circular')
  const { docNumber, hash } = await shown(id)
  await refused('paper.no-reason', step('city', id, 'void'))
  assert.equal((await step(own, id, 'void', { reason: '不归我' })).status, 404)
  await done(step('city', id, 'void', { reason: '指标口径写错' }))
  await done(step('city', circular, 'void', { reason: '名单有误' }))
  const paper = await shown(id)
  assert.deepEqual(
    [
      paper.stands,
      paper.docNumber,
      paper.voidedOn,
      paper.voidReason,
      paper.hash,
      paper.mayDo,
      paper.mayReissue,
    ],
    ['已作废', docNumber, day, '指标口径写错', hash, [], false],
  )
  await refused('paper.out-of-turn', step('city', id, 'void', { reason: '再作废' }))
  assert.notEqual((await shown(await issued('public-notice'))).docNumber, docNumber)
  const { voidedOn } = (await ask(undefined, 'GET', `/api/public-notices/${id}`)).body
  assert.equal(voidedOn, day)
  assert.equal((await received(own)).find(({ paperId }) => paperId === circular)?.voidedOn, day)
  const { bytes } = await ask(undefined, 'GET', `/api/public-notices/${id}/file?format=docx`)
  assert.match(await headerOf(bytes), /作废/)
  const read = await readDocument(bytes)
  assert.ok(read.ok && read.value.fields.size > 0)
})

test('an issued paper is drawn anew as the next edition: the old one holds until the new one is issued, then it is void', async () => {
  const id = await issued('public-notice')
  const edition = (of: number, reason: string, account = 'city') =>
    ask(account, 'POST', `/api/papers/${of}/editions`, { reason })
  await refused('paper.no-reason', edition(id, '  '))
  const next = (await done(edition(id, '补齐缺数'))).paperId
  await refused('paper.has-later-edition', edition(id, '又一版'))
  await refused('paper.not-in-force', edition(next, '还没有印发'))
  assert.equal((await shown(id)).voidedOn, null)
  const [drafted] = (await shown(next)).steps
  assert.match(drafted.says, /^平教体公〔\d{4}〕\d+号的第 2 版：补齐缺数$/)
  await sendOut(next)
  const [old, fresh] = [await shown(id), await shown(next)]
  assert.deepEqual([old.voidedOn, old.voidReason], [day, `已由${fresh.docNumber}代替`])
  assert.notEqual(old.docNumber, fresh.docNumber)
  assert.deepEqual([fresh.edition, fresh.stands, fresh.voidedOn], [2, '已印发', null])
  assert.deepEqual(
    [old, fresh].map(({ editions }) => editions.map(({ paperId }: { paperId: number }) => paperId)),
    [[next], [id]],
  )
})

/** A layout program that lays nothing out: it hands back pages that say when they were made. */
function standInOffice(folder: string): string {
  const program = join(folder, 'soffice')
  const script = [
    '#!/bin/sh',
    'for word; do [ "$last" = --outdir ] && out=$word; last=$word; done',
    "printf '%%PDF-1.7\\n/CreationDate(D:%s\\n' $(date +%Y%m%d%H%M%S) > $out/paper.pdf",
  ]
  writeFileSync(program, script.join('\n'), { mode: 0o755 })
  return program
}

test('pages are laid out as a job and kept with their hash; the same paper is not laid out again; without the program a sentence says so', async () => {
  const id = await issued('public-notice')
  const layOut = async () => {
    const { jobId } = await done(ask('city', 'POST', `/api/papers/${id}/pdf`))
    for (;;) {
      const job = await done(ask('city', 'GET', `/api/jobs/${jobId}`))
      if (['done', 'failed'].includes(job.state)) return job
      await sleep(50)
    }
  }
  const file = () => ask('city', 'GET', `/api/papers/${id}/file?format=pdf`)
  await refused('paper.not-laid-out', file())
  process.env.KUOYOU_SOFFICE = '/nowhere'
  assert.match((await layOut()).problem, /没有安装排版程序 LibreOffice/)
  process.env.KUOYOU_SOFFICE = standInOffice(hamlet.data)
  const { sha256 } = (await layOut()).result
  const { bytes } = await file()
  assert.match(bytes.toString('latin1'), /^%PDF-1.7\n\/CreationDate\(D:19700101000000/)
  assert.deepEqual([sha256, (await shown(id)).pdfSha256], [sha256Of(bytes), sha256Of(bytes)])
  process.env.KUOYOU_SOFFICE = '/nowhere'
  assert.equal((await layOut()).result.sha256, sha256, 'what is there is not made again')
  await done(step('city', id, 'void', { reason: '作废后要重排' }))
  await refused('paper.not-laid-out', file())
  assert.equal((await ask(own, 'POST', `/api/papers/${id}/pdf`)).status, 404)
})

async function headerOf(docx: Buffer): Promise<string> {
  const pack = await openPackage(docx)
  const headers = pack.paths.filter((path) => path.startsWith('word/header'))
  return (await Promise.all(headers.map(async (path) => text((await pack.read(path))!)))).join('')
}
