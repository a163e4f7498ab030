import { Link, Outlet, useSearch } from '@tanstack/react-router'
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { entriesFor } from './navigation.ts'
import { PastNotice } from './past-notice.tsx'
import { Search } from './search.tsx'
import { heldRoles, useSession } from './session.tsx'
import { useSignOut } from './sign-out.ts'
import { useAsOf, WhereAndWhen } from './where-and-when.tsx'

/** 框架 — the shell carries place, day, scenario and the 合成数据 mark on every page, so a printed page explains itself. */
export function Shell({ children = <Outlet /> }: { children?: ReactNode }) {
  const { visitor, site } = useSession()
  const signOut = useSignOut()
  const [asOf] = useAsOf()
  // The platform's own keepers, and who holds nothing yet, have no books to place and date.
  const readsBooks = (visitor?.counties.length ?? 0) > 0
  return (
    <div className="frame">
      <a className="skip" href="#content">
        跳到正文
      </a>
      <Side />
      <div className="frame-main">
        <div className="frame-bar">
          {readsBooks && <WhereAndWhen />}
          {site.synthetic && <span className="synthetic">合成数据 · 演示角色免密码</span>}
          <span className="grow" />
          {readsBooks && <Search />}
          <span className="frame-who no-print">
            <span className="quiet">{visitor?.name}</span>
            <Button size="small" onClick={signOut}>
              退出
            </Button>
          </span>
        </div>
        <main className="frame-content" id="content">
          {readsBooks ? <PastNotice>{children}</PastNotice> : children}
        </main>
        <footer className="frame-foot">
          {site.cityName} · 台账截至 {asOf}
          {site.synthetic && ' · 本站全部为合成数据，仅供演示，不代表任何真实学校'}
        </footer>
      </div>
    </div>
  )
}

function Side() {
  const session = useSession()
  const { visitor, site } = session
  const signOut = useSignOut()
  const [open, setOpen] = useState(false)
  const search = useSearch({ strict: false }) as Record<string, unknown>
  const entries = entriesFor(heldRoles(session))
  const groups = [...new Set(entries.map(({ group }) => group))]
  return (
    <nav className="frame-side" aria-label="主导航">
      <div className="frame-name">
        <strong>扩优</strong>
        <span>{site.cityName} · 基础教育扩优提质</span>
        <button className="frame-open" type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          菜单
        </button>
      </div>
      <div className={open ? 'frame-nav open' : 'frame-nav'}>
        {groups.map((group) => (
          <div key={group}>
            <span className="frame-group">{group}</span>
            {entries
              .filter((entry) => entry.group === group)
              .map((entry) => (
                <Link
                  key={entry.path}
                  to={entry.path}
                  search={kept(search)}
                  className="frame-sub"
                  activeProps={{ className: 'frame-sub active' }}
                  activeOptions={{ includeSearch: false }}
                  onClick={() => setOpen(false)}
                >
                  {entry.name}
                </Link>
              ))}
          </div>
        ))}
        <div className="frame-leave">
          {visitor?.name}
          <Button onClick={signOut}>退出</Button>
        </div>
      </div>
    </nav>
  )
}

/** Place, day and scenario go along from page to page; a page's own choices stay behind. */
function kept(search: Record<string, unknown>): never {
  const { county, asOf, known, scenario } = search
  return { county, asOf, known, scenario } as never
}
