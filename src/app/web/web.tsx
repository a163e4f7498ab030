import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  RouterProvider,
  redirect,
} from '@tanstack/react-router'
import { ConfigProvider } from 'antd'
import zhCN from 'antd/es/locale/zh_CN.js'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { useMemo } from 'react'
import { createRoot } from 'react-dom/client'
import '../../ui/house.css'
import type { Session } from '../../platform/access/identity-contract.ts'
import { Page } from '../../ui/page.tsx'
import { theme } from '../../ui/theme.ts'
import { ApiContext } from '../../ui/use-api.tsx'
import { Doors } from './doors.tsx'
import { fetchApi } from './fetch-api.ts'
import { doorFor } from './identity/back-to.ts'
import { Door } from './identity/door.tsx'
import { FirstAdministratorPage } from './identity/first-administrator-page.tsx'
import { SetPasswordPage } from './identity/set-password-page.tsx'
import { SignInPage } from './identity/sign-in-page.tsx'
import { SsoReturnPage } from './identity/sso-return-page.tsx'
import { keepDay } from './keep-day.ts'
import { homeOf, mayOpen } from './navigation.ts'
import { heldRoles, SessionContext, useSession } from './session.tsx'
import { Shell } from './shell.tsx'
import { styleNonce } from './style-nonce.ts'

dayjs.locale('zh-cn')

const doors = /^\/(sign-in|first-administrator|set-password|sso|notices|complain)(\/|$)/
const api = fetchApi(() => {
  const { pathname, search } = window.location
  if (!doors.test(pathname)) window.location.assign(doorFor(pathname + search))
})

/** 登录前的门 — the session is asked for before anything is drawn, so that no page has to wonder who is looking. */
async function open(): Promise<void> {
  const session = await api.get<Session>('/api/session')
  document.title = `扩优 · ${session.site.cityName}`
  createRoot(document.getElementById('house') as HTMLElement).render(<House session={session} />)
}

const rootRoute = createRootRoute({ component: Outlet })
const inShell = (session: Session) =>
  createRoute({
    getParentRoute: () => rootRoute,
    id: 'shell',
    component: Shell,
    search: { middlewares: [keepDay] } as never,
    beforeLoad: ({ location }) => {
      if (!session.visitor)
        throw redirect({
          to: '/sign-in',
          ...(location.href !== '/' && { search: { to: location.href } }),
        } as never)
    },
  })

function routesFor(session: Session) {
  const shell = inShell(session)
  const outside = createRoute({ getParentRoute: () => rootRoute, id: 'doors', component: Doors })
  const at = (parent: unknown, path: string, component: unknown) =>
    createRoute({ getParentRoute: () => parent, path, component } as never)
  const open = (path: string, component: unknown) =>
    mayOpen(heldRoles(session), path) ? component : NotForThisRole
  const home = createRoute({
    getParentRoute: () => shell,
    path: '/',
    beforeLoad: () => {
      throw redirect({ to: homeOf(heldRoles(session)) } as never)
    },
  })
  return rootRoute.addChildren([
    outside.addChildren([
      at(outside, '/sign-in', SignInPage),
      at(outside, '/first-administrator', FirstAdministratorPage),
      at(outside, '/set-password', SetPasswordPage),
      at(outside, '/sso/$provider', SsoReturnPage),
      at(outside, '/notices', notices('NoticesPage')),
      at(outside, '/notices/$paperId', notices('NoticePage')),
      at(outside, '/complain', ComplaintDoorPage),
    ]),
    shell.addChildren([home, ...pages.map(([path, component]) => at(shell, path, open(path, component)))]),
  ])
}

const notices = (page: 'NoticesPage' | 'NoticePage') =>
  lazyRouteComponent(() => import('../../features/reports/web/notices-page.tsx'), page)

const ComplaintDoorPage = lazyRouteComponent(
  () => import('../../features/supervision/web/complaint-door-page.tsx'),
  'ComplaintDoorPage',
)

