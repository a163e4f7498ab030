import type { Grade } from '../../../kernel/stage.ts'

/** 年级名称 — as the tables' heads say them. */
export const gradeNames: Readonly<Record<Grade, string>> = {
  K1: '小班',
  K2: '中班',
  K3: '大班',
  P1: '一年级',
  P2: '二年级',
  P3: '三年级',
  P4: '四年级',
  P5: '五年级',
  P6: '六年级',
  J1: '初一',
  J2: '初二',
  J3: '初三',
  S1: '高一',
  S2: '高二',
  S3: '高三',
  V1: '职一',
  V2: '职二',
  V3: '职三',
  X: '特教',
}
