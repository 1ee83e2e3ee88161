package gatehouse.idp.login;

import gatehouse.idp.audit.AuditTrail;
import gatehouse.idp.client.ClientCatalog;
import gatehouse.idp.credential.PasswordProvider;
import gatehouse.idp.directory.UserStore;
import gatehouse.idp.http.CookieNames;
import gatehouse.idp.login.flow.LoginKeys;
import gatehouse.idp.page.Pages;
import gatehouse.idp.tenancy.TenancyCatalog;
import gatehouse.idp.upstream.Connectors;
import gatehouse.idp.upstream.xray.AttemptRecorder;
import gatehouse.sessions.FlowStore;
import gatehouse.sessions.SessionStore;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * What the login is made of.
 *
 * @param trials takes answers to sign-ins that are only tried out
 * @param keys   from the deployment's secret, the same on every node
 */
public record LoginParts(
        TenancyCatalog tenancy,
        UserStore users,
        ClientCatalog clients,
        Connectors connectors,
        SessionStore sessions,
        FlowStore flows,
        PasswordProvider passwords,
        Trials trials,
        Pages pages,
        AuditTrail audit,
        CookieNames cookies,
        LoginKeys keys,
        AttemptRecorder attempts,
        SecureRandom random,
        InstantSource clock) {}
