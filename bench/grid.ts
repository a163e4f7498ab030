import { type Browser, chromium, type Page } from 'playwright-core'
import { loadPlan, type Plan } from '../src/plan/index.ts'
import { startPlatform } from '../test/journeys/platform-for-journeys.ts'
import { provideBrowser } from '../test/tools/browser.ts'

/** The fewest rows worth scrolling through. */
const rowsAtLeast = 2_500

/** The widest form of at least 2,500 subjects in one grid: how even its frames are while one scrolls through it, down and across. */
export async function benchGrid(): Promise<void> {
  // An address where a demonstration city is already served saves building one.
  const served = process.env.KUOYOU_BENCH_ADDRESS
  const platform = served ? undefined : await startPlatform(['--size', 'city'], 'none')
  const browser = await chromium.launch({
    executablePath: await provideBrowser(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  try {
    await measure(served ?? platform?.address ?? '', browser)
  } finally {
    await browser.close()
    await platform?.stop()
  }
}

interface Board {
  readonly forms: readonly {
    readonly formId: string
    readonly periods: readonly { readonly id: string; readonly due: number }[]
  }[]
}

async function measure(address: string, browser: Browser): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  await context.request.post(`${address}/api/session`, { data: { account: 'city' } })
  const { forms } = (await (await context.request.get(`${address}/api/forms`)).json()) as Board
  const page = await context.newPage()
  await page.goto('about:blank')
  print('空白页（这台机器此刻能有的帧）', await page.evaluate(framesOfNothing))
  for (const turn of turnsOf(forms)) await scroll(address, browser, page, turn)
}

interface Turn {
  readonly formId: string
  readonly id: string
  readonly due: number
  readonly columns: number
}

/** The widest form of so many subjects, and the widest of a thousand, whose columns no longer fit the window. */
function turnsOf(forms: Board['forms']): Turn[] {
  const plan = loadPlan('plan', 'pingdingshan')
  const turns = forms
    .flatMap(({ formId, periods }) =>
      periods.map(({ id, due }): Turn => ({ formId, id, due, columns: columnsOf(plan, formId) })),
    )
    .sort((one, other) => other.columns - one.columns || other.due - one.due)
  const widest = turns.find(({ due }) => due >= rowsAtLeast)
  if (!widest)
    throw new Error(`no form is owed by ${rowsAtLeast}: is this a demonstration city of full size?`)
  const wider = turns.find(({ due }) => due >= 1_000)
  return wider && wider.columns > widest.columns ? [widest, wider] : [widest]
}

async function scroll(address: string, browser: Browser, page: Page, turn: Turn): Promise<void> {
  const start = performance.now()
  await page.goto(`${address}/filing/sheets/${turn.formId}?period=${turn.id}`)
  await page.getByRole('grid').waitFor()
  const shown = performance.now() - start
  process.stdout.write(
    `总表 ${turn.due} 行 ${turn.columns} 列（${turn.formId}）：打开 ${Math.round(shown)} 毫秒\n`,
  )
  const before = await processorSeconds(browser)
  const deltas = await page.evaluate(scrollThrough)
  const used = (await processorSeconds(browser)) - before
  print('滚动', deltas)
  // What the page itself needs, whoever else is at work on this machine.
  process.stdout.write(`每帧页面用去处理器 ${((1000 * used) / deltas.length).toFixed(1)} 毫秒\n`)
}

function columnsOf(plan: Plan, formId: string): number {
  return plan.forms.get(formId)?.parts.reduce((sum, { fields }) => sum + fields.length, 0) ?? 0
}

/** Processor time of all pages so far. */
async function processorSeconds(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  return processInfo.filter(({ type }) => type === 'renderer').reduce((sum, { cpuTime }) => sum + cpuTime, 0)
}

function print(what: string, deltas: readonly number[]): void {
  const sorted = deltas.toSorted((one, other) => one - other)
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(1)
  // A frame that comes one sixtieth of a second after the one before is on time: the clock rounds up.
  const late = deltas.filter((delta) => delta > 17).length
  process.stdout.write(
    `${what}：${deltas.length} 帧，帧间隔中位 ${at(0.5)} 毫秒，p95 ${at(0.95)} 毫秒，最长 ${at(1)} 毫秒，` +
      `超过 16.7 毫秒的占 ${((100 * late) / deltas.length).toFixed(1)}%\n`,
  )
}

/** In the page: the frames of a page where nothing moves. */
function framesOfNothing(): Promise<number[]> {
  return new Promise((resolve) => {
    const deltas: number[] = []
    let last: number | undefined
    const next = (now: number) => {
      if (last !== undefined) deltas.push(now - last)
      last = now
      if (deltas.length >= 120) resolve(deltas)
      else requestAnimationFrame(next)
    }
    requestAnimationFrame(next)
  })
}

/** In the page: scrolls the grid evenly for some seconds and says how long after the one before each frame came. */
function scrollThrough(): Promise<number[]> {
  const frame = document.querySelector('.sheet') as HTMLElement
  const step = Math.max(40, frame.scrollHeight / 600)
  const across = (frame.scrollWidth - frame.clientWidth) / 300
  return new Promise((resolve) => {
    const deltas: number[] = []
    let last: number | undefined
    const next = (now: number) => {
      if (last !== undefined) deltas.push(now - last)
      last = now
      const before = frame.scrollTop
      frame.scrollTop += step
      // out to the last column and back again, while it goes down
      frame.scrollLeft = across * (deltas.length < 300 ? deltas.length : 600 - deltas.length)
      if (frame.scrollTop === before || deltas.length >= 600) resolve(deltas)
      else requestAnimationFrame(next)
    }
    requestAnimationFrame(next)
  })
}
