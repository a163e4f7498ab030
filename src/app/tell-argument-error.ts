/** 参数错误的说法 — what Node says in English of a command line it cannot read, in a plain sentence. */
export function tellArgumentError(
  error: { readonly code: string; readonly message: string },
  command: string,
): string {
  const option = /'(-[^' ,]*)/.exec(error.message)?.[1] ?? ''
  const word = /'([^']*)'/.exec(error.message)?.[1] ?? ''
  const more = `可用的选项见 kuoyou ${command} --help。`
  if (error.code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `没有“${option}”这个选项。${more}`
  if (error.code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL')
    return `“${word}”是多出来的：这个命令不需要它。${more}`
  if (/does not take an argument/.test(error.message)) return `“${option}”后面不能带值。${more}`
  if (/ambiguous/.test(error.message))
    return `“${option}”后面的值以减号开头，分不清是值还是另一个选项。请写成 ${option}=值。${more}`
  return `“${option}”后面缺少值。${more}`
}
