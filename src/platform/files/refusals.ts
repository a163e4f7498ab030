import { type Refusal, refused } from '../../kernel/result.ts'

/** 文件的不予办理 — code → what it means. */
export const fileRefusals = {
  'file.none': '没有收到文件',
  'file.too-large': '文件太大',
  'file.too-many': '附件太多',
  'file.not-accepted': '内容不是可以接收的种类',
  'file.package': '压缩包内容不可信',
  'file.picture-broken': '图片损坏',
  'file.picture-too-large': '图片像素太多',
  'file.virus': '查出病毒',
  'file.in-quarantine': '还没有查毒，暂不能打开',
  'file.storage-full': '服务器磁盘已满',
  'file.content-gone': '文件内容不在服务器上',
} as const

/** 不予接收 — with its sentence "哪里错—为什么—怎么改". */
export function fileRefused(
  code: keyof typeof fileRefusals,
  text: string,
): { readonly ok: false; readonly refusal: Refusal } {
  return refused({ code, text })
}
