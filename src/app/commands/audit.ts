import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { Fault } from '../../kernel/fault.ts'
import { anchorHead } from '../../platform/audit/anchor-head.ts'
import { appendAlone } from '../../platform/audit/append-entry.ts'
import { actNames } from '../../platform/audit/audit-desk.ts'
import { exportEntries } from '../../platform/audit/export-entries.ts'
import { findingKinds, type Verdict } from '../../platform/audit/finding.ts'
import { defaultRetentionDays, purgeAudit } from '../../platform/audit/purge-audit.ts'
import { verifyAudit } from '../../platform/audit/verify-audit.ts'
import { readSite } from '../../records/registry/site.ts'
import { anchorPlaces } from '../anchor-places.ts'
import { auditDesk } from '../audit-desk.ts'
import { type Connected, connect } from '../connect.ts'
import { operator } from '../on-record.ts'

const help = `用法：kuoyou audit <verify|anchor|export|purge> [选项]
  verify              核验全部条目、封条与两处锚点，指出第一处问题；有问题时退出码为 1
  anchor              现在就把链首签名写到两处锚点
  export --out 文件   导出为 xlsx，写明行数和校验值；可用 --from 和 --to 限定日期（如 2026-09-01）
  purge               清除留存期满的整批条目，留下封条；--retention-days N，默认 ${defaultRetentionDays}，不少于 184
  --data DIR          数据目录
  --json              以 JSON 输出
  KUOYOU_AUDIT_ANCHORS 指定第二处锚点目录（宜在另一台机器上），KUOYOU_AUDIT_KEY 指定签名密钥文件`

interface Options {
  readonly json: boolean
  readonly data?: string | undefined
  readonly out?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly 'retention-days': string
}

type Part = (connected: Connected, options: Options) => Promise<number>

const parts: Readonly<Record<string, Part>> = { verify, anchor, export: exportAudit, purge }

/** 审计命令 — verify, anchor, export and purge, on the machine that holds the data. */
export async function audit(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      data: { type: 'string' },
      out: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      'retention-days': { type: 'string', default: String(defaultRetentionDays) },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(`${help}\n`)
    return 0
  }
  const [name = ''] = positionals
  const part = Object.hasOwn(parts, name) ? parts[name] : undefined
  if (!part || (part === exportAudit && !values.out)) {
    process.stderr.write(`没有写对要做什么，或缺少 --out。\n${help}\n`)
    return 2
  }
  const connected = await connect(values.data)
  try {
    return await part(connected, values)
  } finally {
    await connected.close()
  }
}

async function verify({ db }: Connected, { data, json }: Options): Promise<number> {
  const verdict = await verifyAudit(db.pool, anchorPlaces(data))
  print(json, verdict, tell(verdict))
  return verdict.sound ? 0 : 1
}

function tell(verdict: Verdict): string {
  const { entries, seals, waiting, anchors, tookMs, findings, found, purgedThrough } = verdict
  const scope = `${entries} 条、${seals} 批、${anchors} 个锚点${waiting > 0 ? `，其中 ${waiting} 条刚记入、尚待封存` : ''}${purgedThrough === null ? '' : `；第 ${purgedThrough} 条以前已到期清除，封条仍在`}；用时 ${(tookMs / 1000).toFixed(1)} 秒`
  if (verdict.sound) return `审计完好：${scope}。`
  const lines = findings.map(({ kind, text }) => `  ${findingKinds[kind]}：${text}`)
  const rest = found > findings.length ? [`  另有 ${found - findings.length} 处。`] : []
  return [
    `审计有 ${found} 处问题（${scope}）。第一处：`,
    ...lines,
    ...rest,
    '请不要改动数据库，先留存现场，再与备份和两处锚点对照。',
  ].join('\n')
}

async function anchor({ db }: Connected, { data, json }: Options): Promise<number> {
  const places = anchorPlaces(data)
  const written = await anchorHead(db.pool, places, operator())
  if (!written) throw new Fault('还没有已封存的审计条目，没有可锚定的内容。平台启用后再试。')
  print(
    json,
    written,
    `已锚定到第 ${written.seq} 条（第 ${written.batch} 批，共 ${written.count} 条），写在 ${places.folders.join(' 和 ')}。链首 ${written.hash}`,
  )
  return 0
}

async function exportAudit({ db }: Connected, { out, from, to, data, json }: Options): Promise<number> {
  for (const day of [from, to])
    if (day !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(day))
      throw new Fault(`日期应写成 2026-09-01 这样，不能是“${day}”。`)
  const filter = { ...(from && { from }), ...(to && { to }) }
  const generated = (await readSite(db.pool))?.synthetic ?? false
  const file = await exportEntries(db.pool, filter, await actNames(auditDesk(db.pool, data)), generated)
  if (!file.ok) throw new Fault(file.refusal.text)
  const { rows, sha256, content } = file.value
  await writeFile(out as string, content)
  await appendAlone(db.pool, {
    trace: randomUUID(),
    account: operator(),
    role: 'system',
    act: 'audit.export',
    outcome: 'done',
    facts: { filter, rows, sha256 },
  })
  print(json, { file: out, rows, sha256 }, `已导出 ${rows} 行到 ${out}，数据行 SHA-256 ${sha256}。`)
  return 0
}

async function purge({ owner }: Connected, options: Options): Promise<number> {
  const retentionDays = Number(options['retention-days'])
  const facts = await purgeAudit(owner.pool, anchorPlaces(options.data), {
    retentionDays,
    account: operator(),
  })
  print(
    options.json,
    facts ?? null,
    facts
      ? `已清除 ${facts.before} 以前封存的 ${facts.entries} 条（到第 ${facts.throughSeq} 条），封条留下，已记入审计。`
      : `没有满 ${retentionDays} 天的整批条目，未清除。`,
  )
  return 0
}

function print(json: boolean, value: unknown, words: string): void {
  process.stdout.write(`${json ? JSON.stringify(value) : words}\n`)
}
