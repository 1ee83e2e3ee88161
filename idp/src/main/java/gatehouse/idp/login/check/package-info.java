/**
 * What a login needs before it may finish, one condition per class, asked in the order of {@link
 * gatehouse.idp.login.check.Checks}. A check says what is still missing, or nothing; none says how to get it.
 */
package gatehouse.idp.login.check;
