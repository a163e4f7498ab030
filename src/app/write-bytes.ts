import { writeFile } from 'node:fs/promises'
import { Fault } from '../kernel/fault.ts'

/** 写文件 — or one sentence why it cannot be written. */
export async function writeBytes(path: string, content: Uint8Array | string): Promise<void> {
  await writeFile(path, content).catch((error: NodeJS.ErrnoException) => {
    const why =
      error.code === 'ENOENT'
        ? '上级文件夹不存在'
        : error.code === 'EISDIR'
          ? '它是文件夹'
          : `无权写入或磁盘已满（${error.code}）`
    throw new Fault(`写不进 ${path}：${why}。请换一个位置。`)
  })
}
