import { gradesOf, stageNames, stageOfGrade } from './stage.ts'

const numerals = [...'一二三四五六']
const kindergarten = ['小班', '中班', '大班']

/** 年级名 — P3 → 小学三年级, K1 → 小班; another word stays as it is. */
export function gradeWords(grade: string): string {
  const stage = stageOfGrade(grade)
  if (!stage) return grade
  const at = (gradesOf[stage] as readonly string[]).indexOf(grade)
  if (stage === 'preschool') return kindergarten[at] as string
  if (stage === 'special') return stageNames.special
  return `${stageNames[stage]}${numerals[at]}年级`
}

/** 年级与班 — 小学三年级 2 班. */
export function classWords(grade: string, classNo: number | null): string {
  return classNo === null ? gradeWords(grade) : `${gradeWords(grade)} ${classNo} 班`
}
