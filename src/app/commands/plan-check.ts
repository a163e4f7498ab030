import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { chinaDay } from '../../kernel/china-moment.ts'
import { Fault } from '../../kernel/fault.ts'
import { isDay } from '../../kernel/is-day.ts'
import {
  carriageOf,
  checkPlan,
  type ItemCarriage,
  type LineToReview,
  linesToReview,
  loadPlan,
  overdueParameters,
  type PaperReport,
  readPlan,
} from '../../plan/index.ts'
import { root } from '../data-folder.ts'
import { WrongUse } from '../wrong-use.ts'
import { carriageData, printCarriage, uncarried } from './plan-carried.ts'

const help = `用法：kuoyou plan check [文件夹] [选项]
  文件夹        一个规划层（含 manifest.yaml），或放着几个规划层的文件夹；默认为随附的 plan
  --as-of DAY   按哪一天判断参数是否已过复核日，默认今天
  --carried     逐条列出任务项由什么承载（已承载、待建功能、仅跟踪）及所在文件；有无着落的，退出码为 1
  --json        以 JSON 输出
核对每条任务项的引文在原文中、每句话都已归位、参数有出处且未过复核日；有问题时退出码为 1`

/** One layer's outcome, as it is printed and as `--json` gives it. */
interface LayerCheck {
  readonly layer: string
  readonly zh: string
  readonly version?: string
  readonly papers: readonly PaperReport[]
  readonly parameters: number
  readonly notEntered: number
  readonly carried: number
  readonly laterRoom: number
  readonly tracked: number
  readonly without: number
  /** What has to be looked at again before a target is judged; no problem yet. */
  readonly linesToReview: readonly LineToReview[]
  readonly problems: readonly string[]
}

/** 核对规划 — holds every layer's files against the papers they quote; 0 when nothing is wrong. */
export async function planCheck(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      carried: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      'as-of': { type: 'string', default: chinaDay(new Date()) },
    },
  })
  if (values.help) {
    process.stdout.write(`${help}\n`)
    return 0
  }
  const asOf = values['as-of']
  if (!isDay(asOf)) throw new WrongUse(`--as-of 应写成 2026-09-01 这样的日期，不能是“${asOf}”。`)
  const folders = layerFolders(resolve(positionals[0] ?? join(root, 'plan')))
  if (values.carried) return tellCarriage(folders, values.json)
  const checks = folders.map((folder) => checkLayer(folder, asOf))
  const problems = new Set(checks.flatMap((check) => check.problems))
  process.stdout.write(values.json ? `${JSON.stringify(checks, null, 2)}\n` : checks.map(printed).join(''))
  for (const problem of problems) process.stderr.write(`${problem}\n`)
  return problems.size === 0 ? 0 : 1
}

/** Layers without items of their own have nothing to carry. */
function tellCarriage(folders: readonly string[], asData: boolean): number {
  const plans = folders
    .map((folder) => loadPlan(rootsOf(folder), basename(folder)))
    .filter((plan) => plan.items.size > 0)
  process.stdout.write(
    asData
      ? `${JSON.stringify(plans.flatMap(carriageData), null, 2)}\n`
      : plans.map(printCarriage).join('\n'),
  )
  const left = plans.flatMap(uncarried)
  for (const sentence of left) process.stderr.write(`${sentence}\n`)
  return left.length === 0 ? 0 : 1
}

function rootsOf(folder: string): string[] {
  return [dirname(folder), join(root, 'plan')]
}

function layerFolders(folder: string): string[] {
  const isLayer = (each: string) => existsSync(join(each, 'manifest.yaml'))
  if (isLayer(folder)) return [folder]
  const inside = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []
  const layers = inside.filter(isLayer).sort()
  if (layers.length === 0) throw new Fault(`${folder} 里没有规划层：找不到 manifest.yaml。请核对路径。`)
  return layers
}

function checkLayer(folder: string, asOf: string): LayerCheck {
  const { plan, problems } = readPlan(rootsOf(folder), basename(folder))
  const papers = plan ? checkPlan(plan) : []
  const all = [
    ...problems,
    ...papers.flatMap((each) => each.problems),
    ...(plan ? overdueParameters(plan, asOf) : []),
  ]
  const carriage = plan ? carriageOf(plan) : []
  const standing = (status: ItemCarriage['status']) =>
    carriage.filter((each) => each.status === status).length
  const standards = [...(plan?.standards.values() ?? [])].flat()
  return {
    layer: basename(folder),
    zh: plan?.layer.zh ?? basename(folder),
    version: plan?.version,
    papers,
    parameters: standards.length,
    notEntered: standards.filter(({ standard }) => standard.notEntered).length,
    carried: standing('carried'),
    laterRoom: standing('later-room'),
    tracked: standing('tracked'),
    without: standing('without'),
    linesToReview: plan ? linesToReview(plan) : [],
    problems: [...new Set(all.map(({ text }) => text))],
  }
}

function printed(check: LayerCheck): string {
  const lines = [
    `${check.zh}（${check.layer}）：参数 ${check.parameters} 项（含上层，其中未录入 ${check.notEntered} 项），问题 ${check.problems.length} 处`,
    ...check.papers.flatMap(printedPaper),
    ...(check.papers.length > 0
      ? [
          `  承载：${check.carried} 条已承载，${check.laterRoom} 条待建功能，${check.tracked} 条仅跟踪，${check.without} 条无着落（逐条见 --carried）`,
        ]
      : []),
    ...check.linesToReview.map(({ text }) => `  目标值复核：${text}`),
    `  规划版本 ${check.version ?? '无'}`,
  ]
  return `${lines.join('\n')}\n`
}

function printedPaper({ title, counts, chapters }: PaperReport): string[] {
  const zh = { target: '目标', measure: '措施', organisation: '组织实施' }
  const sum = (numbers: number[]) => numbers.reduce((total, each) => total + each, 0)
  const placed = sum(counts.map((each) => each.placed))
  const total = sum(counts.map((each) => each.total))
  const byKind = counts.map((each) => `${zh[each.kind]} ${each.placed}/${each.total}`).join('，')
  const share = (part: number, whole: number) => `${part} 字（${((100 * part) / whole).toFixed(1)}%）`
  return [
    `  《${title}》`,
    `  ${placed}/${total} 条任务项有引文并归位（${byKind}），${sum(chapters.map((each) => each.unplaced.length))} 句未归位`,
    ...chapters.map(
      (each) =>
        `    ${each.heading}：${each.sentences} 句，${each.characters} 字；引文 ${share(each.quoted, each.characters)}，标题 ${share(each.headings, each.characters)}，无任务语句 ${share(each.noAct, each.characters)}`,
    ),
  ]
}
