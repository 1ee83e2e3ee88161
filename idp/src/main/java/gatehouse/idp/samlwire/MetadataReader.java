package gatehouse.idp.samlwire;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.opensaml.saml.saml2.metadata.EntityDescriptor;
import org.opensaml.saml.saml2.metadata.IDPSSODescriptor;
import org.opensaml.saml.saml2.metadata.SPSSODescriptor;
import org.opensaml.security.credential.UsageType;
import org.w3c.dom.Element;

/**
 * Reads the metadata of identity providers (saml-metadata §2.3, §2.4). Says in plain words what is wrong with a
 * document, for the administrator who has to find the right one. Fetches nothing.
 */
public final class MetadataReader {

    private static final String SAML_PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";

    /** Elements of one entity: the most talkative providers have some hundred. Objects are dear. */
    static final int ENTITY_ELEMENTS_MAX = 5_000;

    private static final int LOCATION_LENGTH_MAX = 2_048;

    private static final String TOO_LARGE = "The metadata document is too large.";
    private static final String WEB_PAGE =
            "This is a web page, not a metadata document. A sign-in page in front of it is a usual cause.";

    private final XmlReader reader;
    private final InstantSource time;

    MetadataReader(XmlReader reader, InstantSource time) {
        this.reader = reader;
        this.time = time;
    }

    /**
     * Reads the identity provider in {@code xml}.
     *
     * @param wanted its entityID; needed only if the document describes more than one identity provider
     * @throws SamlError METADATA_INVALID, with a description for the administrator
     */
    public IdpMetadata read(byte[] xml, Optional<String> wanted) {
        return usable(describe(xml, wanted), time.instant());
    }

    /**
     * What the document says of the identity provider, whether or not it can be used now: its certificates may have
     * expired or be missing, and its own validity may have ended. For comparing, and for showing.
     *
     * @throws SamlError METADATA_INVALID if it does not describe an identity provider
     */
    public IdpMetadata describe(byte[] xml, Optional<String> wanted) {
        var entity = entity(choose(parse(xml), wanted));
        var role = entity.getIDPSSODescriptor(SAML_PROTOCOL);
        if (role == null) {
            throw invalid("The metadata describes an entity that is no SAML 2.0 identity provider"
                    + (entity.getRoleDescriptors(SPSSODescriptor.DEFAULT_ELEMENT_NAME).isEmpty() ? "."
                            : ", but a service provider: this is the wrong direction."));
        }
        var redirect = ssoLocation(role, RedirectBinding.URN);
        var post = ssoLocation(role, PostBinding.URN);
        if (redirect.isEmpty() && post.isEmpty()) {
            throw invalid("The identity provider takes requests neither by the Redirect nor by the POST binding.");
        }
        return new IdpMetadata(Dom.require(entity.getDOM(), "entityID"), redirect, post, LogoutEndpoints.of(role),
                signingCertificates(role), Boolean.TRUE.equals(role.getWantAuthnRequestsSigned()), earliest(entity, role),
                cacheDuration(entity, role), nameIdFormats(role));
    }

    /**
     * {@code described} as it may be used at {@code at}: without the certificates that have expired then.
     *
     * @throws SamlError METADATA_INVALID if its validity has ended or no certificate is left
     */
    public static IdpMetadata usable(IdpMetadata described, Instant at) {
        described.validUntil().filter(end -> !at.isBefore(end)).ifPresent(end -> {
            throw invalid("The metadata was valid until " + end + ". Ask for a current document.");
        });
        var all = described.signingCertificates();
        var current = all.stream().filter(one -> at.isBefore(one.getNotAfter().toInstant())).toList();
        if (current.isEmpty()) {
            throw invalid(all.isEmpty() ? "The metadata contains no signing certificate."
                    : "The signing certificate in the metadata expired on " + all.getFirst().getNotAfter().toInstant()
                            + ". Ask for a current document.");
        }
        return described.with(current.stream().limit(SignaturePolicy.CERTIFICATES_MAX).toList());
    }

    /**
     * The one entity of a document that may describe many, as octets of its own.
     *
     * @param signers whose signature over the whole document is needed; with it, only signed octets are read
     * @throws SamlError METADATA_INVALID, also if that signature is missing or does not hold
     */
    public MetadataEntity entity(byte[] xml, Optional<String> wanted, MetadataSigners signers) {
        var root = parse(xml);
        boolean signed = !Dom.children(root, Namespace.DS, "Signature").isEmpty();
        if (signers.isPinned()) {
            root = parse(signers.requireSigned(root));
        }
        return new MetadataEntity(CanonicalXml.octets(choose(root, wanted)), signed);
    }

    private static EntityDescriptor entity(Element chosen) {
        int[] elements = {0};
        Dom.each(chosen, _ -> elements[0]++);
        if (elements[0] > ENTITY_ELEMENTS_MAX) {
            throw invalid(TOO_LARGE);
        }
        try {
            return OpenSaml.fromDom(EntityDescriptor.class, chosen);
        } catch (SamlError malformed) {
            throw invalid("The metadata document contains a value that cannot be read.");
        }
    }

    static SamlError invalid(String description) {
        return new SamlError(SamlReason.METADATA_INVALID, description);
    }

