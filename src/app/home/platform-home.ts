import type { HomeCard } from '../../kernel/home-part.ts'
import { accountAccess } from '../../platform/access/identity-access.ts'
import { auditAccess } from '../../platform/audit/access.ts'
import { auditState } from '../../platform/audit/audit-state.ts'
import { jobAccess } from '../../platform/jobs/job-routes.ts'
import { webhookAccess } from '../../platform/webhooks/webhook-routes.ts'
import type { BooksHome } from '../../records/books.ts'
import type { NamedSource } from './gather-home.ts'

const recentDays = 7

/** 后台作业 — long work of one's own that runs, and how the last of it ended. */
const jobs: BooksHome = {
  may: jobAccess.own,
  cards: ['jobs.running'],
  gather: async ({ context, visitor }) => {
    const all = await context.jobs.list(visitor.account)
    const since = new Date(Date.now() - recentDays * 24 * 3600 * 1000).toISOString()
    const recent = all.filter(({ createdAt }) => createdAt > since)
    const running = recent.filter(({ state }) => state === 'waiting' || state === 'running')
    const failed = recent.filter(({ state }) => state === 'failed' || state === 'interrupted')
    const done = recent.filter(({ state }) => state === 'done')
    return {
      cards: [
        {
          id: 'jobs.running',
          zh: '后台作业',
          count: running.length,
          unit: '项进行中',
          change: `近 ${recentDays} 天完成 ${done.length} 项，没有做成 ${failed.length} 项`,
          light: failed.length > 0 ? 'yellow' : 'none',
          lines: [...running, ...failed].slice(0, 5).map(({ title }) => title),
          act: { zh: '看后台作业', to: '/jobs' },
        },
      ],
      done: done.map(({ title, finishedAt, createdAt }) => ({ what: title, at: finishedAt ?? createdAt })),
    }
  },
}

const accounts: BooksHome = {
  may: accountAccess.read,
  cards: ['accounts.active', 'accounts.without-grant'],
  gather: async ({ context }) => {
    const { rows } = await context.db.own.query<Record<'active' | 'disabled' | 'fresh' | 'bare', number>>(
      `select (count(*) filter (where state = 'active'))::int as active,
              (count(*) filter (where state = 'disabled'))::int as disabled,
              (count(*) filter (where created_at > now() - make_interval(days => $1)))::int as fresh,
              (count(*) filter (where state = 'active' and not exists (
                 select from access.grant g where g.account = a.account and g.ended_at is null
                    and g.valid @> (now() at time zone 'Asia/Shanghai')::date)))::int as bare
         from access.account a`,
      [recentDays],
    )
    const { active = 0, disabled = 0, fresh = 0, bare = 0 } = rows[0] ?? {}
    const act = { zh: '看账号', to: '/accounts' }
    const cards: HomeCard[] = [
      {
        id: 'accounts.active',
        zh: '在用账号',
        count: active,
        unit: '个',
        change: `近 ${recentDays} 天新建 ${fresh} 个；已停用 ${disabled} 个`,
        light: 'none',
        act,
      },
      {
        id: 'accounts.without-grant',
        zh: '没有授权的账号',
        count: bare,
        unit: '个',
        change: `近 ${recentDays} 天新建账号 ${fresh} 个`,
        light: bare > 0 ? 'yellow' : 'none',
        act: { zh: '去授权', to: '/accounts' },
      },
    ]
    return { cards }
  },
}

const webhooks: BooksHome = {
  may: webhookAccess.read,
  cards: ['webhooks.failed'],
  gather: async ({ context }) => {
    const { rows } = await context.db.pool.query<{ failed: number; waiting: number }>(
      `select (count(*) filter (where state = 'failed'))::int as failed,
              (count(*) filter (where state = 'waiting'))::int as waiting from webhooks.delivery`,
    )
    const { failed = 0, waiting = 0 } = rows[0] ?? {}
    return {
      cards: [
        {
          id: 'webhooks.failed',
          zh: '没有送达的推送',
          count: failed,
          unit: '条',
          change: `等待送出 ${waiting} 条`,
          light: failed > 0 ? 'red' : 'none',
          act: { zh: '看推送', to: '/webhooks' },
        },
      ],
    }
  },
}

const audit: BooksHome = {
  may: auditAccess.read,
  cards: ['audit.waiting'],
  gather: async ({ context }) => {
    const { entries, waiting, lastSeal, lastAnchor } = await auditState(context.db.pool, context.audit.places)
    const sealed = lastSeal ? `上次封存 ${lastSeal.sealedAt.slice(0, 16)}` : '还没有封存过'
    return {
      cards: [
        {
          id: 'audit.waiting',
          zh: '待封存的审计记录',
          count: waiting,
          unit: '条',
          change: `共 ${entries} 条；${sealed}；${lastAnchor ? `上次留底 ${lastAnchor.day}` : '还没有留底'}`,
          light: 'none',
          act: { zh: '去核验', to: '/audit' },
        },
      ],
    }
  },
}

/** 平台的来源 — what the platform itself says on the home page. */
export const platformHome: readonly NamedSource[] = [
  { name: 'jobs', home: jobs },
  { name: 'accounts', home: accounts },
  { name: 'webhooks', home: webhooks },
  { name: 'audit', home: audit },
]
