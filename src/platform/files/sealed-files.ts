import type { SealedTable } from '../vault/rotate-keys.ts'

/** 文件密钥列 — each sealed file's own key; the row is the key's only home, so its own number serves as the salt. */
export const sealedFiles: SealedTable = {
  table: 'files.file',
  key: ['file_id'],
  keyType: 'uuid',
  platform: true,
  salt: "decode(replace(sealed.file_id::text, '-', ''), 'hex')",
  // files are sealed when they hold sensitive personal data
  fields: [{ column: 'key_sealed', dataClass: 'C3' }],
}
