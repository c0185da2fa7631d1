/** Every practice that has screens: the folders of `practices/`, found by the build. Loaded beside the first screen, not before it. */
import type { PracticeModule } from './shell/screen.ts'

export const practices = import.meta.glob<PracticeModule>('./practices/*/screens.ts', { eager: true })
