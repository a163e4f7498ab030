import { Outlet } from '@tanstack/react-router'
import { useSession } from './session.tsx'

/** 门外各页 — what stands before the shell; on a demonstration site each page says that everything there is generated. */
export function Doors() {
  const { site } = useSession()
  return (
    <>
      {site.synthetic && (
        <p style={{ margin: '12px 0 0', textAlign: 'center' }}>
          <span className="synthetic">合成数据 · 演示站点</span>
        </p>
      )}
      <Outlet />
    </>
  )
}
