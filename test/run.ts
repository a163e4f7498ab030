import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EmbeddedServer, startEmbeddedServer } from '../src/platform/db/embedded-server.ts'
import { check } from './check.ts'
import { makeMoulds } from './house/database-for-tests.ts'
import { makeSite } from './journeys/platform-for-journeys.ts'
import { provideBrowser } from './tools/browser.ts'
import { databaseTests, journeyTests, onAnotherDatabase, runTests } from './tools/run-tests.ts'
import { provideServer15 } from './tools/server-15.ts'

/** Everything that must hold: on the embedded database, on a PostgreSQL 15 server, and in a browser on both. */
async function runEverything(): Promise<boolean> {
  const outcomes: Record<string, boolean> = { '格式、类型、架构与纯函数': await check() }
  const browser = await provideBrowser()
  outcomes.内置数据库 = await onServer(undefined, (url) => testBooks('内置数据库', databaseTests(), url))
  outcomes['浏览器（内置数据库）'] = await inFolder(async (folder) => {
    const site = join(folder, 'site')
    await makeSite(site)
    return runTests('浏览器，内置数据库', journeyTests(), { KUOYOU_BROWSER: browser, KUOYOU_TEST_SITE: site })
  })
  const programs = provideServer15()
  if (programs) {
    outcomes['PostgreSQL 15 与浏览器'] = await onServer(programs, async (url) => {
      const books = await testBooks('PostgreSQL 15', onAnotherDatabase(databaseTests()), url)
      const journeys = await runTests('浏览器，PostgreSQL 15', onAnotherDatabase(journeyTests()), {
        KUOYOU_BROWSER: browser,
        KUOYOU_TEST_DATABASE: url,
      })
      return books && journeys
    })
  } else if (process.env.CI) {
    outcomes['PostgreSQL 15（持续集成必须有）'] = false
  } else {
    process.stdout.write('\n没有 PostgreSQL 15，也装不上：跳过在服务器上的测试。\n')
  }
  for (const [name, passed] of Object.entries(outcomes))
    process.stdout.write(`${passed ? '通过' : '未通过'}  ${name}\n`)
  return Object.values(outcomes).every(Boolean)
}

async function testBooks(title: string, files: readonly string[], url: string): Promise<boolean> {
  await makeMoulds(url)
  return runTests(title, files, { KUOYOU_TEST_DATABASE: url, KUOYOU_TEST_MOULDS: 'made' })
}

function onServer(programs: string | undefined, work: (url: string) => Promise<boolean>): Promise<boolean> {
  return inFolder(async (folder) => {
    const server = await startEmbeddedServer(join(folder, 'db'), programs)
    return work(urlOf(server)).finally(() => server.stop())
  })
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'kuoyou-tests-'))
  // The database's own user must be able to walk in.
  chmodSync(folder, 0o711)
  return work(folder).finally(() => rmSync(folder, { recursive: true, force: true }))
}

function urlOf({ connection }: EmbeddedServer): string {
  const { user, password, host } = connection
  return `postgres://${user}:${encodeURIComponent(String(password))}@localhost/postgres?host=${encodeURIComponent(String(host))}`
}

process.exitCode = (await runEverything()) ? 0 : 1
