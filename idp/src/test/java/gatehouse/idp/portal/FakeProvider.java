package gatehouse.idp.portal;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.samlwire.FakeSamlIdp;
import gatehouse.idp.samlwire.MetadataWriter;
import gatehouse.idp.samlwire.TestCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** The customer's SAML identity provider, which answers requests as a test has it. */
final class FakeProvider {

    static final String SSO = "https://idp.example/sso";

    private final Customer customer;
    private final String url;
    private final String connection;

    private FakeProvider(Customer customer, String url, String connection) {
        this.customer = customer;
        this.url = url;
        this.connection = connection;
    }

    /** What it publishes. */
    static String metadata(String sso, TestCredentials key) {
        return MetadataWriter.identityProvider(FakeSamlIdp.ENTITY_ID, sso, "https://idp.example/slo",
                List.of(key.certificate()));
    }

    /** Lets {@code customer} set it up, as {@code guide} says, up to its metadata. @param url of the server */
    static FakeProvider setUp(Customer customer, String url, String guide) {
        var chosen = customer.submit("/portal/connections", Map.of("provider", guide + " saml"));
        assertThat(chosen.status()).as(chosen.body()).isEqualTo(303);
        var id = chosen.location().replaceFirst("^/portal/connections/([^/]+)/.*$", "$1");
        var provider = new FakeProvider(customer, url, id);
        var read = customer.submit(provider.page("metadata"),
                Map.of("how", "file", "metadata_xml", metadata(SSO, TestCredentials.IDP)));
        assertThat(read.location()).as(read.body()).endsWith("?done=saved");
        return provider;
    }

    /** One that is set up already. */
    static FakeProvider of(Customer customer, String url, String connection) {
        return new FakeProvider(customer, url, connection);
    }

    String connection() {
        return connection;
    }

    /** The address of a page of its setup. */
    String page(String slug) {
        return "/portal/connections/" + connection + "/" + slug;
    }

    /** A sign-in that is tried out and answered as {@code change} has it: the page of what came of it. */
    Customer.Answer tryOut(Consumer<FakeSamlIdp> change) {
        var away = customer.get(page("test/begin") + "?csrf=" + customer.csrf());
        assertThat(away.status()).as(away.body()).isEqualTo(303);
        assertThat(away.location()).startsWith("https://idp.example/");
        var asked = Arrays.stream(URI.create(away.location()).getRawQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
        var draft = new FakeSamlIdp(url + "/saml/sp/" + connection, url + "/login/arrive/" + connection,
                requestId(asked.get("SAMLRequest")), Instant.now());
        // Entra ID names people by their object, as its template here expects.
        draft.attributes += FakeSamlIdp.attribute(
                "http://schemas.microsoft.com/identity/claims/objectidentifier", "5d1f3f0e-7d2f-4c9e-9a55-0c1d2e3f4a5b");
        change.accept(draft);
        var back = customer.post("/login/arrive/" + connection, Map.of(
                "SAMLResponse", FakeSamlIdp.base64(draft.assertionSigned()), "RelayState", asked.get("RelayState")));
        assertThat(back.status()).as(back.body()).isEqualTo(303);
        return customer.open(back.location());
    }

    /** The X-ray of the attempt whose result {@code tried} shows, once it is written. */
    Customer.Answer attempt(Customer.Answer tried) {
        var address = Pattern.compile("href=\"(/portal/connections/[^/\"]+/attempts/[\\w-]+)\"").matcher(tried.body());
        assertThat(address.find()).as(tried.body()).isTrue();
        await(() -> customer.get(address.group(1)).status() != 404);
        var page = customer.get(address.group(1));
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        return page;
    }

    /** Waits for what is written behind the answers. */
    static void await(BooleanSupplier what) {
        for (int i = 0; i < 100; i++) {
            if (what.getAsBoolean()) {
                return;
            }
            try {
                Thread.sleep(100);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new AssertionError(interrupted);
            }
        }
        throw new AssertionError("not in time");
    }

    private static String requestId(String deflated) {
        try (var xml = new InflaterInputStream(
                new ByteArrayInputStream(Base64.getDecoder().decode(deflated)), new Inflater(true))) {
            var id = Pattern.compile(" ID=\"([^\"]+)\"")
                    .matcher(new String(xml.readAllBytes(), StandardCharsets.UTF_8));
            assertThat(id.find()).isTrue();
            return id.group(1);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }
}
