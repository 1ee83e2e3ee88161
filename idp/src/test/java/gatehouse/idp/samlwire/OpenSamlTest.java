package gatehouse.idp.samlwire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.opensaml.core.config.ConfigurationService;
import org.opensaml.core.xml.config.XMLObjectProviderRegistrySupport;
import org.opensaml.saml.saml2.metadata.EntityDescriptor;
import org.opensaml.xmlsec.SignatureSigningConfiguration;

/** Of OpenSAML the objects are loaded and nothing else; seen in a process of its own, where no test has loaded more. */
class OpenSamlTest {

    /** Loads it on several threads at once, writes and reads a document, and prints what is there then. */
    public static void main(String[] arguments) throws InterruptedException {
        var before = Arrays.toString(Security.getProviders());
        var threads = List.of(Thread.ofPlatform().unstarted(OpenSaml::initialize),
                Thread.ofVirtual().unstarted(OpenSaml::initialize), Thread.ofVirtual().unstarted(OpenSaml::initialize));
        threads.forEach(thread -> {
            thread.setContextClassLoader(null);
            thread.start();
        });
        for (var thread : threads) {
            thread.join();
        }
        var xml = MetadataWriter.identityProvider("https://idp.example", "https://idp.example/sso",
                "https://idp.example/slo", List.of(TestCredentials.IDP.certificate()));
        var entity = OpenSaml.fromDom(EntityDescriptor.class,
                new XmlReader().read(xml.getBytes(StandardCharsets.UTF_8), XmlLimits.METADATA));
        System.out.println("entity " + entity.getEntityID());
        System.out.println("parser pool " + XMLObjectProviderRegistrySupport.getParserPool());
        System.out.println("signing configuration " + ConfigurationService.get(SignatureSigningConfiguration.class));
        System.out.println("providers changed " + !before.equals(Arrays.toString(Security.getProviders())));
    }

    @Test
    void onlyItsObjectsAreLoaded() throws IOException, InterruptedException {
        var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), OpenSamlTest.class.getName())
                .redirectErrorStream(true).start();
        try {
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(said).contains("entity https://idp.example", "parser pool null", "signing configuration null",
                    "providers changed false");
        } finally {
            process.destroyForcibly();
        }
    }
}
