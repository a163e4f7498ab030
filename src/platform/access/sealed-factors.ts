import { secretColumn } from '../vault/secret-column.ts'

/** 验证器密钥 — sealed; gone through when keys are rotated. */
export const sealedFactors = secretColumn('access.factor', 'factor_id', 'secret', {
  rowName: ([id]) => `access.factor ${id}`,
})
