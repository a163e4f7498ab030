import { basename } from 'node:path'
import type pg from 'pg'
import { chinaDay } from '../../kernel/china-moment.ts'
import { type AnchorPlaces, readAnchors } from '../../platform/audit/anchor-book.ts'
import { auditState } from '../../platform/audit/audit-state.ts'
import { unsealed } from '../../platform/audit/unsealed.ts'
import { listBases } from '../../platform/backup/base-backup.ts'
import { refuseUnopened } from '../../platform/backup/restored-mark.ts'
import { findErasures } from '../../records/people/erasure-book.ts'
import { type Finding, fail, note, pass } from './finding.ts'
import { sameDisk } from './same-disk.ts'

/** 保管 — where the things lie that must outlive the database. */
export interface Kept {
  readonly data: string
  readonly archive: string | undefined
  readonly anchors: AnchorPlaces
  /** A server of DATABASE_URL makes its bases by its own means. */
  readonly embedded: boolean
  readonly synthetic: boolean
}

/** 查保管 — the archive of the log, the audit's seals and anchors, the list of the erased, whether a restored database is open. */
export async function examineKeeping(pool: pg.Pool, kept: Kept): Promise<Finding[]> {
  return [
    ...(await examineArchive(pool, kept)),
    await seals(pool, kept),
    anchor(kept),
    await erasures(pool, kept),
    ...(await restored(pool)),
  ]
}

/** Archived every four minutes when there is anything: twice that means it has stopped. */
const latestMinutes = 8
const baseEveryDays = 8

/** 查归档 — whether the log is copied away, and the bases that it needs. */
export async function examineArchive(pool: pg.Pool, kept: Kept): Promise<Finding[]> {
  const { rows } = await pool.query(
    `select current_setting('archive_mode') as mode, last_failed_wal as failed,
       coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false) as failing,
       (extract(epoch from now() - last_archived_time) / 60)::float8 as minutes from pg_stat_archiver`,
  )
  const { mode, failed, failing, minutes } = rows[0]
  const waiting = await segmentsWaiting(pool)
  const missing = kept.synthetic ? note : fail
  if (mode === 'off')
    return [
      missing(
        '日志归档',
        '没有归档—坏一块磁盘会丢掉上次备份以后的全部写入',
        kept.embedded
          ? '请设置 KUOYOU_ARCHIVE=另一块磁盘上的目录，重新启动平台，再运行 kuoyou backup --base。'
          : '请按 docs/deployment.md 在 PostgreSQL 服务器上设置 archive_mode、archive_command 和 archive_timeout。',
      ),
    ]
  const ago = minutes === null ? '还没有归档过一段' : `最近一段在 ${Math.round(minutes)} 分钟前`
  const log = failing
    ? fail(
        '日志归档',
        `${failed} 归档失败，${waiting} 段在等（${ago}）—归档不成，日志越积越多，磁盘会满`,
        '请检查归档目录是否挂上、可写、有空间；数据库日志 database.log 里有失败的命令。',
      )
    : waiting > 0 && minutes > latestMinutes
      ? fail(
          '日志归档',
          `${waiting} 段在等（${ago}）—这些写入还只有一份`,
          '请看数据库日志里归档命令为什么停着。',
        )
      : pass('日志归档', ago)
  return [log, ...(kept.embedded ? await examineBase(kept) : [])]
}

/** A server's own user may not be allowed to look. */
async function segmentsWaiting(pool: pg.Pool): Promise<number> {
  return pool
    .query("select count(*)::int as count from pg_ls_archive_statusdir() where name like '%.ready'")
    .then(
      ({ rows }) => rows[0].count as number,
      () => 0,
    )
}

