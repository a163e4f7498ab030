import type pg from 'pg'
import { backupAges } from '../../platform/backup/backup-log.ts'
import { knownMigrations, pendingMigrations } from '../../platform/db/migrate.ts'
import { platformRole, roomRole } from '../../platform/db/roles.ts'
import { serviceLogin } from '../../platform/db/service-login.ts'
import { readSite } from '../../records/registry/site.ts'
import { migrationFolders } from '../migration-folders.ts'
import { type Finding, fail, note, pass } from './finding.ts'

/** 查数据库 — as the schema's owner: the server, its settings, the schema, the books, the queue, backups. */
export async function examineDatabase(pool: pg.Pool): Promise<Finding[]> {
  const findings = [
    await server(pool),
    await checksums(pool),
    await clock(pool),
    await size(pool),
    await walls(pool),
  ]
  const pending = await pendingMigrations(pool, migrationFolders)
  if (pending.length > 0) {
    const none = pending.length === knownMigrations(migrationFolders).length
    const mend = '请运行 npm start（会自动升级）或 kuoyou migrate up。'
    return [
      ...findings,
      (none ? fail : note)('升级', `还有 ${pending.length} 个没有做：${pending.join('、')}`, mend),
    ]
  }
  findings.push(pass('升级', '都已做过'))
  return [...findings, ...(await books(pool)), await queue(pool), ...(await backups(pool))]
}

async function server(pool: pg.Pool): Promise<Finding> {
  const { rows } = await pool.query(
    "select current_setting('server_version') as version, current_setting('fsync') as fsync",
  )
  const words = `PostgreSQL ${rows[0].version}，连得上`
  return rows[0].fsync === 'on'
    ? pass('数据库', words)
    : fail(
        '数据库',
        `${words}，但写入不落盘（fsync 关着），断电会丢数据`,
        '请在数据库设置里打开 fsync 后重启数据库。',
      )
}

async function checksums(pool: pg.Pool): Promise<Finding> {
  const { rows } = await pool.query("select current_setting('data_checksums') as checksums")
  return rows[0].checksums === 'on'
    ? pass('页校验和', '开着')
    : note('页校验和', '关着：磁盘悄悄坏了一处发现不了', '请停库后用 pg_checksums --enable 打开。')
}

/** Deadlines count by the database's clock; a node whose own is off shows wrong times. */
const farthestSeconds = 5

async function clock(pool: pg.Pool): Promise<Finding> {
  const asked = Date.now()
  const { rows } = await pool.query('select extract(epoch from clock_timestamp())::float8 * 1000 as now')
  const off = Math.abs(rows[0].now - (asked + Date.now()) / 2) / 1000
  const words = `数据库与本机相差 ${off.toFixed(1)} 秒`
  return off > farthestSeconds
    ? fail('时钟', words, '请在两台机器上都打开时间同步（chrony 或 ntp）：截止时间按数据库的时钟算。')
    : pass('时钟', words)
}

async function size(pool: pg.Pool): Promise<Finding> {
  const { rows } = await pool.query(
    'select pg_database_size(current_database())::float8 / 1048576 as megabytes',
  )
  return pass('库的大小', `${Math.ceil(rows[0].megabytes)} MB`)
}

/** 查服务连接 — as the platform serves: with a role merely put on, whoever smuggles a statement in could take it off. */
export async function examineServing(pool: pg.Pool): Promise<Finding> {
  const { rows } = await pool.query('select session_user as login')
  const { login } = rows[0]
  return login === serviceLogin
    ? pass('服务登录', `${login}，不拥有任何表`)
    : fail(
        '服务登录',
        `以 ${login} 登录—它拥有全部表，行级隔离只靠临时换上的角色`,
        '请给 DATABASE_URL 的用户设密码和 createrole 权限，并在 pg_hba.conf 中放行 kuoyou_service，再重新启动。',
      )
}

async function walls(pool: pg.Pool): Promise<Finding> {
  const { rows } = await pool.query(
    'select rolname as name from pg_roles where rolname = any ($1) and (rolsuper or rolbypassrls)',
    [[roomRole, platformRole]],
  )
  const names = rows.map(({ name }) => name as string)
  return names.length === 0
    ? pass('行级隔离', '平台的角色都绕不过')
    : fail(
        '行级隔离',
        `${names.join('、')} 可以绕过`,
        `请执行 alter role ${names[0]} nosuperuser nobypassrls。`,
      )
}

async function books(pool: pg.Pool): Promise<Finding[]> {
  const site = await readSite(pool)
  if (!site) return [fail('台账', '还没有建库', '请运行 npm start，或 npm start -- --empty。')]
  const { rows } = await pool.query("select count(*) as counties from registry.county where kind = 'county'")
  return [
    pass('台账', `${site.cityName}，${rows[0].counties} 个县级单位${site.synthetic ? '，合成数据' : ''}`),
  ]
}

const longQueue = 100

async function queue(pool: pg.Pool): Promise<Finding> {
  const { rows } = await pool.query(
    "select count(*) as count, coalesce(extract(epoch from now() - min(created_at)) / 60, 0)::float8 as minutes from jobs.job where state in ('waiting', 'running')",
  )
  const { count, minutes } = rows[0]
  const words = count === 0 ? '没有未完的任务' : `${count} 个未完，最早的已 ${Math.round(minutes)} 分钟`
  return count > longQueue || minutes > 60
    ? note('任务队列', words, '请看“任务”页：若一直不动，检查平台或 kuoyou worker 是否在运行。')
    : pass('任务队列', words)
}

const backupEveryDays = 1.5
const backupAtLeastDays = 7
const drillEveryDays = 31

async function backups(pool: pg.Pool): Promise<Finding[]> {
  const [site, ages] = [await readSite(pool), await backupAges(pool)]
  if (!ages) return []
  const { backupDays, drillDays, lastDrillFailed } = ages
  // Generated data can be generated again: nothing is lost with them.
  const missing = site?.synthetic ? note : fail
  const ago = (days: number) => (days < 1 ? '不到 1 天前' : `${Math.floor(days)} 天前`)
  const backUp = '请运行 kuoyou backup --to 目录 --key 密钥，并每天定时做一次。'
  const drillNow = '请运行 kuoyou drill：只有恢复过的备份才算数，每月一次。'
  return [
    backupDays === undefined
      ? missing('备份', '从来没有备份过', backUp)
      : backupDays > backupAtLeastDays
        ? missing('备份', `最近一次在 ${ago(backupDays)}`, backUp)
        : backupDays > backupEveryDays
          ? note('备份', `最近一次在 ${ago(backupDays)}`, backUp)
          : pass('备份', `最近一次在 ${ago(backupDays)}`),
    lastDrillFailed
      ? fail(
          '恢复演练',
          '最近一次没有通过',
          '请看演练记录里的差异，查明后重新演练：这期间的备份可能恢复不全。',
        )
      : drillDays === undefined || drillDays > drillEveryDays
        ? note(
            '恢复演练',
            drillDays === undefined ? '从来没有做过' : `最近一次在 ${ago(drillDays)}，已到期`,
            drillNow,
          )
        : pass('恢复演练', `最近一次在 ${ago(drillDays)}，通过`),
  ]
}
