/**
 * The session stores on maps, for tests and for development without Redis: the same promises, kept by one lock, and
 * lost with the process. Enter through {@link gatehouse.sessions.memory.MemoryStores}.
 */
package gatehouse.sessions.memory;
