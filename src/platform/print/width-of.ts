/** 字宽 — of a text in characters: what is not Chinese takes half. */
export function widthOf(text: string): number {
  return [...text].reduce((width, sign) => width + (sign < '\u0080' ? 0.5 : 1), 0)
}
