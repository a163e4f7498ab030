import { useMemo, useState } from 'react'
import type { FilingShown } from '../contract.ts'

export type CellRemark = FilingShown['steps'][number]['cells'][number]

/** 拟退回意见 — what the one who looks at a filing has said of its cells; it goes with the filing when it is returned. */
export interface ReturnRemarks {
  readonly all: readonly CellRemark[]
  put(remark: CellRemark): void
  drop(remark: CellRemark): void
  clear(): void
}

/** 收集退回意见 — only for whoever may return the filing now; undefined for everyone else. */
export function useReturnRemarks({ mayDo }: FilingShown): ReturnRemarks | undefined {
  const [all, setAll] = useState<readonly CellRemark[]>([])
  const returns = mayDo.some(({ act }) => act === 'return' || act === 'reopen')
  return useMemo(() => {
    const without = ({ line, field }: CellRemark, list: readonly CellRemark[]) =>
      list.filter((each) => each.line !== line || each.field !== field)
    return returns
      ? {
          all,
          put: (remark) => setAll((list) => [...without(remark, list), remark]),
          drop: (remark) => setAll((list) => without(remark, list)),
          clear: () => setAll([]),
        }
      : undefined
  }, [returns, all])
}