    private Element parse(byte[] xml) {
        try {
            return reader.read(xml, XmlLimits.METADATA);
        } catch (SamlError refused) {
            var start = new String(xml, 0, Math.min(xml.length, 512), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
            if (start.contains("<!doctype html") || start.contains("<html")) {
                throw invalid(WEB_PAGE);
            }
            if (start.contains("-----begin certificate")) {
                throw invalid("This is a certificate, not a metadata document.");
            }
            throw invalid(switch (refused.why()) {
                case TOO_LARGE, XML_LIMIT -> TOO_LARGE;
                case DOCTYPE -> "The metadata document contains a document type declaration, which is not accepted.";
                default -> xml.length == 0 ? "The metadata document is empty."
                        : "The metadata document is not well-formed XML.";
            });
        }
    }

    /** The element of the one entity that is meant: of a federation, no other one is made into objects. */
    private static Element choose(Element root, Optional<String> wanted) {
        var entities = new ArrayList<Element>();
        if (Dom.is(root, Namespace.MD, "EntityDescriptor")) {
            entities.add(root);
        } else if (Dom.is(root, Namespace.MD, "EntitiesDescriptor")) {
            Dom.each(root, element -> {
                if (Dom.is(element, Namespace.MD, "EntityDescriptor")) {
                    entities.add(element);
                }
            });
        } else {
            throw invalid("html".equalsIgnoreCase(root.getLocalName())
                    ? WEB_PAGE
                    : "This is XML, but not a SAML metadata document.");
        }
        if (wanted.isPresent()) {
            return within(root, named(entities, wanted.get()));
        }
        if (entities.size() == 1) {
            return within(root, entities.getFirst());
        }
        var providers = entities.stream()
                .filter(entity -> !Dom.children(entity, Namespace.MD, "IDPSSODescriptor").isEmpty()).toList();
        if (providers.size() != 1) {
            throw invalid("The metadata document describes " + providers.size()
                    + " identity providers: say which one with idp_entity_id.");
        }
        return within(root, providers.getFirst());
    }

    private static Element named(List<Element> entities, String wanted) {
        var named = entities.stream().filter(entity -> Dom.attribute(entity, "entityID").equals(Optional.of(wanted)))
                .toList();
        if (named.size() > 1) {
            throw invalid("The metadata document describes " + wanted + " more than once.");
        }
        return named.stream().findFirst()
                .orElseThrow(() -> invalid("The metadata document does not describe " + wanted + "."));
    }

    /** {@code entity}, valid no longer than the documents around it (saml-metadata §2.3.1). */
    private static Element within(Element root, Element entity) {
        for (var around = entity; around != root; ) {
            around = (Element) around.getParentNode();
            var end = validUntil(around);
            if (end.isPresent() && validUntil(entity).filter(own -> !own.isAfter(end.get())).isEmpty()) {
                entity.setAttributeNS(null, "validUntil", end.get().toString());
            }
        }
        return entity;
    }

    private static Optional<Instant> validUntil(Element element) {
        try {
            return Dom.instant(element, "validUntil");
        } catch (SamlError malformed) {
            throw invalid("The metadata document contains a value that cannot be read.");
        }
    }

    private static Optional<URI> ssoLocation(IDPSSODescriptor role, String binding) {
        return role.getSingleSignOnServices().stream()
                .filter(service -> binding.equals(service.getBinding()))
                .findFirst()
                .map(service -> location(Optional.ofNullable(service.getLocation()).orElse("")));
    }

    private static URI location(String text) {
        try {
            var uri = URI.create(text.strip());
            if (uri.getUserInfo() != null || uri.getFragment() != null) {
                throw invalid("The address of the identity provider's sign-in service names a user or a fragment.");
            }
            if (uri.getHost() != null && text.length() <= LOCATION_LENGTH_MAX
                    && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException malformed) {
            // Said below.
        }
        throw invalid("The address of the identity provider's sign-in service is not a web address.");
    }

    /** A key without {@code use} serves both purposes (saml-metadata §2.4.1.1). */
    private static List<X509Certificate> signingCertificates(IDPSSODescriptor role) {
        var all = new ArrayList<X509Certificate>();
        for (var key : role.getKeyDescriptors()) {
            if (key.getUse() != UsageType.ENCRYPTION && key.getKeyInfo() != null) {
                for (var data : key.getKeyInfo().getX509Datas()) {
                    data.getX509Certificates().forEach(encoded -> all.add(Certificates.ofBase64(Dom.text(encoded))
                            .orElseThrow(() -> invalid("A certificate in the metadata cannot be read."))));
                }
            }
        }
        var strong = all.stream().distinct().filter(SignaturePolicy::isStrongEnough).toList();
        if (strong.isEmpty() && !all.isEmpty()) {
            throw invalid("The signing key in the metadata is too weak: RSA of 2048 bits or an elliptic curve is needed.");
        }
        return strong;
    }

    private static List<String> nameIdFormats(IDPSSODescriptor role) {
        return role.getNameIDFormats().stream().map(format -> Optional.ofNullable(format.getURI()).orElse("").strip())
                .filter(urn -> !urn.isEmpty() && urn.length() <= 256).distinct().limit(16).toList();
    }

    private static Optional<Instant> earliest(EntityDescriptor entity, IDPSSODescriptor role) {
        return Stream.of(entity.getDOM(), role.getDOM())
                .flatMap(element -> validUntil(element).stream()).min(Instant::compareTo);
    }

    private static Optional<Duration> cacheDuration(EntityDescriptor entity, IDPSSODescriptor role) {
        return Optional.ofNullable(entity.getCacheDuration()).or(() -> Optional.ofNullable(role.getCacheDuration()))
                .filter(Duration::isPositive);
    }
}
