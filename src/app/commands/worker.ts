import { parseArgs } from 'node:util'
import { Fault } from '../../kernel/fault.ts'
import { askedToStop } from '../asked-to-stop.ts'
import { openSite } from '../open-site.ts'
import { jobKinds, workOnJobs } from '../work-on-jobs.ts'

const help = `用法：kuoyou worker [选项]
  在单独的进程里办理任务（导入、测算等）。可以开几个，也可以开在别的机器上：
  设置同一个 DATABASE_URL，并把 --data（或 KUOYOU_DATA）指向共用的数据目录。
  --kinds A,B    只办这几种，默认全部：${jobKinds.map(({ kind }) => kind).join('、')}
  --slots N      同时办几项，默认 2
  --data DIR     数据目录
停止（Ctrl-C 或 SIGTERM）时先做完手头的，来不及的交还队列，由别的进程接着做。`

/** 办理进程命令 — works on the queue until it is asked to stop. */
export async function worker(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      kinds: { type: 'string' },
      slots: { type: 'string', default: '2' },
      data: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(`${help}\n`)
    return 0
  }
  const slots = readSlots(values.slots)
  const kinds = values.kinds === undefined ? undefined : readKinds(values.kinds)
  const stopAsked = Promise.race([askedToStop(), platformGone()])
  const { books, close } = await openSite({ data: values.data, purpose: 'work' })
  const working = workOnJobs(books, { slots, data: values.data, standings: true, ...(kinds && { kinds }) })
  process.stdout.write(`正在办理任务：${(kinds ?? jobKinds.map(({ kind }) => kind)).join('、')}\n`)
  await stopAsked
  await working.stop(30_000)
  await close()
  return 0
}

/** One that was begun beside a platform ends with it, however that ended. */
function platformGone(): Promise<void> {
  return new Promise((resolve) => {
    process.once('disconnect', resolve)
    process.channel?.unref()
  })
}

function readSlots(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new Fault(`--slots 应是 1 到 99 的整数，不能是“${text}”。`)
  return Number(text)
}

function readKinds(text: string): string[] {
  const kinds = text.split(',').map((kind) => kind.trim())
  const unknown = kinds.filter((kind) => !jobKinds.some((each) => each.kind === kind))
  if (unknown.length > 0)
    throw new Fault(
      `没有“${unknown.join('、')}”这种任务。可以是：${jobKinds.map(({ kind }) => kind).join('、')}。`,
    )
  return kinds
}
