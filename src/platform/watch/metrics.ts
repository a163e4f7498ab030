import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** 度量 — the figures an operator's Prometheus collects. */
export type Metrics = Registry

/** 开度量 — with the process's own: memory, processor, event-loop lag, garbage collection. */
export function openMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'kuoyou_' })
  return registry
}

/** 请求度量 — how long answers took, by method, route and status. Routes, never addresses: those would be endless and may name people. */
export function watchRequests(server: FastifyInstance, metrics: Metrics): void {
  const seconds = new Histogram({
    name: 'kuoyou_http_request_seconds',
    help: 'Seconds from a request to its answer, by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8, 1.5, 3, 10],
    registers: [metrics],
  })
  const going = new Gauge({
    name: 'kuoyou_http_requests_in_flight',
    help: 'Requests being answered now.',
    registers: [metrics],
  })
  // A request that is broken off may end both ways: it is counted out once.
  const counted = new WeakSet<object>()
  const end = (request: object) => counted.delete(request) && going.dec()
  server.addHook('onRequest', async (request) => {
    counted.add(request)
    going.inc()
  })
  server.addHook('onResponse', async (request, reply) => {
    end(request)
    const route = request.routeOptions.url ?? '(none)'
    seconds.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1_000)
  })
  server.addHook('onRequestAbort', async (request) => {
    end(request)
  })
}

/** 连接池度量 — how many connections there are, wait idle, and how many requests wait for one. */
export function watchPool(metrics: Metrics, pool: pg.Pool): void {
  new Gauge({
    name: 'kuoyou_database_connections',
    help: 'Connections of the pool by state: total, idle, waiting (requests without one).',
    labelNames: ['state'],
    registers: [metrics],
    collect() {
      this.set({ state: 'total' }, pool.totalCount)
      this.set({ state: 'idle' }, pool.idleCount)
      this.set({ state: 'waiting' }, pool.waitingCount)
    },
  })
}

/** 库中度量 — a figure read from the database when it is asked for, if its table is there. */
export interface DatabaseFigure {
  readonly name: `kuoyou_${string}`
  readonly help: string
  readonly table: string
  /** One row, one column `value`. */
  readonly sql: string
}

/** 库中度量 — queue depth and its like. While the database is away they are simply not given: a stale figure would lie. */
export function watchDatabase(metrics: Metrics, pool: pg.Pool, figures: readonly DatabaseFigure[]): void {
  for (const { name, help, table, sql } of figures) {
    new Gauge({
      name,
      help,
      registers: [metrics],
      async collect() {
        this.reset()
        this.remove()
        const value = await read(pool, table, sql).catch(() => undefined)
        if (value !== undefined) this.set(value)
      },
    })
  }
}

async function read(pool: pg.Pool, table: string, sql: string): Promise<number | undefined> {
  const { rows } = await pool.query('select to_regclass($1) is not null as there', [table])
  if (!rows[0].there) return undefined
  const value = (await pool.query(sql)).rows[0]?.value
  return value === null || value === undefined ? undefined : Number(value)
}
