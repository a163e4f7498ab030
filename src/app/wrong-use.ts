import { Fault } from '../kernel/fault.ts'

/** 用法不对 — a command was asked in words it cannot follow; nothing was read or changed, exit code 2. */
export class WrongUse extends Fault {}
