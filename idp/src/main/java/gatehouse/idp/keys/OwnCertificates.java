package gatehouse.idp.keys;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** The certificates of an issuer's SAML keys, and until when partners can go on with each. */
public interface OwnCertificates {

    /**
     * A certificate of ours.
     *
     * @param use       {@code saml-signing} or {@code saml-encryption}
     * @param state     {@code next}, {@code current} or {@code previous}
     * @param usedFrom  when it takes over, or took over
     * @param usedUntil when the next one takes over; its own end if there is no next one yet
     */
    record OwnCertificate(
            X509Certificate certificate, String use, String state, Instant usedFrom, Instant usedUntil) {}

    /** Those of {@code issuer}, newest first for each use. */
    List<OwnCertificate> certificates(String issuer);
}
