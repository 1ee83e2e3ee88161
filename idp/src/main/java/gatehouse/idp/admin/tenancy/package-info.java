/**
 * What administrators do with tenancy beyond changing rows: have domains proved, see who an enforcement would lock out,
 * let somebody in when all else is broken. Plain functions, for the admin API, the portal and the schedule alike; each
 * change is one SQL transaction with its audit record.
 */
package gatehouse.idp.admin.tenancy;
