package gatehouse.idp.admin;

import gatehouse.idp.upstream.xray.Diagnosis;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What administrators are told of domains, by real lookups' answers and real rows. */
public final class AdminProvocations {

    private static final String HOST = "_gatehouse-challenge.dom.example";

    private AdminProvocations() {}

    /** The entries of the catalogue that the admin API gave out. */
    public static Set<Diagnosis> provoked() {
        var seen = EnumSet.noneOf(Diagnosis.class);
        try (var admin = new TestAdmin()) {
            admin.apply("""
                    issuers:
                      - name: main
                        organizations:
                          - id: a
                            domains: [{name: dom.example}, {name: silent.example}, {name: routed.example, verified: true}]
                            connections:
                              - {id: one, type: saml, display_name: One}
                              - {id: two, type: saml, display_name: Two}
                    """);
            var text = "gatehouse-domain-verification="
                    + admin.get(admin.full(), "/domains/dom.example").json().path("challenge").asText();
            seen.add(checked(admin, "dom.example"));
            for (var shown : List.of(Map.of(HOST, List.of("gatehouse-domain-verification=another")),
                    Map.of("dom.example", List.of(text)))) {
                admin.dns.clear();
                admin.dns.putAll(shown);
                seen.add(checked(admin, "dom.example"));
            }
            seen.add(checked(admin, "silent.example"));
            admin.get(admin.full(), "/connections/one/health").json().path("warnings")
                    .forEach(warning -> seen.add(Diagnosis.of(warning.path("code").asText()).orElseThrow()));
        }
        return seen;
    }

    private static Diagnosis checked(TestAdmin admin, String domain) {
        var answer = admin.post(admin.full(), "/domains/" + domain + "/check?organization=a", "{}");
        return Diagnosis.of(answer.json().path("code").asText()).orElseThrow(
                () -> new AssertionError(answer.status() + " " + answer.json()));
    }
}
