package gatehouse.idp.portal;

import gatehouse.idp.admin.resource.Editor;
import gatehouse.idp.admin.resource.Kinds;
import gatehouse.idp.admin.tenancy.BreakGlassNaming;
import gatehouse.idp.admin.tenancy.DomainProofs;
import gatehouse.idp.admin.tenancy.Enforcement;
import gatehouse.idp.credential.PasswordProvider;
import gatehouse.idp.http.CookieNames;
import gatehouse.idp.http.HttpCaller;
import gatehouse.idp.page.Screens;
import gatehouse.idp.sql.Database;
import gatehouse.idp.sql.SqlAudit;
import gatehouse.idp.sql.SqlSetupLinks;
import gatehouse.idp.sql.SqlSetups;
import gatehouse.idp.upstream.MetadataImporter;
import gatehouse.idp.upstream.xray.AttemptReplay;
import gatehouse.idp.upstream.xray.AttemptStore;
import gatehouse.idp.watch.Watch;
import java.security.SecureRandom;
import java.time.InstantSource;
import javax.crypto.SecretKey;

/**
 * What the portal is made of.
 *
 * @param metadata reads the metadata of SAML identity providers
 * @param http     the guarded way out: what customers type is fetched through nothing else
 * @param formKey  from the deployment's secret, the same on every node
 */
public record PortalParts(
        Database database,
        Kinds kinds,
        Editor editor,
        SqlAudit audit,
        SqlSetupLinks links,
        SqlSetups setups,
        MetadataImporter metadata,
        HttpCaller http,
        DomainProofs proofs,
        Enforcement enforcement,
        BreakGlassNaming naming,
        PasswordProvider passwords,
        Screens screens,
        CookieNames cookies,
        SecretKey formKey,
        Watch watch,
        AttemptStore attempts,
        AttemptReplay replay,
        SecureRandom random,
        InstantSource clock) {}
