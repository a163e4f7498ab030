import { join } from 'node:path'
import { sql } from 'kysely'
import { Fault } from '../kernel/fault.ts'
import { censusDay } from '../kernel/school-year.ts'
import { loadPlan, withOwnValues } from '../plan/index.ts'
import { refuseUnopened } from '../platform/backup/restored-mark.ts'
import type { Database } from '../platform/db/open-database.ts'
import { openFiles } from '../platform/files/file-store.ts'
import { clamdScanner } from '../platform/files/scan-for-viruses.ts'
import { readHosts } from '../platform/http/known-host.ts'
import { openJobs } from '../platform/jobs/jobs.ts'
import { keyFilePath } from '../platform/vault/key-file.ts'
import { sealClear } from '../platform/vault/seal-clear.ts'
import type { Books } from '../records/books.ts'
import { approvedValues } from '../records/parameters/list-own-values.ts'
import { readSite } from '../records/registry/site.ts'
import { publishForms } from '../records/returns/publish-forms.ts'
import { auditDesk } from './audit-desk.ts'
import { type Connected, connect, type Purpose } from './connect.ts'
import { dataFolder, root } from './data-folder.ts'
import { openSiteVault } from './open-site-vault.ts'
import { sealedTables } from './sealed-tables.ts'
import { secretsVault, siteIdentity } from './site-identity.ts'

/** 打开站点 — the books of a site that has been set up, for the server and for single commands. */
export async function openSite(
  options: { data?: string | undefined; purpose?: Purpose } = {},
): Promise<{ books: Books; close(): Promise<void> }> {
  const connected = await connect(options.data, options.purpose)
  const books = await booksOf(connected, options.data)
  if (!books) {
    await connected.close()
    throw new Fault('这里还没有建库。请先运行 npm start（演示城市）或 npm start -- --empty（真实站点）。')
  }
  return {
    books,
    close: () => connected.close(),
  }
}

/**
 * 台账 — the books over a connected database; undefined when no city was set up in it yet.
 *
 * Files lie beside the database in the data folder; KUOYOU_CLAMD (`host:port` or a socket's path) has uploads
 * looked at for viruses.
 */
export async function booksOf({ db }: Pick<Connected, 'db'>, data?: string): Promise<Books | undefined> {
  const site = await readSite(db.pool)
  if (!site) return undefined
  await refuseUnopened(db.pool)
  const vault = await openSiteVault(db.pool, keyFilePath(dataFolder(data)))
  await sealClear(db.own, vault, sealedTables)
  const written = loadPlan(join(root, 'plan'), site.planLayer)
  await publishForms(db.pool, written)
  let plan = written
  const renewPlan = async () => {
    const inForce = withOwnValues(written, await approvedValues(db.pool))
    if (inForce.version !== plan.version) plan = inForce
    return plan
  }
  await renewPlan()
  return {
    db,
    get plan() {
      return plan
    },
    renewPlan,
    planAt: async (knownAt) => withOwnValues(written, await approvedValues(db.pool, knownAt)),
    jobs: openJobs(db.pool),
    files: openFiles(
      db.pool,
      join(dataFolder(data), 'files'),
      process.env.KUOYOU_CLAMD ? clamdScanner(process.env.KUOYOU_CLAMD) : undefined,
      vault,
    ),
    vault,
    identity: siteIdentity(db, secretsVault(vault)),
    audit: auditDesk(db.pool, data),
    webhooks: { internalHosts: readHosts(process.env.KUOYOU_WEBHOOK_HOSTS) },
    site: {
      ...site,
      cityName: await cityName(db, site.cityId),
      ...(site.synthetic && { generatedUntil: await lastFiledDay(db) }),
    },
  }
}

async function cityName(db: Database, cityId: number): Promise<string> {
  const { rows } = await db.pool.query('select name from registry.county where county_id = $1', [cityId])
  if (!rows[0]) throw new Fault(`台账里没有城市 ${cityId}：建库没有完成。请换一个空的数据目录重新建库。`)
  return rows[0].name
}

async function lastFiledDay(db: Database): Promise<string> {
  const counties = (await db.pool.query('select county_id from registry.county')).rows.map(
    (row) => row.county_id as number,
  )
  return db.transaction({ counties }, async (tx) => {
    const { rows } = await sql<{
      year: number
    }>`select max(school_year) as year from registry.enrolment`.execute(tx)
    return censusDay(rows[0]?.year ?? 0)
  })
}
