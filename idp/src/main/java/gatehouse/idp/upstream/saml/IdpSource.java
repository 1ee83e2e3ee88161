package gatehouse.idp.upstream.saml;

import gatehouse.spi.Deadline;

/** Where a connection knows its identity provider from. */
interface IdpSource {

    /**
     * The identity provider as it is known now.
     *
     * @throws gatehouse.idp.samlwire.SamlError METADATA_UNAVAILABLE or METADATA_INVALID
     */
    TrustedIdp current(Deadline deadline);

    /**
     * The identity provider, asked again because it signed with a key that {@code known} does not have; {@code known}
     * itself if there is nobody to ask, or it was asked a moment ago.
     */
    TrustedIdp afterUnknownKey(TrustedIdp known, Deadline deadline);

    /** A provider that never changes while the connection's settings do not. */
    static IdpSource fixed(TrustedIdp idp) {
        return new IdpSource() {
            @Override
            public TrustedIdp current(Deadline deadline) {
                return idp;
            }

            @Override
            public TrustedIdp afterUnknownKey(TrustedIdp known, Deadline deadline) {
                return known;
            }
        };
    }
}
