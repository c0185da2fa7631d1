/** The name under which a worker holds an invented device on a store in memory, and never comes near this browser's own. */
export const INVENTED = 'invented'
