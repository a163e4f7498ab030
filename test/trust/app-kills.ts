import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createDemonstrationAccounts } from '../../src/app/demonstration-accounts.ts'
import { buildCity } from '../../src/demo/build-city.ts'
import { loadCity } from '../../src/demo/load-city.ts'
import { openSession } from '../../src/platform/access/session.ts'
import { writeSite } from '../../src/records/registry/site.ts'
import { databaseForTests, type TestDatabase } from '../house/database-for-tests.ts'
import { freePort } from '../journeys/platform-for-journeys.ts'
import { scenarioRequest } from './scenario-request.ts'

/** What was seen while the platform was killed under load. */
export interface AppKillFigures {
  readonly kills: number
  readonly acknowledged: number
  /** Requests cut off without an answer, then sent again under their key. */
  readonly sentAgain: number
  readonly lost: number
  readonly doubled: number
}

const clients = 6

/**
 * D1 — kills the platform's process `kills` times with SIGKILL while clients save scenarios, each under a key of its
 * own, sending again what was cut off. Throws unless every acknowledged scenario stands exactly once, none stands twice
 * and every one sent again was answered as done.
 */
export async function killApp(kills: number): Promise<AppKillFigures> {
  const world = await hamlet()
  const port = await freePort()
  const load = startClients(`http://127.0.0.1:${port}`, world.cookie)
  let platform: ChildProcess | undefined
  try {
    for (let kill = 0; kill <= kills; kill++) {
      platform = await serve(world, port)
      if (kill === kills) break
      await wait(150 + Math.random() * 350)
      platform.kill('SIGKILL')
      await new Promise((resolve) => platform?.once('exit', resolve))
    }
    const { acknowledged, sentAgain } = await load.finish()
    const { rows } = await world.database.db.pool.query<{ name: string; times: number }>(
      "select name, count(*)::int as times from seats.scenario where name like '压测%' group by name",
    )
    const standing = new Map(rows.map(({ name, times }) => [name, times]))
    const lost = acknowledged.filter((name) => !standing.has(name)).length
    const doubled = rows.filter(({ times }) => times > 1).length
    const figures = { kills, acknowledged: acknowledged.length, sentAgain, lost, doubled }
    assert.deepEqual([lost, doubled], [0, 0])
    assert.equal(standing.size, acknowledged.length, 'whatever stands was acknowledged in the end')
    assert.ok(acknowledged.length > kills, 'there were writes to lose')
    return figures
  } finally {
    load.stop()
    platform?.kill('SIGKILL')
    await world.close()
  }
}

interface World {
  readonly database: TestDatabase
  readonly data: string
  readonly cookie: string
  close(): Promise<void>
}

async function hamlet(): Promise<World> {
  const database = await databaseForTests()
  const city = buildCity({ size: 'hamlet', seed: 20_240_822 })
  await loadCity(database.db, city)
  await createDemonstrationAccounts(database.db.pool)
  await writeSite(database.db.pool, {
    cityId: city.cityId,
    planLayer: 'pingdingshan',
    synthetic: true,
    size: 'hamlet',
  })
  const data = mkdtempSync(join(tmpdir(), 'kuoyou-app-kills-'))
  return {
    database,
    data,
    cookie: `kuoyou_session=${await openSession(database.db.pool, 'city')}`,
    close: async () => {
      await database.close()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

async function serve({ database, data }: World, port: number): Promise<ChildProcess> {
  const program = new URL('./serving-hamlet.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [program, JSON.stringify(database.connection), data, String(port)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (text) => String(text).includes('ready') && resolve())
    child.once('exit', (code) => reject(new Error(`the platform ended with ${code} before it served`)))
  })
  return child
}

/** Clients that save one scenario after another; one that was cut off is sent again under its key until answered. */
function startClients(address: string, cookie: string) {
  const acknowledged: string[] = []
  let sentAgain = 0
  let going = true
  let stopped = false
  const save = (name: string) =>
    fetch(`${address}/api/seats/scenarios`, {
      method: 'POST',
      headers: {
        cookie,
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/json',
        'idempotency-key': encodeURIComponent(name),
      },
      body: JSON.stringify(scenarioRequest(name)),
    }).then(
      async (response) => ({ status: response.status, text: await response.text() }),
      () => undefined,
    )
  const untilAnswered = async (name: string) => {
    for (let times = 0; !stopped; times++) {
      const answer = await save(name).catch(() => undefined)
      if (answer?.status === 200) {
        acknowledged.push(name)
        if (times > 0) sentAgain += 1
        return
      }
      if (answer && answer.status !== 503)
        throw new Error(`${name} was answered ${answer.status}: ${answer.text}`)
      await wait(50)
    }
  }
  const client = async (number: number) => {
    for (let turn = 0; going; turn++) await untilAnswered(`压测${number}号第${turn}个`)
  }
  const working = Promise.all(Array.from({ length: clients }, (_, number) => client(number)))
  return {
    stop: () => {
      going = false
      stopped = true
    },
    finish: async () => {
      going = false
      await working
      return { acknowledged, sentAgain }
    },
  }
}
