import assert from 'node:assert/strict'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import exceljs from 'exceljs'
import { findingsOnce } from '../../src/app/findings-once.ts'
import { papersOnce } from '../../src/app/papers-once.ts'
import { allRoutes } from '../../src/app/server.ts'
import { loadDemoChildren } from '../../src/demo/demo-children.ts'
import { loadDemoFilings } from '../../src/demo/demo-filings.ts'
import { isExportKind } from '../../src/features/exchange/export/read-rows-to-export.ts'
import { importTables } from '../../src/features/exchange/tables/all-tables.ts'
import { publishBaseForecast } from '../../src/features/seats/index.ts'
import { identityRoutes } from '../../src/platform/access/identity-routes.ts'
import { openPackage } from '../../src/platform/sheets/open-package.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

let hamlet: ServedHamlet
let county: number
let officer: string
const mark = /合成数据/

before(async () => {
  const own = new Set(identityRoutes.map(({ method, path }) => `${method} ${path}`))
  hamlet = await servedHamlet(allRoutes.filter(({ method, path }) => !own.has(`${method} ${path}`)))
  const { db, plan, site, vault } = hamlet.books
  const day = site.generatedUntil!
  county = hamlet.city.counties[0]!.division.code
  officer = `county-${county}`
  await loadDemoFilings(db, plan, hamlet.city.seed, day)
  await loadDemoChildren(db, vault, 7, day)
  await publishBaseForecast(hamlet.books, { asOf: day, report: () => {} })
  await findingsOnce(hamlet.books, () => {})
  await papersOnce(hamlet.books, () => {})
})
after(() => hamlet.close())

type Asked = readonly [account: string | undefined, url: string]
const kinds = Object.values(importTables).map(({ kind }) => kind)

async function done(account: string, method: 'GET' | 'POST', url: string, body?: object) {
  const answer = await hamlet.ask(account, method, url, body)
  assert.equal(answer.status, 200, `${method} ${url}: ${JSON.stringify(answer.body)}`)
  return answer.body
}

/** Of every path that answers with a file: who asks for which. */
const files: Readonly<Record<string, () => Asked[] | Promise<Asked[]>>> = {
  '/api/audit/export': () => [['audit-administrator', '/api/audit/export']],
  '/api/projects/export': () => [['city', '/api/projects/export']],
  '/api/tasks/export': () => [['city', '/api/tasks/export']],
  '/api/findings/export': () => [['city', '/api/findings/export']],
  '/api/targets/export': () => [['city', '/api/targets/export']],
  '/api/duties/export': () => [['city', '/api/duties/export']],
  '/api/seats/export': () => [['city', '/api/seats/export']],
  '/api/exchange/templates/{kind}': () =>
    kinds.map((kind) => [officer, `/api/exchange/templates/${kind}?county=${county}`]),
  '/api/exchange/exports/{kind}': () =>
    kinds
      .filter(isExportKind)
      .flatMap((kind) =>
        ['xlsx', 'csv', 'gb18030'].map(
          (format): Asked => [officer, `/api/exchange/exports/${kind}?county=${county}&format=${format}`],
        ),
      ),
  '/api/jobs/{jobId}/files/{fileId}': async () => {
    const { jobId } = await done(officer, 'POST', `/api/exchange/exports/institutions?county=${county}`)
    for (;;) {
      const job = await done(officer, 'GET', `/api/jobs/${jobId}`)
      assert.notEqual(job.state, 'failed')
      if (job.state === 'done')
        return job.files.map(({ fileId }: { fileId: string }): Asked => {
          return [officer, `/api/jobs/${jobId}/files/${fileId}`]
        })
      await sleep(50)
    }
  },
  '/api/draws/{drawId}/export': async () => {
    const rule = { share: 0.5, inspectorsEach: 1, stages: ['preschool', 'primary', 'junior', 'senior'] }
    const body = { counties: [county], title: '开学检查', seed: '0824361', seedSource: '3D开奖号', rule }
    const { drawIds } = await done(officer, 'POST', '/api/draws', body)
    return [[officer, `/api/draws/${drawIds[0]}/export`]]
  },
  '/api/filing-workbooks': () => [
    [officer, `/api/filing-workbooks?form=kindergarten-conditions&period=2024&county=${county}`],
  ],
  '/api/papers/{paperId}/file': async () =>
    (await done('city', 'GET', '/api/papers')).papers.flatMap(({ paperId }: { paperId: number }): Asked[] => [
      ['city', `/api/papers/${paperId}/file?format=docx`],
      ['city', `/api/papers/${paperId}/file?format=xlsx`],
    ]),
  '/api/received-papers/{countyId}/{paperId}/file': async () =>
    (await done(officer, 'GET', '/api/papers')).received.map(({ paperId }: { paperId: number }): Asked => {
      return [officer, `/api/received-papers/${county}/${paperId}/file?format=docx`]
    }),
  '/api/public-notices/{paperId}/file': async () =>
    (await done('city', 'GET', '/api/public-notices')).map(({ paperId }: { paperId: number }): Asked => {
      return [undefined, `/api/public-notices/${paperId}/file?format=docx`]
    }),
  '/api/people/exports/{requestId}/file': async () => {
    const wish = { county, grade: 'P2', classNo: 1, plain: false, reason: '核对学籍' }
    const { requestId } = await done(officer, 'POST', '/api/people/exports', wish)
    return [[officer, `/api/people/exports/${requestId}/file`]]
  },
  '/api/people/audit-pack': () => [['city-basic-education', '/api/people/audit-pack']],
}

