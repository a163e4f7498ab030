/** 公文的不予办理 — code → what it means. */
export const documentRefusals = {
  'document.unreadable': '不是可以读的 Word 文档',
  'document.no-pdf': '服务器没有安装排版程序',
  'document.pdf-failed': '排版程序没有给出结果',
} as const
