/**
 * Events for operators: which audited actions become events, and how they reach webhooks. An event is written in the
 * transaction of what happened and delivered at least once, in order for each organization and webhook, signed. Refuses
 * to carry secrets, addresses of people, or anything else but ids and names of fields. Standard Webhooks 1.0.0.
 */
package gatehouse.idp.events;
