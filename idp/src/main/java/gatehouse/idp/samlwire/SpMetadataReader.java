package gatehouse.idp.samlwire;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.opensaml.saml.saml2.metadata.AssertionConsumerService;
import org.opensaml.saml.saml2.metadata.EntityDescriptor;
import org.opensaml.saml.saml2.metadata.KeyDescriptor;
import org.opensaml.saml.saml2.metadata.NameIDFormat;
import org.opensaml.saml.saml2.metadata.SPSSODescriptor;
import org.opensaml.security.credential.UsageType;
import org.w3c.dom.Element;

/**
 * Reads the metadata of service providers (saml-metadata §2.4.4). Says in plain words what is wrong with a document.
 * Fetches nothing.
 */
public final class SpMetadataReader {

    private static final String SAML_PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
    private static final int SERVICES_MAX = 20;

    private final XmlReader reader;
    private final InstantSource time;

    SpMetadataReader(XmlReader reader, InstantSource time) {
        this.reader = reader;
        this.time = time;
    }

    /**
     * Reads the service provider in {@code xml}.
     *
     * @param wanted its entityID; needed only if the document describes more than one service provider
     * @throws SamlError METADATA_INVALID, with a description for the administrator
     */
    public SpMetadata read(byte[] xml, Optional<String> wanted) {
        var entity = entity(choose(parse(xml), wanted));
        var role = (SPSSODescriptor) entity.getSPSSODescriptor(SAML_PROTOCOL);
        var validUntil = Stream.of(entity.getDOM(), role.getDOM())
                .flatMap(element -> Dom.instant(element, "validUntil").stream()).min(Instant::compareTo);
        validUntil.filter(end -> !time.instant().isBefore(end)).ifPresent(end -> {
            throw invalid("The metadata was valid until " + end + ". Ask for a current document.");
        });
        return new SpMetadata(Dom.require(entity.getDOM(), "entityID"), services(role),
                certificates(role, UsageType.ENCRYPTION).limit(SignaturePolicy.CERTIFICATES_MAX).toList(),
                encryption(role), Boolean.TRUE.equals(role.isAuthnRequestsSigned()), LogoutEndpoints.of(role),
                role.getNameIDFormats().stream().map(NameIDFormat::getURI).filter(uri -> uri != null).limit(20)
                        .toList(),
                validUntil, Optional.ofNullable(entity.getCacheDuration())
                        .or(() -> Optional.ofNullable(role.getCacheDuration())).filter(span -> span.isPositive()));
    }

    private Element parse(byte[] xml) {
        try {
            return reader.read(xml, XmlLimits.METADATA);
        } catch (SamlError malformed) {
            throw invalid("The metadata document is not accepted: " + malformed.why().text());
        }
    }

    private static Element choose(Element root, Optional<String> wanted) {
        var providers = new ArrayList<Element>();
        Dom.each(root, element -> {
            if (Dom.is(element, Namespace.MD, "EntityDescriptor")
                    && !Dom.children(element, Namespace.MD, "SPSSODescriptor").isEmpty()) {
                providers.add(element);
            }
        });
        if (wanted.isPresent()) {
            return providers.stream().filter(entity -> Dom.attribute(entity, "entityID").equals(wanted)).findFirst()
                    .orElseThrow(() -> invalid(
                            "The document does not describe the service provider " + wanted.get() + '.'));
        }
        if (providers.size() != 1) {
            throw invalid("The document describes " + providers.size() + " SAML service providers, not one.");
        }
        return providers.getFirst();
    }

    private static EntityDescriptor entity(Element chosen) {
        int[] elements = {0};
        Dom.each(chosen, _ -> elements[0]++);
        if (elements[0] > MetadataReader.ENTITY_ELEMENTS_MAX) {
            throw invalid("The metadata document is too large.");
        }
        try {
            var entity = OpenSaml.fromDom(EntityDescriptor.class, chosen);
            if (entity.getSPSSODescriptor(SAML_PROTOCOL) == null) {
                throw invalid("The metadata describes no SAML 2.0 service provider.");
            }
            return entity;
        } catch (SamlError malformed) {
            throw malformed.why() == SamlReason.METADATA_INVALID ? malformed
                    : invalid("The metadata breaks the rules of SAML metadata.");
        }
    }

    private static SamlError invalid(String description) {
        return new SamlError(SamlReason.METADATA_INVALID, description);
    }

    /** By index, as requests name them; the default one first. */
    private static List<URI> services(SPSSODescriptor role) {
        var services = role.getAssertionConsumerServices().stream()
                .filter(service -> PostBinding.URN.equals(service.getBinding()))
                .sorted(Comparator.comparing((AssertionConsumerService service) ->
                                !Boolean.TRUE.equals(service.isDefault()))
                        .thenComparing(service -> Optional.ofNullable(service.getIndex()).orElse(0)))
                .map(service -> location(service.getLocation())).distinct().toList();
        if (services.isEmpty()) {
            throw invalid("The service provider takes no responses by the POST binding.");
        }
        if (services.size() > SERVICES_MAX) {
            throw invalid("The service provider has more than " + SERVICES_MAX + " assertion consumer services.");
        }
        return services;
    }

    private static URI location(String text) {
        try {
            var uri = URI.create(Optional.ofNullable(text).orElse("").strip());
            if (uri.getHost() != null && uri.getRawFragment() == null && uri.getRawUserInfo() == null
                    && uri.toString().length() <= 2_048
                    && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException malformed) {
            // Said below.
        }
        throw invalid("The address of an assertion consumer service is not a web address.");
    }

    /** Those of strong keys whose use is not {@code other}, without those that have expired. */
    private Stream<X509Certificate> certificates(SPSSODescriptor role, UsageType other) {
        return role.getKeyDescriptors().stream().filter(key -> key.getUse() != other).flatMap(this::certificates)
                .distinct();
    }

    private Stream<X509Certificate> certificates(KeyDescriptor key) {
        var now = time.instant();
        return key.getKeyInfo() == null ? Stream.empty() : key.getKeyInfo().getX509Datas().stream()
                .flatMap(data -> data.getX509Certificates().stream())
                .map(encoded -> Certificates.ofBase64(Dom.text(encoded))
                        .orElseThrow(() -> invalid("A certificate in the metadata cannot be read.")))
                .filter(SignaturePolicy::isStrongEnough)
                .filter(certificate -> now.isBefore(certificate.getNotAfter().toInstant()));
    }

    /** The first key that can be encrypted for, with the best algorithm that it lists; AES-256-GCM if it lists none. */
    private Optional<EncryptionChoice> encryption(SPSSODescriptor role) {
        for (var key : role.getKeyDescriptors()) {
            if (key.getUse() == UsageType.SIGNING) {
                continue;
            }
            var certificate = certificates(key).filter(EncryptionChoice::takes).findFirst();
            var listed = key.getEncryptionMethods().stream()
                    .map(method -> Optional.ofNullable(method.getAlgorithm()).orElse("")).toList();
            var content = Stream.of(EncryptionChoice.Content.values()).filter(one -> listed.contains(one.uri()))
                    .findFirst().orElse(EncryptionChoice.Content.AES256_GCM);
            if (certificate.isPresent()) {
                return Optional.of(new EncryptionChoice(certificate.get(), content, false));
            }
        }
        return Optional.empty();
    }
}
