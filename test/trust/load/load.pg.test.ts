import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { everydayVisits, type LoadGround, layGround } from './load-ground.ts'
import type { Caller } from './load-scenario.ts'
import { filing, fillingForm } from './load-scripts.ts'
import { runLoad } from './run-load.ts'
import { onceEach } from './trial-deadline.ts'
import { handedInOnce } from './trial-forms.ts'
import { readVitals } from './watch-metrics.ts'

let ground: LoadGround
before(async () => {
  ground = await layGround('hamlet', { officers: 20, clerks: 6, fillers: 8 }, () => {})
})
after(() => ground.close())

test('every school files at once: each filing stands once in the books, none is sent away', async () => {
  const figures = await runLoad(ground.address, {
    name: '填报',
    arrivals: { atMs: ground.clerks.map((_, index) => index * 20) },
    caller: (number) => ground.clerks[number] as Caller,
    script: filing,
  })
  assert.deepEqual([figures.failures, figures.unfinished, figures.turnedAway], [{}, 0, 0])
  assert.deepEqual(await onceEach(ground, ground.clerks), { lost: 0, doubled: 0 })
})

test('every institution fills its form at once: each is handed in once, as it was written', async () => {
  const figures = await runLoad(ground.address, {
    name: '填表',
    arrivals: { atMs: ground.fillers.map((_, index) => index * 20) },
    caller: (number) => ground.fillers[number] as Caller,
    script: fillingForm,
  })
  assert.deepEqual([figures.failures, figures.unfinished, figures.turnedAway], [{}, 0, 0])
  assert.deepEqual(await handedInOnce(ground, ground.fillers), { lost: 0, doubled: 0, empty: 0 })
})

test('everyday visits come at their own pace and all end well', async () => {
  const figures = await everydayVisits(ground, 30, 3)
  assert.ok(figures.visits > 3)
  assert.deepEqual([figures.failures, figures.unfinished, figures.withoutRetryAfter], [{}, 0, 0])
})

test('a stalled server does not hide: requests are due at their moment, sent or not', async () => {
  const stalled = await strangeServer((since) => (since < 400 ? { waitMs: 400 - since } : {}))
  const figures = await runLoad(stalled.address, { ...looking, arrivals: { atMs: [0, 100, 200, 300] } })
  await stalled.close()
  assert.equal(figures.all.count, 4)
  assert.ok(
    figures.all.max >= 390 && figures.all.p50 >= 190,
    'those that came into the stall waited for its end',
  )
})

test('whoever is sent away comes again when told, and a server that does not tell is counted', async () => {
  const full = await strangeServer((_, number) =>
    number < 2 ? { status: 503, retryAfter: number === 0 ? '1' : '' } : {},
  )
  const figures = await runLoad(full.address, { ...looking, arrivals: { atMs: [0] } })
  await full.close()
  assert.deepEqual([figures.turnedAway, figures.withoutRetryAfter, figures.unfinished], [2, 1, 0])
  assert.equal(figures.all.count, 1)
})

test('nothing is left open afterwards, and no fault was logged', async () => {
  const { connections, idle, inFlight } = await readVitals(ground.address)
  assert.deepEqual([connections - idle, inFlight], [0, 1])
  assert.deepEqual(ground.faults(), [])
})

const looking = {
  name: '看',
  caller: () => ({ account: 'x', address: '127.0.0.1', own: {} }),
  script: [{ name: '看', path: () => '/' }],
}

/** A server that behaves as told, by milliseconds since the first request and number of the request. */
async function strangeServer(
  behave: (since: number, number: number) => { waitMs?: number; status?: number; retryAfter?: string },
) {
  let first: number | undefined
  let number = 0
  const server = createServer(async (_, response) => {
    first ??= performance.now()
    const { waitMs = 0, status = 200, retryAfter } = behave(performance.now() - first, number++)
    await sleep(waitMs)
    response.writeHead(status, retryAfter ? { 'retry-after': retryAfter } : {}).end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { address: `http://127.0.0.1:${port}`, close: () => new Promise((resolve) => server.close(resolve)) }
}
