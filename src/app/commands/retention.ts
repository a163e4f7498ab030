import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { openRestored } from '../../platform/backup/restored-mark.ts'
import { bookDay } from '../../records/books.ts'
import { retentionRules } from '../../records/people/apply-retention.ts'
import { listErasures } from '../../records/people/erase-subject.ts'
import { keepErasures, readErasures, reapplyList } from '../../records/people/erasure-book.ts'
import { anchorPlaces } from '../anchor-places.ts'
import { applyTerms } from '../apply-terms.ts'
import { connect } from '../connect.ts'
import { noteRun } from '../on-record.ts'
import { openSite } from '../open-site.ts'

const help = `用法：kuoyou retention run [--day DAY] [--data DIR]     删除保存期已满的个人信息和投诉内容（每天运行一次）
      kuoyou retention list --out FILE [--data DIR]     导出已删名单（只有摘要），与备份分开保存
      kuoyou retention reapply FILE [--data DIR]        恢复旧备份后，把名单上的人再删一遍，并准予打开恢复的库
      kuoyou retention reapply --none [--data DIR]      确实从未删过人：不用名单就准予打开恢复的库`

/** 保存期命令 — erases who is due, and keeps a restored backup from bringing anyone back. */
export async function retention(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      day: { type: 'string' },
      out: { type: 'string' },
      none: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  })
  const [act, file] = positionals
  const known =
    act === 'run' || (act === 'list' && values.out) || (act === 'reapply' && (file || values.none))
  if (values.help || !known) {
    process.stdout.write(`${help}\n`)
    return values.help ? 0 : 2
  }
  return act === 'reapply' ? reapply(values.data, file) : onSite(act as 'run' | 'list', values)
}

async function onSite(
  act: 'run' | 'list',
  values: { data?: string | undefined; day?: string | undefined; out?: string | undefined },
): Promise<number> {
  const { books, close } = await openSite(values)
  try {
    const { rows } = await books.db.pool.query<{ id: number }>('select county_id as id from registry.county')
    const counties = rows.map(({ id }) => id)
    if (act === 'list') {
      const erasures = await listErasures(books.db, counties)
      const out = values.out as string
      writeFileSync(out, erasures.map((each) => `${JSON.stringify(each)}\n`).join(''), { mode: 0o600 })
      process.stdout.write(`已删名单 ${erasures.length} 人，写入 ${out}。\n`)
      return 0
    }
    const erased = await applyTerms(books, counties, values.day ?? bookDay(books.site))
    noteRun({ facts: erased })
    await keepErasures(books.db, books.audit.places.folders)
    for (const { id, zh } of retentionRules) process.stdout.write(`${zh}：删除 ${erased[id]} 人\n`)
    process.stdout.write(
      erased.complaints === undefined
        ? '投诉举报：保存年数还没有录入，或已过复核之日，没有清除\n'
        : `投诉举报办结后保存期满：清除内容 ${erased.complaints} 件\n`,
    )
    return 0
  } finally {
    await close()
  }
}

/** Not through `openSite`: a restored site opens only after this. */
async function reapply(data: string | undefined, file: string | undefined): Promise<number> {
  const { owner, close } = await connect(data)
  try {
    const list = file ? readErasures(file) : []
    const again = await reapplyList(owner, list)
    await openRestored(owner.pool, file ?? '操作人声明没有名单')
    noteRun({ facts: { listed: list.length, again } })
    await keepErasures(owner, anchorPlaces(data).folders)
    process.stdout.write(
      `名单 ${list.length} 人，恢复的数据里还有其中 ${again} 人，已再次删除；这个库可以打开了。\n`,
    )
    return 0
  } finally {
    await close()
  }
}
