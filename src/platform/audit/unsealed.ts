const here = '(select system_identifier from pg_control_system())'
const last = (column: string) =>
  `(select ${column} from audit.seal where cluster = ${here} order by to_xact desc limit 1)`

/** 未封存 — SQL: true of the entries `e` of this cluster that no seal holds yet; found by the index, not by reading all. */
export const unsealed = `e.cluster = ${here}
  and (e.xact >= coalesce(${last('to_xact')}, '0') or e.xact = any (coalesce(${last('open_xacts')}, '{}')))`