/** 查底本 — how old the newest one is, and whether the archive shares a disk with what it is to outlive. */
export async function examineBase({ archive: place, data, synthetic }: Kept): Promise<Finding[]> {
  const missing = synthetic ? note : fail
  if (!place) return []
  const last = (await listBases(place)).at(-1)
  const made = '请运行 kuoyou backup --base --keep 7，并每天定时做一次。'
  const days = last === undefined ? undefined : (Date.now() - momentIn(basename(last))) / 86_400_000
  const age =
    days === undefined
      ? missing('底本', '还没有底本—只有日志恢复不了', made)
      : days > baseEveryDays
        ? note('底本', `最近一份在 ${Math.floor(days)} 天前—重放的日志越长，恢复越慢`, made)
        : pass('底本', `最近一份在 ${Math.floor(days)} 天前`)
  return sameDisk(place, data)
    ? [
        age,
        note(
          '归档所在',
          `${place} 与数据在同一块磁盘上—磁盘坏了两份一起丢`,
          '请把 KUOYOU_ARCHIVE 放到另一块磁盘或另一台机器。',
        ),
      ]
    : [age]
}

/** From `kuoyou-base-20260901T023000000Z`. */
function momentIn(name: string): number {
  const text = name.replace(/^.*-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/, '$1-$2-$3T$4:$5:$6.$7Z')
  return Date.parse(text)
}

const sealLateSeconds = 60

async function seals(pool: pg.Pool, kept: Kept): Promise<Finding> {
  const { waiting } = await auditState(pool, kept.anchors)
  const { rows } = await pool.query(
    `select coalesce(extract(epoch from now() - min(at)), 0)::float8 as seconds from audit.entry e where ${unsealed}`,
  )
  const { seconds } = rows[0]
  const words = waiting === 0 ? '没有未封的条目' : `${waiting} 条未封，最早的已 ${Math.round(seconds)} 秒`
  return seconds > sealLateSeconds
    ? note(
        '审计封存',
        `${words}—封存前的条目改了看不出来`,
        '平台在运行时一秒内就封；平台停着就启动它，在运行就看日志里 audit 的报错。',
      )
    : pass('审计封存', words)
}

function anchor({ anchors, synthetic }: Kept): Finding {
  const [one, other] = readAnchors(anchors)
  const longer = one.lines.length >= other.lines.length ? one : other
  const last = longer.lines.at(-1)?.day
  if (last === undefined)
    return note(
      '审计锚点',
      '还没有锚点—整条链被重写也看不出来',
      '平台运行中每天自动写一次；现在就写：kuoyou audit anchor。',
    )
  if (one.lines.length !== other.lines.length)
    return fail(
      '审计锚点',
      `两处不一样长（${one.lines.length} 与 ${other.lines.length}）—少的那处没写成或被动过`,
      '请运行 kuoyou audit verify，查明后把完好的一份复制到另一处。',
    )
  const days = Math.round((Date.parse(chinaDay(new Date())) - Date.parse(last)) / 86_400_000)
  if (days > anchorEveryDays)
    return note(
      '审计锚点',
      `最近一个在 ${days} 天前—之后的条目被整段重写看不出来`,
      '平台运行中每天自动写一次；请看日志里 audit 的报错，或运行 kuoyou audit anchor。',
    )
  return !synthetic && sameDisk(...anchors.folders)
    ? fail(
        '审计锚点',
        `${last}，两处在同一块磁盘上—能改一处的人也能改另一处`,
        '请用 KUOYOU_AUDIT_ANCHORS 指向另一台机器上的目录。',
      )
    : pass('审计锚点', `${last}，两处一致`)
}

const anchorEveryDays = 2

async function erasures(pool: pg.Pool, { anchors }: Kept): Promise<Finding> {
  const { rows } = await pool.query<{ hash: string }>(
    "select encode(subject_hash, 'hex') as hash from people.erasure",
  )
  const short = anchors.folders.filter((folder) => {
    const listed = new Set(findErasures([folder])?.map(({ subjectHash }) => subjectHash))
    return rows.some(({ hash }) => !listed.has(hash))
  })
  return short.length === 0
    ? pass('已删名单', `${rows.length} 人，库外两处都有`)
    : fail(
        '已删名单',
        `${short.join('、')} 里的名单不全—恢复旧备份会把已删的人带回来`,
        '请检查该目录可写，再重新启动平台：启动时会补齐。',
      )
}

async function restored(pool: pg.Pool): Promise<Finding[]> {
  return refuseUnopened(pool).then(
    () => [],
    (error: Error) => [fail('恢复的库', error.message, '在此之前平台不会打开它。')],
  )
}
