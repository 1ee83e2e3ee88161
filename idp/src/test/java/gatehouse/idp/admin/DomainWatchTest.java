package gatehouse.idp.admin;

import static org.assertj.core.api.Assertions.assertThat;

import gatehouse.idp.admin.resource.Admin;
import gatehouse.idp.admin.resource.Editor;
import gatehouse.idp.admin.tenancy.DomainProofs;
import gatehouse.idp.admin.tenancy.TenancyWatch;
import gatehouse.idp.sql.Rows;
import gatehouse.idp.tenancy.DomainClaim;
import gatehouse.spi.OrganizationId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DomainWatchTest {

    private static TestAdmin admin;
    private static String full;

    @BeforeAll
    static void open() {
        admin = new TestAdmin();
        full = admin.full();
    }

    @AfterAll
    static void close() {
        admin.close();
    }

    @AfterEach
    void backToday() {
        admin.later = Duration.ZERO;
    }

    private String prove(String domain) {
        var made = admin.post(full, "/domains", "{\"name\":\"" + domain + "\",\"organization\":\"a\"}");
        admin.dns.put("_gatehouse-challenge." + domain,
                List.of("gatehouse-domain-verification=" + made.json().path("challenge").asText()));
        assertThat(admin.post(full, "/domains/" + domain + "/verify", "").status()).isEqualTo(200);
        return domain;
    }

    private DomainClaim claim(String domain) {
        var ofA = new Rows.Scope("main", Optional.of(new OrganizationId("a")));
        return admin.database.read(TestAdmin.soon(), sql -> admin.tables.domains().find(sql, ofA, domain))
                .orElseThrow();
    }

    private void lookAfter(Duration later, String domain) {
        admin.later = later;
        admin.proofs.check(claim(domain), new Editor.Call(Admin.operator("t"), "main", "", "t"), TestAdmin.soon());
    }

    private String audited() {
        admin.later = Duration.ZERO;
        return admin.get(full, "/audit-events?limit=50").json().path("items").toString();
    }

    @Test
    void aProofThatIsGoneIsMissedBeforeTheDomainFallsAndFoundAgainItIsForgotten() {
        var domain = prove("mislaid.example");
        var kept = admin.dns.remove("_gatehouse-challenge.mislaid.example");
        lookAfter(Duration.ofDays(1), domain);
        assertThat(claim(domain).verified()).isTrue();
        assertThat(audited()).contains("domain.failing");
        lookAfter(Duration.ofDays(1).plus(DomainProofs.GRACE).minusSeconds(1), domain);
        assertThat(claim(domain).verified()).isTrue();

        admin.dns.put("_gatehouse-challenge.mislaid.example", kept);
        lookAfter(Duration.ofDays(8), domain);
        admin.dns.remove("_gatehouse-challenge.mislaid.example");
        lookAfter(Duration.ofDays(9), domain);
        assertThat(claim(domain).verified()).as("the grace begins anew").isTrue();
        lookAfter(Duration.ofDays(9).plus(DomainProofs.GRACE), domain);
        assertThat(claim(domain).verified()).isFalse();
        assertThat(audited()).contains("domain.fell");
    }

    @Test
    void anOperatorsWordIsNotAskedAbout() {
        admin.post(full, "/domains", "{\"name\":\"vouched.example\",\"organization\":\"a\",\"verified\":true}");
        lookAfter(Duration.ofDays(1), "vouched.example");
        lookAfter(Duration.ofDays(30), "vouched.example");
        assertThat(claim("vouched.example").verified()).isTrue();
        assertThat(claim("vouched.example").vouched()).isTrue();
    }

    @Test
    void theScheduleProvesANewClaimByItselfAndLooksAgainDaily() {
        var watch = new TenancyWatch(admin.proofs, admin.enforcement);
        var made = admin.post(full, "/domains", "{\"name\":\"waiting.example\",\"organization\":\"a\"}");
        watch.lookForDomains();
        admin.dns.put("_gatehouse-challenge.waiting.example",
                List.of("gatehouse-domain-verification=" + made.json().path("challenge").asText()));
        admin.later = Duration.ofSeconds(30);
        watch.lookForDomains();
        assertThat(claim("waiting.example").verified()).as("not yet due").isFalse();
        admin.later = Duration.ofSeconds(90);
        watch.lookForDomains();
        assertThat(claim("waiting.example").verified()).isTrue();

        admin.dns.remove("_gatehouse-challenge.waiting.example");
        admin.later = Duration.ofHours(12);
        watch.lookForDomains();
        assertThat(failing("waiting.example")).as("not yet due").isFalse();
        admin.later = Duration.ofHours(25);
        watch.lookForDomains();
        assertThat(failing("waiting.example")).isTrue();
    }

    private static boolean failing(String domain) {
        return admin.database.read(TestAdmin.soon(), sql -> sql.createQuery(
                        "SELECT failing_since IS NOT NULL FROM domain_check WHERE id = :id")
                .bind("id", domain).mapTo(Boolean.class).one());
    }

    @Test
    void whatWasSeenCanBeReadAgain() {
        admin.post(full, "/domains", "{\"name\":\"seen.example\",\"organization\":\"a\"}");
        assertThat(admin.get(full, "/domains/seen.example/finding").status()).isEqualTo(404);
        var checked = admin.post(admin.adminOfA(), "/domains/seen.example/check", "");
        assertThat(checked.status()).as(checked.json().toString()).isEqualTo(200);
        assertThat(checked.json().path("verdict").asText()).isEqualTo("missing");
        assertThat(checked.json().path("code").asText()).isEqualTo("DOM-01");
        assertThat(admin.get(full, "/domains/seen.example/finding").json()).isEqualTo(checked.json());
    }

    @Test
    void aReleasedDomainCanBeProvedByAnother() {
        prove("passed-on.example");
        var other = admin.post(full, "/domains", "{\"name\":\"passed-on.example\",\"organization\":\"b\"}");
        admin.dns.put("_gatehouse-challenge.passed-on.example",
                List.of("gatehouse-domain-verification=" + other.json().path("challenge").asText()));
        assertThat(admin.post(full, "/domains/passed-on.example/verify?organization=b", "").status()).isEqualTo(409);
        assertThat(admin.delete(full, "/domains/passed-on.example?organization=a").status()).isEqualTo(204);
        assertThat(admin.post(full, "/domains/passed-on.example/verify?organization=b", "").status()).isEqualTo(200);
    }
}