/** Each room's pages are fetched when first opened. */
const pages: readonly (readonly [string, unknown])[] = [
  ['/home', lazyRouteComponent(() => import('./home-page.tsx'), 'HomePage')],
  [
    '/scenarios',
    lazyRouteComponent(() => import('../../features/seats/web/scenarios-page.tsx'), 'ScenariosPage'),
  ],
  ['/seats', lazyRouteComponent(() => import('../../features/seats/web/seats-page.tsx'), 'SeatsPage')],
  [
    '/exchange',
    lazyRouteComponent(() => import('../../features/exchange/web/exchange-page.tsx'), 'ExchangePage'),
  ],
  ['/cases', lazyRouteComponent(() => import('../../features/cases/web/cases-page.tsx'), 'CasesPage')],
  ['/tasks', lazyRouteComponent(() => import('../../features/tasks/web/tasks-page.tsx'), 'TasksPage')],
  [
    '/projects',
    lazyRouteComponent(() => import('../../features/projects/web/projects-page.tsx'), 'ProjectsPage'),
  ],
  [
    '/targets',
    lazyRouteComponent(() => import('../../features/targets/web/targets-page.tsx'), 'TargetsPage'),
  ],
  [
    '/indicators',
    lazyRouteComponent(() => import('../../features/targets/web/indicators-page.tsx'), 'IndicatorsPage'),
  ],
  [
    '/coverage',
    lazyRouteComponent(() => import('../../features/coverage/web/coverage-page.tsx'), 'CoveragePage'),
  ],
  [
    '/institutions',
    lazyRouteComponent(
      () => import('../../features/institutions/web/institutions-page.tsx'),
      'InstitutionsPage',
    ),
  ],
  [
    '/institutions/$institutionId',
    lazyRouteComponent(
      () => import('../../features/institutions/web/institution-page.tsx'),
      'InstitutionPage',
    ),
  ],
  ['/audit', lazyRouteComponent(() => import('./audit-page.tsx'), 'AuditPage')],
  ['/accounts', lazyRouteComponent(() => import('./identity/accounts-page.tsx'), 'AccountsPage')],
  ['/webhooks', lazyRouteComponent(() => import('./webhooks/webhooks-page.tsx'), 'WebhooksPage')],
  ['/tokens', lazyRouteComponent(() => import('./identity/tokens-page.tsx'), 'TokensPage')],
  ['/security', lazyRouteComponent(() => import('./identity/security-page.tsx'), 'SecurityPage')],
  ['/people', lazyRouteComponent(() => import('../../features/people/web/pupils-page.tsx'), 'PupilsPage')],
  [
    '/people/$personId',
    lazyRouteComponent(() => import('../../features/people/web/pupil-page.tsx'), 'PupilPage'),
  ],
  [
    '/visits',
    lazyRouteComponent(() => import('../../features/supervision/web/visits-page.tsx'), 'VisitsPage'),
  ],
  [
    '/visits/new',
    lazyRouteComponent(() => import('../../features/supervision/web/new-visit-page.tsx'), 'NewVisitPage'),
  ],
  [
    '/visits/$visitId',
    lazyRouteComponent(() => import('../../features/supervision/web/visit-page.tsx'), 'VisitPage'),
  ],
  ['/draws', lazyRouteComponent(() => import('../../features/supervision/web/draws-page.tsx'), 'DrawsPage')],
  [
    '/draws/$drawId',
    lazyRouteComponent(() => import('../../features/supervision/web/draw-page.tsx'), 'DrawPage'),
  ],
  [
    '/complaints',
    lazyRouteComponent(() => import('../../features/supervision/web/complaints-page.tsx'), 'ComplaintsPage'),
  ],
  [
    '/complaints/$complaintId',
    lazyRouteComponent(() => import('../../features/supervision/web/complaint-page.tsx'), 'ComplaintPage'),
  ],
  [
    '/findings',
    lazyRouteComponent(() => import('../../features/supervision/web/findings-page.tsx'), 'FindingsPage'),
  ],
  [
    '/findings/new',
    lazyRouteComponent(() => import('../../features/supervision/web/new-finding-page.tsx'), 'NewFindingPage'),
  ],
  [
    '/findings/months',
    lazyRouteComponent(() => import('../../features/supervision/web/month-page.tsx'), 'MonthPage'),
  ],
  [
    '/findings/$findingId',
    lazyRouteComponent(() => import('../../features/supervision/web/finding-page.tsx'), 'FindingPage'),
  ],
  ['/filing', lazyRouteComponent(() => import('../../features/filing/web/forms-page.tsx'), 'FormsPage')],
  [
    '/filing/forms/$formId',
    lazyRouteComponent(() => import('../../features/filing/web/form-board-page.tsx'), 'FormBoardPage'),
  ],
  ['/papers', lazyRouteComponent(() => import('../../features/reports/web/papers-page.tsx'), 'PapersPage')],
  [
    '/papers/received/$countyId/$paperId',
    lazyRouteComponent(() => import('../../features/reports/web/received-page.tsx'), 'ReceivedPage'),
  ],
  [
    '/papers/$paperId',
    lazyRouteComponent(() => import('../../features/reports/web/paper-page.tsx'), 'PaperPage'),
  ],
  [
    '/filing/sheets/$formId',
    lazyRouteComponent(() => import('../../features/filing/web/form-sheet-page.tsx'), 'FormSheetPage'),
  ],
  [
    '/filing/$filingId',
    lazyRouteComponent(() => import('../../features/filing/web/filing-page.tsx'), 'FilingPage'),
  ],
  [
    '/parameters',
    lazyRouteComponent(() => import('../../features/parameters/web/parameters-page.tsx'), 'ParametersPage'),
  ],
  ['/jobs', lazyRouteComponent(() => import('./jobs-page.tsx'), 'JobsPage')],
]

const queries = new QueryClient({ defaultOptions: { queries: { staleTime: 30_000, retry: false } } })

function House({ session }: { session: Session }) {
  const router = useMemo(
    () =>
      createRouter({
        routeTree: routesFor(session),
        defaultPendingMs: 100,
        defaultNotFoundComponent: NoSuchPage,
      }),
    [session],
  )
  return (
    <ConfigProvider
      locale={zhCN}
      theme={theme}
      button={{ autoInsertSpace: false }}
      csp={{ nonce: styleNonce }}
    >
      <QueryClientProvider client={queries}>
        <ApiContext value={api}>
          <SessionContext value={session}>
            <RouterProvider router={router} />
          </SessionContext>
        </ApiContext>
      </QueryClientProvider>
    </ConfigProvider>
  )
}

function NotForThisRole() {
  return (
    <Page
      title="这一页不对您的角色开放"
      answer="您的账号没有这一页的权限。请从菜单进入您能用的页面；确需使用的，请找本单位的平台管理员。"
    />
  )
}

/** The menu stays, so that one can go on from here; only someone not signed in has none. */
function NoSuchPage() {
  const { visitor } = useSession()
  if (visitor)
    return (
      <Shell>
        <Page title="没有这一页" answer="地址可能写错了，或者这一页已经改名。请从菜单进入。" />
      </Shell>
    )
  return (
    <Door title="没有这一页" answer="地址可能写错了，或者这一页已经改名。">
      <p>
        工作人员请<a href="/sign-in">登录</a>；不登录也可以看<a href="/notices">公示公告</a>，或
        <a href="/complain">投诉举报</a>。
      </p>
    </Door>
  )
}

open()
