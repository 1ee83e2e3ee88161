package gatehouse.idp.portal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.idp.portal.Fetching.Troubled;
import gatehouse.idp.schema.RecordJson;
import gatehouse.idp.upstream.InvalidSettings;
import gatehouse.idp.upstream.MetadataImporter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Reads what a form brings of an identity provider: an address, a document, or its values, typed over. */
final class ProviderReading {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int TYPED_MAX = 2_048;
    private static final int DOCUMENT_MAX = 1_000_000;
    private static final List<String> OF_SAML = List.of("metadata_url", "metadata_xml", "idp_entity_id", "sso_url",
            "sso_binding", "idp_certificates");

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
        return setup.connection().type().equals("saml") ? saml(call) : oidc(call, setup);
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
        var issuer = call.field("issuer", TYPED_MAX).orElseThrow(() -> new Troubled("missing", "issuer"));
        var client = call.field("client_id", 512).orElseThrow(() -> new Troubled("missing", "client_id"));
        var secret = call.field("client_secret", TYPED_MAX);
        if (secret.isEmpty() && !setup.connection().settings().has("client_secret")) {
            throw new Troubled("missing", "client_secret");
        }
        var discovered = discovered(issuer, call);
        var patch = NODES.objectNode().put("issuer", issuer).put("client_id", client);
        secret.ifPresent(value -> patch.put("client_secret", value));
        discovered.put("client_id", client);
        return new Read(patch, discovered);
    }

    /** What the provider publishes about itself (OpenID Connect Discovery §4). */
    private ObjectNode discovered(String issuer, PortalCall call) {
        var well = (issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer)
                + "/.well-known/openid-configuration";
        var document = json(fetching.get(well, "application/json", call.deadline()));
        var named = document.path("issuer").asText();
        if (named.contains("{tenantid}")) {
            throw new Troubled("tenant_issuer", named);
        }
        if (!named.equals(issuer)) {
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
