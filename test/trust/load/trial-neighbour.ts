import { setTimeout as sleep } from 'node:timers/promises'
import { everydayVisits, judge, type LoadGround, officerOf } from './load-ground.ts'
import { tellFigures } from './tally.ts'

/** L6 吵闹邻居 — the boards of the whole city and large exports beside everyday work, which must hardly feel them. */
export async function trialNeighbour(ground: LoadGround): Promise<string[]> {
  const peak = await ground.peak()
  const seconds = ground.option('seconds', 120)
  const share = 0.3
  ground.say(
    `L6 吵闹邻居：日常负载每秒 ${(share * peak).toFixed(1)} 个请求，先单独 ${seconds} 秒，再与全市目标总表、学位总表和 20 万行导出（每 ${roundMs / 1_000} 秒各一遍）一起 ${seconds} 秒`,
  )
  const alone = await everydayVisits(ground, share * peak, seconds)
  for (const line of tellFigures(alone)) ground.say(line)
  const noise = makeNoise(ground)
  const beside = await everydayVisits(ground, share * peak, seconds)
  const { looked, rows } = await noise.stop()
  for (const line of tellFigures(beside)) ground.say(line)
  ground.say(`  邻居看了 ${looked} 次全市总表，导出 ${rows} 行`)
  const ratio = beside.all.p95 / alone.all.p95
  return [
    ...judge(ground, '日常请求 p95 之比', ratio, '不超过 1.50', ratio <= 1.5),
    ...judge(ground, '导出行数', rows, '不少于 150000', rows >= 150_000),
    ...judge(ground, '没走完的访问', beside.unfinished, '为 0', beside.unfinished === 0),
  ]
}

const stages = ['preschool', 'primary', 'junior', 'senior']
const boards = ['/api/targets', ...stages.map((stage) => `/api/seats/board?stage=${stage}`)]
const roundMs = 20_000
const rowsPerRound = 200_000

/** Again and again one person asks for every city-wide board, and another for an export of 200,000 rows. */
function makeNoise(ground: LoadGround): { stop(): Promise<{ looked: number; rows: number }> } {
  const leaving = new AbortController()
  let looked = 0
  let rows = 0
  const look = async () => {
    for (const path of boards) {
      await patiently(ground, 0, path)
      looked += 1
    }
  }
  const exporting = async () => {
    let written = 0
    for (let year = 2024; written < rowsPerRound; year = year > 2017 ? year - 1 : 2024) {
      const path = `/api/exchange/exports/enrolment-by-class?schoolYear=${year}&format=csv`
      const { jobId } = (await patiently(ground, 1, path, 'POST')) as { jobId: string }
      written += await rowsOf(ground, jobId)
    }
    rows += written
  }
  const over = (async () => {
    while (!leaving.signal.aborted) {
      const next = sleep(roundMs, undefined, { signal: leaving.signal }).catch(() => {})
      await Promise.all([look(), exporting()])
      await next
    }
  })()
  return {
    stop: async () => {
      leaving.abort()
      await over
      return { looked, rows }
    },
  }
}

/** Asks as one officer; told to come again later, as everyone is who asks too often, does so. */
async function patiently(
  ground: LoadGround,
  officer: number,
  path: string,
  method = 'GET',
): Promise<unknown> {
  const { cookie = '' } = officerOf(ground)(officer)
  for (;;) {
    const answer = await fetch(ground.address + path, {
      method,
      headers: { cookie, 'sec-fetch-site': 'same-origin' },
    })
    if (answer.ok) return answer.json()
    const text = await answer.text()
    if (answer.status !== 429) throw new Error(`${path} was answered ${answer.status}: ${text}`)
    await sleep(Number(answer.headers.get('retry-after')) * 1_000)
  }
}

/** Waits for an export and tells its rows; looked up under the surface, so that waiting makes no noise of its own. */
async function rowsOf({ owner }: LoadGround, jobId: string): Promise<number> {
  for (;;) {
    const { rows } = await owner.pool.query('select state, result, problem from jobs.job where job_id = $1', [
      jobId,
    ])
    const { state, result, problem } = rows[0]
    if (state === 'done') return result.rows
    if (state !== 'waiting' && state !== 'running') throw new Error(`export ${jobId} is ${state}: ${problem}`)
    await sleep(200)
  }
}
