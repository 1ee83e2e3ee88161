/** Who did what, to what, from where, and how it ended: a closed list of actions, free of secrets. */
package gatehouse.idp.audit;
