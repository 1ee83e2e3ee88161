/**
 * Sessions and one-time things: browser sessions, authorization codes, refresh families, login flows, replay marks and
 * attempt counters. Owns their lifetime, atomicity and encoding; knows no protocol and no HTTP. Every method of a store
 * takes one round trip and spends its {@link gatehouse.spi.Deadline}; an unreachable store throws
 * {@link gatehouse.spi.Unavailable}, never an answer about the request. Enter through {@link Stores}.
 */
package gatehouse.sessions;
