/** Events on their way to webhooks: written with what they tell of, taken by one node at a time, kept for a while. */
package gatehouse.idp.sql.events;
