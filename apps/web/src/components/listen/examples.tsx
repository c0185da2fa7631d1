import { Listen } from './Listen.tsx'

export const examples = [() => <Listen text="Read me" lang="en" />]
