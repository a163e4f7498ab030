import type { FastifyInstance } from 'fastify'
import { unsealed } from '../platform/audit/unsealed.ts'
import { pendingMigrations } from '../platform/db/migrate.ts'
import { makeDrainable } from '../platform/watch/drain.ts'
import { logRequests } from '../platform/watch/log.ts'
import {
  type DatabaseFigure,
  openMetrics,
  watchDatabase,
  watchPool,
  watchRequests,
} from '../platform/watch/metrics.ts'
import { serveMetrics } from '../platform/watch/serve-metrics.ts'
import { diskCheck, NotReady, type ReadyCheck, serveReadiness } from '../platform/watch/serve-readiness.ts'
import type { Books } from '../records/books.ts'
import { dataFolder, root } from './data-folder.ts'
import { migrationFolders } from './migration-folders.ts'

const figures: readonly DatabaseFigure[] = [
  {
    name: 'kuoyou_jobs_running',
    help: 'Jobs under way or waiting.',
    table: 'jobs.job',
    sql: "select count(*) as value from jobs.job where state in ('waiting', 'running')",
  },
  {
    name: 'kuoyou_audit_unsealed_seconds',
    help: 'Age of the oldest audit entry not sealed yet.',
    table: 'audit.seal',
    sql: `select coalesce(extract(epoch from now() - min(at)), 0) as value from audit.entry e
      where ${unsealed}`,
  },
  {
    name: 'kuoyou_backup_age_seconds',
    help: 'Seconds since the last backup.',
    table: 'ops.backup',
    sql: 'select extract(epoch from now() - max(created_at)) as value from ops.backup',
  },
  {
    name: 'kuoyou_drill_age_seconds',
    help: 'Seconds since the last restore drill that passed.',
    table: 'ops.drill',
    sql: 'select extract(epoch from now() - max(started_at)) as value from ops.drill where passed',
  },
]

/** 看护平台 — request log, metrics, readiness and the metrics page of a server; called before its routes are added, so that it sees them. */
export function watchPlatform(server: FastifyInstance, { db }: Pick<Books, 'db'>, data?: string): void {
  const metrics = openMetrics()
  logRequests(server)
  makeDrainable(server)
  watchRequests(server, metrics)
  watchPool(metrics, db.pool)
  watchDatabase(metrics, db.pool, figures)
  serveMetrics(server, metrics, process.env.KUOYOU_METRICS_TOKEN)
  serveReadiness(server, readyChecks(db, process.env.DATABASE_URL ? root : dataFolder(data)))
}

/** Below this the database may soon have to stop writing. */
const leastGigabytes = 0.5

function readyChecks({ pool }: Books['db'], folder: string): ReadyCheck[] {
  return [
    {
      what: '数据库',
      check: async () => {
        await pool.query('select 1')
      },
    },
    {
      what: '升级',
      check: async () => {
        const pending = await pendingMigrations(pool, migrationFolders)
        if (pending.length > 0) throw new NotReady(`还有 ${pending.length} 个升级没有做`)
      },
    },
    diskCheck(folder, leastGigabytes),
  ]
}
