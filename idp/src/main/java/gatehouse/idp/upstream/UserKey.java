package gatehouse.idp.upstream;

/**
 * What of an upstream identity its subject is, for providers where an administrator can change that.
 *
 * @param kind      {@code nameid} and its format, or {@code attribute} and its name; compared, and shown to
 *                  administrators
 * @param rekeyable whether a person whose subject has changed may be found by their e-mail address for now
 */
public record UserKey(String kind, boolean rekeyable) {}
