/** The end of a process that served until it was told to stop. */

/**
 * Ends the process when all that was to be ended has been. What a library still waits for keeps it no longer: a question of
 * the queue's whose connection went away with its database kept one from ending for an hour.
 */
export const endProcess = (): never => process.exit();
