import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Fault } from '../../kernel/fault.ts'
import { bookDay } from '../../records/books.ts'
import { applyRetention, retentionRules } from '../../records/people/apply-retention.ts'
import { type Erasure, listErasures, reapplyErasures } from '../../records/people/erase-subject.ts'
import { openSite } from '../open-site.ts'

const help = `用法：kuoyou retention run [--day DAY] [--data DIR]     删除保存期已满的个人信息（每天运行一次）
      kuoyou retention list --out FILE [--data DIR]     导出已删名单（只有摘要），与备份分开保存
      kuoyou retention reapply FILE [--data DIR]        恢复旧备份后，把名单上的人再删一遍`

/** 保存期命令 — erases who is due, and keeps a restored backup from bringing anyone back. */
export async function retention(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      day: { type: 'string' },
      out: { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  const [act, file] = positionals
  const known = act === 'run' || (act === 'list' && values.out) || (act === 'reapply' && file)
  if (values.help || !known) {
    process.stdout.write(`${help}\n`)
    return values.help ? 0 : 2
  }
  const { books, close } = await openSite(values)
  try {
    const { rows } = await books.db.pool.query<{ id: number }>('select county_id as id from registry.county')
    const counties = rows.map(({ id }) => id)
    if (act === 'run') await run(counties)
    else if (act === 'list') await list(counties, values.out as string)
    else {
      const again = await reapplyErasures(books.db, counties, readErasures(file as string))
      process.stdout.write(`恢复的数据里有 ${again} 人在已删名单上，已再次删除。\n`)
    }
    return 0
  } finally {
    await close()
  }

  async function run(counties: readonly number[]): Promise<void> {
    const erased = await applyRetention(books.db, counties, values.day ?? bookDay(books.site))
    for (const { id, zh } of retentionRules) process.stdout.write(`${zh}：删除 ${erased[id]} 人\n`)
  }

  async function list(counties: readonly number[], out: string): Promise<void> {
    const erasures = await listErasures(books.db, counties)
    writeFileSync(out, erasures.map((each) => `${JSON.stringify(each)}\n`).join(''), { mode: 0o600 })
    process.stdout.write(`已删名单 ${erasures.length} 人，写入 ${out}。\n`)
  }
}

function readErasures(file: string): Erasure[] {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
  return lines.map((line, at) => {
    const erasure = parsed(line)
    if (!/^[0-9a-f]{64}$/.test(String(erasure?.subjectHash)))
      throw new Fault(`${file} 第 ${at + 1} 行不是已删名单的一行。请使用 kuoyou retention list 写出的文件。`)
    return erasure as Erasure
  })
}

function parsed(line: string): Partial<Erasure> | undefined {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
