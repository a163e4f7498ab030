import type pg from 'pg'
import type { AuditDesk } from '../platform/audit/audit-desk.ts'
import { anchorPlaces } from './anchor-places.ts'
import { ownActs } from './own-acts.ts'

/** 审计所需 — of this site: its anchors, its counties' names, and the names of all its routes. */
export function auditDesk(pool: pg.Pool, data?: string): AuditDesk {
  return {
    places: anchorPlaces(data),
    ownActs,
    counties: async () => {
      const { rows } = await pool.query(
        'select county_id as id, name from registry.county order by county_id',
      )
      return rows
    },
    // Asked for when first needed: single commands do without the rooms' routes.
    routes: async () => (await import('./server.ts')).allRoutes,
  }
}
