/**
 * What changes by itself: metadata that identity providers publish is fetched again, and what would lower trust is held
 * for an administrator; certificates, theirs and ours, are counted down. Each piece of work is done by one node at a
 * time. Refuses to apply a change that only a person may accept. Entered by {@code upstream} through {@link
 * gatehouse.idp.upstream.metadata.AcceptedMetadata}, by {@code admin}, and by the clock. saml-metadata §2.3.
 */
package gatehouse.idp.watch;