/** Somebody's own file, handed back as it came or with its wrong cells marked: nothing in it is generated. */
const handedBack = ['/api/exchange/imports/{importId}/error-workbook', '/api/filing-workbooks/{fileId}']
const attachment = '/attachments/{attachmentId}'

test('every path that answers with a file is walked here', () => {
  const paths = allRoutes
    .filter(({ method, answer }) => method === 'GET' && answer === undefined)
    .map(({ path }) => path)
    .filter((path) => !path.endsWith(attachment))
  assert.deepEqual(paths.sort(), [...Object.keys(files), ...handedBack].sort())
})

test('every file of a generated city says that it is generated: workbooks on each sheet, tables in their first line, papers at the head of each page', async () => {
  for (const [path, asked] of Object.entries(files)) {
    const each = await asked()
    assert.ok(each.length > 0, path)
    for (const [account, url] of each) {
      const { status, bytes, body } = await hamlet.ask(account, 'GET', url)
      // a paper without a table makes no workbook
      if (body?.refusal?.code === 'paper.no-table') continue
      assert.equal(status, 200, `${url}: ${JSON.stringify(body)}`)
      for (const [place, words] of await headsOf(bytes)) assert.match(words, mark, `${url} ${place}`)
    }
  }
})

/** Where a reader looks first, and what stands there. */
async function headsOf(bytes: Buffer): Promise<(readonly [string, string])[]> {
  if (bytes.subarray(0, 2).toString() !== 'PK') {
    const encoding = bytes.subarray(0, 3).equals(Buffer.from('\ufeff')) ? 'utf8' : 'gb18030'
    return [['first line', new TextDecoder(encoding).decode(bytes).split('\n')[0]!]]
  }
  const pack = await openPackage(bytes)
  const headers = pack.paths.filter((path) => path.startsWith('word/header'))
  if (headers.length > 0)
    return Promise.all(headers.map(async (path) => [path, await text((await pack.read(path))!)] as const))
  const workbook = new exceljs.Workbook()
  await workbook.xlsx.load(bytes as never)
  return workbook.worksheets
    .filter(({ state }) => state === 'visible')
    .map((sheet) => [sheet.name, [1, 2, 3].map((row) => sheet.getRow(row).values).join(' ')] as const)
}
