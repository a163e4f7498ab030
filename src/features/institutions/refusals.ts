/** 不予办理代码 — what an act on an institution can be refused for; the books give the sentences. */
export { refusals } from '../../records/registry/refusals.ts'
