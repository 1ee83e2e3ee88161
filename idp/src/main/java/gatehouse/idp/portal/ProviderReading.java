package gatehouse.idp.portal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.portal.Fetching.Troubled;
import gatehouse.idp.schema.MergePatch;
import gatehouse.idp.schema.RecordJson;
import gatehouse.idp.upstream.InvalidSettings;
import gatehouse.idp.upstream.MetadataImporter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what a form brings of an identity provider: an address, a document, or its values, typed over. */
final class ProviderReading {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int TYPED_MAX = 2_048;
    private static final int DOCUMENT_MAX = 1_000_000;
    private static final List<String> OF_SAML = List.of("metadata_url", "metadata_xml", "idp_entity_id", "sso_url",
            "sso_binding", "idp_certificates");
    private static final Pattern MANY = Pattern.compile("/(?:organizations|common)/");

    private final Fetching fetching;
    private final MetadataImporter metadata;

    ProviderReading(Fetching fetching, MetadataImporter metadata) {
        this.fetching = fetching;
        this.metadata = metadata;
    }

    /**
     * What was read.
     *
     * @param patch what of the connection's settings it changes, as a merge patch
     * @param idp   the provider, to be shown
     */
    record Read(ObjectNode patch, ObjectNode idp) {}

    /** @throws Troubled if it cannot be used */
    Read read(PortalCall call, Setup setup) {
        return setup.connection().type().equals("saml") ? withTemplate(saml(call), setup) : oidc(call, setup);
    }

    /** With the settings that the provider's template begins with, the first time. */
    private static Read withTemplate(Read read, Setup setup) {
        if (!setup.isConfigured()) {
            ObjectNode all = RecordJson.MAPPER.valueToTree(setup.way().settings());
            read.patch().setAll(all);
        }
        return read;
    }

    private Read saml(PortalCall call) {
        var patch = NODES.objectNode();
        OF_SAML.forEach(patch::putNull);
        return switch (call.field("how", 10).orElse("url")) {
            case "url" -> {
                var address = call.field("metadata_url", TYPED_MAX).orElseThrow(() -> new Troubled("missing", ""));
                var idp = read(fetching.get(address,
                        "application/samlmetadata+xml, application/xml, text/xml", call.deadline()), call);
                yield new Read(patch.put("metadata_url", address), idp);
            }
            case "values" -> {
                typed(call, patch);
                yield new Read(patch, shown(patch));
            }
            default -> {
                var xml = call.field("metadata_file", DOCUMENT_MAX).or(() -> call.field("metadata_xml", DOCUMENT_MAX))
                        .orElseThrow(() -> new Troubled("missing", ""));
                var idp = read(xml.getBytes(StandardCharsets.UTF_8), call);
                patch.setAll(idp);
                yield new Read(patch, idp);
            }
        };
    }

    private static ObjectNode shown(ObjectNode patch) {
        var shown = patch.deepCopy();
        shown.properties().removeIf(entry -> entry.getValue().isNull());
        return shown;
    }

    private static void typed(PortalCall call, ObjectNode patch) {
        for (var name : List.of("idp_entity_id", "sso_url")) {
            patch.put(name, call.field(name, TYPED_MAX).orElseThrow(() -> new Troubled("missing", name)));
        }
        if (patch.get("sso_url").asText().contains("{") || patch.get("sso_url").asText().contains("<")) {
            throw new Troubled("placeholder", patch.get("sso_url").asText());
        }
        var pem = call.field("idp_certificate", 16_384).orElseThrow(() -> new Troubled("missing", "idp_certificates"));
        patch.putArray("idp_certificates").add(pem.contains("BEGIN") ? pem
                : "-----BEGIN CERTIFICATE-----\n" + pem + "\n-----END CERTIFICATE-----");
    }

    private ObjectNode read(byte[] document, PortalCall call) {
        var source = NODES.objectNode().put("metadata_xml", new String(document, StandardCharsets.UTF_8));
        call.field("idp_entity_id", 1_024).ifPresent(id -> source.put("idp_entity_id", id));
        try {
            return metadata.settings(source, call.deadline());
        } catch (InvalidSettings refused) {
            throw new Troubled(Diagnoses.of(document, refused));
        }
    }

    private Read oidc(PortalCall call, Setup setup) {
        var patch = OidcQuestions.patch(call, setup);
        var all = MergePatch.apply(setup.connection().settings(), patch);
        var shown = discovered(all, call);
        for (var name : List.of("client_id", "tenant_id", "hosted_domains", "token_endpoint_auth_method")) {
            if (all.hasNonNull(name)) {
                shown.put(name, OidcQuestions.text(all, name));
            }
        }
        return new Read(patch, shown);
    }

    /** What the provider publishes about itself (OpenID Connect Discovery §4). */
    private ObjectNode discovered(ObjectNode settings, PortalCall call) {
        var issuer = settings.get("issuer").asText();
        // Where one issuer stands for many directories, its document has a blank for the one that is meant.
        var own = settings.hasNonNull("tenant_id") ? MANY.matcher(issuer).replaceFirst("/{tenantid}/") : issuer;
        var well = (issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer)
                + "/.well-known/openid-configuration";
        var document = json(fetching.get(well, "application/json", call.deadline()));
        var named = document.path("issuer").asText();
        if (named.contains("{tenantid}") && own.equals(issuer)) {
            throw new Troubled("tenant_issuer", named);
        }
        if (!named.equals(own)) {
            throw new Troubled("issuer_differs", named);
        }
        var known = NODES.objectNode().put("issuer", issuer);
        for (var name : List.of("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint",
                "end_session_endpoint")) {
            Optional.ofNullable(document.get(name)).filter(JsonNode::isTextual)
                    .ifPresent(value -> known.set(name, value));
        }
        if (!known.has("authorization_endpoint") || !known.has("token_endpoint") || !known.has("jwks_uri")) {
            throw new Troubled("discovery_incomplete", well);
        }
        return known;
    }

    private static JsonNode json(byte[] document) {
        try {
            return RecordJson.MAPPER.readTree(document);
        } catch (JsonProcessingException other) {
            throw new Troubled("discovery_not_json", "");
        } catch (IOException impossible) {
            throw new IllegalStateException("bytes in memory can be read", impossible);
        }
    }
}
