import type { AfterRestore } from '../platform/backup/restore-backup.ts'
import { markRestored, openRestored } from '../platform/backup/restored-mark.ts'
import { migrate } from '../platform/db/migrate.ts'
import type { Database } from '../platform/db/open-database.ts'
import { skipGivenNumbers } from '../records/people/erase-subject.ts'
import { erasureFile, findErasures, readErasures, reapplyList } from '../records/people/erasure-book.ts'
import { anchorPlaces } from './anchor-places.ts'
import { migrationFolders } from './migration-folders.ts'

/** 恢复之后 — what came from where, and which list of erasures the operator named. */
export interface Restored {
  readonly source: string
  readonly data?: string | undefined
  readonly erasures?: string | undefined
}

/**
 * 恢复之后 — what is done to a restored database before anyone works in it, in this order.
 *
 * It stays closed when no list of erasures is found: `booksOf` refuses it until `kuoyou retention reapply`.
 */
export function afterRestore(db: Database, { source, data, erasures }: Restored): readonly AfterRestore[] {
  const folders = anchorPlaces(data).folders
  const list = erasures ? readErasures(erasures) : findErasures(folders)
  const from = erasures ?? folders.map(erasureFile).join('、')
  return [
    {
      run: async (pool) => {
        await migrate(pool, migrationFolders)
        await pool.query('delete from access.session')
        return '旧的登录会话已全部作废，用户需重新登录。'
      },
    },
    {
      run: async (pool) => {
        await skipGivenNumbers(pool)
        await markRestored(pool, source)
        if (!list)
          return `没有找到已删名单（${from}）：平台不会打开这个库，直到运行 kuoyou retention reapply 名单文件；确实从未删过人时用 --none。`
        const again = await reapplyList(db, list)
        await openRestored(pool, from)
        return `已照已删名单（${list.length} 人）再删一遍：备份里还有 ${again} 人，已删去。`
      },
    },
  ]
}
