import { secretColumn } from '../vault/secret-column.ts'

/** 推送签名密钥 — sealed; gone through when keys are rotated. Earlier versions kept it in clear. */
export const sealedEndpoints = secretColumn('webhooks.endpoint', 'endpoint_id', 'secret_sealed', {
  clear: 'secret',
})
